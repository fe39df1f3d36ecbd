import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { UpdateUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import { type Harness, harness, startOfTest, testAccount } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool, createUser } from "../../../../test/pool-users.ts";
import type { CognitoApi } from "../../../contract/cognito.ts";
import { ServiceException } from "../../../contract/service-exception.ts";
import { poolUserPasswords } from "../../../store/pool-user-passwords.ts";
import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import { Call } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { makePassword, requireUnusedPassword, setPassword } from "./set-password.ts";
import { isPasswordOf } from "./verifier.ts";

const day = 86_400_000;

async function poolWith(h: Harness, PasswordHistorySize: number) {
  const poolId = await createPool(h);
  const PasswordPolicy = {
    MinimumLength: 8,
    RequireNumbers: true,
    PasswordHistorySize,
    TemporaryPasswordValidityDays: 3,
  };
  await h.cognito.send(new UpdateUserPoolCommand({ UserPoolId: poolId, Policies: { PasswordPolicy } }));
  const { Attributes } = await createUser(h, poolId, "ada", { TemporaryPassword: "temporary-1" });
  const sub = Attributes?.at(-1)?.Value ?? "";
  const { store, appClients } = h.environment;
  const call = await store.read(async (tx) => {
    const facts = { caller: { accountId: testAccount }, region: "us-east-1", requestId: "" };
    type Error = CognitoApi["AdminSetUserPassword"]["error"];
    return new Call<Error>(h.environment, facts as never, startOfTest, tx); // nothing of who asks is looked at
  });
  const read = async (): Promise<{ context: PoolContext; user: PoolUserRow }> =>
    store.read(async (tx) => {
      const [context, user] = [await appClients.findPool(tx, poolId), await poolUsers.findById(tx, sub)];
      assert.ok(context && user);
      return { context, user };
    });
  return {
    read,
    async change(password: string, temporary = false): Promise<PoolUserRow> {
      const { context, user } = await read();
      const made = await makePassword(call, context, user, password, { temporary });
      if (!temporary) await requireUnusedPassword(call, context, user, password);
      const status = temporary ? "FORCE_CHANGE_PASSWORD" : "CONFIRMED";
      return store.write((tx) => setPassword(call, tx, context, user, made, status));
    },
    kept: async () => (await store.read((tx) => poolUserPasswords.list(tx, sub, 100))).length,
  };
}

async function refusal(change: Promise<unknown>) {
  try {
    await change;
  } catch (error) {
    if (error instanceof ServiceException) return { code: error.code, message: error.message };
    throw error;
  }
  return assert.fail("expected a refusal");
}

const used = {
  code: "PasswordHistoryPolicyViolationException",
  message: "Password has previously been used.",
};

suite("a user's password", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });

  test("is written with its status; a temporary one ends", async () => {
    const { change, read } = await poolWith(h, 0);
    const own = await change("password-1");
    assert.deepEqual([own.status, own.password_set_at, own.password_expires_at], ["CONFIRMED", startOfTest, null]);
    assert.ok(own.password_sealed);
    assert.equal(await isPasswordOf(h.environment, own, own.password_sealed, "password-1"), true);
    const temporary = await change("temporary-2", true);
    assert.deepEqual(
      [temporary.status, temporary.password_expires_at],
      ["FORCE_CHANGE_PASSWORD", startOfTest + 3 * day],
    );
    assert.deepEqual((await read()).user.password_expires_at, temporary.password_expires_at);
    assert.deepEqual(await refusal(change("password")), {
      code: "InvalidPasswordException",
      message: "Password does not conform to policy: Password must have numeric characters",
    });
  });

  test("may be the one before where the pool keeps no history", async () => {
    const { change, kept } = await poolWith(h, 0);
    await change("password-1");
    await change("password-1");
    assert.equal(await kept(), 0);
  });

  test("is none of as many as the pool keeps, the current one among them; temporary ones do not count", async () => {
    const { change, kept } = await poolWith(h, 3);
    await change("temporary-1");
    await change("password-2");
    await change("password-3");
    for (const password of ["temporary-1", "password-2", "password-3"]) {
      assert.deepEqual(await refusal(change(password)), used);
    }
    await change("password-4");
    // The first is one of four now, so it counts no longer.
    await change("temporary-1");
    assert.equal(await kept(), 3);
    await change("temporary-9", true);
    assert.equal(await kept(), 3);
    for (const password of ["temporary-1", "password-4", "password-3"]) {
      assert.deepEqual(await refusal(change(password)), used);
    }
    await change("temporary-9");
  });

  test("with a history of one is only not the same", async () => {
    const { change, kept } = await poolWith(h, 1);
    await change("password-1");
    assert.deepEqual(await refusal(change("password-1")), used);
    await change("password-2");
    await change("password-1");
    assert.equal(await kept(), 1);
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetAccountPasswordPolicyCommand, UpdateAccountPasswordPolicyCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";

suite("GetAccountPasswordPolicy", async () => {
  const h = await harness();
  const get = async (iam = h.iam) => (await iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy;

  test("an account has none until one is set", async () => {
    assert.deepEqual(await refused(get()), {
      code: "NoSuchEntity",
      message: `The Password Policy with domain name ${testAccount} cannot be found.`,
      status: 404,
    });
    await h.iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 14 }));
    assert.equal((await get())?.MinimumPasswordLength, 14);
  });

  test("a user needs permission on everything", async () => {
    const may = await userWithKey(h, "may", allow("iam:GetAccountPasswordPolicy"));
    assert.deepEqual(await get(may.iam), await get());
    const mayNot = await userWithKey(h, "may-not");
    assert.deepEqual(await refused(get(mayNot.iam)), accessDenied("may-not", "iam:GetAccountPasswordPolicy", "*"));
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool, createUser } from "../../../../test/pool-users.ts";
import { poolUsers } from "../../../store/pool-users.ts";

suite("AdminEnableUser", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const UserPoolId = await createPool(h);
  const made = await createUser(h, UserPoolId, "ada");
  const enable = (Username: string, pool = UserPoolId) =>
    h.cognito.send(new AdminEnableUserCommand({ UserPoolId: pool, Username }));
  const disable = (Username: string, pool = UserPoolId) =>
    h.cognito.send(new AdminDisableUserCommand({ UserPoolId: pool, Username }));
  const state = async () => {
    const user = await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username: "ada" }));
    const row = await h.environment.store.read((tx) => poolUsers.findById(tx, made.Attributes?.at(-1)?.Value ?? ""));
    return [user.Enabled, user.UserStatus, user.UserLastModifiedDate?.getTime(), row?.signed_out_at];
  };

  test("the user is enabled again, what was signed out stays so; again changes nothing", async () => {
    h.clock.set(startOfTest + 1000);
    await disable("ada");
    h.clock.set(startOfTest + 2000);
    await enable("ada");
    const enabled = [true, "FORCE_CHANGE_PASSWORD", startOfTest + 2000, startOfTest + 1000];
    assert.deepEqual(await state(), enabled);
    h.clock.set(startOfTest + 3000);
    await enable("ada");
    assert.deepEqual(await state(), enabled);
  });

  test("a user and a pool that are not there", async () => {
    assert.deepEqual(await refused(enable("nobody")), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(enable("ada", "us-east-1_nothing00")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});

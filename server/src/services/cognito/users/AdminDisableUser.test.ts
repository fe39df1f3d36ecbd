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

suite("AdminDisableUser", async () => {
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

  test("the user is disabled, keeps the status, and all sessions until then are over; again changes nothing", async () => {
    assert.deepEqual(await state(), [true, "FORCE_CHANGE_PASSWORD", startOfTest, 0]);
    h.clock.set(startOfTest + 1000);
    await disable("ada");
    const disabled = [false, "FORCE_CHANGE_PASSWORD", startOfTest + 1000, startOfTest + 1000];
    assert.deepEqual(await state(), disabled);
    h.clock.set(startOfTest + 2000);
    await disable("ada");
    assert.deepEqual(await state(), disabled);
    await enable("ada");
  });

  test("a user and a pool that are not there", async () => {
    assert.deepEqual(await refused(disable("nobody")), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(disable("ada", "us-east-1_nothing00")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});

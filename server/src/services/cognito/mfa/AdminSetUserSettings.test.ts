import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminGetUserCommand,
  AdminSetUserSettingsCommand,
  ListUsersCommand,
  type MFAOptionType,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { createPool, createUser } from "../../../../test/pool-users.ts";

suite("AdminSetUserSettings", async () => {
  const h = await harness();
  const UserPoolId = await createPool(h);
  await createUser(h, UserPoolId, "ann", { attributes: { phone_number: "+15555550100" } });
  await createUser(h, UserPoolId, "bob");
  const bySms: MFAOptionType = { DeliveryMedium: "SMS", AttributeName: "phone_number" };
  const set = (Username: string, MFAOptions: MFAOptionType[], pool = UserPoolId) =>
    h.cognito.send(new AdminSetUserSettingsCommand({ UserPoolId: pool, Username, MFAOptions }));

  test("shows in AdminGetUser and in lists", async () => {
    await set("ann", [bySms]);
    const user = await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username: "ann" }));
    assert.deepEqual([user.MFAOptions, user.UserMFASettingList], [[bySms], ["SMS_MFA"]]);
    const { Users = [] } = await h.cognito.send(new ListUsersCommand({ UserPoolId }));
    assert.deepEqual(
      Users.map(({ Username, MFAOptions }) => [Username, MFAOptions]),
      [
        ["ann", [bySms]],
        ["bob", undefined],
      ],
    );
  });

  test("is refused without a phone, of nobody and in no pool", async () => {
    assert.deepEqual(await refused(set("bob", [bySms])), {
      code: "InvalidParameterException",
      message: "User does not have delivery config set to turn on SMS_MFA",
      status: 400,
    });
    assert.deepEqual(await refused(set("nobody", [])), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(set("ann", [], "us-east-1_missing00")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_missing00 does not exist.",
      status: 400,
    });
  });
});

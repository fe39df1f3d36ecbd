import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  type AdminSetUserMFAPreferenceCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { createPool, createUser } from "../../../../test/pool-users.ts";

suite("AdminSetUserMFAPreference", async () => {
  const h = await harness();
  const UserPoolId = await createPool(h);
  await createUser(h, UserPoolId, "ann", { attributes: { phone_number: "+15555550100" } });
  const prefer = (Username: string, given: Partial<AdminSetUserMFAPreferenceCommandInput>) =>
    h.cognito.send(new AdminSetUserMFAPreferenceCommand({ UserPoolId, Username, ...given }));
  const enabled = { Enabled: true, PreferredMfa: true };

  test("as the user would, whatever the user's status", async () => {
    await prefer("ann", { SMSMfaSettings: enabled });
    const answer = await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username: "ann" }));
    assert.deepEqual(answer.UserMFASettingList, ["SMS_MFA"]);
    assert.equal(answer.PreferredMfaSetting, "SMS_MFA");
    assert.equal(answer.UserStatus, "FORCE_CHANGE_PASSWORD");
  });

  test("is refused of what is not set up, of nobody and in no pool", async () => {
    assert.deepEqual(await refused(prefer("ann", { EmailMfaSettings: enabled })), {
      code: "InvalidParameterException",
      message: "User does not have delivery config set to turn on EMAIL_OTP",
      status: 400,
    });
    assert.deepEqual(await refused(prefer("nobody", {})), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(prefer("ann", { UserPoolId: "us-east-1_missing00" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_missing00 does not exist.",
      status: 400,
    });
  });
});

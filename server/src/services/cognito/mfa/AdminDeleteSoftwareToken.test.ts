import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminDeleteSoftwareTokenCommand,
  AdminGetUserCommand,
  AdminSetUserMFAPreferenceCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { setUpTotp, somebodyWithTotp } from "../../../../test/pool-factors.ts";

suite("AdminDeleteSoftwareToken", async () => {
  const h = await harness();
  const it = await somebodyWithTotp(h);
  const { UserPoolId } = it;
  const remove = (Username: string, pool = UserPoolId) =>
    h.cognito.send(new AdminDeleteSoftwareTokenCommand({ UserPoolId: pool, Username }));

  test("the secret goes, and with it the preference", async () => {
    await setUpTotp(h, it);
    const Username = it.Username;
    const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
    await h.cognito.send(new AdminSetUserMFAPreferenceCommand({ UserPoolId, Username, SoftwareTokenMfaSettings }));
    const settings = async () => {
      const { UserMFASettingList, PreferredMfaSetting } = await h.cognito.send(
        new AdminGetUserCommand({ UserPoolId, Username }),
      );
      return [UserMFASettingList, PreferredMfaSetting];
    };
    assert.deepEqual(await settings(), [["SOFTWARE_TOKEN_MFA"], "SOFTWARE_TOKEN_MFA"]);
    await remove(Username);
    assert.deepEqual(await settings(), [undefined, undefined]);
    assert.deepEqual(await refused(remove(Username)), {
      code: "ResourceNotFoundException",
      message: "User has not set up software token mfa",
      status: 400,
    });
    await setUpTotp(h, it);
    await remove(Username);
  });

  test("is refused of nobody, of who is not confirmed, and in no pool", async () => {
    assert.deepEqual(await refused(remove("nobody")), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    await h.cognito.send(new SignUpCommand({ ClientId: it.ClientId, Username: "new", Password: "Secret-word-1" }));
    assert.deepEqual(await refused(remove("new")), {
      code: "UserNotConfirmedException",
      message: "User is not confirmed.",
      status: 400,
    });
    assert.deepEqual(await refused(remove("ann", "us-east-1_missing00")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_missing00 does not exist.",
      status: 400,
    });
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AdminUpdateUserAttributesCommand, GetUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { signIn, somebody } from "../../../../test/pool-sessions.ts";
import { createClient } from "../../../../test/pool-users.ts";
import { poolUsers } from "../../../store/pool-users.ts";
import type { MfaPreferences } from "../mfa/mfa.ts";

suite("GetUser", async () => {
  const h = await harness();
  const getUser = async (AccessToken: string) => {
    const { $metadata, ...answer } = await h.cognito.send(new GetUserCommand({ AccessToken }));
    return answer;
  };

  test("answers the user's attributes, as they are by now, sub last", async () => {
    const it = await somebody(h, { user: { attributes: { email: "a@example.com", name: "A" } } });
    const sub = { Name: "sub", Value: it.sub };
    assert.deepEqual(await getUser(it.AccessToken), {
      Username: "somebody",
      UserAttributes: [{ Name: "email", Value: "a@example.com" }, { Name: "name", Value: "A" }, sub],
    });
    const { UserPoolId, Username } = it;
    const UserAttributes = [{ Name: "name", Value: "B" }];
    await h.cognito.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username, UserAttributes }));
    const after = await getUser(it.AccessToken);
    assert.deepEqual(after.UserAttributes?.at(-2), { Name: "name", Value: "B" });
  });

  test("answers what the client may read, and nothing else", async () => {
    const it = await somebody(h, { user: { attributes: { email: "a@example.com", name: "A" } } });
    const { ClientId } = await createClient(h, it.UserPoolId, { ReadAttributes: ["name"] });
    const { AccessToken } = await signIn(h, ClientId, it.sub);
    assert.deepEqual((await getUser(AccessToken)).UserAttributes, [
      { Name: "name", Value: "A" },
      { Name: "sub", Value: it.sub },
    ]);
  });

  test("answers the second factors that the user chose, and the preferred one", async () => {
    const it = await somebody(h);
    await h.environment.store.write(async (tx) => {
      const user = await poolUsers.findById(tx, it.sub);
      assert.ok(user !== undefined);
      const chosen: MfaPreferences = {
        SMS_MFA: { enabled: true, preferred: false },
        EMAIL_OTP: { enabled: false, preferred: false },
        SOFTWARE_TOKEN_MFA: { enabled: true, preferred: true },
      };
      await poolUsers.update(tx, user, { ...user, mfa_json: JSON.stringify(chosen) });
    });
    const { UserMFASettingList, PreferredMfaSetting } = await getUser(it.AccessToken);
    assert.deepEqual(
      [UserMFASettingList, PreferredMfaSetting],
      [["SMS_MFA", "SOFTWARE_TOKEN_MFA"], "SOFTWARE_TOKEN_MFA"],
    );
  });

  test("is refused without a token of this server", async () => {
    assert.deepEqual(await refused(getUser("abc")), {
      code: "NotAuthorizedException",
      message: "Invalid Access Token",
      status: 400,
    });
  });
});

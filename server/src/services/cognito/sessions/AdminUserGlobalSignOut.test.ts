import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AdminUserGlobalSignOutCommand, GetUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { signIn, somebody } from "../../../../test/pool-sessions.ts";

suite("AdminUserGlobalSignOut", async () => {
  const h = await harness();
  const getUser = (AccessToken: string) => h.cognito.send(new GetUserCommand({ AccessToken }));

  test("ends all sessions of the user until the next one", async () => {
    const it = await somebody(h);
    const { UserPoolId, Username } = it;
    const { $metadata, ...answer } = await h.cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username }));
    assert.deepEqual(answer, {});
    assert.deepEqual(await refused(getUser(it.AccessToken)), {
      code: "NotAuthorizedException",
      message: "Access Token has been revoked",
      status: 400,
    });
    await getUser((await signIn(h, it.ClientId, it.sub)).AccessToken);
  });

  test("refuses unknown pools and users, and who may not", async () => {
    const { UserPoolId, Username } = await somebody(h);
    const fails = async (input: { UserPoolId: string; Username: string }, code: string, message: string) => {
      const answer = await refused(h.cognito.send(new AdminUserGlobalSignOutCommand(input)));
      assert.deepEqual(answer, { code, message, status: 400 });
    };
    await fails({ UserPoolId, Username: "nobody" }, "UserNotFoundException", "User does not exist.");
    const none = "us-east-1_none";
    await fails({ UserPoolId: none, Username }, "ResourceNotFoundException", `User pool ${none} does not exist.`);
    const { cognito } = await userWithKey(h, "reader", allow("cognito-idp:AdminGetUser"));
    const denied = await refused(cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username })));
    assert.equal(denied.code, "AccessDeniedException");
  });
});

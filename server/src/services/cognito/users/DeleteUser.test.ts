import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AdminGetUserCommand, DeleteUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { somebody } from "../../../../test/pool-sessions.ts";

suite("DeleteUser", async () => {
  const h = await harness();
  const remove = (AccessToken: string) => h.cognito.send(new DeleteUserCommand({ AccessToken }));
  const gone = { code: "UserNotFoundException", message: "User does not exist.", status: 400 };

  test("the user goes, and the token with the user", async () => {
    const { AccessToken, UserPoolId, Username } = await somebody(h);
    await remove(AccessToken);
    assert.deepEqual(await refused(h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username }))), gone);
    assert.deepEqual(await refused(remove(AccessToken)), gone);
  });

  test("a token that is none", async () => {
    assert.deepEqual(await refused(remove("nothing")), {
      code: "NotAuthorizedException",
      message: "Invalid Access Token",
      status: 400,
    });
  });
});

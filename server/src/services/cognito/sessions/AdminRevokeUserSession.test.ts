import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminListUserSessionsCommand,
  AdminRevokeUserSessionCommand,
  GetUserCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, userWithKey } from "../../../../test/harness.ts";
import { somebody, trackSessions } from "../../../../test/pool-sessions.ts";

suite("AdminRevokeUserSession", async () => {
  const h = await harness();
  const revoke = async (UserPoolId: string, Username: string, SessionId: string, cognito = h.cognito) => {
    const command = new AdminRevokeUserSessionCommand({ UserPoolId, Username, SessionId });
    const { $metadata, ...answer } = await cognito.send(command);
    return answer;
  };

  test("ends a session of the user, be it the only one", async () => {
    const it = await somebody(h);
    await trackSessions(h, it.UserPoolId);
    const { UserPoolId, Username } = it;
    const { Sessions = [] } = await h.cognito.send(new AdminListUserSessionsCommand({ UserPoolId, Username }));
    assert.deepEqual(await revoke(UserPoolId, Username, Sessions[0]?.SessionId ?? ""), {});
    assert.equal((await refused(h.cognito.send(new GetUserCommand(it)))).message, "Access Token has been revoked");
  });

  test("refuses unknown pools, users and sessions, pools that track nothing, and who may not", async () => {
    const { UserPoolId, Username } = await somebody(h);
    const id = `tkn${"0".repeat(25)}`;
    const fails = async (poolId: string, username: string, code: string, message: string) =>
      assert.deepEqual(await refused(revoke(poolId, username, id)), { code, message, status: 400 });
    const untracked = "Session tracking is not enabled for this user pool.";
    await fails(UserPoolId, Username, "OperationNotEnabledException", untracked);
    await trackSessions(h, UserPoolId);
    await fails(UserPoolId, Username, "ResourceNotFoundException", "Session does not exist.");
    await fails(UserPoolId, "nobody", "UserNotFoundException", "User does not exist.");
    await fails("us-east-1_none", Username, "ResourceNotFoundException", "User pool us-east-1_none does not exist.");
    const { cognito } = await userWithKey(h, "nobody");
    assert.equal((await refused(revoke(UserPoolId, Username, id, cognito))).code, "AccessDeniedException");
  });
});

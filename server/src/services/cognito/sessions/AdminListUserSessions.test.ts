import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AdminListUserSessionsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, userWithKey } from "../../../../test/harness.ts";
import { signIn, somebody, trackSessions } from "../../../../test/pool-sessions.ts";

suite("AdminListUserSessions", async () => {
  const h = await harness();
  const list = (UserPoolId: string, Username: string, cognito = h.cognito) =>
    cognito.send(new AdminListUserSessionsCommand({ UserPoolId, Username }));

  test("answers all sessions of the user, none of which asks", async () => {
    const it = await somebody(h);
    await trackSessions(h, it.UserPoolId);
    await signIn(h, it.ClientId, it.sub);
    const { Sessions = [], NextToken } = await list(it.UserPoolId, it.Username);
    assert.deepEqual(
      [Sessions.map(({ IsCurrentSession }) => IsCurrentSession), NextToken],
      [[false, false], undefined],
    );
  });

  test("refuses unknown pools and users, pools that track nothing, and who may not", async () => {
    const { UserPoolId, Username } = await somebody(h);
    const fails = async (poolId: string, username: string, code: string, message: string) =>
      assert.deepEqual(await refused(list(poolId, username)), { code, message, status: 400 });
    await fails(UserPoolId, "nobody", "UserNotFoundException", "User does not exist.");
    await fails("us-east-1_none", Username, "ResourceNotFoundException", "User pool us-east-1_none does not exist.");
    const untracked = "Session tracking is not enabled for this user pool.";
    await fails(UserPoolId, Username, "OperationNotEnabledException", untracked);
    const { cognito } = await userWithKey(h, "nobody");
    assert.equal((await refused(list(UserPoolId, Username, cognito))).code, "AccessDeniedException");
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  GetUserCommand,
  ListUserSessionsCommand,
  RevokeUserSessionCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { signIn, somebody, trackSessions } from "../../../../test/pool-sessions.ts";

suite("RevokeUserSession", async () => {
  const h = await harness();
  const revoke = async (AccessToken: string, SessionId: string) => {
    const { $metadata, ...answer } = await h.cognito.send(new RevokeUserSessionCommand({ AccessToken, SessionId }));
    return answer;
  };
  const sessionIdOf = async (AccessToken: string) => {
    const { Sessions = [] } = await h.cognito.send(new ListUserSessionsCommand({ AccessToken }));
    return Sessions.find(({ IsCurrentSession }) => IsCurrentSession)?.SessionId ?? "";
  };

  test("ends another session of the user", async () => {
    const it = await somebody(h);
    await trackSessions(h, it.UserPoolId);
    const lost = await signIn(h, it.ClientId, it.sub);
    const id = await sessionIdOf(lost.AccessToken);
    assert.deepEqual(await revoke(it.AccessToken, id), {});
    assert.deepEqual(await refused(h.cognito.send(new GetUserCommand(lost))), {
      code: "NotAuthorizedException",
      message: "Access Token has been revoked",
      status: 400,
    });
    await h.cognito.send(new GetUserCommand(it));
    assert.equal((await refused(revoke(it.AccessToken, id))).code, "ResourceNotFoundException");
  });

  test("refuses the session that asks, those of others, and ids of none", async () => {
    const [it, other] = [await somebody(h), await somebody(h)];
    for (const { UserPoolId } of [it, other]) await trackSessions(h, UserPoolId);
    const fails = async (id: string, code: string, message: string) =>
      assert.deepEqual(await refused(revoke(it.AccessToken, id)), { code, message, status: 400 });
    const own = "The session of the access token cannot be revoked.";
    await fails(await sessionIdOf(it.AccessToken), "InvalidParameterException", own);
    const none = "Session does not exist.";
    await fails(await sessionIdOf(other.AccessToken), "ResourceNotFoundException", none);
    await fails(`sso${"a".repeat(25)}`, "ResourceNotFoundException", none);
    await fails(`tkn${"z".repeat(25)}`, "ResourceNotFoundException", none);
  });

  test("is refused without a token, and where the pool tracks no sessions", async () => {
    const { AccessToken } = await somebody(h);
    const id = `tkn${"0".repeat(25)}`;
    assert.equal((await refused(revoke("abc", id))).message, "Invalid Access Token");
    assert.deepEqual(await refused(revoke(AccessToken, id)), {
      code: "OperationNotEnabledException",
      message: "Session tracking is not enabled for this user pool.",
      status: 400,
    });
  });
});

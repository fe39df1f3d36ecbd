import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { signIn, somebody } from "../../../../test/pool-sessions.ts";

suite("GlobalSignOut", async () => {
  const h = await harness();
  const signOut = async (AccessToken: string) => {
    const { $metadata, ...answer } = await h.cognito.send(new GlobalSignOutCommand({ AccessToken }));
    return answer;
  };
  const getUser = (AccessToken: string) => h.cognito.send(new GetUserCommand({ AccessToken }));
  const revoked = (what: string) => ({
    code: "NotAuthorizedException",
    message: `${what} Token has been revoked`,
    status: 400,
  });

  test("ends all sessions of the user, none of others, and none that begins later, be it in the same millisecond", async () => {
    const it = await somebody(h);
    const other = await signIn(h, it.ClientId, it.sub);
    const stranger = await somebody(h);
    await getUser(other.AccessToken);
    assert.deepEqual(await signOut(it.AccessToken), {});
    for (const { AccessToken, RefreshToken } of [it, other]) {
      assert.deepEqual(await refused(getUser(AccessToken)), revoked("Access"));
      const { ClientId } = it;
      const refresh = h.cognito.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }));
      assert.deepEqual(await refused(refresh), revoked("Refresh"));
    }
    assert.deepEqual(await refused(signOut(it.AccessToken)), revoked("Access"));
    await getUser(stranger.AccessToken);
    const next = await signIn(h, it.ClientId, it.sub);
    await getUser(next.AccessToken);
    // Whatever the clock says.
    h.clock.set(startOfTest - 60_000);
    await signOut(next.AccessToken);
    h.clock.set(startOfTest);
    assert.deepEqual(await refused(getUser(next.AccessToken)), revoked("Access"));
  });

  test("is refused without a token of this server", async () => {
    const answer = await refused(signOut("abc"));
    assert.deepEqual(answer, { code: "NotAuthorizedException", message: "Invalid Access Token", status: 400 });
  });
});

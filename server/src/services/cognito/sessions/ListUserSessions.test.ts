import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GlobalSignOutCommand, ListUserSessionsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { signIn, somebody, trackSessions } from "../../../../test/pool-sessions.ts";
import { createClient } from "../../../../test/pool-users.ts";

suite("ListUserSessions", async () => {
  const h = await harness();
  const list = async (AccessToken: string) =>
    (await h.cognito.send(new ListUserSessionsCommand({ AccessToken }))).Sessions ?? [];

  test("answers the sessions that go on, of every client, the newest first, and says which one asks", async () => {
    const it = await somebody(h);
    await trackSessions(h, it.UserPoolId);
    const other = await createClient(h, it.UserPoolId, {
      RefreshTokenValidity: 1,
      TokenValidityUnits: { RefreshToken: "hours" },
    });
    h.clock.set(startOfTest + 1000);
    const facts = { sourceIp: "2001:db8::1", userAgent: undefined };
    const { AccessToken } = await signIn(h, other.ClientId, it.sub, {}, facts);
    const shared = { SessionType: "TOKEN", LastLocation: { City: "unknown", Country: "unknown" } };
    const [newer, older] = await list(AccessToken);
    assert.match(newer?.SessionId ?? "", /^tkn[a-z0-9]{25}$/);
    assert.deepEqual(
      [newer, older],
      [
        {
          ...shared,
          SessionId: newer?.SessionId,
          ClientId: other.ClientId,
          CreateDate: new Date(startOfTest + 1000),
          LastActiveDate: new Date(startOfTest + 1000),
          DeviceType: "unknown",
          LastIPAddress: "2001:db8::1",
          IsCurrentSession: true,
        },
        {
          ...shared,
          SessionId: older?.SessionId,
          ClientId: it.ClientId,
          CreateDate: new Date(startOfTest),
          LastActiveDate: new Date(startOfTest),
          DeviceType: "test/1.0",
          LastIPAddress: "192.0.2.1",
          IsCurrentSession: false,
        },
      ],
    );
    h.clock.set(startOfTest + 3_601_000);
    const { AccessToken: late } = await signIn(h, it.ClientId, it.sub);
    assert.deepEqual(
      (await list(late)).map(({ ClientId, IsCurrentSession }) => [ClientId, IsCurrentSession]),
      [
        [it.ClientId, true],
        [it.ClientId, false],
      ],
    );
    await h.cognito.send(new GlobalSignOutCommand({ AccessToken: late }));
    assert.equal((await list((await signIn(h, it.ClientId, it.sub)).AccessToken)).length, 1);
    h.clock.set(startOfTest);
  });

  test("is refused without a token, and where the pool tracks no sessions", async () => {
    assert.deepEqual(await refused(list("abc")), {
      code: "NotAuthorizedException",
      message: "Invalid Access Token",
      status: 400,
    });
    const { AccessToken } = await somebody(h);
    assert.deepEqual(await refused(list(AccessToken)), {
      code: "OperationNotEnabledException",
      message: "Session tracking is not enabled for this user pool.",
      status: 400,
    });
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminUpdateUserAttributesCommand,
  type AuthenticationResultType,
  GetTokensFromRefreshTokenCommand,
  type GetTokensFromRefreshTokenCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { lambdaEndpoint } from "../../../../test/lambda-endpoint.ts";
import {
  isSignedByOne,
  keySetOf,
  payloadOf,
  signIn,
  signInFacts,
  somebody,
  trackSessions,
} from "../../../../test/pool-sessions.ts";
import { createClient } from "../../../../test/pool-users.ts";
import { poolSessions } from "../../../store/pool-sessions.ts";
import { Call } from "../../operation.ts";
import { findRefreshedUser, refreshTokens } from "./refresh.ts";

const seconds = startOfTest / 1000;
const notAuthorized = (message: string) => ({ code: "NotAuthorizedException", message, status: 400 });
const invalid = notAuthorized("Invalid Refresh Token");

suite("GetTokensFromRefreshToken", async () => {
  const lambda = await lambdaEndpoint((event) => event);
  const h = await harness({ lambda: { endpoint: lambda.url } });
  const refresh = async (
    ClientId: string,
    RefreshToken: string | undefined,
    more: Partial<GetTokensFromRefreshTokenCommandInput> = {},
  ): Promise<AuthenticationResultType> => {
    const command = new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken, ...more });
    return (await h.cognito.send(command)).AuthenticationResult ?? {};
  };

  test("issues new ID and access tokens of the same session, and no refresh token", async () => {
    const it = await somebody(h, { user: { attributes: { name: "A" } } });
    const { UserPoolId, Username } = it;
    const UserAttributes = [{ Name: "name", Value: "B" }];
    await h.cognito.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username, UserAttributes }));
    h.clock.set(startOfTest + 90_000);
    const answer = await refresh(it.ClientId, it.RefreshToken);
    h.clock.set(startOfTest);
    assert.deepEqual(Object.keys(answer).sort(), ["AccessToken", "ExpiresIn", "IdToken", "TokenType"]);
    const { AccessToken = "", IdToken = "" } = answer;
    for (const [before, after] of [
      [it.AccessToken, AccessToken],
      [it.IdToken, IdToken],
    ] as const) {
      const [old, now] = [payloadOf(before), payloadOf(after)];
      assert.notEqual(now.jti, old.jti);
      const times = { iat: seconds + 90, exp: seconds + 3690 };
      assert.deepEqual({ ...now, jti: "", name: "" }, { ...old, ...times, jti: "", name: "" });
    }
    assert.equal(payloadOf(IdToken).name, "B");
    assert.ok(isSignedByOne(await keySetOf(h, UserPoolId), AccessToken));
  });

  test("lasts as long as the client's refresh tokens", async () => {
    const it = await somebody(h, {
      client: { RefreshTokenValidity: 90, TokenValidityUnits: { RefreshToken: "minutes" } },
    });
    h.clock.set(startOfTest + 90 * 60_000 - 1);
    await refresh(it.ClientId, it.RefreshToken);
    h.clock.set(startOfTest + 90 * 60_000);
    const late = await refused(refresh(it.ClientId, it.RefreshToken));
    h.clock.set(startOfTest);
    assert.deepEqual(late, notAuthorized("Refresh Token has expired"));
  });

  test("refuses what is no refresh token, or not the client's", async () => {
    const it = await somebody(h);
    const parts = it.RefreshToken.split(".");
    for (const token of [
      "x",
      it.AccessToken,
      `${it.RefreshToken}A`,
      parts.slice(1).join("."),
      "a.b.c.d.e",
      "=".repeat(600),
    ]) {
      assert.deepEqual(await refused(refresh(it.ClientId, token)), invalid, token.slice(0, 80));
    }
    const changed = [...parts.slice(0, 3), `A${parts[3]?.slice(1)}`, parts[4]].join(".");
    if (changed !== it.RefreshToken) assert.deepEqual(await refused(refresh(it.ClientId, changed)), invalid);
    const { ClientId } = await createClient(h, it.UserPoolId);
    assert.deepEqual(
      await refused(refresh(ClientId, it.RefreshToken)),
      notAuthorized("Refresh Token has different Client"),
    );
    assert.deepEqual(await refused(refresh("nobody", it.RefreshToken)), {
      code: "ResourceNotFoundException",
      message: "User pool client nobody does not exist.",
      status: 400,
    });
  });

  test("wants the client's secret", async () => {
    const it = await somebody(h, { client: { GenerateSecret: true } });
    const unproven = notAuthorized(`Unable to verify secret hash for client ${it.ClientId}`);
    assert.deepEqual(
      await refused(refresh(it.ClientId, it.RefreshToken)),
      notAuthorized(`Client ${it.ClientId} is configured for secret but secret was not received`),
    );
    assert.deepEqual(await refused(refresh(it.ClientId, it.RefreshToken, { ClientSecret: "x".repeat(24) })), unproven);
    assert.ok((await refresh(it.ClientId, it.RefreshToken, { ClientSecret: it.ClientSecret })).AccessToken);
  });

  test("goes on with the device of the sign-in alone", async () => {
    const it = await somebody(h);
    const DeviceKey = "us-east-1_5f6f2f4e-0c5b-4c1f-9d3e-000000000001";
    const { RefreshToken } = await signIn(h, it.ClientId, it.sub, { deviceKey: DeviceKey });
    assert.deepEqual(await refused(refresh(it.ClientId, RefreshToken)), invalid);
    const other = { DeviceKey: "us-east-1_5f6f2f4e-0c5b-4c1f-9d3e-000000000002" };
    assert.deepEqual(await refused(refresh(it.ClientId, RefreshToken, other)), invalid);
    const { AccessToken = "" } = await refresh(it.ClientId, RefreshToken, { DeviceKey });
    assert.equal(payloadOf(AccessToken).device_key, DeviceKey);
  });

  test("refuses who is disabled or deleted", async () => {
    const it = await somebody(h);
    const { UserPoolId, Username } = it;
    await h.cognito.send(new AdminDisableUserCommand({ UserPoolId, Username }));
    assert.deepEqual(await refused(refresh(it.ClientId, it.RefreshToken)), notAuthorized("User is disabled."));
    await h.cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username }));
    assert.deepEqual(
      await refused(refresh(it.ClientId, it.RefreshToken)),
      notAuthorized("The user has been deleted for the associated refresh token"),
    );
  });

  test("rotates: each refresh token is good once, and the last ends when the first would have", async () => {
    const it = await somebody(h, {
      client: { RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 }, RefreshTokenValidity: 1 },
    });
    const reused = { code: "RefreshTokenReuseException", message: "Refresh token reuse detected", status: 400 };
    const first = await refresh(it.ClientId, it.RefreshToken);
    assert.ok(first.RefreshToken !== undefined && first.RefreshToken !== it.RefreshToken);
    assert.equal(payloadOf(first.AccessToken ?? "").origin_jti, payloadOf(it.AccessToken).origin_jti);
    assert.deepEqual(await refused(refresh(it.ClientId, it.RefreshToken)), reused);
    const second = await refresh(it.ClientId, first.RefreshToken);
    assert.deepEqual(await refused(refresh(it.ClientId, first.RefreshToken)), reused);
    h.clock.set(startOfTest + 86_400_000 - 1);
    const third = await refresh(it.ClientId, second.RefreshToken);
    h.clock.set(startOfTest + 86_400_000);
    const late = await refused(refresh(it.ClientId, third.RefreshToken));
    h.clock.set(startOfTest);
    assert.deepEqual(late, notAuthorized("Refresh Token has expired"));
  });

  test("lets a rotated token be used again for as long as the client allows retries", async () => {
    const it = await somebody(h, {
      client: { RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 10 } },
    });
    const first = await refresh(it.ClientId, it.RefreshToken);
    h.clock.set(startOfTest + 9_999);
    const again = await refresh(it.ClientId, it.RefreshToken);
    h.clock.set(startOfTest + 10_000);
    const late = await refused(refresh(it.ClientId, it.RefreshToken));
    assert.equal(late.code, "RefreshTokenReuseException");
    // Both came of one rotation, so that either of them goes on, and both end with the next one.
    const next = await refresh(it.ClientId, again.RefreshToken);
    await refresh(it.ClientId, first.RefreshToken);
    h.clock.set(startOfTest + 20_000);
    assert.equal((await refused(refresh(it.ClientId, first.RefreshToken))).code, "RefreshTokenReuseException");
    await refresh(it.ClientId, next.RefreshToken);
    h.clock.set(startOfTest);
  });

  test("gives many who rotate at once the same turn", async () => {
    const it = await somebody(h, {
      client: { RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 } },
    });
    const asked = await Promise.allSettled(Array.from({ length: 5 }, () => refresh(it.ClientId, it.RefreshToken)));
    assert.equal(asked.filter(({ status }) => status === "fulfilled").length, 1);
  });

  test("asks the pool's function, as a refresh", async () => {
    const it = await somebody(h, {
      pool: { LambdaConfig: { PreTokenGeneration: "arn:aws:lambda:us-east-1:123456789012:function:tokens" } },
    });
    await refresh(it.ClientId, it.RefreshToken, { ClientMetadata: { a: "b" } });
    const event = lambda.events.at(-1);
    assert.equal(event?.triggerSource, "TokenGeneration_RefreshTokens");
    assert.deepEqual(event?.request.clientMetadata, { a: "b" });
  });

  test("writes only what changes: the rotation, or where a tracked session was last used", async () => {
    const it = await somebody(h);
    const { store } = h.environment;
    const before = store.statistics().writes;
    await refresh(it.ClientId, it.RefreshToken);
    assert.equal(store.statistics().writes, before);
    await trackSessions(h, it.UserPoolId);
    h.clock.set(startOfTest + 5000);
    await refresh(it.ClientId, it.RefreshToken);
    h.clock.set(startOfTest);
    const [session] = await store.read((tx) => poolSessions.listOfUser(tx, it.sub, 0, startOfTest, 2));
    assert.deepEqual([session?.last_active_at, session?.last_ip], [startOfTest + 5000, "127.0.0.1"]);
  });
});

type Refused = "NotAuthorizedException" | "UserNotFoundException" | "UnsupportedOperationException";

suite("refreshTokens", async () => {
  const h = await harness();
  const asCall = <T>(work: (call: Call<Refused>) => Promise<T>) =>
    h.environment.store.read(async (tx) => new Call<Refused>(h.environment, signInFacts, startOfTest, tx)).then(work);
  const contextOf = async (clientId: string) => {
    const context = await h.environment.store.read((tx) => h.environment.appClients.find(tx, clientId));
    assert.ok(context !== undefined);
    return context;
  };

  test("refreshes without a new refresh token, but not for clients whose refresh tokens rotate", async () => {
    const it = await somebody(h);
    const context = await contextOf(it.ClientId);
    const answer = await asCall((call) => refreshTokens(call, context, { refreshToken: it.RefreshToken }));
    assert.equal(answer.RefreshToken, undefined);
    assert.equal(payloadOf(answer.AccessToken ?? "").sub, it.sub);
    const rotating = await somebody(h, { client: { RefreshTokenRotation: { Feature: "ENABLED" } } });
    const asked = asCall(async (call) =>
      refreshTokens(call, await contextOf(rotating.ClientId), { refreshToken: rotating.RefreshToken }),
    );
    await assert.rejects(asked, {
      code: "UnsupportedOperationException",
      message: "This API does not support refresh token rotation",
    });
  });

  test("knows whose token it is, within the pool", async () => {
    const [it, other] = [await somebody(h), await somebody(h)];
    const find = async (clientId: string, token: string) => {
      const context = await contextOf(clientId);
      const call = await asCall(async (call) => call);
      return (await h.environment.store.read((tx) => findRefreshedUser(call, tx, context, token)))?.user_id;
    };
    assert.equal(await find(it.ClientId, it.RefreshToken), it.sub);
    assert.equal(await find(other.ClientId, it.RefreshToken), undefined);
    assert.equal(await find(it.ClientId, "x"), undefined);
  });
});

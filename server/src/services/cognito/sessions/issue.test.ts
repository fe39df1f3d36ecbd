import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminAddUserToGroupCommand,
  AdminDisableUserCommand,
  CreateGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { type Harness, harness, startOfTest } from "../../../../test/harness.ts";
import { lambdaEndpoint } from "../../../../test/lambda-endpoint.ts";
import {
  headerOf,
  isSignedByOne,
  keySetOf,
  payloadOf,
  signIn,
  somebody,
  trackSessions,
} from "../../../../test/pool-sessions.ts";
import { createClient } from "../../../../test/pool-users.ts";
import { poolProperties } from "../../../store/pool-properties.ts";
import { poolSessions } from "../../../store/pool-sessions.ts";
import { poolUsers } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";

const seconds = startOfTest / 1000;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

async function refusal(work: Promise<unknown>) {
  return work.then(
    () => assert.fail("expected a refusal"),
    ({ code, message }: { code: string; message: string }) => ({ code, message }),
  );
}

suite("issueTokens", async () => {
  const h = await harness();
  const email = { email: "somebody@example.com", email_verified: "true", "custom:team": "42" };
  const pool = { Schema: [{ Name: "team", AttributeDataType: "Number" as const, Mutable: true }] };

  test("says in both tokens what AWS's say, under two keys, with headers of kid and alg", async () => {
    const it = await somebody(h, { pool, user: { attributes: { ...email, address: "1 Main Street" } } });
    const [access, id] = [payloadOf(it.AccessToken), payloadOf(it.IdToken)];
    const { jti, origin_jti, event_id } = access;
    for (const value of [jti, id.jti, origin_jti, event_id]) assert.match(String(value), uuid);
    assert.equal(new Set([jti, id.jti, origin_jti, event_id]).size, 4);
    const iss = `http://countersign.test/${it.UserPoolId}`;
    assert.deepEqual(access, {
      sub: it.sub,
      iss,
      client_id: it.ClientId,
      origin_jti,
      event_id,
      token_use: "access",
      scope: "aws.cognito.signin.user.admin",
      auth_time: seconds,
      exp: seconds + 3600,
      iat: seconds,
      jti,
      username: "somebody",
    });
    assert.deepEqual(id, {
      sub: it.sub,
      email: "somebody@example.com",
      email_verified: true,
      "custom:team": "42",
      address: { formatted: "1 Main Street" },
      iss,
      "cognito:username": "somebody",
      origin_jti,
      aud: it.ClientId,
      event_id,
      token_use: "id",
      auth_time: seconds,
      exp: seconds + 3600,
      iat: seconds,
      jti: id.jti,
    });
    assert.deepEqual([it.ExpiresIn, it.TokenType], [3600, "Bearer"]);
    const keys = await keySetOf(h, it.UserPoolId);
    assert.equal(keys.keys.length, 2);
    assert.ok(isSignedByOne(keys, it.AccessToken) && isSignedByOne(keys, it.IdToken));
    const [one, other] = [headerOf(it.AccessToken), headerOf(it.IdToken)];
    assert.deepEqual(Object.keys(one), ["kid", "alg"]);
    assert.deepEqual([one.alg, other.alg], ["RS256", "RS256"]);
    assert.notEqual(one.kid, other.kid);
    assert.match(it.RefreshToken, /^eyJjdHki[\w-]+(\.[\w-]+){4}$/);
  });

  test("holds groups by precedence, their roles, and the preferred one unless those that come first disagree", async () => {
    const it = await somebody(h);
    const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
    const join = async (GroupName: string, Precedence: number | undefined, RoleArn: string | undefined) => {
      const { UserPoolId, Username } = it;
      await h.cognito.send(new CreateGroupCommand({ UserPoolId, GroupName, Precedence, RoleArn }));
      await h.cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
      const { AccessToken, IdToken } = await signIn(h, it.ClientId, it.sub);
      const [access, id] = [payloadOf(AccessToken), payloadOf(IdToken)];
      assert.deepEqual([access["cognito:roles"], access["cognito:preferred_role"]], [undefined, undefined]);
      assert.deepEqual(access["cognito:groups"], id["cognito:groups"]);
      return [id["cognito:groups"], id["cognito:roles"], id["cognito:preferred_role"]];
    };
    assert.deepEqual(await join("a", undefined, undefined), [["a"], undefined, undefined]);
    assert.deepEqual(await join("b", 5, role("b")), [["b", "a"], [role("b")], role("b")]);
    assert.deepEqual(await join("c", 0, role("c")), [["c", "b", "a"], [role("c"), role("b")], role("c")]);
    const [, , preferred] = await join("d", 0, role("d"));
    assert.equal(preferred, undefined);
  });

  test("shows attributes that the client may read, and lasts as the client says", async () => {
    const it = await somebody(h, { pool, user: { attributes: email } });
    const { ClientId } = await createClient(h, it.UserPoolId, {
      ReadAttributes: ["custom:team"],
      AccessTokenValidity: 10,
      IdTokenValidity: 1200,
      TokenValidityUnits: { AccessToken: "minutes", IdToken: "seconds" },
    });
    const { AccessToken, IdToken, ExpiresIn } = await signIn(h, ClientId, it.sub);
    const id = payloadOf(IdToken);
    assert.deepEqual([id.email, id.email_verified, id["custom:team"]], [undefined, undefined, "42"]);
    assert.deepEqual([ExpiresIn, payloadOf(AccessToken).exp, id.exp], [600, seconds + 600, seconds + 1200]);
  });

  test("leaves origin_jti out for clients whose tokens cannot be revoked", async () => {
    const it = await somebody(h, { client: { EnableTokenRevocation: false } });
    assert.equal("origin_jti" in payloadOf(it.AccessToken), false);
    assert.equal("origin_jti" in payloadOf(it.IdToken), false);
  });

  test("says which device it was, when the user authenticated, and the nonce of an OpenID Connect request", async () => {
    const it = await somebody(h);
    const tokens = await signIn(h, it.ClientId, it.sub, {
      deviceKey: "us-east-1_5f6f2f4e-0c5b-4c1f-9d3e-000000000001",
      authTime: startOfTest - 61_500,
      nonce: "n-0S6",
      scopes: ["openid", "books/read"],
    });
    const [access, id] = [payloadOf(tokens.AccessToken), payloadOf(tokens.IdToken)];
    assert.equal(access.device_key, "us-east-1_5f6f2f4e-0c5b-4c1f-9d3e-000000000001");
    assert.deepEqual([access.auth_time, id.auth_time], [seconds - 62, seconds - 62]);
    assert.deepEqual([id.nonce, access.nonce, access.scope], ["n-0S6", undefined, "openid books/read"]);
  });

  test("writes identities as an array of texts", async () => {
    const it = await somebody(h);
    const identity = {
      userId: "1",
      providerName: "P",
      providerType: "SAML",
      issuer: null,
      primary: true,
      dateCreated: 5,
    };
    await h.environment.store.write(async (tx) => {
      const user = await poolUsers.findById(tx, it.sub);
      assert.ok(user !== undefined);
      const attributes = { ...user.attributes, identities: JSON.stringify([identity]) };
      await poolUsers.update(tx, user, { ...user, attributes });
    });
    const { IdToken } = await signIn(h, it.ClientId, it.sub);
    assert.deepEqual(payloadOf(IdToken).identities, [{ ...identity, primary: "true", dateCreated: "5" }]);
  });

  test("is one commit, with what else the sign-in writes; if that fails, there is no session", async () => {
    const it = await somebody(h);
    const { store } = h.environment;
    const before = store.statistics();
    await signIn(h, it.ClientId, it.sub, {
      eventId: "11111111-1111-4111-8111-111111111111",
      alsoWrite: (tx) => poolProperties.set(tx, it.UserPoolId, "", "risk", { value: {}, modified_at: startOfTest }),
    });
    assert.equal(store.statistics().writes - before.writes, 1);
    const eventId = "22222222-2222-4222-8222-222222222222";
    const failing = signIn(h, it.ClientId, it.sub, {
      eventId,
      alsoWrite: async () => {
        throw new Error("used up");
      },
    });
    await assert.rejects(failing, /used up/);
    const found = await store.read(async (tx) => [
      (await poolSessions.find(tx, "11111111-1111-4111-8111-111111111111"))?.user_id,
      await poolSessions.find(tx, eventId),
    ]);
    assert.deepEqual(found, [it.sub, undefined]);
  });

  test("refuses who was disabled or deleted meanwhile", async () => {
    const it = await somebody(h);
    const { UserPoolId, Username } = it;
    const { store } = h.environment;
    const user = await store.read((tx) => poolUsers.findById(tx, it.sub));
    assert.ok(user !== undefined);
    await h.cognito.send(new AdminDisableUserCommand({ UserPoolId, Username }));
    const issued = () => signIn(h, it.ClientId, it.sub, { user });
    assert.deepEqual(await refusal(issued()), { code: "NotAuthorizedException", message: "User is disabled." });
    const deletes = { user, alsoWrite: (tx: Tx) => poolUsers.delete(tx, user) };
    assert.deepEqual(await refusal(signIn(h, it.ClientId, it.sub, deletes)), {
      code: "UserNotFoundException",
      message: "User does not exist.",
    });
  });

  test("ends sessions that were used least recently where there are too many", async () => {
    const it = await somebody(h);
    const { store } = h.environment;
    const sessions = async () =>
      (await store.read((tx) => poolSessions.listOfUser(tx, it.sub, 0, h.clock.now(), 100))).map(
        (row) => row.created_at,
      );
    const next = async (at: number) => {
      h.clock.set(startOfTest + at);
      await signIn(h, it.ClientId, it.sub);
    };
    await next(1);
    await next(2);
    assert.equal((await sessions()).length, 3);
    await trackSessions(h, it.UserPoolId, 2);
    await next(3);
    assert.deepEqual(await sessions(), [startOfTest + 3, startOfTest + 2]);
    h.clock.set(startOfTest);
  });
});

suite("issueTokens with a pre token generation trigger", async () => {
  let answer: object = {};
  const lambda = await lambdaEndpoint((event) => ({ ...event, response: answer }));
  const h = await harness({ lambda: { endpoint: lambda.url } });
  const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:tokens";
  const withVersion = (LambdaVersion: "V1_0" | "V2_0") =>
    somebodyLater(h, { LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: functionArn, LambdaVersion } } });

  async function somebodyLater(to: Harness, pool: object) {
    answer = {};
    return somebody(to, { pool, user: { attributes: { email: "somebody@example.com" } } });
  }

  test("V1_0 changes claims and groups of the ID token, but none that is fixed", async () => {
    const it = await withVersion("V1_0");
    answer = {
      claimsOverrideDetails: {
        claimsToAddOrOverride: { plan: "gold", sub: "x", aud: "x", iss: "x", "cognito:username": "x", "dev:a": "x" },
        claimsToSuppress: ["email", "exp", "token_use"],
        groupOverrideDetails: { groupsToOverride: ["new"], iamRolesToOverride: ["r"], preferredRole: "r" },
      },
    };
    const { AccessToken, IdToken } = await signIn(h, it.ClientId, it.sub, { clientMetadata: { a: "b" } });
    const [access, id] = [payloadOf(AccessToken), payloadOf(IdToken)];
    assert.deepEqual([id.plan, id.email, id.token_use, id.exp], ["gold", undefined, "id", seconds + 3600]);
    assert.deepEqual([id.sub, id.aud, id.iss], [it.sub, it.ClientId, `http://countersign.test/${it.UserPoolId}`]);
    assert.deepEqual([id["cognito:username"], id["dev:a"]], ["somebody", undefined]);
    assert.deepEqual([id["cognito:groups"], id["cognito:roles"], id["cognito:preferred_role"]], [["new"], ["r"], "r"]);
    assert.deepEqual([access["cognito:groups"], access.plan], [["new"], undefined]);
    const event = lambda.events.at(-1);
    assert.deepEqual([event?.triggerSource, event?.version], ["TokenGeneration_Authentication", "1"]);
    assert.deepEqual(event?.request.clientMetadata, { a: "b" });
    assert.deepEqual(event?.request.userAttributes, {
      sub: it.sub,
      "cognito:user_status": "FORCE_CHANGE_PASSWORD",
      email: "somebody@example.com",
    });
  });

  test("V2_0 changes the access token and its scopes, too; the scope of the user's own API stays", async () => {
    const it = await withVersion("V2_0");
    answer = {
      claimsAndScopeOverrideDetails: {
        idTokenGeneration: { claimsToAddOrOverride: { nested: { a: [1, true] } }, claimsToSuppress: ["email"] },
        accessTokenGeneration: {
          claimsToAddOrOverride: { tenant: 7, client_id: "x", username: "x", aud: it.ClientId, scope: "x", version: 9 },
          claimsToSuppress: ["event_id", "jti"],
          scopesToAdd: ["books/read", "aws.cognito.signin.user.admin"],
          scopesToSuppress: ["aws.cognito.signin.user.admin"],
        },
      },
    };
    const { AccessToken, IdToken } = await signIn(h, it.ClientId, it.sub);
    const [access, id] = [payloadOf(AccessToken), payloadOf(IdToken)];
    assert.deepEqual([id.nested, id.email], [{ a: [1, true] }, undefined]);
    assert.deepEqual(
      [access.tenant, access.client_id, access.username, access.version],
      [7, it.ClientId, "somebody", undefined],
    );
    assert.deepEqual([access.aud, access.scope], [it.ClientId, "aws.cognito.signin.user.admin books/read"]);
    assert.match(String(access.event_id), uuid);
    assert.match(String(access.jti), uuid);
    answer = { claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { aud: "other" } } } };
    assert.equal(payloadOf((await signIn(h, it.ClientId, it.sub)).AccessToken).aud, undefined);
  });

  test("a function that fails keeps the sign-in from happening", async () => {
    const it = await withVersion("V1_0");
    answer = { claimsOverrideDetails: { claimsToSuppress: "email" } };
    assert.deepEqual(await refusal(signIn(h, it.ClientId, it.sub)), {
      code: "InvalidLambdaResponseException",
      message: "Unrecognizable lambda output",
    });
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateResourceServerCommand,
  GetClientTokenCommand,
  GetUserCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { lambdaEndpoint } from "../../../../test/lambda-endpoint.ts";
import { isSignedByOne, keySetOf, payloadOf } from "../../../../test/pool-sessions.ts";
import { createClient, createPool } from "../../../../test/pool-users.ts";

const seconds = startOfTest / 1000;

suite("GetClientToken", async () => {
  const lambda = await lambdaEndpoint((event) => ({
    ...event,
    response: {
      claimsAndScopeOverrideDetails: {
        accessTokenGeneration: { claimsToAddOrOverride: { tenant: "a" }, scopesToSuppress: ["books/write"] },
      },
    },
  }));
  const h = await harness({ lambda: { endpoint: lambda.url } });
  const machine = async (pool: Parameters<typeof createPool>[1] = {}) => {
    const UserPoolId = await createPool(h, pool);
    const Scopes = ["read", "write"].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName }));
    await h.cognito.send(new CreateResourceServerCommand({ UserPoolId, Identifier: "books", Name: "books", Scopes }));
    const { ClientId, ClientSecret = "" } = await createClient(h, UserPoolId, {
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["client_credentials"],
      AllowedOAuthScopes: ["books/read", "books/write"],
    });
    return { UserPoolId, ClientId, Secret: ClientSecret };
  };
  const get = async (input: { ClientId: string; Secret: string; Scopes?: string[] }) =>
    (await h.cognito.send(new GetClientTokenCommand(input))).ClientAuthenticationResult ?? {};

  test("issues an access token of all scopes of the client, or of those asked for", async () => {
    const it = await machine();
    const { AccessToken = "", ...rest } = await get(it);
    assert.deepEqual(rest, { ExpiresIn: 3600, TokenType: "Bearer" });
    const { jti, ...claims } = payloadOf(AccessToken);
    assert.match(String(jti), /^[0-9a-f-]{36}$/);
    assert.deepEqual(claims, {
      sub: it.ClientId,
      token_use: "access",
      scope: "books/read books/write",
      auth_time: seconds,
      iss: `http://countersign.test/${it.UserPoolId}`,
      exp: seconds + 3600,
      iat: seconds,
      version: 2,
      client_id: it.ClientId,
    });
    assert.ok(isSignedByOne(await keySetOf(h, it.UserPoolId), AccessToken));
    const less = await get({ ...it, Scopes: ["books/write"] });
    assert.equal(payloadOf(less.AccessToken ?? "").scope, "books/write");
    assert.equal(
      (await refused(h.cognito.send(new GetUserCommand({ AccessToken })))).message,
      "Invalid Access Token",
      "a machine is no user",
    );
  });

  test("asks a function of V3_0, and none of before", async () => {
    const LambdaArn = "arn:aws:lambda:us-east-1:123456789012:function:tokens";
    const config = (LambdaVersion: "V2_0" | "V3_0") => ({
      LambdaConfig: { PreTokenGenerationConfig: { LambdaArn, LambdaVersion } },
    });
    const claims = async (version: "V2_0" | "V3_0") =>
      payloadOf((await get(await machine(config(version)))).AccessToken ?? "");
    const changed = await claims("V3_0");
    assert.deepEqual([changed.tenant, changed.scope], ["a", "books/read"]);
    assert.equal(lambda.events.at(-1)?.triggerSource, "TokenGeneration_ClientCredentials");
    const plain = await claims("V2_0");
    assert.deepEqual([plain.tenant, plain.scope], [undefined, "books/read books/write"]);
  });

  test("refuses wrong secrets, scopes the client has not, clients of people, and unknown ones", async () => {
    const it = await machine();
    const fails = async (input: Parameters<typeof get>[0], code: string, message: string) =>
      assert.deepEqual(await refused(get(input)), { code, message, status: 400 });
    const unproven = `Unable to verify the secret of client ${it.ClientId}`;
    await fails({ ...it, Secret: "x".repeat(51) }, "NotAuthorizedException", unproven);
    const scope = (name: string) => `Scope ${name} is not allowed for this client.`;
    await fails({ ...it, Scopes: ["books/burn"] }, "InvalidParameterException", scope("books/burn"));
    await fails({ ...it, Scopes: ["openid"] }, "InvalidParameterException", scope("openid"));
    const { ClientId, ClientSecret = "" } = await createClient(h, it.UserPoolId, { GenerateSecret: true });
    const flow = "Auth flow not enabled for this client";
    await fails({ ClientId, Secret: ClientSecret }, "InvalidParameterException", flow);
    const nobody = { ...it, ClientId: "nobody" };
    await fails(nobody, "ResourceNotFoundException", "User pool client nobody does not exist.");
  });
});

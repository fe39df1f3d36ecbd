import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { suite, test } from "node:test";
import {
  AdminDisableUserCommand,
  AdminSetUserPasswordCommand,
  type AuthFlowType,
  InitiateAuthCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { createClient, createPool, createUser } from "../../../../test/pool-users.ts";

const PASSWORD = "Secret-word-1";
const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });
const unauthorized = (message: string) => ({ code: "NotAuthorizedException", message, status: 400 });
const wrong = unauthorized("Incorrect username or password.");

suite("InitiateAuth", async () => {
  const h = await harness();
  const UserPoolId = await createPool(h);
  const flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] as const;
  const { ClientId } = await createClient(h, UserPoolId, { ExplicitAuthFlows: [...flows] });
  const discreet = await createClient(h, UserPoolId, {
    ExplicitAuthFlows: [...flows],
    PreventUserExistenceErrors: "ENABLED",
  });
  const begin = (AuthFlow: AuthFlowType, AuthParameters: Record<string, string>, client = ClientId) =>
    h.cognito.send(new InitiateAuthCommand({ ClientId: client, AuthFlow, AuthParameters }));
  const signIn = (USERNAME: string, password = PASSWORD, client = ClientId) =>
    begin("USER_PASSWORD_AUTH", { USERNAME, PASSWORD: password }, client);
  const withPassword = async (Username: string) => {
    await createUser(h, UserPoolId, Username);
    await h.cognito.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: PASSWORD, Permanent: true }),
    );
  };
  await withPassword("ann");

  test("the password gives three tokens", async () => {
    const { AuthenticationResult, ChallengeName, Session, ChallengeParameters } = await signIn("ann");
    assert.deepEqual([ChallengeName, Session, ChallengeParameters], [undefined, undefined, {}]);
    const { AccessToken, IdToken, RefreshToken, ...rest } = AuthenticationResult ?? {};
    assert.deepEqual(rest, { ExpiresIn: 3600, TokenType: "Bearer" });
    for (const token of [AccessToken, IdToken]) assert.match(token ?? "", /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
    assert.ok(RefreshToken !== undefined);
  });

  test("a wrong one, nobody, and nobody who must not be told from somebody", async () => {
    assert.deepEqual(await refused(signIn("ann", "Secret-word-2")), wrong);
    assert.deepEqual(await refused(signIn("nobody")), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(signIn("nobody", PASSWORD, discreet.ClientId)), wrong);
    await signIn("ann");
  });

  test("five failures lock for a second, the sixth for two, and a success forgets them", async () => {
    for (const [name, client] of [
      ["bob", ClientId],
      ["nobody-else", discreet.ClientId],
    ] as const) {
      if (name === "bob") await withPassword("bob");
      for (let at = 0; at < 5; at++) assert.deepEqual(await refused(signIn(name, "Wrong-word-1", client)), wrong);
      assert.deepEqual(await refused(signIn(name, PASSWORD, client)), unauthorized("Password attempts exceeded"));
      h.clock.set(startOfTest + 1000);
      assert.deepEqual(await refused(signIn(name, "Wrong-word-1", client)), wrong);
      h.clock.set(startOfTest + 2999);
      assert.deepEqual(await refused(signIn(name, PASSWORD, client)), unauthorized("Password attempts exceeded"));
      h.clock.set(startOfTest + 3000);
      if (name === "bob") {
        await signIn(name);
        for (let at = 0; at < 4; at++) assert.deepEqual(await refused(signIn(name, "Wrong-word-1")), wrong);
        await signIn(name);
      }
      h.clock.set(startOfTest);
    }
  });

  test("who may not sign in is told so only after the password", async () => {
    const named = async (name: string) => [await refused(signIn(name, "Wrong-word-1")), await refused(signIn(name))];
    await withPassword("cid");
    await h.cognito.send(new AdminDisableUserCommand({ UserPoolId, Username: "cid" }));
    assert.deepEqual(await named("cid"), [wrong, unauthorized("User is disabled.")]);
    await h.cognito.send(new SignUpCommand({ ClientId, Username: "dan", Password: PASSWORD }));
    assert.deepEqual(await named("dan"), [
      wrong,
      { code: "UserNotConfirmedException", message: "User is not confirmed.", status: 400 },
    ]);
  });

  test("a temporary password asks for a new one, until it ends", async () => {
    await createUser(h, UserPoolId, "eve", { TemporaryPassword: PASSWORD });
    const { ChallengeName, ChallengeParameters, Session, AuthenticationResult } = await signIn("eve");
    assert.equal(ChallengeName, "NEW_PASSWORD_REQUIRED");
    assert.deepEqual(ChallengeParameters, { USER_ID_FOR_SRP: "eve", requiredAttributes: "[]", userAttributes: "{}" });
    assert.ok(Session !== undefined && AuthenticationResult === undefined);
    h.clock.set(startOfTest + 7 * 86_400_000);
    assert.deepEqual(
      await refused(signIn("eve")),
      unauthorized("Temporary password has expired and must be reset by an administrator."),
    );
    h.clock.set(startOfTest);
  });

  test("flows that the client does not allow, that are not for users, and what they lack", async () => {
    const closed = await createClient(h, UserPoolId, { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH"] });
    const refusals: [flow: AuthFlowType, message: string][] = [
      ["USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH flow not enabled for this client"],
      ["USER_SRP_AUTH", "USER_SRP_AUTH is not enabled for the client."],
      ["REFRESH_TOKEN_AUTH", "Auth flow not enabled for this client"],
      ["ADMIN_USER_PASSWORD_AUTH", "Initiate Auth method not supported."],
    ];
    for (const [flow, message] of refusals) {
      assert.deepEqual(await refused(begin(flow, { USERNAME: "ann" }, closed.ClientId)), invalid(message));
    }
    assert.deepEqual(await refused(begin("USER_PASSWORD_AUTH", {})), invalid("Missing required parameter USERNAME"));
    assert.deepEqual(
      await refused(begin("USER_PASSWORD_AUTH", { USERNAME: "ann" })),
      invalid("Missing required parameter PASSWORD"),
    );
    assert.deepEqual(
      await refused(begin("USER_SRP_AUTH", { USERNAME: "ann" })),
      invalid("Missing required parameter SRP_A"),
    );
    const prime = "ff".repeat(400);
    assert.equal(
      (await refused(begin("USER_SRP_AUTH", { USERNAME: "ann", SRP_A: "0" }))).message,
      "SRP_A is not valid.",
    );
    assert.equal((await begin("USER_SRP_AUTH", { USERNAME: "ann", SRP_A: prime })).ChallengeName, "PASSWORD_VERIFIER");
    assert.deepEqual(await refused(signIn("ann", PASSWORD, "nothing")), {
      code: "ResourceNotFoundException",
      message: "User pool client nothing does not exist.",
      status: 400,
    });
  });

  test("SRP answers alike for somebody and for nobody, and always with one salt", async () => {
    const start = async (USERNAME: string) => {
      const answer = await begin("USER_SRP_AUTH", { USERNAME, SRP_A: "abcdef0123456789" }, discreet.ClientId);
      assert.equal(answer.Session, undefined);
      return answer.ChallengeParameters ?? {};
    };
    const [known, unknown, again] = [await start("ann"), await start("nobody"), await start("nobody")];
    assert.deepEqual(Object.keys(known).sort(), Object.keys(unknown).sort());
    assert.deepEqual([known.USERNAME, unknown.USERNAME], ["ann", "nobody"]);
    assert.equal(unknown.SALT, again.SALT);
    assert.notEqual(unknown.SRP_B, again.SRP_B);
    for (const { SALT, SRP_B } of [known, unknown]) {
      assert.match(SALT ?? "", /^[0-9a-f]{29,32}$/);
      assert.match(SRP_B ?? "", /^[0-9a-f]{760,768}$/);
    }
  });

  test("refreshed without a new refresh token; one that is none is refused", async () => {
    const { AuthenticationResult } = await signIn("ann");
    const REFRESH_TOKEN = AuthenticationResult?.RefreshToken ?? "";
    const refreshed = await begin("REFRESH_TOKEN_AUTH", { REFRESH_TOKEN });
    assert.ok(refreshed.AuthenticationResult?.AccessToken !== undefined);
    assert.equal(refreshed.AuthenticationResult.RefreshToken, undefined);
    const none = await refused(begin("REFRESH_TOKEN_AUTH", { REFRESH_TOKEN: "nothing" }));
    assert.deepEqual(none, unauthorized("Invalid Refresh Token"));
  });

  test("a client with a secret wants its hash", async () => {
    const client = await createClient(h, UserPoolId, { ExplicitAuthFlows: [...flows], GenerateSecret: true });
    const hash = createHmac("sha256", client.ClientSecret ?? "")
      .update(`ann${client.ClientId}`)
      .digest("base64");
    const parameters = { USERNAME: "ann", PASSWORD };
    const given = (SECRET_HASH?: string) =>
      begin("USER_PASSWORD_AUTH", { ...parameters, ...(SECRET_HASH && { SECRET_HASH }) }, client.ClientId);
    assert.ok((await given(hash)).AuthenticationResult !== undefined);
    assert.deepEqual(
      await refused(given()),
      unauthorized(`Client ${client.ClientId} is configured with secret but SECRET_HASH was not received`),
    );
    assert.deepEqual(
      await refused(given("AAAA")),
      unauthorized(`Unable to verify secret hash for client ${client.ClientId}`),
    );
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateOpenIDConnectProviderCommand,
  DeleteOpenIDConnectProviderCommand,
  GetUserCommand,
  RemoveClientIDFromOpenIDConnectProviderCommand,
} from "@aws-sdk/client-iam";
import {
  AssumeRoleWithWebIdentityCommand,
  type AssumeRoleWithWebIdentityCommandInput,
  GetCallerIdentityCommand,
} from "@aws-sdk/client-sts";
import { allow, harness, refused, startOfTest, testAccount } from "../../../test/harness.ts";
import { answerJson, createOidcProvider, oidcIssuer } from "../../../test/oidc-issuer.ts";
import { type RoleOptions, roleWith, trustOf } from "../../../test/roles.ts";

const actions = ["sts:AssumeRoleWithWebIdentity", "sts:TagSession", "sts:SetSourceIdentity"];
const now = startOfTest / 1000;

suite("AssumeRoleWithWebIdentity", async () => {
  const h = await harness();
  const issuer = await oidcIssuer();
  const provider = await createOidcProvider(h, issuer, ["client", "other client"]);
  let roles = 0;
  const federated = (condition?: object, action: string | string[] = actions, of = provider) =>
    trustOf({ Federated: of }, condition, action);
  const roleFor = async (options: RoleOptions = {}) =>
    roleWith(h, `web-${++roles}`, { trust: federated(), ...options });
  const role = await roleFor();
  const assume = (WebIdentityToken: string, more: Partial<AssumeRoleWithWebIdentityCommandInput> = {}) =>
    h.sts.send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: role.arn,
        RoleSessionName: "web",
        WebIdentityToken,
        ...more,
      }),
    );
  const invalid = (message: string) => ({ code: "InvalidIdentityToken", message, status: 400 });
  const notAuthorized = {
    code: "AccessDenied",
    message: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
    status: 403,
  };
  const notValidated = invalid(
    "The web identity token provided could not be validated. See the AssumeRoleWithWebIdentity documentation for requirements.",
  );
  const noKey = invalid(
    "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
  );

  test("gives credentials of the role, and says whom the token is about", async () => {
    const answer = await assume(await issuer.token());
    const { SubjectFromWebIdentityToken, Provider, Audience, SourceIdentity } = answer;
    assert.deepEqual(
      { SubjectFromWebIdentityToken, Provider, Audience, SourceIdentity },
      { SubjectFromWebIdentityToken: "ann", Provider: provider, Audience: "client", SourceIdentity: undefined },
    );
    assert.deepEqual(answer.AssumedRoleUser, {
      Arn: `arn:aws:sts::${testAccount}:assumed-role/${role.roleName}/web`,
      AssumedRoleId: `${role.roleId}:web`,
    });
    assert.deepEqual(answer.Credentials?.Expiration, new Date(startOfTest + 3_600_000));
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken } = answer.Credentials ?? {};
    const { sts } = h.as({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken });
    assert.equal((await sts.send(new GetCallerIdentityCommand({}))).Arn, answer.AssumedRoleUser?.Arn);
  });

  test("each algorithm of AWS's is one, and a token without its key's id is that of an only key", async () => {
    const many = await oidcIssuer("/many");
    await createOidcProvider(h, many);
    const RoleArn = (await roleFor({ trust: federated(undefined, actions, many.arn) })).arn;
    assert.ok((await assume(await many.token({}, { kid: undefined }), { RoleArn })).Credentials);
    await many.addKey("two", "RS256");
    await many.addKey("three", "ES384");
    h.clock.set(startOfTest + 31_000);
    for (const kid of ["one", "two", "three"]) {
      assert.ok((await assume(await many.token({}, { kid }), { RoleArn })).Credentials, kid);
    }
    await many.addKey("four");
    h.clock.set(startOfTest + 62_000);
    assert.ok((await assume(await many.token({}, { kid: "four" }), { RoleArn })).Credentials);
    assert.deepEqual(await refused(assume(await many.token({}, { kid: undefined }), { RoleArn })), noKey);
    h.clock.set(startOfTest);
  });

  for (const [what, changes, refusal] of [
    ["iss", { iss: undefined }, invalid("Missing a required claim: iss")],
    ["sub", { sub: undefined }, invalid("Missing a required claim: sub")],
    ["aud", { aud: undefined }, invalid("Missing a required claim: aud")],
    ["iat", { iat: undefined }, invalid("Missing a required claim: iat")],
    ["exp", { exp: undefined }, invalid("Missing a required claim: exp")],
  ] as const) {
    test(`refuses a token without ${what}`, async () => {
      assert.deepEqual(await refused(assume(await issuer.token(changes))), refusal);
    });
  }

  test("the audience is the one in aud or the authorized party, and registered", async () => {
    for (const [changes, audience] of [
      [{ aud: ["client"] }, "client"],
      [{ aud: "x", azp: "other client" }, "other client"],
      [{ aud: ["x", "client"], azp: "other client" }, "other client"],
    ] as const) {
      assert.equal((await assume(await issuer.token(changes))).Audience, audience);
    }
    const more = invalid("Token audience contains more than one audience while authorized party is not present");
    for (const [changes, refusal] of [
      [{ aud: ["client", "other client"] }, more],
      [{ aud: [] }, invalid("Claim is not allowed to be empty: aud")],
      [{ aud: "x" }, notValidated],
      [{ azp: "x" }, notValidated],
      [{ azp: "" }, notValidated],
    ] as const) {
      assert.deepEqual(await refused(assume(await issuer.token(changes))), refusal, JSON.stringify(changes));
    }
  });

  test("times are right within five minutes, and told as AWS tells them", async () => {
    for (const changes of [{ exp: now - 299 }, { iat: now + 300 }, { nbf: now + 300 }, { exp: String(now + 60) }]) {
      assert.ok((await assume(await issuer.token(changes))).Credentials, JSON.stringify(changes));
    }
    for (const [changes, refusal] of [
      [
        { exp: now - 300 },
        {
          code: "ExpiredTokenException",
          message: `Token expired: current date/time ${now - 300} must be before the expiration date/time ${now - 300}`,
          status: 400,
        },
      ],
      [{ iat: now + 301 }, invalid(`Token issued in the future: ${now + 301}`)],
      [
        { nbf: now + 301 },
        invalid(
          `Token not yet valid: current date/time ${now + 300} must be after or equal to the not-before date/time ${now + 301}`,
        ),
      ],
      [{ nbf: "soon" }, invalid("Invalid timestamp in token claims.")],
      [{ exp: now + 0.5 }, invalid("Invalid timestamp in token claims.")],
    ] as const) {
      assert.deepEqual(await refused(assume(await issuer.token(changes))), refusal, JSON.stringify(changes));
    }
    const { Credentials } = await assume(await issuer.token({ exp: now + 60 }));
    assert.deepEqual(Credentials?.Expiration, new Date(startOfTest + 3_600_000));
  });

  test("refuses what is no token, and one that nobody known has signed", async () => {
    const notOne = invalid(
      "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
    );
    const good = await issuer.token();
    const [header = "", payload = "", signature = ""] = good.split(".");
    const none = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    const mac = Buffer.from(JSON.stringify({ alg: "HS256", kid: "one" })).toString("base64url");
    for (const token of ["text", `${header}.${payload}`, `${none}.${payload}.`, `${mac}.${payload}.${signature}`]) {
      assert.deepEqual(await refused(assume(token)), notOne, token);
    }
    assert.deepEqual(await refused(assume(await issuer.token({}, { crit: ["b64"], b64: true }))), notOne);
    const changed = Buffer.from(payload, "base64url").toString().replace("ann", "bob");
    const forged = `${header}.${Buffer.from(changed).toString("base64url")}.${signature}`;
    assert.deepEqual(await refused(assume(forged)), invalid("Token signature invalid"));
    const stranger = await oidcIssuer();
    assert.deepEqual(
      await refused(assume(await stranger.token({ iss: issuer.issuer }))),
      invalid("Token signature invalid"),
    );
    h.clock.set(startOfTest + 31_000);
    assert.deepEqual(await refused(assume(await issuer.token({}, { kid: "unknown" }))), noKey);
    h.clock.set(startOfTest);
  });

  test("refuses an issuer that is not registered in the role's account", async () => {
    const stranger = await oidcIssuer();
    for (const iss of [stranger.issuer, `${issuer.issuer}/`, issuer.issuer.replace("http:", "https:")]) {
      assert.deepEqual(
        await refused(assume(await issuer.token({ iss }))),
        invalid(`No OpenIDConnect provider found in your account for ${iss}`),
      );
    }
    const RoleArn = "arn:aws:iam::999999999999:role/other";
    assert.deepEqual(
      await refused(assume(await issuer.token(), { RoleArn })),
      invalid(`No OpenIDConnect provider found in your account for ${issuer.issuer}`),
    );
  });

  test("the role's trust policy is asked with what the token says", async () => {
    const key = (name: string) => `${issuer.url}:${name}`;
    for (const [condition, trusted] of [
      [{ StringEquals: { [key("aud")]: "client", [key("sub")]: "ann" } }, true],
      [{ StringEquals: { [key("sub")]: "bob" } }, false],
      [{ StringLike: { [key("sub")]: "a*" } }, true],
      [{ "ForAnyValue:StringEquals": { [key("amr")]: "mfa" } }, true],
      [{ "ForAnyValue:StringEquals": { [key("amr")]: "sms" } }, false],
      [{ StringEquals: { [key("email")]: "ann@example.com" } }, true],
      [{ StringEquals: { "aws:FederatedProvider": provider, "aws:PrincipalType": "User" } }, true],
      [{ Bool: { "sts:RoleAuthorizedByIdp": "true" } }, false],
    ] as const) {
      const RoleArn = (await roleFor({ trust: federated(condition) })).arn;
      const asked = assume(await issuer.token({ amr: ["pwd", "mfa"], email: "ann@example.com" }), { RoleArn });
      if (trusted) assert.ok((await asked).Credentials, JSON.stringify(condition));
      else assert.deepEqual(await refused(asked), notAuthorized, JSON.stringify(condition));
    }
    const RoleArn = `arn:aws:iam::${testAccount}:role/nobody`;
    assert.deepEqual(await refused(assume(await issuer.token(), { RoleArn })), notAuthorized);
  });

  test("an issuer may name the roles that its token is for", async () => {
    const { arn: RoleArn } = await roleFor({ trust: federated({ Bool: { "sts:RoleAuthorizedByIdp": "true" } }) });
    const claim = "https://aws.amazon.com/roles";
    for (const roles of [[RoleArn], `x; ${RoleArn} `]) {
      assert.ok((await assume(await issuer.token({ [claim]: roles }), { RoleArn })).Credentials);
    }
    for (const roles of [[], "", [`${RoleArn}x`], 7]) {
      assert.deepEqual(
        await refused(assume(await issuer.token({ [claim]: roles }), { RoleArn })),
        invalid("The web identity token does not name the requested role."),
      );
    }
  });

  test("tags and the source identity come from the token, nested or flat, if the role lets them", async () => {
    const nested = {
      "https://aws.amazon.com/tags": { principal_tags: { team: ["red"] }, transitive_tag_keys: ["team"] },
    };
    const flat = { "https://aws.amazon.com/tags/principal_tags/team": "red" };
    const condition = { StringEquals: { "aws:PrincipalTag/team": "red", [`${issuer.url}:sub`]: "ann" } };
    const { arn: RoleArn } = await roleFor({ policy: allow("iam:GetUser", "*", condition) });
    for (const claims of [nested, flat]) {
      const source = { "https://aws.amazon.com/source_identity": "ann-at-home" };
      const answer = await assume(await issuer.token({ ...claims, ...source }), { RoleArn });
      assert.equal(answer.SourceIdentity, "ann-at-home");
      const { AccessKeyId = "", SecretAccessKey = "", SessionToken } = answer.Credentials ?? {};
      const { iam } = h.as({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken });
      assert.equal((await refused(iam.send(new GetUserCommand({ UserName: "nobody" })))).code, "NoSuchEntity");
    }
    const wrong = invalid("principal_tags passed in claim is not in correct format.");
    for (const [claims, refusal] of [
      [{ "https://aws.amazon.com/tags": { principal_tags: { team: "red" } } }, wrong],
      [{ "https://aws.amazon.com/tags": { principal_tags: { team: ["a", "b"] } } }, wrong],
      [{ "https://aws.amazon.com/tags": "red" }, invalid("Session tags passed in claim are not in correct format.")],
      [
        { "https://aws.amazon.com/source_identity": "a b" },
        invalid('Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"'),
      ],
    ] as const) {
      assert.deepEqual(await refused(assume(await issuer.token(claims), { RoleArn })), refusal);
    }
    const strict = await roleFor({ trust: federated(undefined, "sts:AssumeRoleWithWebIdentity") });
    assert.deepEqual(await refused(assume(await issuer.token(flat), { RoleArn: strict.arn })), {
      ...notAuthorized,
      message: "Not authorized to perform sts:TagSession",
    });
  });

  test("keys are fetched once, and again when a token names another or they are old", async () => {
    const it = await oidcIssuer("/cached");
    await createOidcProvider(h, it);
    const { arn: RoleArn } = await roleFor({ trust: federated(undefined, actions, it.arn) });
    const fetched = () => it.asked.get("/cached/keys") ?? 0;
    const tokens = await Promise.all(Array.from({ length: 8 }, () => it.token()));
    await Promise.all(tokens.map((token) => assume(token, { RoleArn })));
    assert.equal(fetched(), 1);
    await refused(assume(await it.token({}, { kid: "unknown" }), { RoleArn }));
    assert.equal(fetched(), 1, "not again and again for keys that nobody has");
    h.clock.set(startOfTest + 31_000);
    await assume(await it.token(), { RoleArn });
    assert.equal(fetched(), 1);
    await refused(assume(await it.token({}, { kid: "unknown" }), { RoleArn }));
    assert.equal(fetched(), 2);
    h.clock.set(startOfTest + 31_000 + 600_000);
    await assume(await it.token(), { RoleArn });
    assert.equal(fetched(), 3);
    h.clock.set(startOfTest);
  });

  test("an issuer that answers wrong, too much, elsewhere or not at all is refused", async () => {
    const unreachable = {
      code: "IDPCommunicationError",
      message: "The identity provider could not be reached.",
      status: 400,
    };
    const discovery = "/.well-known/openid-configuration";
    const cases = {
      "not its own": [(it) => answerJson({ issuer: "http://localhost", jwks_uri: `${it.issuer}/keys` }), noKey],
      "no key set": [(it) => answerJson({ issuer: it.issuer }), noKey],
      "a key set without TLS elsewhere": [
        (it) => answerJson({ issuer: it.issuer, jwks_uri: "http://keys.example.com/" }),
        noKey,
      ],
      "a key set in a file": [(it) => answerJson({ issuer: it.issuer, jwks_uri: "file:///etc/passwd" }), noKey],
      "no JSON": [() => (response) => response.end("text"), noKey],
      "not found": [() => answerJson({}, 404), noKey],
      "too much": [() => (response) => response.end(`"${"x".repeat(70_000)}"`), noKey],
      "its own failure": [() => answerJson({}, 503), unreachable],
      "a broken connection": [() => (response) => response.destroy(), unreachable],
      "a redirect elsewhere": [
        () => (response) => response.writeHead(302, { location: `${issuer.issuer}${discovery}` }).end(),
        noKey,
      ],
      "a redirect in circles": [
        (it) => (response) => response.writeHead(302, { location: it.issuer + discovery }).end(),
        noKey,
      ],
    } as const satisfies Record<string, readonly [(it: typeof issuer) => ReturnType<typeof answerJson>, object]>;
    for (const [what, [answer, refusal]] of Object.entries(cases)) {
      const it = await oidcIssuer();
      await createOidcProvider(h, it);
      it.answers.set(discovery, answer(it));
      assert.deepEqual(await refused(assume(await it.token())), refusal, what);
      // Left alone for a moment, the answer being the same.
      const asked = it.asked.get(discovery);
      assert.deepEqual(await refused(assume(await it.token())), refusal, what);
      assert.equal(it.asked.get(discovery), asked, what);
    }
    const moved = await oidcIssuer();
    await createOidcProvider(h, moved);
    const own = moved.answers.get(discovery);
    assert.ok(own);
    moved.answers.set("/elsewhere", own);
    moved.answers.set(discovery, (response) => response.writeHead(302, { location: "/elsewhere" }).end());
    const { arn: RoleArn } = await roleFor({ trust: federated(undefined, actions, moved.arn) });
    assert.ok((await assume(await moved.token(), { RoleArn })).Credentials);
  });

  test("an issuer on a network of this server's own is not asked", async () => {
    const linkLocal = "169.254.169.254";
    const iss = `https://${linkLocal}`;
    await h.iam.send(new CreateOpenIDConnectProviderCommand({ Url: iss, ClientIDList: ["client"] }));
    assert.deepEqual(await refused(assume(await issuer.token({ iss }))), noKey);
  });

  test("refuses a provider beside a token, and an ARN that is no role's", async () => {
    const token = await issuer.token();
    assert.deepEqual(
      await refused(assume(token, { ProviderId: "www.amazon.com" })),
      invalid("Provided Token is not a Login With Amazon token"),
    );
    assert.deepEqual(await refused(assume(token, { ProviderId: "graph.facebook.com" })), {
      code: "IDPRejectedClaim",
      message: "The identity provider rejected the token.",
      status: 403,
    });
    assert.deepEqual(await refused(assume(token, { ProviderId: "example.com" })), {
      code: "AccessDenied",
      message:
        "Unrecognized OAuth provider. Do not include a provider parameter when submitting OpenIDConnect ID tokens",
      status: 403,
    });
    assert.deepEqual(await refused(assume(token, { RoleArn: provider })), {
      code: "ValidationError",
      message: "Request ARN is invalid",
      status: 400,
    });
  });

  test("what the provider loses, its tokens lose at once", async () => {
    const it = await oidcIssuer("/lost");
    await createOidcProvider(h, it);
    const { arn: RoleArn } = await roleFor({ trust: federated(undefined, actions, it.arn) });
    assert.ok((await assume(await it.token(), { RoleArn })).Credentials);
    const OpenIDConnectProviderArn = it.arn;
    await h.iam.send(
      new RemoveClientIDFromOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID: "client" }),
    );
    assert.deepEqual(await refused(assume(await it.token(), { RoleArn })), notValidated);
    await h.iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
    assert.deepEqual(
      await refused(assume(await it.token(), { RoleArn })),
      invalid(`No OpenIDConnect provider found in your account for ${it.issuer}`),
    );
  });
});

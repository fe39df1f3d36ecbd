import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  DisableOutboundWebIdentityFederationCommand,
  EnableOutboundWebIdentityFederationCommand,
  TagUserCommand,
} from "@aws-sdk/client-iam";
import {
  AssumeRoleCommand,
  GetWebIdentityTokenCommand,
  type GetWebIdentityTokenCommandInput,
} from "@aws-sdk/client-sts";
import { createLocalJWKSet, jwtVerify } from "jose";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../test/harness.ts";
import { accessDenied } from "../../../test/refusals.ts";
import { roleWith } from "../../../test/roles.ts";

const audience = "https://api.example.com";
const namespace = "https://sts.amazonaws.com/";

suite("GetWebIdentityToken", async () => {
  const h = await harness();
  const ann = await userWithKey(
    h,
    "ann",
    allow(["sts:GetWebIdentityToken", "sts:AssumeRole", "sts:SetSourceIdentity"]),
  );
  const get = (input: Partial<GetWebIdentityTokenCommandInput> = {}, sts = ann.sts) =>
    sts.send(new GetWebIdentityTokenCommand({ Audience: [audience], SigningAlgorithm: "ES384", ...input }));
  const off = {
    code: "OutboundWebIdentityFederationDisabledException",
    message: "Outbound web identity federation is disabled for your account",
    status: 403,
  };
  assert.deepEqual(await refused(get()), off);
  const { IssuerIdentifier: issuer = "" } = await h.iam.send(new EnableOutboundWebIdentityFederationCommand({}));

  /** As a service elsewhere does: by what the issuer publishes. */
  const verify = async (token: string | undefined) => {
    const discovery = await h.send({ path: `${new URL(issuer).pathname}/.well-known/openid-configuration` });
    const keys = await h.send({ path: new URL(JSON.parse(discovery.body).jwks_uri).pathname });
    const keySet = createLocalJWKSet(JSON.parse(keys.body));
    return jwtVerify(token ?? "", keySet, { issuer, audience, currentDate: new Date(startOfTest) });
  };

  test("is verified by what the issuer publishes, in either algorithm", async () => {
    for (const [SigningAlgorithm, kid] of [
      ["ES384", "EC384_0"],
      ["RS256", "RSA_0"],
    ] as const) {
      const { WebIdentityToken, Expiration } = await get({ SigningAlgorithm });
      assert.deepEqual(Expiration, new Date(startOfTest + 300_000));
      const { protectedHeader, payload } = await verify(WebIdentityToken);
      assert.deepEqual(protectedHeader, { alg: SigningAlgorithm, kid, typ: "JWT" });
      const { jti, ...claims } = payload;
      assert.match(jti ?? "", /^[0-9a-f-]{36}$/);
      assert.deepEqual(claims, {
        iss: issuer,
        aud: audience,
        sub: `arn:aws:iam::${testAccount}:user/ann`,
        iat: startOfTest / 1000,
        exp: startOfTest / 1000 + 300,
        [namespace]: { aws_account: testAccount, source_region: "us-east-1" },
      });
    }
  });

  test("says its audiences, its tags and the caller's, and lasts as long as asked", async () => {
    await h.iam.send(new TagUserCommand({ UserName: "ann", Tags: [{ Key: "team", Value: "red" }] }));
    const { WebIdentityToken, Expiration } = await get({
      Audience: ["https://other.example.com", audience],
      Tags: [{ Key: "job", Value: "7" }],
      DurationSeconds: 3_600,
    });
    assert.deepEqual(Expiration, new Date(startOfTest + 3_600_000));
    const { payload } = await verify(WebIdentityToken);
    assert.deepEqual(payload.aud, ["https://other.example.com", audience]);
    assert.deepEqual(payload[namespace], {
      aws_account: testAccount,
      source_region: "us-east-1",
      principal_tags: { team: "red" },
      request_tags: { job: "7" },
    });
  });

  test("of a session of a role it speaks of the role, and does not outlast the session", async () => {
    const role = await roleWith(h, "worker", { policy: allow("sts:GetWebIdentityToken"), row: { path: "/team/" } });
    const { Credentials } = await ann.sts.send(
      new AssumeRoleCommand({
        RoleArn: role.arn,
        RoleSessionName: "s1",
        SourceIdentity: "ann",
        DurationSeconds: 900,
      }),
    );
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken } = Credentials ?? {};
    const { sts } = h.as({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken });
    const { payload } = await verify((await get({ DurationSeconds: 900 }, sts)).WebIdentityToken);
    assert.equal(payload.sub, role.arn);
    assert.deepEqual(payload[namespace], {
      aws_account: testAccount,
      source_region: "us-east-1",
      original_session_exp: "2026-06-15T12:15:00Z",
      source_identity: "ann",
    });
    assert.deepEqual(await refused(get({ DurationSeconds: 901 }, sts)), {
      code: "SessionDurationEscalationException",
      message: "The requested token duration would extend the session beyond its original expiration time.",
      status: 403,
    });
  });

  test("limits are AWS's", async () => {
    for (const DurationSeconds of [59, 3_601]) {
      assert.equal((await refused(get({ DurationSeconds }))).code, "ValidationError");
    }
    for (const SigningAlgorithm of ["HS256", "RS512"]) {
      assert.deepEqual(await refused(get({ SigningAlgorithm })), {
        code: "ValidationError",
        message:
          "1 validation error detected: Value at 'signingAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [RS256, ES384]",
        status: 400,
      });
    }
    const Tags = Array.from({ length: 50 }, (_, index) => ({ Key: `key-${index}`, Value: "x".repeat(200) }));
    assert.deepEqual(await refused(get({ Tags })), {
      code: "JWTPayloadSizeExceededException",
      message:
        "The requested token payload size exceeds the maximum allowed size. Reduce the number of request tags included in the GetWebIdentityToken API call to reduce the token payload size.",
      status: 400,
    });
  });

  test("policies may say for whom, how long and by which algorithm", async () => {
    const condition = {
      "ForAllValues:StringEquals": { "sts:IdentityTokenAudience": audience },
      NumericLessThanEquals: { "sts:DurationSeconds": "300" },
      StringEquals: { "sts:SigningAlgorithm": "ES384" },
    };
    const eve = await userWithKey(h, "eve", allow("sts:GetWebIdentityToken", "*", condition));
    assert.ok((await get({}, eve.sts)).WebIdentityToken);
    for (const input of [
      { Audience: ["https://other.example.com", audience] },
      { DurationSeconds: 301 },
      { SigningAlgorithm: "RS256" },
    ]) {
      assert.deepEqual(
        await refused(get(input, eve.sts)),
        accessDenied("eve", "sts:GetWebIdentityToken", "*"),
        JSON.stringify(input),
      );
    }
  });

  test("is refused once the account is no issuer any more", async () => {
    await h.iam.send(new DisableOutboundWebIdentityFederationCommand({}));
    assert.deepEqual(await refused(get()), off);
  });
});

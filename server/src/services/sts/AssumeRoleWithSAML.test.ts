import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { suite, test } from "node:test";
import { DeleteSAMLProviderCommand, GetUserCommand, UpdateSAMLProviderCommand } from "@aws-sdk/client-iam";
import {
  AssumeRoleWithSAMLCommand,
  type AssumeRoleWithSAMLCommandInput,
  GetCallerIdentityCommand,
} from "@aws-sdk/client-sts";
import { allow, harness, refused, startOfTest, testAccount } from "../../../test/harness.ts";
import { type RoleOptions, roleWith, trustOf } from "../../../test/roles.ts";
import { createSamlProvider, samlProviderArnOf } from "../../../test/saml-providers.ts";
import {
  assertionXml,
  encode,
  encryptedAssertion,
  metadataOf,
  privateKeyPem,
  type ResponseParts,
  responseXml,
  samlIdentityProvider,
  sign,
  signedResponse,
} from "../../../test/saml-responses.ts";
import { sha256 } from "../../crypto/digest.ts";
import { samlProviders } from "../../store/saml-providers.ts";
import { usedAssertions } from "../../store/used-assertions.ts";

const minute = 60_000;
const idp = await samlIdentityProvider();
const encryption = await samlIdentityProvider("https://sp.example.com");
const provider = samlProviderArnOf("corporate");
const attribute = (name: string) => `https://aws.amazon.com/SAML/Attributes/${name}`;

const federated = (condition?: object) =>
  trustOf({ Federated: provider }, condition, ["sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity"]);

suite("AssumeRoleWithSAML", async () => {
  const h = await harness();
  await createSamlProvider(h, "corporate", idp);
  let ids = 0;
  let roles = 0;

  /** A role that trusts the provider, and a response that names it; each response is one that was not seen before. */
  const scene = async (options: RoleOptions = {}) => {
    const role = await roleWith(h, `federated-${++roles}`, { trust: federated(), ...options });
    const parts = (changes: ResponseParts = {}, more: ResponseParts["attributes"] = {}): ResponseParts => ({
      id: `_a${++ids}`,
      ...changes,
      attributes: {
        [attribute("Role")]: `${role.arn},${provider}`,
        [attribute("RoleSessionName")]: "ann",
        ...more,
      },
    });
    const assume = (SAMLAssertion: string, more: Partial<AssumeRoleWithSAMLCommandInput> = {}) =>
      h.sts.send(new AssumeRoleWithSAMLCommand({ RoleArn: role.arn, PrincipalArn: provider, SAMLAssertion, ...more }));
    return {
      role,
      parts,
      assume,
      with: (
        changes?: ResponseParts,
        more?: ResponseParts["attributes"],
        input?: Partial<AssumeRoleWithSAMLCommandInput>,
      ) => assume(signedResponse(idp, parts(changes, more)), input),
    };
  };
  const invalid = (message: string) => ({ code: "InvalidIdentityToken", message, status: 400 });
  const expired = (message: string) => ({ code: "ExpiredTokenException", message, status: 400 });
  const notAuthorized = {
    code: "AccessDenied",
    message: "Not authorized to perform sts:AssumeRoleWithSAML",
    status: 403,
  };

  test("gives credentials of the role, and says whom the assertion is about", async () => {
    const { role, with: assumeWith } = await scene({ policy: allow("iam:GetUser") });
    const answer = await assumeWith();
    assert.deepEqual(answer.AssumedRoleUser, {
      Arn: `arn:aws:sts::${testAccount}:assumed-role/${role.roleName}/ann`,
      AssumedRoleId: `${role.roleId}:ann`,
    });
    const { Subject, SubjectType, Issuer, Audience, NameQualifier, SourceIdentity, PackedPolicySize } = answer;
    assert.deepEqual(
      { Subject, SubjectType, Issuer, Audience, NameQualifier, SourceIdentity, PackedPolicySize },
      {
        Subject: "ann@example.com",
        SubjectType: "persistent",
        Issuer: idp.entityId,
        Audience: "https://signin.aws.amazon.com/saml",
        NameQualifier: createHash("sha1").update(`${idp.entityId}${testAccount}/corporate`).digest("base64"),
        SourceIdentity: undefined,
        PackedPolicySize: undefined,
      },
    );
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken, Expiration } = answer.Credentials ?? {};
    assert.deepEqual(Expiration, new Date(startOfTest + 3_600_000));
    const session = h.as({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken });
    const { Arn } = await session.sts.send(new GetCallerIdentityCommand({}));
    assert.equal(Arn, answer.AssumedRoleUser?.Arn);
    assert.equal((await refused(session.iam.send(new GetUserCommand({ UserName: "nobody" })))).code, "NoSuchEntity");
  });

  test("of a format of its own the whole is the subject's type", async () => {
    const { with: assumeWith } = await scene();
    const format = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
    assert.equal((await assumeWith({ nameIdFormat: format })).SubjectType, format);
    assert.deepEqual(await refused(assumeWith({ nameIdFormat: null })), invalid("Invalid base64 SAMLResponse"));
  });

  test("lasts as long as asked, as the SessionDuration and as the session at the provider", async () => {
    const { with: assumeWith } = await scene({ row: { max_session_duration: 7_200 } });
    const seconds = async (changes: ResponseParts, sessionDuration?: string, DurationSeconds?: number) => {
      const more = sessionDuration === undefined ? {} : { [attribute("SessionDuration")]: sessionDuration };
      const { Credentials } = await assumeWith(changes, more, { DurationSeconds });
      return ((Credentials?.Expiration?.getTime() ?? 0) - startOfTest) / 1000;
    };
    assert.equal(await seconds({}, undefined, 7_200), 7_200);
    assert.equal(await seconds({}, "7200"), 3_600);
    assert.equal(await seconds({}, "900"), 900);
    assert.equal(await seconds({ sessionUntil: 10 * minute }), 600);
    assert.deepEqual(await refused(seconds({}, undefined, 7_201)), {
      code: "ValidationError",
      message: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
      status: 400,
    });
    for (const duration of ["899", "43201", "long"]) {
      assert.deepEqual(
        await refused(seconds({}, duration)),
        invalid("SessionDuration in AuthnResponse must be between 900 and 43200"),
      );
    }
  });

  test("the role's trust policy is asked with what the assertion says", async () => {
    const conditions = [
      [{ StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } }, true],
      [{ StringEquals: { "SAML:aud": "https://sp.example.com" } }, false],
      [
        { StringEquals: { "SAML:iss": idp.entityId, "SAML:sub": "ann@example.com", "SAML:sub_type": "persistent" } },
        true,
      ],
      [{ StringEquals: { "saml:doc": `${testAccount}/corporate` } }, true],
      [{ StringEquals: { "saml:namequalifier": "another" } }, false],
      [{ "ForAnyValue:StringEquals": { "saml:eduPersonAffiliation": ["staff"] } }, true],
      [{ "ForAnyValue:StringEquals": { "saml:eduPersonAffiliation": ["student"] } }, false],
      [{ StringEquals: { "aws:FederatedProvider": provider, "sts:RoleSessionName": "ann" } }, true],
      [
        { StringEquals: { "aws:PrincipalAccount": testAccount, "aws:PrincipalType": "User", "aws:userid": provider } },
        true,
      ],
      [{ Null: { "aws:PrincipalArn": "true" } }, true],
    ] as const;
    for (const [condition, trusted] of conditions) {
      const { with: assumeWith } = await scene({ trust: federated(condition) });
      const asked = assumeWith({}, { "urn:oid:1.3.6.1.4.1.5923.1.1.1.1": ["staff", "member"] });
      if (trusted) assert.ok((await asked).Credentials, JSON.stringify(condition));
      else assert.deepEqual(await refused(asked), notAuthorized, JSON.stringify(condition));
    }
    const { with: assumeWith } = await scene({ trust: trustOf({ AWS: "*" }, undefined, "sts:AssumeRoleWithSAML") });
    assert.deepEqual(await refused(assumeWith()), notAuthorized);
  });

  test("a role that is not there is told from one that does not trust by nobody", async () => {
    const { with: assumeWith } = await scene();
    const RoleArn = `arn:aws:iam::${testAccount}:role/nobody`;
    const named = { [attribute("Role")]: `${RoleArn},${provider}` };
    assert.deepEqual(await refused(assumeWith({}, named, { RoleArn })), notAuthorized);
  });

  test("what the session keeps of the assertion, its own policies can ask for", async () => {
    const condition = { StringEquals: { "saml:sub": "ann@example.com", "aws:FederatedProvider": provider } };
    const { with: assumeWith } = await scene({ policy: allow("iam:GetUser", "*", condition) });
    for (const [nameId, code] of [
      ["ann@example.com", "NoSuchEntity"],
      ["bob@example.com", "AccessDenied"],
    ] as const) {
      const { Credentials } = await assumeWith({ nameId });
      const { AccessKeyId = "", SecretAccessKey = "", SessionToken } = Credentials ?? {};
      const { iam } = h.as({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken });
      assert.equal((await refused(iam.send(new GetUserCommand({ UserName: "nobody" })))).code, code);
    }
  });

  test("tags and the source identity come from the assertion, if the role lets them", async () => {
    const { with: assumeWith } = await scene({
      policy: allow("iam:GetUser", "*", { StringEquals: { "aws:PrincipalTag/team": "red" } }),
    });
    const more = {
      [attribute("PrincipalTag:team")]: "red",
      [attribute("PrincipalTag:cost")]: "7",
      [attribute("TransitiveTagKeys")]: ["team"],
      [attribute("SourceIdentity")]: "ann-at-home",
    };
    const { SourceIdentity, PackedPolicySize, Credentials } = await assumeWith({}, more);
    assert.equal(SourceIdentity, "ann-at-home");
    assert.ok((PackedPolicySize ?? 0) > 0);
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken } = Credentials ?? {};
    const { iam } = h.as({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken });
    assert.equal((await refused(iam.send(new GetUserCommand({ UserName: "nobody" })))).code, "NoSuchEntity");

    const strict = await scene({ trust: trustOf({ Federated: provider }, undefined, "sts:AssumeRoleWithSAML") });
    assert.deepEqual(await refused(strict.with({}, { [attribute("PrincipalTag:team")]: "red" })), {
      ...notAuthorized,
      message: "Not authorized to perform sts:TagSession",
    });
    assert.deepEqual(await refused(strict.with({}, { [attribute("SourceIdentity")]: "ann" })), {
      ...notAuthorized,
      message: "Not authorized to perform sts:SetSourceIdentity",
    });
  });

  test("refuses attributes that are missing or wrong, each in AWS's words", async () => {
    const { role, with: assumeWith } = await scene();
    const none = "SAML Assertion doesn't contain the requested Role and Metadata in the attributes";
    for (const [name, value, message] of [
      ["Role", `${role.arn}x,${provider}`, none],
      ["Role", `${role.arn},${provider}x`, none],
      ["Role", role.arn, none],
      ["Role", [], none],
      ["RoleSessionName", [], "RoleSessionName is required in AuthnResponse"],
      ["RoleSessionName", "a b", "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}"],
      ["RoleSessionName", ["ann", "bob"], "RoleSessionName in AuthnResponse must have one value"],
      ["SourceIdentity", "aws:ann", 'Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"'],
      ["PrincipalTag:team", ["red", "blue"], "A PrincipalTag in AuthnResponse is invalid"],
      ["TransitiveTagKeys", "team", "The specified transitive tag key must be included in the requested tags."],
    ] as const) {
      assert.deepEqual(
        await refused(assumeWith({}, { [attribute(name)]: value })),
        invalid(message),
        `${name} ${value}`,
      );
    }
    assert.ok((await assumeWith({}, { [attribute("Role")]: `${provider} , ${role.arn}` })).Credentials);
  });

  test("a signature with SHA-1 counts where the server is told so", async () => {
    const { parts, assume } = await scene();
    const old = "http://www.w3.org/2000/09/xmldsig#";
    const sent = signedResponse(idp, parts(), { signatureAlgorithm: `${old}rsa-sha1`, digestAlgorithm: `${old}sha1` });
    assert.deepEqual(await refused(assume(sent)), invalid("Response signature invalid"));
    Object.assign(h.environment, { samlSha1: true });
    assert.equal((await assume(sent)).Issuer, idp.entityId);
    Object.assign(h.environment, { samlSha1: false });
  });

  test("refuses responses that are wrong, each in AWS's words", async () => {
    const { parts, assume, with: assumeWith } = await scene();
    const audience = invalid("Response does not contain the required audience.");
    const unsigned = invalid("Response (with optional signature) must contain an assertion with a mandatory signature");
    const malformed = invalid("Invalid base64 SAMLResponse");
    const changed = Buffer.from(signedResponse(idp, parts()), "base64").toString().replace("ann@", "bob@");
    const other = await samlIdentityProvider(idp.entityId);
    for (const [response, refusal] of [
      ["no base64", malformed],
      [encode(responseXml(idp, assertionXml(idp, parts()))), unsigned],
      [encode(sign(responseXml(idp, assertionXml(idp, parts())), "_response", idp)), unsigned],
      [encode(changed), invalid("Response signature invalid")],
      [signedResponse(other, parts()), invalid("Response signature invalid")],
      [
        signedResponse(idp, parts({ issuer: "https://other.example.com" })),
        invalid("Issuer not present in specified provider"),
      ],
      [signedResponse(idp, parts({ audience: "https://sp.example.com" })), audience],
      [signedResponse(idp, parts({ recipient: "https://signin.aws.amazon.com.evil.test/saml" })), audience],
      [signedResponse(idp, parts({ confirmedUntil: -1 })), expired("Response has expired")],
      [signedResponse(idp, parts({ notOnOrAfter: -1 })), expired("Response has expired")],
      [signedResponse(idp, parts({ sessionUntil: -1 })), expired("Response has expired")],
      [
        signedResponse(idp, parts({ issuedAt: -5 * minute })),
        expired("Token must be redeemed within 5 minutes of issuance"),
      ],
      [
        signedResponse(idp, parts({ notBefore: 6 * minute, notOnOrAfter: 9 * minute })),
        invalid("Response is not valid yet"),
      ],
      [
        signedResponse(idp, parts({ status: "urn:oasis:names:tc:SAML:2.0:status:Responder" })),
        {
          code: "IDPRejectedClaim",
          message: "The identity provider reported that the authentication failed.",
          status: 403,
        },
      ],
    ] as const) {
      assert.deepEqual(await refused(assume(response)), refusal, refusal.message);
    }
    const regional = "https://eu-west-1.signin.aws.amazon.com/saml";
    assert.equal((await assumeWith({ recipient: regional, audience: "urn:amazon:webservices" })).Audience, regional);
  });

  test("refuses ARNs that are none, and a provider that is not there", async () => {
    const { with: assumeWith } = await scene();
    const request = { code: "ValidationError", message: "Request ARN is invalid", status: 400 };
    assert.deepEqual(await refused(assumeWith({}, {}, { RoleArn: provider })), request);
    assert.deepEqual(
      await refused(assumeWith({}, {}, { PrincipalArn: `arn:aws:iam::${testAccount}:role/x` })),
      request,
    );
    for (const name of ["nobody", "Corporate"]) {
      assert.deepEqual(
        await refused(assumeWith({}, {}, { PrincipalArn: samlProviderArnOf(name) })),
        invalid("Specified provider doesn't exist."),
      );
    }
  });

  test("an assertion is exchanged once for each role that it names, and not again after a restart", async () => {
    const first = await scene();
    const second = await scene();
    const both = first.parts(
      {},
      { [attribute("Role")]: [`${first.role.arn},${provider}`, `${second.role.arn},${provider}`] },
    );
    const response = signedResponse(idp, both);
    const again = invalid("The SAML assertion has been used for this role before.");
    assert.ok((await first.assume(response)).Credentials);
    assert.ok((await second.assume(response)).Credentials);
    assert.deepEqual(await refused(first.assume(response)), again);
    // What remembers it is the store.
    const kept = await h.environment.store.write(async (tx) => {
      const { provider_id } = (await samlProviders.find(tx, testAccount, "corporate")) ?? {};
      const digest = sha256(JSON.stringify([provider_id, both.id, first.role.arn]));
      return usedAssertions.note(tx, digest, startOfTest + minute, startOfTest);
    });
    assert.equal(kept, false);
    h.clock.set(startOfTest + 5 * minute);
    assert.deepEqual(await refused(first.assume(response)), expired("Response has expired"));
    h.clock.set(startOfTest);
  });

  test("one that a role refused is not used up, and of sixteen at once one is exchanged", async () => {
    const { role, parts } = await scene();
    const response = signedResponse(idp, parts());
    const exchange = (PrincipalArn = provider) =>
      h.sts.send(
        new AssumeRoleWithSAMLCommand({
          RoleArn: role.arn,
          PrincipalArn,
          SAMLAssertion: response,
          DurationSeconds: 3_600,
        }),
      );
    const tooLong = h.sts.send(
      new AssumeRoleWithSAMLCommand({
        RoleArn: role.arn,
        PrincipalArn: provider,
        SAMLAssertion: response,
        DurationSeconds: 7_200,
      }),
    );
    assert.equal((await refused(tooLong)).code, "ValidationError");
    const answers = await Promise.allSettled(Array.from({ length: 16 }, () => exchange()));
    assert.equal(answers.filter(({ status }) => status === "fulfilled").length, 1);
  });

  test("an encrypted assertion is opened with the provider's keys, and required where it is so said", async () => {
    await createSamlProvider(h, "secret", idp, { AddPrivateKey: privateKeyPem(encryption.pair.privateKey) });
    const secret = samlProviderArnOf("secret");
    const role = await roleWith(h, "secret", {
      trust: trustOf({ Federated: secret }, undefined, "sts:AssumeRoleWithSAML"),
    });
    const attributes = { [attribute("Role")]: `${role.arn},${secret}`, [attribute("RoleSessionName")]: "ann" };
    const signed = (id: string) => sign(assertionXml(idp, { id, attributes }), id, idp);
    const assume = (inside: string) =>
      h.sts.send(
        new AssumeRoleWithSAMLCommand({
          RoleArn: role.arn,
          PrincipalArn: secret,
          SAMLAssertion: encode(responseXml(idp, inside)),
        }),
      );
    assert.ok((await assume(await encryptedAssertion(signed("_e1"), encryption.certificate))).Credentials);
    assert.ok((await assume(signed("_e2"))).Credentials);
    await h.iam.send(new UpdateSAMLProviderCommand({ SAMLProviderArn: secret, AssertionEncryptionMode: "Required" }));
    assert.ok((await assume(await encryptedAssertion(signed("_e3"), encryption.certificate))).Credentials);
    assert.deepEqual(await refused(assume(signed("_e4"))), invalid("Invalid base64 SAMLResponse"));
    assert.deepEqual(
      await refused(assume(await encryptedAssertion(signed("_e5"), idp.certificate))),
      invalid("Response signature invalid"),
    );
  });

  test("with new metadata the old key is nobody's, and without the provider nobody gets in", async () => {
    const old = await samlIdentityProvider("https://moved.example.com");
    const next = await samlIdentityProvider("https://moved.example.com", {
      notBefore: 0,
      notAfter: startOfTest - minute,
    });
    const moved = await createSamlProvider(h, "moved", old);
    const role = await roleWith(h, "moved", {
      trust: trustOf({ Federated: moved }, undefined, "sts:AssumeRoleWithSAML"),
    });
    const attributes = { [attribute("Role")]: `${role.arn},${moved}`, [attribute("RoleSessionName")]: "ann" };
    const assume = (signer: typeof old) =>
      h.sts.send(
        new AssumeRoleWithSAMLCommand({
          RoleArn: role.arn,
          PrincipalArn: moved,
          SAMLAssertion: signedResponse(signer, { id: `_m${++ids}`, attributes }),
        }),
      );
    assert.ok((await assume(old)).Credentials);
    const SAMLMetadataDocument = metadataOf(next, [next.certificate]);
    await h.iam.send(new UpdateSAMLProviderCommand({ SAMLProviderArn: moved, SAMLMetadataDocument }));
    assert.deepEqual(await refused(assume(old)), invalid("Response signature invalid"));
    // A certificate that has ended is as good as before (IAM User Guide).
    assert.ok((await assume(next)).Credentials);
    await h.iam.send(new DeleteSAMLProviderCommand({ SAMLProviderArn: moved }));
    assert.deepEqual(await refused(assume(next)), invalid("Specified provider doesn't exist."));
  });
});

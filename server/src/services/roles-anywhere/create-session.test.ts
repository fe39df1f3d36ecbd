import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  authorityOf,
  basicConstraints,
  certSign,
  digitalSignature,
  directoryName,
  dnsName,
  encodeName,
  entityOf,
  type Issued,
  issueCertificate,
  keyUsage,
  type Order,
  revocationListOf,
  subjectAltName,
  uriName,
} from "../../../test/authority.ts";
import { allow, harness, startOfTest, testAccount } from "../../../test/harness.ts";
import { callerOf, headersOf, queryRequest, sign, withHeader } from "../../../test/requests.ts";
import { roleWith, trustOf } from "../../../test/roles.ts";
import type { SignedRequest } from "../../crypto/sigv4.ts";
import { signX509Request } from "../../crypto/sigv4-x509.ts";

const service = "rolesanywhere.amazonaws.com";
const arns = {
  trustAnchorArn: `arn:aws:rolesanywhere:us-east-1:${testAccount}:trust-anchor/4579702c-9abb-47c2-88b2-c734e0b29539`,
  profileArn: `arn:aws:rolesanywhere:us-east-1:${testAccount}:profile/41c10bae-6783-40d4-ab20-65dc5d922e45`,
};
const roleArn = (name: string) => `arn:aws:iam::${testAccount}:role/${name}`;

const root = authorityOf("root");
const between = authorityOf("between", { issuer: root });
const allRoles = ["reader", "byName", "byAnchor", "stranger", "short", "noTags", "gone"].map(roleArn);

const configuration = {
  trustAnchors: [
    { arn: arns.trustAnchorArn, certificate: root.pem },
    { id: "00000000-0000-4000-8000-000000000001", certificate: authorityOf("other").pem },
  ],
  profiles: [
    { arn: arns.profileArn, roleArns: allRoles },
    {
      id: "00000000-0000-4000-8000-000000000002",
      roleArns: allRoles,
      durationSeconds: 1_800,
      acceptRoleSessionName: true,
      sessionPolicy: allow("iam:ListUsers"),
    },
    { id: "00000000-0000-4000-8000-000000000003", roleArns: allRoles, durationSeconds: 43_200 },
  ],
};
const profile = (last: number, region = "us-east-1", account = testAccount) =>
  `arn:aws:rolesanywhere:${region}:${account}:profile/00000000-0000-4000-8000-00000000000${last}`;

interface Ask {
  readonly role?: string;
  readonly arns?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly chain?: readonly Issued[];
  readonly now?: number;
}

/** As the credential helper sends it: names in the query, the rest in the body, over every header. */
function requestOf(issued: Issued, ask: Ask = {}): SignedRequest {
  const named = { ...arns, roleArn: roleArn(ask.role ?? "reader"), ...ask.arns };
  const request: SignedRequest = {
    method: "POST",
    path: "/sessions",
    query: Object.entries(named)
      .filter(([, value]) => value !== "")
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join("&"),
    headers: new Map([
      ["host", "rolesanywhere.us-east-1.amazonaws.com"],
      ["content-type", "application/json"],
      ["content-length", "24"],
      ["amz-sdk-invocation-id", "0d2e5a1f-5d5d-4a3b-9d0c-7b1b7c1b1b1b"],
      ["amz-sdk-request", "attempt=1; max=3"],
    ]),
    body: Buffer.from(typeof ask.body === "string" ? ask.body : JSON.stringify(ask.body ?? { durationSeconds: 3600 })),
  };
  const { base64: certificate, privateKey } = issued;
  const chain = (ask.chain ?? []).map(({ base64 }) => base64);
  const scope = { now: ask.now ?? startOfTest, region: "us-east-1", service: "rolesanywhere" };
  return withHeader(
    signX509Request(request, { certificate, chain, privateKey }, scope),
    "user-agent",
    "CredHelper/1.7",
  );
}

const h = await harness({ rolesAnywhere: configuration });
const anyAnchor = trustOf({ Service: service });
await roleWith(h, "reader", { trust: anyAnchor, policy: allow(["iam:ListUsers", "iam:ListRoles", "iam:GetUser"]) });
await roleWith(h, "byName", {
  trust: trustOf({ Service: service }, { StringEquals: { "aws:PrincipalTag/x509Subject/CN": "workload" } }),
});
await roleWith(h, "byAnchor", {
  trust: trustOf(
    { Service: service },
    {
      ArnEquals: { "aws:SourceArn": arns.trustAnchorArn },
      StringEquals: { "aws:SourceAccount": testAccount, "sts:SourceIdentity": "CN=workload" },
    },
  ),
});
await roleWith(h, "stranger", { trust: trustOf({ Service: "ec2.amazonaws.com" }) });
await roleWith(h, "short", { trust: anyAnchor });
await roleWith(h, "noTags", {
  trust: trustOf({ Service: service }, undefined, ["sts:AssumeRole", "sts:SetSourceIdentity"]),
});

async function created(issued: Issued, ask?: Ask) {
  const answer = await h.send(requestOf(issued, ask));
  assert.equal(answer.status, 201, answer.body);
  const headers = headersOf(answer);
  assert.equal(headers.get("content-type"), "application/json");
  assert.match(headers.get("x-amzn-requestid") ?? "", /^[0-9a-f-]{36}$/);
  const { credentialSet, subjectArn } = JSON.parse(answer.body);
  assert.equal(credentialSet.length, 1);
  return { ...credentialSet[0], subjectArn };
}

async function refused(request: SignedRequest) {
  const answer = await h.send(request);
  const headers = headersOf(answer);
  assert.equal(headers.get("content-type"), "application/json");
  const { message } = JSON.parse(answer.body);
  assert.equal(headers.get("x-amzn-errormessage"), message);
  return { status: answer.status, code: headers.get("x-amzn-errortype"), message };
}

const denied = (message: string) => ({ status: 403, code: "AccessDeniedException", message });
const invalid = (message: string) => ({ status: 400, code: "ValidationException", message });
const unable = (name: string, because = "") => denied(`Unable to assume role for ${roleArn(name)}${because}`);
const untrusted = denied("Untrusted signing certificate");
const insufficient = denied("Untrusted certificate. Insufficient certificate");

suite("CreateSession gives", () => {
  const leaf = entityOf(root, { serialNumber: "1f71c5114a119fc0cc5a5a52fb3720ad" });

  test("credentials of the role, named by the certificate's serial number", async () => {
    const session = await created(leaf);
    const { accessKeyId, secretAccessKey, sessionToken } = session.credentials;
    const { assumedRoleId } = session.assumedRoleUser;
    assert.deepEqual(session, {
      assumedRoleUser: {
        arn: `arn:aws:sts::${testAccount}:assumed-role/reader/1f71c5114a119fc0cc5a5a52fb3720ad`,
        assumedRoleId,
      },
      credentials: { accessKeyId, expiration: "2026-06-15T13:00:00Z", secretAccessKey, sessionToken },
      packedPolicySize: session.packedPolicySize,
      roleArn: roleArn("reader"),
      sourceIdentity: "CN=workload",
      subjectArn: session.subjectArn,
    });
    assert.match(assumedRoleId, /^AROA[A-Z2-7]{17}:1f71c5114a119fc0cc5a5a52fb3720ad$/);
    assert.match(accessKeyId, /^ASIA[A-Z2-7]{16}$/);
    assert.ok(session.packedPolicySize > 0 && session.packedPolicySize <= 100);
    assert.match(
      session.subjectArn,
      new RegExp(`^arn:aws:rolesanywhere:us-east-1:${testAccount}:subject/[0-9a-f-]{36}$`),
    );
    assert.equal((await created(entityOf(root, { serialNumber: "02" }))).subjectArn, session.subjectArn);
    const credentials = { accessKeyId, secretAccessKey, sessionToken };
    const identity = sign(queryRequest("sts", "GetCallerIdentity"), credentials);
    assert.equal(await callerOf(h, identity), session.assumedRoleUser.arn);
    assert.equal((await h.send(sign(queryRequest("iam", "ListUsers"), credentials))).status, 200);
  });

  for (const key of ["rsa", "P-256", "P-384", "P-521"] as const) {
    test(`the same to a key of ${key}, through an authority in between`, async () => {
      const { sourceIdentity } = await created(entityOf(between, { key }), { chain: [between] });
      assert.equal(sourceIdentity, "CN=workload");
    });
  }

  test("what is asked for in the body alone, too", async () => {
    const empty = { trustAnchorArn: "", profileArn: "", roleArn: "" };
    const body = { ...arns, roleArn: roleArn("reader"), durationSeconds: 900 };
    const { credentials } = await created(leaf, { arns: empty, body });
    assert.equal(credentials.expiration, "2026-06-15T12:15:00Z");
    assert.equal((await created(leaf, { body: "" })).credentials.expiration, "2026-06-15T13:00:00Z");
  });

  test("the shorter of what is asked for and what the profile has; by its id, in any region", async () => {
    const profileArn = profile(2, "eu-west-1");
    const lasts = async (durationSeconds?: number) =>
      (await created(leaf, { arns: { profileArn }, body: { durationSeconds } })).credentials.expiration;
    assert.equal(await lasts(), "2026-06-15T12:30:00Z");
    assert.equal(await lasts(3600), "2026-06-15T12:30:00Z");
    assert.equal(await lasts(900), "2026-06-15T12:15:00Z");
  });

  test("a session under the profile's policy, and with a name where the profile lets it be given", async () => {
    const { assumedRoleUser, credentials } = await created(leaf, {
      arns: { profileArn: profile(2) },
      body: { roleSessionName: "build@7" },
    });
    assert.equal(assumedRoleUser.arn, `arn:aws:sts::${testAccount}:assumed-role/reader/build@7`);
    assert.equal((await h.send(sign(queryRequest("iam", "ListUsers"), credentials))).status, 200);
    const beyond = await h.send(sign(queryRequest("iam", "GetUser", { UserName: "ann" }), credentials));
    assert.equal(beyond.status, 403, "the role may, the session policy does not let it");
  });

  test("the certificate's fields as tags of the session", async () => {
    const subject = [
      ["CN", "Alice"],
      ["OU", "Security"],
      ["OU", "Engineering"],
      ["O", "Bad*Value"],
      ["2.5.4.5", "42"],
    ] as const;
    const names = subjectAltName(
      dnsName("example.com"),
      uriName("spiffe://example.com/workload/alice"),
      directoryName(encodeName([["CN", "Alice B."]])),
      dnsName("later.example.com"),
    );
    const tagged = entityOf(root, {
      subject,
      extensions: [basicConstraints(false), keyUsage(digitalSignature), names],
    });
    const tags: Record<string, string> = {
      "x509Subject/CN": "Alice",
      "x509Subject/OU": "Security/Engineering",
      "x509Issuer/CN": "root",
      "x509SAN/DNS": "example.com",
      "x509SAN/URI": "spiffe://example.com/workload/alice",
      "x509SAN/Name/CN": "Alice B.",
    };
    const conditions = (prefix: string) =>
      Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`, value]));
    const trust = trustOf(
      { Service: service },
      {
        StringEquals: { ...conditions("aws:PrincipalTag"), ...conditions("aws:RequestTag") },
        "ForAllValues:StringEquals": { "aws:TagKeys": Object.keys(tags) },
      },
    );
    const policy = allow("iam:ListUsers", "*", { StringEquals: conditions("aws:PrincipalTag") });
    await roleWith(h, "gone", { trust, policy });
    const { credentials, sourceIdentity } = await created(tagged, { role: "gone" });
    assert.equal(sourceIdentity, "CN=Alice");
    assert.equal((await h.send(sign(queryRequest("iam", "ListUsers"), credentials))).status, 200);
    assert.deepEqual(await refused(requestOf(leaf, { role: "gone" })), unable("gone"));
  });

  test("a source identity by AWS's rules", async () => {
    const identityOf = async (order: Order) => (await created(entityOf(root, order))).sourceIdentity;
    assert.equal(await identityOf({ subject: [["CN", "a".repeat(61)]] }), `CN=${"a".repeat(61)}`);
    assert.equal(await identityOf({ subject: [["CN", "a".repeat(62)]] }), "a".repeat(62));
    assert.equal(await identityOf({ subject: [["CN", "a".repeat(64)]] }), "a".repeat(64));
    assert.equal(await identityOf({ subject: [["O", "x"]], serialNumber: "0123" }), "ID=0123");
    assert.equal(await identityOf({ subject: [["O", "x"]], serialNumber: "4567" }), "ID=4567");
    assert.equal(await identityOf({ subject: [["CN", "Alice B."]] }), "CN=Alice B.");
    for (const name of ["a".repeat(65), "a*b", "a\nb"]) {
      assert.deepEqual(await refused(requestOf(entityOf(root, { subject: [["CN", name]] }))), insufficient);
    }
  });

  test("a role that trusts this name, or this anchor and source identity", async () => {
    await created(leaf, { role: "byName" });
    await created(leaf, { role: "byAnchor" });
    const other = entityOf(root, { subject: [["CN", "other"]] });
    assert.deepEqual(await refused(requestOf(other, { role: "byName" })), unable("byName"));
    assert.deepEqual(await refused(requestOf(other, { role: "byAnchor" })), unable("byAnchor"));
  });
});

suite("CreateSession refuses", () => {
  const leaf = entityOf(root);

  test("signatures that are not the certificate's", async () => {
    const invalidSignature = denied("Invalid signature");
    const { privateKey } = issueCertificate();
    assert.deepEqual(await refused(requestOf({ ...leaf, privateKey })), invalidSignature);
    assert.deepEqual(await refused({ ...requestOf(leaf), body: Buffer.from("{}") }), invalidSignature);
    assert.deepEqual(await refused({ ...requestOf(leaf), query: "" }), invalidSignature);
    const header = requestOf(leaf).headers.get("authorization") ?? "";
    const renamed = withHeader(requestOf(leaf), "authorization", header.replace(/Credential=\d+/, "Credential=1"));
    assert.deepEqual(await refused(renamed), invalidSignature);
    const other = withHeader(requestOf(leaf), "x-amz-x509", entityOf(root).base64);
    assert.deepEqual(await refused(other), invalidSignature);
  });

  test("requests that are not signed, or signed otherwise", async () => {
    const bare = withHeader(requestOf(leaf), "authorization", undefined);
    assert.deepEqual(await refused(bare), {
      status: 403,
      code: "MissingAuthenticationTokenException",
      message: "Missing Authentication Token",
    });
    const { headers, body, query } = requestOf(leaf);
    const plain = {
      method: "POST",
      path: "/sessions",
      query,
      body,
      headers: new Map([["host", headers.get("host") ?? ""]]),
    };
    assert.deepEqual(await refused(sign(plain, h.root, { service: "rolesanywhere" })), {
      status: 403,
      code: "IncompleteSignatureException",
      message: "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA256'.",
    });
    assert.deepEqual(await refused(requestOf(leaf, { now: startOfTest - 901_000 })), {
      status: 403,
      code: "InvalidSignatureException",
      message: "Signature expired: 20260615T114459Z is now earlier than 20260615T114500Z (20260615T120000Z - 15 min.)",
    });
    const { base64: certificate, privateKey } = leaf;
    const sts = signX509Request(
      plain,
      { certificate, privateKey },
      { now: startOfTest, region: "us-east-1", service: "sts" },
    );
    assert.deepEqual(await refused(sts), {
      status: 403,
      code: "InvalidSignatureException",
      message: "Credential should be scoped to correct service: 'rolesanywhere'.",
    });
  });

  test("certificates that the anchor does not vouch for", async () => {
    const stranger = authorityOf("root");
    assert.deepEqual(await refused(requestOf(entityOf(stranger))), untrusted);
    assert.deepEqual(await refused(requestOf(entityOf(stranger), { chain: [stranger] })), untrusted);
    assert.deepEqual(
      await refused(requestOf(issueCertificate({ extensions: [keyUsage(digitalSignature)] }))),
      untrusted,
    );
    assert.deepEqual(await refused(requestOf(entityOf(between))), untrusted);
    const trustAnchorArn = arns.trustAnchorArn.replace(/[^/]*$/, "00000000-0000-4000-8000-000000000001");
    assert.deepEqual(await refused(requestOf(leaf, { arns: { trustAnchorArn } })), untrusted);
    assert.deepEqual(await refused(requestOf(entityOf(between), { chain: Array(6).fill(between) })), untrusted);
    const scrambled = withHeader(requestOf(leaf, { chain: [between] }), "x-amz-x509-chain", "AAAA");
    assert.deepEqual(await refused(scrambled), denied("Invalid signature"));
    const broken = requestOf(leaf, { chain: [{ ...between, base64: "AAAA" }] });
    assert.deepEqual(await refused(broken), untrusted);
  });

  test("certificates out of their time", async () => {
    for (const order of [{ notAfter: startOfTest - 1000 }, { notBefore: startOfTest + 1000 }]) {
      assert.deepEqual(await refused(requestOf(entityOf(root, order))), untrusted);
      const late = authorityOf("late", { issuer: root, ...order });
      assert.deepEqual(await refused(requestOf(entityOf(late), { chain: [late] })), untrusted);
    }
  });

  test("certificates that are no end entities'", async () => {
    for (const order of [
      { extensions: [basicConstraints(false)] },
      { extensions: [basicConstraints(false), keyUsage(2)] },
      { extensions: [basicConstraints(true), keyUsage(digitalSignature, certSign)] },
      { extensions: [], version: 1 },
      { hash: "sha1" },
      { subject: [] },
    ] satisfies Order[]) {
      assert.deepEqual(await refused(requestOf(entityOf(root, order))), insufficient, JSON.stringify(order));
    }
    const none = withHeader(requestOf(leaf), "x-amz-x509", "AAAA");
    assert.deepEqual(await refused(none), insufficient);
  });

  test("anchors and profiles that are not there, and what is no ARN of one", async () => {
    const missing = (arn: string) => ({
      status: 404,
      code: "ResourceNotFoundException",
      message: `${arn} cannot be found.`,
    });
    const trustAnchorArn = arns.trustAnchorArn.replace("us-east-1", "us-east-2");
    assert.deepEqual(await refused(requestOf(leaf, { arns: { trustAnchorArn } })), missing(trustAnchorArn));
    const elsewhere = profile(2, "us-east-1", "210987654321");
    assert.deepEqual(await refused(requestOf(leaf, { arns: { profileArn: elsewhere } })), missing(elsewhere));
    assert.deepEqual(await refused(requestOf(leaf, { arns: { profileArn: profile(9) } })), missing(profile(9)));
    for (const arn of ["x", arns.trustAnchorArn, `${profile(2)}0`]) {
      assert.deepEqual(await refused(requestOf(leaf, { arns: { profileArn: arn } })), invalid(`${arn} is invalid`));
    }
  });

  test("roles that the profile does not have, that do not trust, or that are not there", async () => {
    assert.deepEqual(await refused(requestOf(leaf, { role: "elsewhere" })), unable("elsewhere"));
    assert.deepEqual(await refused(requestOf(leaf, { role: "stranger" })), unable("stranger"));
    assert.deepEqual(await refused(requestOf(leaf, { role: "noTags" })), unable("noTags"));
    assert.deepEqual(
      await refused(
        requestOf(leaf, { role: "short", arns: { profileArn: profile(3) }, body: { durationSeconds: 7200 } }),
      ),
      unable("short", ". The requested DurationSeconds exceeds the MaxSessionDuration set for this role."),
    );
  });

  test("a name of the session where the profile does not let it be given", async () => {
    assert.deepEqual(
      await refused(requestOf(leaf, { body: { roleSessionName: "me" } })),
      denied("Not authorized to set roleSessionName."),
    );
  });

  test("what is missing, too long or too short, all at once", async () => {
    const empty = { trustAnchorArn: "", profileArn: "", roleArn: "" };
    assert.deepEqual(
      await refused(requestOf(leaf, { arns: empty, body: { durationSeconds: 899, roleSessionName: "*" } })),
      invalid(
        "6 validation errors detected: " +
          ["profileArn", "roleArn", "trustAnchorArn"]
            .map((name) => `Value null at '${name}' failed to satisfy constraint: Member must not be null; `)
            .join("") +
          "Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900; " +
          "Value '*' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2; " +
          "Value '*' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
      ),
    );
    assert.deepEqual(
      await refused(requestOf(leaf, { body: { durationSeconds: 43_201 } })),
      invalid(
        "1 validation error detected: Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200",
      ),
    );
    assert.deepEqual(
      await refused(requestOf(leaf, { body: { roleSessionName: "a".repeat(65) } })),
      invalid(
        `1 validation error detected: Value '${"a".repeat(65)}' at 'roleSessionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
      ),
    );
  });

  test("bodies that cannot be read", async () => {
    for (const body of [
      "{",
      "[]",
      "1",
      { durationSeconds: "900" },
      { durationSeconds: 900.5 },
      { roleSessionName: 1 },
    ]) {
      const answer = await h.send(requestOf(leaf, { body }));
      assert.equal(answer.status, 400);
      assert.equal(headersOf(answer).get("x-amzn-errortype"), "SerializationException");
      assert.equal(answer.body, "{}");
    }
  });

  test("everything else at this path", async () => {
    const answer = await h.send({ method: "GET", path: "/sessions" });
    assert.equal(answer.status, 405);
    assert.equal(headersOf(answer).get("allow"), "POST");
  });
});

suite("CreateSession, otherwise configured", () => {
  test("certificates on the anchor's revocation list are refused, and all below an authority that is on it", async () => {
    const certificate = root.pem;
    const crl = revocationListOf(root, ["0bad", "0bae"]);
    const listed = await harness({
      rolesAnywhere: { ...configuration, trustAnchors: [{ arn: arns.trustAnchorArn, certificate, crl }] },
    });
    await roleWith(listed, "reader", { trust: anyAnchor });
    const revoked = { code: "AccessDeniedException", message: "Untrusted certificate. Certificate revoked" };
    const ask = async (issued: Issued, chain: readonly Issued[] = []) => {
      const answer = await listed.send(requestOf(issued, { chain }));
      return { code: headersOf(answer).get("x-amzn-errortype"), message: JSON.parse(answer.body).message };
    };
    assert.deepEqual(await ask(entityOf(root, { serialNumber: "0bad" })), revoked);
    const authority = authorityOf("revoked", { issuer: root, serialNumber: "0bae" });
    assert.deepEqual(await ask(entityOf(authority), [authority]), revoked);
    const good = { code: undefined, message: undefined };
    assert.deepEqual(await ask(entityOf(root, { serialNumber: "0baf" })), good);
    // Of another authority's.
    assert.deepEqual(await ask(entityOf(between, { serialNumber: "0bad" }), [between]), good);
  });

  test("without policies (--auth signature) trust is not asked for; a certificate is", async () => {
    const lax = await harness({ rolesAnywhere: configuration, auth: "signature" });
    await roleWith(lax, "stranger", { trust: trustOf({ Service: "ec2.amazonaws.com" }) });
    assert.equal((await lax.send(requestOf(entityOf(root), { role: "stranger" }))).status, 201);
    assert.equal((await lax.send(requestOf(entityOf(authorityOf("root")), { role: "stranger" }))).status, 403);
    assert.equal((await lax.send(requestOf(entityOf(root), { role: "gone" }))).status, 403);
  });

  test("without trust anchors there is none to be found", async () => {
    const bare = await harness();
    const answer = await bare.send(requestOf(entityOf(root)));
    assert.equal(answer.status, 404);
    assert.equal(JSON.parse(answer.body).message, `${arns.trustAnchorArn} cannot be found.`);
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  DeleteSigningCertificateCommand,
  DeleteUserCommand,
  PutUserPolicyCommand,
  UpdateSigningCertificateCommand,
  UpdateUserCommand,
  UploadSigningCertificateCommand,
} from "@aws-sdk/client-iam";
import { type Issued, issueCertificate, type Order } from "../../test/authority.ts";
import { allow, type Harness, harness, startOfTest, testAccount } from "../../test/harness.ts";
import {
  callerOf,
  element,
  jsonError,
  jsonRequest,
  queryRequest,
  type Signing,
  sign,
  type WireError,
  withHeader,
  xmlError,
} from "../../test/requests.ts";
import type { SignedRequest } from "../crypto/sigv4.ts";
import { signX509Request } from "../crypto/sigv4-x509.ts";

const identity = queryRequest("sts", "GetCallerIdentity");
const rootArn = `arn:aws:iam::${testAccount}:root`;
const userArn = (name: string) => `arn:aws:iam::${testAccount}:user/${name}`;
const second = 1_000;
const day = 86_400_000;

const services: Readonly<Record<string, string>> = { "2011-06-15": "sts", "2010-05-08": "iam" };

/** As `sign` does with an access key. */
function signX509(request: SignedRequest, issued: Issued, signing: Signing = {}): SignedRequest {
  const version = /Version=([\d-]+)/.exec(Buffer.from(request.body).toString())?.[1] ?? "";
  const { service = services[version] ?? "cognito-idp", region = "us-east-1", now = startOfTest } = signing;
  const { base64: certificate, privateKey } = issued;
  return signX509Request(request, { certificate, privateKey }, { now, region, service });
}

/** A user with a signing certificate, or root's where no name is given. */
async function certified(h: Harness, UserName: string | undefined, order: Order = {}) {
  const issued = issueCertificate(order);
  if (UserName !== undefined) await h.iam.send(new CreateUserCommand({ UserName }));
  const { Certificate } = await h.iam.send(
    new UploadSigningCertificateCommand({ CertificateBody: issued.pem, ...(UserName !== undefined && { UserName }) }),
  );
  return { ...issued, CertificateId: Certificate?.CertificateId ?? "" };
}

const refusals = {
  broken: "The security token included in the request is invalid",
  unknown: "The security token included in the request is invalid.",
  expired: "The security token included in the request is expired",
  retired: "The AWS access key provided does not exist in our records.",
  signature:
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
} as const;

const codes = {
  InvalidClientTokenId: "UnrecognizedClientException",
  ExpiredToken: "ExpiredTokenException",
  SignatureDoesNotMatch: "InvalidSignatureException",
} as const;

/** The same refusal in both protocols: IAM and STS speak one, the user pools the other. */
async function refusedEverywhere(
  h: Harness,
  signed: (request: SignedRequest) => SignedRequest,
  code: keyof typeof codes,
  reason: keyof typeof refusals,
): Promise<void> {
  const message = refusals[reason];
  const query: WireError = { status: 403, code, message };
  assert.deepEqual(xmlError(await h.send(signed(identity))), query);
  assert.deepEqual(xmlError(await h.send(signed(queryRequest("iam", "ListUsers")))), query);
  const json = reason === "broken" ? refusals.unknown : message;
  assert.deepEqual(jsonError(await h.send(signed(jsonRequest("ListUserPools", { MaxResults: 1 })))), {
    status: 400,
    code: codes[code],
    message: json,
  });
}

suite("an Active signing certificate signs for whoever it belongs to", async () => {
  const h = await harness();

  for (const key of ["rsa", "P-256", "P-384", "P-521"] as const) {
    test(`its user, with a key of ${key}`, async () => {
      const name = `ann-${key}`;
      const issued = await certified(h, name, { key });
      assert.equal(await callerOf(h, signX509(identity, issued)), userArn(name));
      // Found again, in what was kept of the first time.
      assert.equal(await callerOf(h, signX509(identity, issued, { now: startOfTest + second })), userArn(name));
      const china = signX509(identity, issued, { region: "cn-north-1" });
      assert.equal(await callerOf(h, china), userArn(name).replace("arn:aws:", "arn:aws-cn:"));
    });
  }

  test("root, with root's; it may all that root may, in each service", async () => {
    const issued = await certified(h, undefined);
    assert.equal(await callerOf(h, signX509(identity, issued)), rootArn);
    assert.equal((await h.send(signX509(queryRequest("iam", "ListUsers"), issued))).status, 200);
    assert.equal((await h.send(signX509(jsonRequest("ListUserPools", { MaxResults: 1 }), issued))).status, 200);
    const clock = await h.send(
      signX509({ ...identity, path: "/_countersign/clock", body: new Uint8Array(0) }, issued, {
        service: "countersign",
      }),
    );
    assert.equal(clock.body, `{"now":"${new Date(startOfTest).toISOString()}"}\n`);
  });

  test("a user, as far as the user's policies let", async () => {
    const issued = await certified(h, "bob");
    const listUsers = () => h.send(signX509(queryRequest("iam", "ListUsers"), issued));
    const denied = {
      status: 403,
      code: "AccessDenied",
      message: `User: ${userArn("bob")} is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${testAccount}:user/ because no identity-based policy allows the iam:ListUsers action`,
    };
    assert.deepEqual(xmlError(await listUsers()), denied);
    const PolicyDocument = JSON.stringify(allow("iam:ListUsers"));
    await h.iam.send(new PutUserPolicyCommand({ UserName: "bob", PolicyName: "list", PolicyDocument }));
    assert.equal((await listUsers()).status, 200);
    // A long-term credential: no key of a session is in the context.
    await h.iam.send(
      new PutUserPolicyCommand({
        UserName: "bob",
        PolicyName: "list",
        PolicyDocument: JSON.stringify(
          allow("iam:ListUsers", "*", { Null: { "aws:TokenIssueTime": "true", "aws:MultiFactorAuthPresent": "true" } }),
        ),
      }),
    );
    assert.equal((await listUsers()).status, 200);
    await h.iam.send(new UpdateUserCommand({ UserName: "bob", NewUserName: "robert" }));
    assert.equal(await callerOf(h, signX509(identity, issued)), userArn("robert"));
  });

  test("temporary credentials, by GetSessionToken, which then sign as ever", async () => {
    const issued = await certified(h, "carol");
    const answer = await h.send(signX509(queryRequest("sts", "GetSessionToken"), issued));
    assert.equal(answer.status, 200, answer.body);
    const credentials = {
      accessKeyId: element(answer, "AccessKeyId") ?? "",
      secretAccessKey: element(answer, "SecretAccessKey") ?? "",
      sessionToken: element(answer, "SessionToken") ?? "",
    };
    assert.equal(await callerOf(h, sign(identity, credentials)), userArn("carol"));
  });

  test("a chain may come along, and is not looked at", async () => {
    const issued = await certified(h, "dan");
    const { base64: certificate, privateKey } = issued;
    const scope = { now: startOfTest, region: "us-east-1", service: "sts" };
    const chained = signX509Request(identity, { certificate, chain: ["AAAA"], privateKey }, scope);
    assert.equal(await callerOf(h, chained), userArn("dan"));
  });
});

suite("a signing certificate is refused, in AWS's order and words", async () => {
  const h = await harness();
  const ann = await certified(h, "ann");

  test("one that IAM does not have, though its key signed", async () => {
    const stranger = issueCertificate();
    await refusedEverywhere(h, (request) => signX509(request, stranger), "InvalidClientTokenId", "unknown");
  });

  test("one that says what a known one says, over another key", async () => {
    const forged = issueCertificate({ serialNumber: "0123456789abcdef" });
    await refusedEverywhere(h, (request) => signX509(request, forged), "InvalidClientTokenId", "unknown");
  });

  test("the certificate of a user, signed with another key: known or found anew", async () => {
    const { privateKey } = issueCertificate();
    const wrong = (request: SignedRequest) => signX509(request, { ...ann, privateKey });
    await refusedEverywhere(h, wrong, "SignatureDoesNotMatch", "signature");
    assert.equal(await callerOf(h, signX509(identity, ann)), userArn("ann"));
    await refusedEverywhere(h, wrong, "SignatureDoesNotMatch", "signature");
    const rsa = issueCertificate({ key: "rsa" });
    await refusedEverywhere(
      h,
      (request) => signX509(request, { ...ann, privateKey: rsa.privateKey }),
      "SignatureDoesNotMatch",
      "signature",
    );
  });

  test("a scope that names another serial number, or an access key", async () => {
    for (const name of ["1", "081985529216486895", "AKIAIOSFODNN7EXAMPLE", h.root.accessKeyId, ""]) {
      const renamed = (request: SignedRequest) => {
        const signed = signX509(request, ann);
        const header = signed.headers.get("authorization") ?? "";
        return withHeader(signed, "authorization", header.replace(/Credential=\d+/, `Credential=${name}`));
      };
      await refusedEverywhere(h, renamed, "InvalidClientTokenId", "broken");
    }
  });

  test("what is no certificate, or another spelling of one", async () => {
    const spellings = ["", "x", "AAAA", ann.pem.replaceAll("\n", " "), `${ann.base64}=`, `${ann.base64},${ann.base64}`];
    for (const spelling of spellings) {
      const spoilt = (request: SignedRequest) => withHeader(signX509(request, ann), "x-amz-x509", spelling);
      await refusedEverywhere(h, spoilt, "InvalidClientTokenId", "broken");
    }
  });

  test("one whose key signs nothing on AWS", async () => {
    const { generateKeyPairSync } = await import("node:crypto");
    const ed25519 = generateKeyPairSync("ed25519");
    const { privateKey } = ann;
    // issueCertificate signs with EC and RSA alone, so that an authority's name stands on this one.
    const issued = issueCertificate({ key: ed25519, issuer: ann });
    const spoilt = (request: SignedRequest) =>
      withHeader(signX509(request, { ...ann, privateKey }), "x-amz-x509", issued.base64);
    await refusedEverywhere(h, spoilt, "InvalidClientTokenId", "broken");
  });

  test("one with a session token, which no certificate has", async () => {
    const withToken = (request: SignedRequest) => withHeader(signX509(request, ann), "x-amz-security-token", "token");
    await refusedEverywhere(h, withToken, "InvalidClientTokenId", "broken");
  });

  test("an Inactive one, until it is Active again", async () => {
    const { CertificateId } = ann;
    const set = (Status: "Active" | "Inactive") =>
      h.iam.send(new UpdateSigningCertificateCommand({ UserName: "ann", CertificateId, Status }));
    assert.equal(await callerOf(h, signX509(identity, ann)), userArn("ann"));
    await set("Inactive");
    await refusedEverywhere(h, (request) => signX509(request, ann), "InvalidClientTokenId", "retired");
    // The key is looked at before the signature.
    const { privateKey } = issueCertificate();
    await refusedEverywhere(
      h,
      (request) => signX509(request, { ...ann, privateKey }),
      "InvalidClientTokenId",
      "retired",
    );
    await set("Active");
    assert.equal(await callerOf(h, signX509(identity, ann)), userArn("ann"));
  });

  test("a deleted one, and one of a deleted user", async () => {
    const gone = await certified(h, "bob");
    assert.equal(await callerOf(h, signX509(identity, gone)), userArn("bob"));
    const { CertificateId } = gone;
    await h.iam.send(new DeleteSigningCertificateCommand({ UserName: "bob", CertificateId }));
    await refusedEverywhere(h, (request) => signX509(request, gone), "InvalidClientTokenId", "unknown");
    await h.iam.send(new DeleteUserCommand({ UserName: "bob" }));
    // It may be another's now.
    await h.iam.send(new CreateUserCommand({ UserName: "carl" }));
    await h.iam.send(new UploadSigningCertificateCommand({ UserName: "carl", CertificateBody: gone.pem }));
    assert.equal(await callerOf(h, signX509(identity, gone)), userArn("carl"));
  });

  test("changes of one certificate leave the others as they were", async () => {
    const dora = await certified(h, "dora");
    const { CertificateId } = dora;
    await h.iam.send(new UpdateSigningCertificateCommand({ UserName: "dora", CertificateId, Status: "Inactive" }));
    assert.equal(await callerOf(h, signX509(identity, ann)), userArn("ann"));
    await refusedEverywhere(h, (request) => signX509(request, dora), "InvalidClientTokenId", "retired");
  });
});

suite("a signing certificate's time, by the clock of what is stored", async () => {
  const h = await harness();
  const notAfter = startOfTest + day;
  const issued = await certified(h, "ann", { notBefore: startOfTest, notAfter });

  test("its last moment is a good one; the next is not, Inactive or not, whatever the signature", async () => {
    h.clock.set(notAfter);
    assert.equal(await callerOf(h, signX509(identity, issued)), userArn("ann"));
    h.clock.set(notAfter + 1);
    await refusedEverywhere(h, (request) => signX509(request, issued), "ExpiredToken", "expired");
    const { privateKey } = issueCertificate();
    await refusedEverywhere(h, (request) => signX509(request, { ...issued, privateKey }), "ExpiredToken", "expired");
    const { CertificateId } = issued;
    await h.iam.send(new UpdateSigningCertificateCommand({ UserName: "ann", CertificateId, Status: "Inactive" }));
    await refusedEverywhere(h, (request) => signX509(request, issued), "ExpiredToken", "expired");
    h.clock.set(startOfTest);
    await h.iam.send(new UpdateSigningCertificateCommand({ UserName: "ann", CertificateId, Status: "Active" }));
    assert.equal(await callerOf(h, signX509(identity, issued)), userArn("ann"));
  });

  test("before its first moment it is refused like an expired one", async () => {
    h.clock.set(startOfTest - 1);
    await refusedEverywhere(h, (request) => signX509(request, issued), "ExpiredToken", "expired");
    h.clock.set(startOfTest);
    assert.equal(await callerOf(h, signX509(identity, issued)), userArn("ann"));
  });

  test("an expired one that IAM does not have is expired, as an expired token is before it is unknown", async () => {
    const stranger = issueCertificate({ notBefore: startOfTest - day, notAfter: startOfTest - second });
    await refusedEverywhere(h, (request) => signX509(request, stranger), "ExpiredToken", "expired");
  });

  test("its use is not noted: what only reads, writes nothing", async () => {
    // What the access reports keep, of the principal and not of its certificate, is noted by the first request.
    await callerOf(h, signX509(identity, issued));
    await h.environment.serviceUses.flush();
    await h.environment.lastUsed.flush();
    const { writes } = h.environment.store.statistics();
    for (let at = 0; at < 3; at++) await callerOf(h, signX509(identity, issued));
    await h.environment.serviceUses.flush();
    await h.environment.lastUsed.flush();
    assert.equal(h.environment.store.statistics().writes, writes);
  });
});

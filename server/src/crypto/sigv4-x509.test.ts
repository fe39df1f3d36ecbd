import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { issueCertificate } from "../../test/authority.ts";
import {
  canonicalRequest,
  deriveSigningKey,
  parseAuthorization,
  SignatureError,
  type SignatureErrorKind,
  type SignedRequest,
  stringToSign,
  verifySignature,
} from "./sigv4.ts";
import { decimalSerialNumber, signX509Request, verifyX509Signature } from "./sigv4-x509.ts";
import { readCertificate, readCertificateBase64 } from "./x509/read.ts";

interface Vector {
  readonly name: string;
  readonly certificate: string;
  readonly serialNumber: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  readonly region: string;
  readonly service: string;
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly signature: string;
}

const { vectors } = JSON.parse(
  readFileSync(new URL("../../test/vectors/sigv4-x509.json", import.meta.url), "utf8"),
) as { vectors: Vector[] }; // the file's shape is this project's own

const now = Date.UTC(2026, 5, 15, 12, 0, 0);

function requestOf({ request }: Vector): SignedRequest {
  return { ...request, headers: new Map(Object.entries(request.headers)), body: Buffer.from(request.body) };
}

function vectorNamed(name: string): Vector {
  const found = vectors.find((vector) => vector.name === name);
  assert.ok(found, name);
  return found;
}

function withHeader(request: SignedRequest, name: string, change: (value: string) => string | undefined) {
  const headers = new Map(request.headers);
  const value = change(headers.get(name) ?? "");
  if (value === undefined) headers.delete(name);
  else headers.set(name, value);
  return { ...request, headers };
}

const authorizationOf = (request: SignedRequest, service: string) => parseAuthorization(request, now, service);

describe("requests signed by `openssl dgst -sign`, their canonical form written by hand", () => {
  for (const vector of vectors) {
    test(vector.name, () => {
      const request = requestOf(vector);
      const { publicKey, serialNumber } = readCertificate(vector.certificate);
      const authorization = authorizationOf(request, vector.service);
      assert.equal(authorization.accessKeyId, vector.serialNumber);
      assert.equal(decimalSerialNumber(serialNumber), vector.serialNumber);
      assert.deepEqual(authorization.x509, {
        certificate: vector.request.headers["x-amz-x509"],
        chain: vector.request.headers["x-amz-x509-chain"],
      });
      const canonical = canonicalRequest(request, authorization);
      assert.equal(canonical, vector.canonicalRequest);
      assert.equal(stringToSign(canonical, authorization), vector.stringToSign);
      assert.equal(verifyX509Signature(request, authorization, publicKey), true);
    });
  }
});

describe("what does not verify", () => {
  for (const vector of vectors) {
    test(`${vector.name}, changed in any part`, () => {
      const { publicKey } = readCertificate(vector.certificate);
      const verifies = (request: SignedRequest) =>
        verifyX509Signature(request, authorizationOf(request, vector.service), publicKey);
      const request = requestOf(vector);
      assert.equal(verifies({ ...request, body: Buffer.from(`${vector.request.body} `) }), false);
      assert.equal(verifies({ ...request, query: "a=b" }), false);
      assert.equal(verifies(withHeader(request, "x-amz-date", () => "20260615T120001Z")), false);
      assert.equal(verifies(withHeader(request, "x-amz-x509", (value) => `${value}=`)), false);
      assert.equal(verifies(withHeader(request, "authorization", (value) => value.replace(/.$/, "x"))), false);
      assert.equal(verifies(withHeader(request, "authorization", (value) => value.slice(0, -2))), false);
      assert.equal(verifies(withHeader(request, "authorization", (value) => `${value}00`)), false);
      assert.equal(verifies(withHeader(request, "authorization", (value) => value + "0".repeat(8192))), false);
      assert.equal(verifies(withHeader(request, "authorization", (value) => value.replace(/[^=]*$/, ""))), false);
    });
  }

  test("the same signature under another key, in upper case, or said to be of the other algorithm", () => {
    const vector = vectorNamed("p-256");
    const request = requestOf(vector);
    const authorization = authorizationOf(request, vector.service);
    const { publicKey } = readCertificate(vector.certificate);
    const other = generateKeyPairSync("ec", { namedCurve: "P-256" });
    assert.equal(verifyX509Signature(request, authorization, other.publicKey), false);
    const signature = vector.signature.toUpperCase();
    assert.equal(verifyX509Signature(request, { ...authorization, signature }, publicKey), false);
    for (const algorithm of ["AWS4-X509-RSA-SHA256", "AWS4-HMAC-SHA256"] as const) {
      assert.equal(verifyX509Signature(request, { ...authorization, algorithm }, publicKey), false);
    }
  });

  test("an algorithm that is not the key's, though the signature is right for what it says", () => {
    const rsa = issueCertificate({ key: "rsa" });
    const { privateKey } = issueCertificate();
    const base = requestOf(vectorNamed("rsa-2048"));
    // Says ECDSA and is: the certificate beside it is an RSA key's.
    const signed = signX509Request(base, { certificate: rsa.base64, privateKey }, { now, region: "r", service: "sts" });
    const authorization = authorizationOf(signed, "sts");
    assert.equal(authorization.algorithm, "AWS4-X509-ECDSA-SHA256");
    assert.equal(verifyX509Signature(signed, authorization, rsa.publicKey), false);
  });

  test("a certificate's request under a secret", () => {
    const vector = vectorNamed("rsa-2048");
    const request = requestOf(vector);
    const authorization = authorizationOf(request, vector.service);
    const key = deriveSigningKey("secret", "20260615", vector.region, vector.service);
    const signature = key.sign(vector.stringToSign);
    assert.equal(verifySignature(request, { ...authorization, signature }, key), false);
  });
});

describe("signX509Request", () => {
  for (const key of ["rsa", "P-256", "P-384", "P-521"] as const) {
    test(`${key}: what it signs verifies`, () => {
      const issued = issueCertificate({ key, serialNumber: "fe" });
      const { base64: certificate, privateKey } = issued;
      const base = requestOf(vectorNamed("p-384"));
      const scope = { now, region: "eu-west-1", service: "rolesanywhere" };
      const signed = signX509Request(base, { certificate, privateKey }, scope);
      const authorization = authorizationOf(signed, "rolesanywhere");
      assert.equal(authorization.accessKeyId, "254");
      assert.equal(authorization.region, "eu-west-1");
      assert.equal(verifyX509Signature(signed, authorization, readCertificateBase64(certificate).publicKey), true);
      const chained = signX509Request(base, { certificate, chain: ["AAAA", "BBBB"], privateKey }, scope);
      assert.equal(authorizationOf(chained, "rolesanywhere").x509?.chain, "AAAA,BBBB");
      assert.ok(authorizationOf(chained, "rolesanywhere").signedHeaders.includes("x-amz-x509-chain"));
    });
  }
});

describe("parseAuthorization refuses of a certificate's request", () => {
  const vector = vectorNamed("p-384");
  const refusalOf = (request: SignedRequest): [SignatureErrorKind, string] => {
    try {
      authorizationOf(request, vector.service);
    } catch (error) {
      assert.ok(error instanceof SignatureError);
      return [error.kind, error.message];
    }
    return assert.fail("It was taken.");
  };

  test("one without its certificate, after all else that is missing", () => {
    const bare = withHeader(requestOf(vector), "x-amz-x509", () => undefined);
    assert.deepEqual(refusalOf(bare), [
      "IncompleteSignature",
      "Authorization header requires existence of a 'X-Amz-X509' header. Authorization=AWS4-X509-ECDSA-SHA256",
    ]);
    const dateless = withHeader(bare, "x-amz-date", () => undefined);
    const barest = withHeader(dateless, "authorization", () => "AWS4-X509-RSA-SHA256 Credential=1");
    assert.deepEqual(refusalOf(barest), [
      "IncompleteSignature",
      "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. " +
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. " +
        "Authorization header requires existence of a 'X-Amz-X509' header. Authorization=AWS4-X509-RSA-SHA256",
    ]);
  });

  for (const name of ["X-Amz-Date", "X-Amz-X509", "X-Amz-X509-Chain"]) {
    test(`${name} that is not signed`, () => {
      const unsigned = withHeader(requestOf(vector), "authorization", (value) =>
        value.replace(new RegExp(`;${name.toLowerCase()}(?=[;,])`), ""),
      );
      assert.deepEqual(refusalOf(unsigned), [
        "SignatureDoesNotMatch",
        `'${name}' must be a 'SignedHeader' in the AWS Authorization.`,
      ]);
    });
  }

  test("other algorithms, and certificates in the query", () => {
    const request = requestOf(vector);
    for (const algorithm of ["AWS4-X509-MLDSA", "AWS4-X509-RSA-SHA1", "AWS4-X509"]) {
      const other = withHeader(request, "authorization", (value) => value.replace(/^\S+/, algorithm));
      assert.deepEqual(refusalOf(other), ["IncompleteSignature", `Unsupported AWS 'algorithm': '${algorithm}'.`]);
    }
    const headless = withHeader(request, "authorization", () => undefined);
    assert.deepEqual(refusalOf({ ...headless, query: "X-Amz-Algorithm=AWS4-X509-ECDSA-SHA256" }), [
      "MissingAuthenticationToken",
      "Request is missing Authentication Token",
    ]);
  });

  test("another service's, and those out of time, like any other", () => {
    const request = requestOf(vector);
    assert.throws(() => parseAuthorization(request, now, "sts"), {
      kind: "SignatureDoesNotMatch",
      message: "Credential should be scoped to correct service: 'sts'.",
    });
    assert.throws(() => parseAuthorization(request, now + 900_001_000, vector.service), {
      kind: "SignatureDoesNotMatch",
      message: /^Signature expired: 20260615T120000Z is now earlier than /,
    });
  });
});

describe("readCertificateBase64", () => {
  const { certificate } = vectorNamed("p-256");
  const base64 = certificate.replace(/-----[^-]*-----|\n/g, "");

  test("reads what readCertificate reads", () => {
    assert.equal(readCertificateBase64(base64).certificateId, readCertificate(certificate).certificateId);
  });

  test("takes one spelling alone, and no more than IAM takes", () => {
    for (const spoilt of [`${base64}=`, ` ${base64}`, base64.replaceAll("+", "-"), base64.slice(0, -1), ""]) {
      assert.throws(() => readCertificateBase64(spoilt), { name: "CertificateError", code: "malformed" }, spoilt);
    }
    assert.throws(() => readCertificateBase64("A".repeat(16_385)), {
      code: "malformed",
      message: "The text is too long.",
    });
  });
});

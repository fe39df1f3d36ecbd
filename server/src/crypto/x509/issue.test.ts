import assert from "node:assert/strict";
import { generateKeyPairSync, verify, X509Certificate } from "node:crypto";
import { test } from "node:test";
import { elementAt } from "./der.ts";
import { issueSelfSigned } from "./issue.ts";
import { readCertificate } from "./read.ts";

const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
const commonName = "us-east-1_AbCdEfGhI";
const serialNumber = Buffer.from("0123456789abcdef", "hex");
const notBefore = Date.UTC(2026, 10, 22, 1, 2, 3, 456);
const notAfter = notBefore + 315_569_520_000;
const request = { commonName, ...pair, serialNumber, notBefore, notAfter };

/** Everything of the certificate but the key and the signature, as AWS's own decode. */
const expectedHead =
  "a003020102" + // version 3
  "02090081234567 89abcdef" + // 64 bits, the top one set, a zero before it
  "300d06092a864886f70d01010b0500" + // sha256WithRSAEncryption, NULL
  `301e311c301a06035504030c13${Buffer.from(commonName).toString("hex")}` + // CN, UTF8String
  `301e170d${Buffer.from("261122010203Z").toString("hex")}170d${Buffer.from("361121111403Z").toString("hex")}` +
  `301e311c301a06035504030c13${Buffer.from(commonName).toString("hex")}`;

test("the certificate is AWS's, byte for byte but for key and signature", async () => {
  const der = Buffer.from(await issueSelfSigned(request));
  assert.equal(der.toString("base64").length, 940);

  const certificate = elementAt(der, 0, der.length);
  assert.ok(certificate);
  const tbs = elementAt(der, certificate.start, certificate.end);
  assert.ok(tbs);
  const spki = pair.publicKey.export({ type: "spki", format: "der" });
  // Nothing after the key: no extensions, not even an empty list of them.
  assert.equal(der.toString("hex", tbs.start, tbs.end), expectedHead.replace(" ", "") + spki.toString("hex"));

  const algorithm = elementAt(der, tbs.end, certificate.end);
  assert.ok(algorithm);
  assert.equal(der.toString("hex", tbs.end, algorithm.end), "300d06092a864886f70d01010b0500");
  const signature = elementAt(der, algorithm.end, certificate.end);
  assert.ok(signature);
  assert.equal(signature.end, der.length);
  assert.equal(der[signature.start], 0);
  const tbsBytes = der.subarray(certificate.start, tbs.end);
  assert.equal(verify("sha256", tbsBytes, pair.publicKey, der.subarray(signature.start + 1)), true);
});

test("OpenSSL reads it so, too", async () => {
  const der = await issueSelfSigned(request);
  const parsed = new X509Certificate(der);
  assert.equal(parsed.subject, `CN=${commonName}`);
  assert.equal(parsed.issuer, `CN=${commonName}`);
  assert.equal(parsed.serialNumber, "8123456789ABCDEF");
  assert.equal(parsed.signatureAlgorithm, "sha256WithRSAEncryption");
  assert.equal(parsed.validFromDate.getTime(), Date.UTC(2026, 10, 22, 1, 2, 3));
  assert.equal(parsed.validToDate.getTime(), Date.UTC(2036, 10, 21, 11, 14, 3));
  assert.equal(parsed.ca, false);
  assert.equal(parsed.subjectAltName, undefined);
  assert.equal(parsed.keyUsage, undefined);
  assert.equal(parsed.publicKey.equals(pair.publicKey), true);
  assert.deepEqual(parsed.publicKey.asymmetricKeyDetails, { modulusLength: 2048, publicExponent: 65537n });
  assert.equal(parsed.verify(pair.publicKey), true);
  assert.equal(parsed.checkIssued(parsed), true);
  assert.equal(parsed.checkPrivateKey(pair.privateKey), true);
});

test("readCertificate takes it", async () => {
  const der = Buffer.from(await issueSelfSigned(request));
  const read = readCertificate(`-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`);
  assert.equal(read.notBefore, Date.UTC(2026, 10, 22, 1, 2, 3));
  assert.equal(read.notAfter, Date.UTC(2036, 10, 21, 11, 14, 3));
  assert.equal(read.keyType, "RSA");
});

test("the same input gives the same bytes, and the caller's serial number is left alone", async () => {
  assert.deepEqual(await issueSelfSigned(request), await issueSelfSigned(request));
  assert.equal(serialNumber.toString("hex"), "0123456789abcdef");
});

test("times from 2050 on are GeneralizedTime", async () => {
  const from = Date.UTC(2049, 11, 31, 23, 59, 59);
  const parsed = new X509Certificate(
    await issueSelfSigned({ ...request, notBefore: from, notAfter: Date.UTC(9999, 11, 31, 23, 59, 59) }),
  );
  assert.equal(parsed.validFromDate.getTime(), from);
  assert.equal(parsed.validToDate.getTime(), Date.UTC(9999, 11, 31, 23, 59, 59));
  assert.equal(parsed.raw.includes(Buffer.from("170d3439313233313233353935395a", "hex")), true);
  assert.equal(parsed.raw.includes(Buffer.from("180f39393939313233313233353935395a", "hex")), true);
});

test("a name beyond ASCII is UTF-8", async () => {
  const parsed = new X509Certificate(await issueSelfSigned({ ...request, commonName: "p\u00f6\u00f6l" }));
  assert.equal(parsed.subject, "CN=p\u00f6\u00f6l");
});

test("what cannot be in such a certificate is refused", async () => {
  const nameError = new RangeError("A common name has 1 to 64 bytes.");
  await assert.rejects(issueSelfSigned({ ...request, commonName: "" }), nameError);
  await assert.rejects(issueSelfSigned({ ...request, commonName: "\u00f6".repeat(33) }), nameError);
  const serialError = new RangeError("A serial number is made of 8 bytes.");
  await assert.rejects(issueSelfSigned({ ...request, serialNumber: Buffer.alloc(7) }), serialError);
  await assert.rejects(issueSelfSigned({ ...request, serialNumber: Buffer.alloc(9) }), serialError);
  const timeError = new RangeError("A certificate's time lies between 1950 and 9999.");
  await assert.rejects(issueSelfSigned({ ...request, notBefore: Date.UTC(1949, 11, 31) }), timeError);
  await assert.rejects(issueSelfSigned({ ...request, notAfter: Number.NaN }), timeError);
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
  await assert.rejects(issueSelfSigned({ ...request, ...ec }), new TypeError("The key pair is not RSA."));
});

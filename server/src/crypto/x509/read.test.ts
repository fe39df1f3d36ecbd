import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, type KeyObject, sign, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { encodeElement, tag } from "./der.ts";
import { CertificateError, type CertificateErrorCode, readCertificate } from "./read.ts";

const vector = (name: string) =>
  readFileSync(new URL(`../../../test/vectors/certificates/${name}.pem`, import.meta.url), "latin1");

/** Code and message of the refusal; the assertion fails where there is none. */
function refusalOf(pem: string): [CertificateErrorCode, string] {
  try {
    readCertificate(pem);
  } catch (error) {
    assert.ok(error instanceof CertificateError);
    return [error.code, error.message];
  }
  return assert.fail("It was read.");
}

// --- Certificates to order, wrong ones included ---

const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const ecdsaWithSha256 = encodeElement(tag.sequence, Buffer.from("06082a8648ce3d040302", "hex"));
const name = encodeElement(
  tag.sequence,
  encodeElement(
    tag.set,
    encodeElement(tag.sequence, Buffer.from("0603550403", "hex"), encodeElement(tag.utf8String, Buffer.from("test"))),
  ),
);
const spkiOf = (key: KeyObject) => key.export({ type: "spki", format: "der" });
const utc = (text: string) => encodeElement(tag.utcTime, Buffer.from(text, "latin1"));
const generalized = (text: string) => encodeElement(tag.generalizedTime, Buffer.from(text, "latin1"));

interface Parts {
  readonly version?: Uint8Array;
  readonly serialNumber?: Uint8Array;
  readonly validity?: readonly Uint8Array[];
  readonly subject?: Uint8Array;
  readonly spki?: Uint8Array;
}

function derOf(parts: Parts): Buffer {
  const tbs = encodeElement(
    tag.sequence,
    parts.version ?? Buffer.from("a003020102", "hex"),
    encodeElement(tag.integer, parts.serialNumber ?? Buffer.of(1)),
    ecdsaWithSha256,
    name,
    encodeElement(tag.sequence, ...(parts.validity ?? [utc("260101000000Z"), utc("360101000000Z")])),
    parts.subject ?? name,
    parts.spki ?? spkiOf(ec.publicKey),
  );
  const signature = sign("sha256", tbs, ec.privateKey);
  return Buffer.from(
    encodeElement(tag.sequence, tbs, ecdsaWithSha256, encodeElement(tag.bitString, Buffer.of(0), signature)),
  );
}

const pemOfBase64 = (base64: string, label = "CERTIFICATE") =>
  `-----BEGIN ${label}-----\n${base64.replace(/.{64}(?=.)/g, "$&\n")}\n-----END ${label}-----\n`;
const pemOf = (der: Uint8Array, label?: string) => pemOfBase64(Buffer.from(der).toString("base64"), label);
const certificate = (parts: Parts = {}) => readCertificate(pemOf(derOf(parts)));
const refused = (parts: Parts) => refusalOf(pemOf(derOf(parts)));

describe("readCertificate reads", () => {
  test("all there is to know of a certificate", () => {
    const pem = vector("ec-p256");
    const { der, publicKey, ...rest } = readCertificate(pem);
    assert.ok(publicKey.equals(new X509Certificate(pem).publicKey));
    assert.equal(Buffer.from(der).toString("base64"), pem.replace(/-----[^-]+-----|\s/g, ""));
    // By `openssl x509 -fingerprint -sha1` and Python's base64.b32encode.
    assert.deepEqual(rest, {
      notBefore: Date.UTC(2026, 0, 1),
      notAfter: Date.UTC(2036, 0, 1),
      certificateId: "KPSS6K7XR4HBTIKF6DOP53CWM4KAS246",
      keyType: "P-256",
      serialNumber: "4DF417267A33F803AF8F41A6154F16BC44086034",
      subject: "CN=ec-p256",
      issuer: "CN=ec-p256",
      fingerprint256: "BB:A2:7C:77:29:BD:70:8E:21:E3:91:F7:B1:14:D1:F4:33:55:25:AC:7A:4F:07:75:27:FC:6B:6A:F9:9B:81:DA",
    });
  });

  test("RSA from 1024 bits, P-256, P-384 and P-521, versions 1 and 3, with or without an issuer of its own", () => {
    for (const [file, keyType, issuer] of [
      ["rsa-1024", "RSA", "CN=rsa-1024"],
      ["rsa-2048", "RSA", "CN=rsa-2048"],
      ["rsa-4096", "RSA", "CN=rsa-4096"],
      ["ec-p384", "P-384", "CN=ec-p384"],
      ["ec-p521", "P-521", "CN=ec-p521"],
      ["version-1", "RSA", "CN=version-1"],
      ["issued", "RSA", "CN=Example CA"],
    ] as const) {
      const { subject, ...read } = readCertificate(vector(file));
      assert.equal(read.keyType, keyType);
      assert.equal(subject, `CN=${file}`);
      assert.equal(read.issuer, issuer);
      assert.match(read.certificateId, /^[A-Z2-7]{32}$/);
    }
  });

  test("an expired one, and one not yet valid: the time is the caller's", () => {
    const now = Date.UTC(2026, 5, 15, 12, 0, 0);
    assert.equal(readCertificate(vector("expired")).notAfter, now - 1000);
    assert.equal(readCertificate(vector("not-yet-valid")).notBefore, now + 1000);
  });

  test("any line ends, text before the block, blanks after it, and means the same", () => {
    const pem = vector("rsa-2048");
    const { certificateId } = readCertificate(pem);
    for (const other of [
      pem.replaceAll("\n", "\r\n"),
      pem.replaceAll("\n", "\r"),
      pem.trimEnd(),
      `${pem}\r\n\t \n`,
      `subject=CN = x\nissuer=CN = x\n${pem}`,
      `\u00e9\r\n${pem}`,
      `\n\n${pem}`,
      `text\r${pem}`,
      pem.replaceAll("\n", " \t\n"),
      pemOf(readCertificate(pem).der).replace(/(?<=-\n)([^-]*)(?=\n-)/s, (base64) => base64.replaceAll("\n", "")),
    ]) {
      assert.equal(readCertificate(other).certificateId, certificateId);
    }
    assert.equal(readCertificate(vector("crlf")).subject, "CN=tmp");
    assert.equal(readCertificate(vector("leading-text")).subject, "CN=leading-text");
  });

  test("serial numbers of any length, and zero", () => {
    assert.equal(certificate({ serialNumber: Buffer.of(0) }).serialNumber, "0");
    assert.equal(certificate({ serialNumber: Buffer.from("00ff", "hex") }).serialNumber, "FF");
    assert.equal(certificate({ serialNumber: Buffer.alloc(20, 0x7f) }).serialNumber, "7F".repeat(20));
  });

  test("a subject without a name", () => {
    assert.equal(certificate({ subject: encodeElement(tag.sequence) }).subject, "");
  });
});

describe("readCertificate's times are exact", () => {
  for (const [notBefore, notAfter, from, to] of [
    [utc("500101000000Z"), generalized("99991231235959Z"), "1950-01-01T00:00:00Z", "9999-12-31T23:59:59Z"],
    [utc("491231235959Z"), generalized("20500101000000Z"), "2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z"],
    [utc("691231235959Z"), utc("700101000000Z"), "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z"],
    [utc("991231235959Z"), utc("000101000000Z"), "1999-12-31T23:59:59Z", "2000-01-01T00:00:00Z"],
    [generalized("19500101000000Z"), utc("240229120000Z"), "1950-01-01T00:00:00Z", "2024-02-29T12:00:00Z"],
    [generalized("20260101000000Z"), generalized("20260101000000Z"), "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"],
    [generalized("21000228235959Z"), generalized("24000229000000Z"), "2100-02-28T23:59:59Z", "2400-02-29T00:00:00Z"],
  ] as const) {
    test(`${from} to ${to}`, () => {
      const read = certificate({ validity: [notBefore, notAfter] });
      assert.equal(read.notBefore, Date.parse(from));
      assert.equal(read.notAfter, Date.parse(to));
      const parsed = new X509Certificate(read.der);
      assert.equal(parsed.validFromDate.getTime(), read.notBefore);
      assert.equal(parsed.validToDate.getTime(), read.notAfter);
    });
  }
});

describe("readCertificate refuses as malformed", () => {
  const rsa = vector("rsa-2048");

  test("what is not one certificate block", () => {
    const none = ["malformed", "There is no PEM block."];
    const other = ["malformed", "The first PEM block is not a certificate."];
    const after = ["malformed", "Something follows the PEM block."];
    const bounds = ["malformed", "The PEM block's bounds are not lines of their own."];
    const open = ["malformed", "The PEM block does not end."];
    const key = vector("private-key");
    for (const [pem, expected] of [
      ["", none],
      ["not a certificate", none],
      [rsa.replace(/-----[^-]+-----/g, ""), none],
      ["-----begin certificate-----\nAAAA\n-----end certificate-----\n", none],
      [key, other],
      [vector("request"), other],
      [rsa.replaceAll("CERTIFICATE", "X509 CERTIFICATE"), other],
      [rsa.replaceAll("CERTIFICATE", "TRUSTED CERTIFICATE"), other],
      [rsa.replaceAll("CERTIFICATE", "PKCS7"), other],
      [rsa.replaceAll("CERTIFICATE-----", "CERTIFICATE-----".toLowerCase()), other],
      [key + rsa, other],
      [rsa + key, after],
      [vector("chain"), after],
      [rsa + rsa, after],
      [`${rsa}subject=CN = x\n`, after],
      [`${rsa.trimEnd()} x`, after],
      [rsa.slice(0, rsa.indexOf("-----END")), open],
      ["-----BEGIN CERTIFICATE-----", open],
      [rsa.replace("END CERTIFICATE", "END PRIVATE KEY"), open],
      ["-----BEGIN CERTIFICATE----------END CERTIFICATE-----", bounds],
      [rsa.replace("BEGIN CERTIFICATE-----\n", "BEGIN CERTIFICATE-----"), bounds],
      [rsa.replace("\n-----END", "-----END"), bounds],
      [` ${rsa}`, ["malformed", "The PEM block does not start a line."]],
      [`-${rsa}`, ["malformed", "The PEM block does not start a line."]],
    ] as const) {
      assert.deepEqual(refusalOf(pem), expected, pem.slice(0, 60));
    }
  });

  test("a block in a block", () => {
    assert.equal(refusalOf(pemOf(Buffer.from(rsa)))[0], "malformed");
    assert.equal(refusalOf(`-----BEGIN CERTIFICATE-----\n${rsa}-----END CERTIFICATE-----\n`)[0], "malformed");
  });

  test("what is too long", () => {
    const oneOver = `${"x".repeat(16_384 - rsa.length)}\n${rsa}`;
    assert.deepEqual(refusalOf(oneOver), ["malformed", "The text is too long."]);
    assert.equal(readCertificate(`${"x".repeat(16_384 - 1 - rsa.length)}\n${rsa}`).keyType, "RSA");
    assert.deepEqual(refusalOf("-----BEGIN CERTIFICATE-----\n".repeat(400)), [
      "malformed",
      "The PEM block does not end.",
    ]);
  });

  test("base64 that is not whole", () => {
    const base64 = derOf({}).toString("base64");
    const message = ["malformed", "The base64 is not whole."];
    const oneOver = Buffer.concat([derOf({ subject: encodeElement(tag.sequence) })]).toString("base64");
    for (const broken of [
      base64.slice(0, -1),
      `${base64}=`,
      `${base64}====`,
      base64.replace(/^..../, "MI*B"),
      base64.replace(/^..../, "MI-B"),
      `Proc-Type: 4,ENCRYPTED\n\n${base64}`,
      `${base64.slice(0, 40)}====${base64.slice(40)}`,
      `${oneOver.replace(/=*$/, "")}!`,
    ]) {
      assert.deepEqual(refusalOf(pemOfBase64(broken)), message, broken.slice(0, 30));
    }
    // A blank where a plus sign was: what a form not encoded makes of base64.
    const withPlus = rsa.replace(/\+/, " ");
    assert.notEqual(withPlus, rsa);
    assert.equal(refusalOf(withPlus)[0], "malformed");
  });

  test("loose bits at the end of the base64", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let der = derOf({});
    for (let size = 1; der.length % 3 !== 1; size++) der = derOf({ serialNumber: Buffer.alloc(size, 1) });
    const base64 = der.toString("base64");
    assert.match(base64, /[AQgw]==$/);
    const last = alphabet[alphabet.indexOf(base64.at(-3) ?? "") + 1];
    const loose = `${base64.slice(0, -3)}${last}==`;
    assert.deepEqual(Buffer.from(loose, "base64"), der);
    assert.deepEqual(refusalOf(pemOfBase64(loose)), ["malformed", "The base64 is not whole."]);
  });

  test("DER cut anywhere, and DER with more behind it", () => {
    const der = derOf({});
    for (let length = 0; length < der.length; length++) {
      assert.equal(refusalOf(pemOf(der.subarray(0, length)))[0], "malformed", `${length} bytes`);
    }
    assert.deepEqual(refusalOf(pemOf(Buffer.concat([der, Buffer.of(0)]))), [
      "malformed",
      "Something follows the certificate.",
    ]);
    assert.equal(refusalOf(pemOf(Buffer.concat([der, der])))[0], "malformed");
  });

  test("lengths that lie, are too long, or indefinite", () => {
    const der = derOf({});
    const message = ["malformed", "The DER is not that of a certificate."];
    const content = der.subarray(4);
    for (const head of ["3080", "3084ffffffff", "3085", "30ff", "3081", "3083000100", "3183ffffff", "308400000001"]) {
      assert.deepEqual(refusalOf(pemOf(Buffer.concat([Buffer.from(head, "hex"), content]))), message, head);
    }
    // The true length in one byte more than it needs.
    assert.deepEqual(refusalOf(pemOf(Buffer.concat([Buffer.from([0x30, 0x83, 0, ...der.subarray(2)])]))), message);
  });

  test("BER that OpenSSL reads", () => {
    const der = derOf({});
    const at = der.lastIndexOf(ecdsaWithSha256);
    const long = Buffer.concat([Buffer.of(0x30, 0x81), ecdsaWithSha256.subarray(1)]);
    const ber = Buffer.concat([der.subarray(0, at), long, der.subarray(at + ecdsaWithSha256.length)]);
    ber.writeUInt16BE(ber.length - 4, 2);
    assert.equal(new X509Certificate(ber).verify(ec.publicKey), true);
    assert.deepEqual(refusalOf(pemOf(ber)), ["malformed", "The certificate is not in DER."]);
  });

  test("bytes that are no certificate", () => {
    for (const der of [
      Buffer.alloc(0),
      Buffer.alloc(1000),
      Buffer.alloc(1000, 0xff),
      Buffer.from("3000", "hex"),
      Buffer.from("30023000", "hex"),
      Buffer.from(spkiOf(ec.publicKey)),
      ec.privateKey.export({ type: "pkcs8", format: "der" }),
    ]) {
      assert.equal(refusalOf(pemOf(der))[0], "malformed");
    }
  });

  test("other versions than 1 and 3", () => {
    const message = ["malformed", "The version is not 1 or 3."];
    for (const version of [
      "a003020100",
      "a003020101",
      "a003020103",
      "a00302017f",
      "a0030201ff",
      "a000",
      "a00402020002",
    ]) {
      assert.deepEqual(refused({ version: Buffer.from(version, "hex") }), message, version);
    }
  });

  test("serial numbers that are negative, empty or padded", () => {
    const negative = ["malformed", "The serial number is negative."];
    assert.deepEqual(refused({ serialNumber: Buffer.of(0x80) }), negative);
    assert.deepEqual(refused({ serialNumber: Buffer.from("ffffffffffffffff", "hex") }), negative);
    assert.equal(refused({ serialNumber: Buffer.alloc(0) })[0], "malformed");
    assert.deepEqual(refused({ serialNumber: Buffer.of(0, 1) }), [
      "malformed",
      "The DER is not that of a certificate.",
    ]);
  });

  test("times that are none, and spans that end before they begin", () => {
    const good = utc("260101000000Z");
    const message = ["malformed", "The validity is not a span of time."];
    for (const bad of [
      utc(""),
      utc("2601010000Z"),
      utc("260101000000"),
      utc("260101000000+0100"),
      utc("260101000000z"),
      utc("261301000000Z"),
      utc("260001000000Z"),
      utc("260230000000Z"),
      utc("260229000000Z"),
      utc("260101240000Z"),
      utc("260101006000Z"),
      utc("260101000060Z"),
      utc("26010100000\u00b9Z"),
      utc("20260101000000Z"),
      generalized("260101000000Z"),
      generalized("20260101000000.5Z"),
      generalized("20260101000000+0000"),
      generalized("19491231235959Z"),
      generalized("00000101000000Z"),
      generalized("00700101000000Z"),
      generalized("-0260101000000Z"),
      encodeElement(tag.utf8String, Buffer.from("260101000000Z")),
      encodeElement(tag.integer, Buffer.of(1)),
    ]) {
      const label = Buffer.from(bad).toString("latin1");
      assert.deepEqual(refused({ validity: [bad, utc("491231235959Z")] }), message, label);
      assert.deepEqual(refused({ validity: [good, bad] }), message, label);
    }
    assert.deepEqual(refused({ validity: [utc("260101000001Z"), good] }), message);
    assert.deepEqual(refused({ validity: [utc("491231235959Z"), utc("500101000000Z")] }), message);
    assert.deepEqual(refused({ validity: [] }), message);
    assert.deepEqual(refused({ validity: [good] }), message);
    assert.deepEqual(refused({ validity: [good, good, good] }), message);
  });

  test("keys that are none", () => {
    const spki = Buffer.from(spkiOf(ec.publicKey));
    const offCurve = Buffer.from(spki);
    offCurve[offCurve.length - 1] = (offCurve.at(-1) ?? 0) ^ 1;
    assert.deepEqual(refused({ spki: offCurve }), ["malformed", "The public key is not one."]);
    assert.equal(refused({ spki: encodeElement(tag.sequence) })[0], "malformed");

    const exponent = ["malformed", "The RSA exponent is not one."];
    assert.deepEqual(refused({ spki: rsaKey(2048, Buffer.of(1)) }), exponent);
    assert.deepEqual(refused({ spki: rsaKey(2048, Buffer.of(2)) }), exponent);
    assert.deepEqual(refused({ spki: rsaKey(2048, Buffer.from("010000", "hex")) }), exponent);

    const none = ["malformed", "The public key is not one."];
    assert.deepEqual(refused({ spki: rsaKey(2048, Buffer.of(0x81)) }), none);
    assert.deepEqual(refused({ spki: rsaKey(2048, Buffer.of(3), { unusedBits: Buffer.of(1) }) }), none);
    const more = encodeElement(tag.integer, Buffer.of(3));
    assert.deepEqual(refused({ spki: rsaKey(2048, Buffer.of(3), { afterKey: more }) }), none);
    assert.deepEqual(refused({ spki: rsaKey(2048, Buffer.of(3), { inKey: more }) }), none);
    assert.equal(refused({ spki: rsaKey(2048, Buffer.alloc(0)) })[0], "malformed");
    assert.deepEqual(refused({ spki: rsaKey(2048, Buffer.of(0, 3)) }), none);
  });
});

/** An RSA key of a length, its modulus no product of primes: nothing here computes with it. */
function rsaKey(
  bits: number,
  exponent: Uint8Array,
  wrong: { readonly unusedBits?: Uint8Array; readonly inKey?: Uint8Array; readonly afterKey?: Uint8Array } = {},
): Uint8Array {
  const { unusedBits = Buffer.of(0), inKey = Buffer.of(), afterKey = Buffer.of() } = wrong;
  const modulus = Buffer.alloc(Math.ceil(bits / 8), 0xff);
  if (bits % 8 !== 0) modulus[0] = 0xff >> (8 - (bits % 8));
  const padded = bits % 8 === 0 ? Buffer.concat([Buffer.of(0), modulus]) : modulus;
  const numbers = [encodeElement(tag.integer, padded), encodeElement(tag.integer, exponent)];
  return encodeElement(
    tag.sequence,
    encodeElement(tag.sequence, Buffer.from("06092a864886f70d0101010500", "hex")),
    encodeElement(tag.bitString, unusedBits, encodeElement(tag.sequence, ...numbers, inKey), afterKey),
  );
}

describe("readCertificate tells an unsupported key from a malformed certificate", () => {
  test("other kinds of keys and other curves", () => {
    const message = ["unsupported", "The key is not RSA, P-256, P-384 or P-521."];
    for (const file of ["dsa-2048", "ec-secp256k1", "ed25519"])
      assert.deepEqual(refusalOf(vector(file)), message, file);
    const pss = generateKeyPairSync("rsa-pss", { modulusLength: 2048 });
    assert.deepEqual(refused({ spki: spkiOf(pss.publicKey) }), message);
    // A broken certificate is malformed first.
    const broken = derOf({ spki: spkiOf(pss.publicKey), subject: encodeElement(tag.sequence, Buffer.of(1, 2, 3)) });
    assert.equal(refusalOf(pemOf(broken))[0], "malformed");
    const explicit = generateKeyPairSync("ec", { namedCurve: "P-256", paramEncoding: "explicit" });
    assert.deepEqual(refused({ spki: spkiOf(explicit.publicKey) }), message);
  });

  test("RSA of 1024 to 16384 bits, to the bit", () => {
    const message = ["unsupported", "The RSA key is not of 1024 to 16384 bits."];
    const e = Buffer.from("010001", "hex");
    for (const bits of [512, 1016, 1023, 16_385, 40_000]) assert.deepEqual(refused({ spki: rsaKey(bits, e) }), message);
    for (const bits of [1024, 1025, 16_384]) {
      const spki = rsaKey(bits, e);
      const key = createPublicKey({ key: Buffer.from(spki), type: "spki", format: "der" });
      assert.equal(key.asymmetricKeyDetails?.modulusLength, bits);
      assert.equal(certificate({ spki }).keyType, "RSA");
    }
  });
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import {
  authorityOf,
  basicConstraints,
  certSign,
  crlSign,
  digitalSignature,
  directoryName,
  dnsName,
  encodeName,
  entityOf,
  extension,
  type Issued,
  issueCertificate,
  keyUsage,
  type Order,
  revocationListOf,
  subjectAltName,
  uriName,
} from "../../../test/authority.ts";
import { startOfTest } from "../../../test/harness.ts";
import { encodeElement, tag } from "./der.ts";
import {
  findPath,
  isAuthority,
  isEndEntity,
  isRevoked,
  type PathCertificate,
  readPathBundle,
  readPathCertificate,
  readRevocationList,
  uuidOf,
} from "./path.ts";

const vector = (name: string) =>
  readFileSync(new URL(`../../../test/vectors/roles-anywhere/${name}`, import.meta.url), "latin1");
const one = (pem: string): PathCertificate => {
  const [certificate, more] = readPathBundle(pem);
  assert.ok(certificate !== undefined && more === undefined);
  return certificate;
};

const day = 86_400_000;
const authority = [basicConstraints(true), keyUsage(certSign, crlSign)];
const entity = [basicConstraints(false), keyUsage(digitalSignature)];

const read = (issued: Issued) => readPathCertificate(issued.base64);

describe("certificates of OpenSSL's", () => {
  const root = one(vector("root.pem"));
  const mid = one(vector("mid.pem"));
  const leaf = one(vector("leaf.pem"));

  test("are read with all that a path and an identity are made of", () => {
    assert.deepEqual(
      [root, mid, leaf].map(({ version, ca, pathLength, usage, isStrong, isUnclear, serialNumber }) => ({
        version,
        ca,
        pathLength,
        usage,
        isStrong,
        isUnclear,
        serialNumber,
      })),
      [
        { ca: true, pathLength: undefined, usage: { digitalSignature: false, certSign: true }, serialNumber: "F1" },
        {
          ca: true,
          pathLength: 0,
          usage: { digitalSignature: false, certSign: true },
          serialNumber: "1F71C5114A119FC0CC5A5A52FB3720AD",
        },
        { ca: false, pathLength: undefined, usage: { digitalSignature: true, certSign: false }, serialNumber: "0123" },
      ].map((each) => ({ version: 3, isStrong: true, isUnclear: false, ...each })),
    );
    assert.deepEqual(leaf.subjectName.attributes, [
      { type: "CN", value: "Alice" },
      { type: "OU", value: "Security" },
      { type: "OU", value: "Engineering" },
      { type: "OU", value: "Research" },
    ]);
    assert.deepEqual(
      root.issuerName.attributes.map(({ type, value }) => `${type}=${value}`),
      ["C=US", "O=Example", "OU=IAM", "ST=Washington", "L=Seattle", "CN=Example Root"],
    );
    const { dns, uri, directory } = leaf.alternative;
    assert.deepEqual(
      [dns, uri, directory?.attributes],
      ["example.com", "spiffe://example.com/workload/alice", [{ type: "CN", value: "Alice" }]],
    );
    assert.deepEqual(root.alternative, {});
    assert.deepEqual([root, mid, leaf].map(isAuthority), [true, true, false]);
    assert.deepEqual([root, mid, leaf].map(isEndEntity), [false, false, true]);
  });

  test("make the path that `openssl verify` finds, and no other", () => {
    assert.deepEqual(findPath(leaf, [mid], [root], startOfTest), [root, mid]);
    assert.deepEqual(findPath(leaf, [leaf, root, mid], [root], startOfTest), [root, mid]);
    assert.deepEqual(findPath(leaf, [], [mid], startOfTest), [mid]);
    assert.equal(findPath(leaf, [], [root], startOfTest), undefined);
    assert.equal(findPath(leaf, [mid], [], startOfTest), undefined);
    assert.equal(findPath(leaf, [mid, root], [read(authorityOf("Example Root"))], startOfTest), undefined);
    assert.equal(findPath(leaf, [mid], [root], Date.UTC(2025, 11, 31)), undefined);
    assert.equal(findPath(leaf, [mid], [root], Date.UTC(2036, 0, 2)), undefined);
  });

  test("are revoked by OpenSSL's list", () => {
    const revoked = readRevocationList(vector("revoked.crl"), [root]);
    assert.deepEqual(
      [root, mid, leaf].map((certificate) => isRevoked(revoked, certificate)),
      [false, true, false],
    );
    const empty = readRevocationList(vector("empty.crl"), [root]);
    assert.equal(isRevoked(empty, mid), false);
    assert.throws(() => readRevocationList(vector("revoked.crl"), [mid]), {
      name: "CertificateError",
      message: "The X509 CRL is not signed by its authority.",
    });
    assert.throws(() => readRevocationList(vector("root.pem"), [root]), { message: "There is no X509 CRL in PEM." });
  });
});

describe("paths", () => {
  const root = authorityOf("root");
  const chainOf = (length: number, order: (at: number) => Order = () => ({})): Issued[] => {
    const chain: Issued[] = [];
    for (let at = 0; at < length; at++) {
      chain.push(authorityOf(`authority ${at}`, { issuer: chain[at - 1] ?? root, ...order(at) }));
    }
    return chain;
  };
  const found = (leaf: Issued, between: readonly Issued[], anchors: readonly Issued[] = [root], now = startOfTest) =>
    findPath(read(leaf), between.map(read), anchors.map(read), now)?.map((certificate) => certificate.subject);

  test("straight from the anchor, or through authorities sent in any order, of any kind of key", () => {
    assert.deepEqual(found(entityOf(root), []), ["CN=root"]);
    const kinds = ["rsa", "P-384", "P-521", "P-256", "rsa"] as const;
    const chain = chainOf(5, (at) => ({ key: kinds[at] ?? "P-256", hash: at % 2 === 0 ? "sha512" : "sha384" }));
    const last = chain.at(-1);
    assert.ok(last !== undefined);
    const leaf = entityOf(last, { key: "rsa" });
    const names = ["CN=root", ...[0, 1, 2, 3, 4].map((at) => `CN=authority ${at}`)];
    assert.deepEqual(found(leaf, chain), names);
    assert.deepEqual(found(leaf, chain.toReversed()), names);
    assert.equal(found(leaf, chain.slice(1)), undefined);
    assert.equal(found(leaf, chain.slice(0, -1)), undefined);
  });

  test("not from an authority of the same name with another key, nor from the entity itself", () => {
    assert.equal(found(entityOf(authorityOf("root")), []), undefined);
    const self = issueCertificate({ subject: [["CN", "root"]], extensions: entity });
    assert.equal(found(self, []), undefined);
    const other = authorityOf("authority 0", { issuer: authorityOf("root") });
    assert.equal(found(entityOf(other), [other]), undefined);
  });

  test("not through one that may not sign: no CA, no Certificate Sign, SHA-1, version 1, something not understood", () => {
    const cases: Order[] = [
      { extensions: [keyUsage(certSign)] },
      { extensions: [basicConstraints(false), keyUsage(certSign)] },
      { extensions: [basicConstraints(true), keyUsage(crlSign)] },
      { extensions: [basicConstraints(true)] },
      { extensions: [] },
      { extensions: [], version: 1 },
      { hash: "sha1" },
      { extensions: [...authority, extension("2.5.29.36", encodeElement(tag.sequence), true)] },
      { extensions: [...authority, extension("2.5.29.30", encodeElement(tag.sequence))] },
    ];
    for (const [at, order] of cases.entries()) {
      const between = authorityOf("between", { issuer: root, ...order });
      assert.equal(found(entityOf(between), [between]), undefined, `case ${at}`);
    }
    const good = authorityOf("between", { issuer: root });
    assert.deepEqual(found(entityOf(good), [good]), ["CN=root", "CN=between"]);
  });

  test("not outside anybody's time, both ends included", () => {
    for (const late of ["root", "between", "leaf"]) {
      const span = (name: string) => (name === late ? { notBefore: startOfTest - day, notAfter: startOfTest } : {});
      const anchor = authorityOf("anchor", span("root"));
      const between = authorityOf("between", { issuer: anchor, ...span("between") });
      const leaf = entityOf(between, span("leaf"));
      for (const [now, path] of [
        [startOfTest, ["CN=anchor", "CN=between"]],
        [startOfTest + 1, undefined],
        [startOfTest - day, ["CN=anchor", "CN=between"]],
        [startOfTest - day - 1, undefined],
      ] as const) {
        assert.deepEqual(found(leaf, [between], [anchor], now), path, `${late} at ${now - startOfTest}`);
      }
    }
  });

  test("not longer than an authority lets them be", () => {
    for (const [limit, length, passes] of [
      [0, 0, true],
      [0, 1, false],
      [1, 1, true],
      [1, 2, false],
    ] as const) {
      const anchor = authorityOf("anchor", { extensions: [basicConstraints(true, limit), keyUsage(certSign)] });
      const chain: Issued[] = [];
      for (let at = 0; at < length; at++) chain.push(authorityOf(`a${at}`, { issuer: chain[at - 1] ?? anchor }));
      const path = found(entityOf(chain.at(-1) ?? anchor), chain, [anchor]);
      assert.equal(path !== undefined, passes, `${limit}, ${length}`);
    }
    // One further down cannot let more through than one further up.
    const strict = authorityOf("strict", { issuer: root, extensions: [basicConstraints(true, 0), keyUsage(certSign)] });
    const lax = authorityOf("lax", { issuer: strict, extensions: [basicConstraints(true, 9), keyUsage(certSign)] });
    assert.equal(found(entityOf(lax), [strict, lax]), undefined);
    assert.deepEqual(found(entityOf(strict), [strict]), ["CN=root", "CN=strict"]);
  });

  test("end entities: what they must be and must not be", () => {
    const is = (order: Order) => isEndEntity(read(entityOf(root, order)));
    assert.equal(is({}), true);
    assert.equal(is({ extensions: [keyUsage(digitalSignature)] }), true, "no basic constraints");
    assert.equal(is({ extensions: [keyUsage(digitalSignature, 2)] }), true);
    assert.equal(is({ extensions: [basicConstraints(true), keyUsage(digitalSignature, certSign)] }), false);
    assert.equal(is({ extensions: [basicConstraints(false)] }), false, "no key usage");
    assert.equal(is({ extensions: [basicConstraints(false), keyUsage(2)] }), false);
    assert.equal(is({ extensions: [], version: 1 }), false);
    assert.equal(is({ hash: "sha1" }), false);
    const unknown = extension("1.2.3.4", encodeElement(tag.sequence), true);
    assert.equal(is({ extensions: [...entity, unknown] }), false);
    assert.equal(is({ extensions: [...entity, extension("1.2.3.4", encodeElement(tag.sequence))] }), true);
  });
});

describe("what is malformed is refused", () => {
  const refusal = (extensions: readonly Uint8Array[]) => {
    try {
      read(issueCertificate({ extensions }));
    } catch (error) {
      assert.ok(error instanceof Error && error.name === "CertificateError", String(error));
      return error.message;
    }
    return assert.fail("It was read.");
  };

  test("extensions", () => {
    const usage = keyUsage(digitalSignature);
    assert.equal(refusal([usage, usage]), "An extension comes twice.");
    assert.equal(refusal([extension("2.5.29.15", Buffer.of())]), "An extension is not one value.");
    const two = encodeElement(tag.sequence);
    assert.equal(refusal([extension("2.5.29.19", Buffer.concat([two, two]))]), "An extension is not one value.");
    assert.equal(refusal([extension("2.5.29.15", Buffer.of(3, 0))]), "The key usage is not one.");
    const negative = encodeElement(tag.sequence, Buffer.of(1, 1, 0xff), encodeElement(tag.integer, Buffer.of(0x80)));
    assert.equal(refusal([extension("2.5.29.19", negative)]), "The path length is not one.");
  });

  test("texts that are none are left out, the others read", () => {
    const text = (kind: number, hex: string) => encodeElement(kind, Buffer.from(hex, "hex"));
    for (const [value, expected] of [
      [text(0x0c, "c3a4"), "ä"],
      [text(0x13, "4142"), "AB"],
      [text(0x1e, "00e40042"), "äB"],
      [text(0x14, "e4"), "ä"],
      [text(0x0c, "ff"), undefined],
      [text(0x1e, "d800"), undefined],
      [text(tag.integer, "01"), undefined],
    ] as const) {
      const set = encodeElement(tag.set, encodeElement(tag.sequence, Buffer.from("0603550403", "hex"), value));
      const name = directoryName(encodeElement(tag.sequence, set));
      const { alternative } = read(issueCertificate({ extensions: [subjectAltName(name)] }));
      assert.deepEqual(
        alternative.directory?.attributes,
        expected === undefined ? [] : [{ type: "CN", value: expected }],
        Buffer.from(value).toString("hex"),
      );
    }
  });

  test("of several alternative names of a kind, the first counts", () => {
    const names = [dnsName("a.example"), uriName("urn:a"), dnsName("b.example"), uriName("urn:b")];
    const more = [directoryName(encodeName([["CN", "a"]])), directoryName(encodeName([["CN", "b"]]))];
    const { dns, uri, directory } = read(
      issueCertificate({ extensions: [subjectAltName(...names, ...more)] }),
    ).alternative;
    assert.deepEqual([dns, uri, directory?.attributes[0]?.value], ["a.example", "urn:a", "a"]);
  });
});

describe("revocation lists", () => {
  const root = authorityOf("root");
  const leaf = entityOf(root, { serialNumber: "00ab" });

  test("revoke what they name, of their own authority's, without regard to zeros in front", () => {
    const list = readRevocationList(revocationListOf(root, ["01", "00ab"]), [read(root)]);
    assert.equal(isRevoked(list, read(leaf)), true);
    assert.equal(isRevoked(list, read(entityOf(root, { serialNumber: "ac" }))), false);
    const other = authorityOf("other");
    assert.equal(isRevoked(list, read(entityOf(other, { serialNumber: "00ab" }))), false);
    assert.equal(isRevoked(readRevocationList(revocationListOf(root, []), [read(root)]), read(leaf)), false);
  });

  test("must be signed by the authority whose name they bear", () => {
    const message = "The X509 CRL is not signed by its authority.";
    const imposter = authorityOf("root");
    assert.throws(() => readRevocationList(revocationListOf(imposter, ["ab"]), [read(root)]), { message });
    assert.throws(() => readRevocationList(revocationListOf(root, ["ab"], encodeName([["CN", "x"]])), [read(root)]), {
      message,
    });
  });
});

test("uuidOf: the same for the same name, another for another", () => {
  const [a, again, b] = ["a", "a", "b"].map((name) => uuidOf(read(authorityOf(name)).subjectName));
  assert.match(a ?? "", /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(a, again);
  assert.notEqual(a, b);
});

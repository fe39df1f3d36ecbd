import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import {
  type Authorization,
  canonicalRequest,
  deriveSigningKey,
  parseAuthorization,
  presignRequest,
  SignatureError,
  type SignatureErrorKind,
  type SignedRequest,
  signRequest,
  stringToSign,
  verifySignature,
} from "./sigv4.ts";

// --- The published vectors ---

interface Expected {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly signature: string;
}

interface Vector {
  readonly name: string;
  readonly doesNotApply?: string;
  readonly context: {
    readonly credentials: {
      readonly access_key_id: string;
      readonly secret_access_key: string;
      readonly token?: string;
    };
    readonly expiration_in_seconds: number;
    readonly omit_session_token?: boolean;
    readonly region: string;
    readonly service: string;
    readonly sign_body: boolean;
    readonly timestamp: string;
  };
  readonly request: string;
  readonly header: Expected;
  readonly query: Expected;
}

const { vectors } = JSON.parse(readFileSync(new URL("../../test/vectors/sigv4.json", import.meta.url), "utf8")) as {
  vectors: Vector[];
}; // the file's shape is this project's own

/** A vector's request as an HTTP server hands it on: names in lower case, lines folded, repeated headers joined. */
function requestOf(text: string): SignedRequest {
  const [head = "", body = ""] = text.split("\n\n");
  const [requestLine = "", ...lines] = head.split("\n");
  const method = requestLine.slice(0, requestLine.indexOf(" "));
  const target = requestLine.slice(method.length + 1, -" HTTP/1.1".length);
  const [path = "", query = ""] = target.split("?");
  const headers = new Map<string, string>();
  let last = "";
  for (const line of lines.filter((each) => each !== "")) {
    if (line.startsWith(" ")) {
      headers.set(last, `${headers.get(last)}\n${line}`);
      continue;
    }
    const colon = line.indexOf(":");
    last = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1);
    headers.set(last, headers.has(last) ? `${headers.get(last)},${value}` : value);
  }
  return { method, path, query, headers, body: Buffer.from(body) };
}

function withHeader(request: SignedRequest, name: string, value: string): SignedRequest {
  return { ...request, headers: new Map(request.headers).set(name, value) };
}

function changed(signature: string): string {
  return (signature.startsWith("0") ? "1" : "0") + signature.slice(1);
}

describe("the signing test suite of awslabs/aws-c-auth", () => {
  for (const vector of vectors) {
    const { access_key_id: accessKeyId, secret_access_key: secret, token } = vector.context.credentials;
    const { region, service } = vector.context;
    const now = Date.parse(vector.context.timestamp);
    const key = deriveSigningKey(secret, "20150830", region, service);
    const base = requestOf(vector.request);
    const signedToken = vector.context.omit_session_token === true ? undefined : token;
    const credentials = {
      accessKeyId,
      secretAccessKey: secret,
      ...(signedToken !== undefined && { sessionToken: signedToken }),
    };

    if (vector.doesNotApply !== undefined) {
      test(`${vector.name} does not verify: ${vector.doesNotApply}`, () => {
        const signed = signRequest(base, credentials, { now, region, service });
        const authorization = parseAuthorization(signed, now, service);
        assert.notEqual(canonicalRequest(signed, authorization), vector.header.canonicalRequest);
        assert.equal(verifySignature(signed, { ...authorization, signature: vector.header.signature }, key), false);
      });
      continue;
    }

    test(`${vector.name}, in the header`, () => {
      const body = vector.header.canonicalRequest.slice(-64);
      const request = vector.context.sign_body ? withHeader(base, "x-amz-content-sha256", body) : base;
      let signed = signRequest(request, credentials, { now, region, service });
      // Added after signing, where the vector has it so.
      if (token !== undefined) signed = withHeader(signed, "x-amz-security-token", token);

      const authorization = parseAuthorization(signed, now, service);
      assert.equal(authorization.signature, vector.header.signature);
      assert.equal(authorization.sessionToken, token);
      const canonical = canonicalRequest(signed, authorization);
      assert.equal(canonical, vector.header.canonicalRequest);
      assert.equal(stringToSign(canonical, authorization), vector.header.stringToSign);
      assert.equal(verifySignature(signed, authorization, key), true);
      const other = { ...authorization, signature: changed(authorization.signature) };
      assert.equal(verifySignature(signed, other, key), false);
    });

    test(`${vector.name}, in the query`, () => {
      const expires = vector.context.expiration_in_seconds;
      let signed = presignRequest(base, credentials, { now, region, service, expires });
      if (token !== undefined && signedToken === undefined) signed = withHeader(signed, "x-amz-security-token", token);

      const authorization = parseAuthorization(signed, now, service);
      assert.equal(authorization.signature, vector.query.signature);
      assert.equal(authorization.sessionToken, token);
      assert.equal(authorization.expires, expires);
      const canonical = canonicalRequest(signed, authorization);
      assert.equal(canonical, vector.query.canonicalRequest);
      assert.equal(stringToSign(canonical, authorization), vector.query.stringToSign);
      assert.equal(verifySignature(signed, authorization, key), true);
      const other = { ...authorization, signature: changed(authorization.signature) };
      assert.equal(verifySignature(signed, other, key), false);
    });
  }

  test("is complete", () => {
    assert.equal(vectors.length, 38);
    assert.equal(vectors.filter((vector) => vector.doesNotApply !== undefined).length, 6);
  });
});

// --- Verification ---

const now = Date.UTC(2026, 5, 15, 12, 0, 0);
const credentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
const scope = { now, region: "us-east-1", service: "iam" };
const iamKey = deriveSigningKey(credentials.secretAccessKey, "20260615", "us-east-1", "iam");

const post: SignedRequest = {
  method: "POST",
  path: "/",
  query: "",
  headers: new Map([
    ["content-type", "application/x-www-form-urlencoded; charset=utf-8"],
    ["host", "iam.example.com"],
  ]),
  body: Buffer.from("Action=GetUser&Version=2010-05-08"),
};
const get: SignedRequest = {
  method: "GET",
  path: "/",
  query: "Action=GetUser&Version=2010-05-08",
  headers: new Map([["host", "iam.example.com"]]),
  body: new Uint8Array(),
};

function verifies(request: SignedRequest, service = "iam", key = iamKey): boolean {
  return verifySignature(request, parseAuthorization(request, now, service), key);
}

test("a signing key makes the HMAC of RFC 2104", () => {
  const [secret, ...scopes] = ["AWS4secret", "20260615", "eu-west-1", "iam", "aws4_request"];
  const bytes = scopes.reduce((key, part) => createHmac("sha256", key).update(part).digest(), Buffer.from(secret));
  const key = deriveSigningKey("secret", "20260615", "eu-west-1", "iam");
  for (const text of ["", "a", "AWS4-HMAC-SHA256\n".repeat(40)]) {
    assert.equal(key.sign(text), createHmac("sha256", bytes).update(text).digest("hex"));
  }
});

describe("verifySignature", () => {
  test("accepts what signRequest signed, under any region's name", () => {
    for (const region of ["us-east-1", "eu-central-1", "local", "my_dc.1"]) {
      const signed = signRequest(post, credentials, { ...scope, region });
      const authorization = parseAuthorization(signed, now, "iam");
      assert.equal(authorization.region, region);
      const key = deriveSigningKey(credentials.secretAccessKey, "20260615", region, "iam");
      assert.equal(verifySignature(signed, authorization, key), true);
    }
  });

  test("covers method, path, query, signed headers, body and time", () => {
    const signed = signRequest(post, credentials, scope);
    assert.equal(verifies(signed), true);
    assert.equal(verifies({ ...signed, method: "PUT" }), false);
    assert.equal(verifies({ ...signed, path: "/other" }), false);
    assert.equal(verifies({ ...signed, query: "Action=DeleteUser" }), false);
    assert.equal(verifies({ ...signed, body: Buffer.from("Action=DeleteUser&Version=2010-05-08") }), false);
    assert.equal(verifies({ ...signed, body: new Uint8Array() }), false);
    assert.equal(verifies(withHeader(signed, "host", "sts.example.com")), false);
    assert.equal(verifies(withHeader(signed, "x-amz-date", "20260615T120001Z")), false);
    assert.equal(verifies(withHeader(signed, "user-agent", "not signed")), true);
  });

  test("does not accept another secret, day, region or service", () => {
    const signed = signRequest(post, credentials, scope);
    const others: [secret: string, date: string, region: string, service: string][] = [
      ["other", "20260615", "us-east-1", "iam"],
      [credentials.secretAccessKey, "20260614", "us-east-1", "iam"],
      [credentials.secretAccessKey, "20260615", "us-west-1", "iam"],
      [credentials.secretAccessKey, "20260615", "us-east-1", "sts"],
    ];
    for (const parts of others) {
      assert.equal(verifies(signed, "iam", deriveSigningKey(...parts)), false);
    }
  });

  test("does not accept a signature in another form than 64 lower-case digits", () => {
    const signed = signRequest(post, credentials, scope);
    const authorization = parseAuthorization(signed, now, "iam");
    const { signature } = authorization;
    for (const other of [
      "",
      signature.slice(1),
      `${signature}0`,
      signature.toUpperCase(),
      ` ${signature}`,
      "z".repeat(64),
    ]) {
      assert.equal(verifySignature(signed, { ...authorization, signature: other }, iamKey), false, other);
    }
  });

  test("takes the body's hash from the body, whatever X-Amz-Content-Sha256 says", () => {
    const hash = canonicalRequest(post, { signedHeaders: [], presigned: false }).slice(-64);
    assert.equal(verifies(signRequest(withHeader(post, "x-amz-content-sha256", hash), credentials, scope)), true);

    // What a client sends that leaves its payload unsigned, as S3 would take it.
    const unsigned = signRequest(withHeader(post, "x-amz-content-sha256", "UNSIGNED-PAYLOAD"), credentials, scope);
    const authorization = parseAuthorization(unsigned, now, "iam");
    const canonical = canonicalRequest(unsigned, authorization);
    assert.equal(canonical.slice(-64), hash);
    const text = stringToSign(`${canonical.slice(0, -64)}UNSIGNED-PAYLOAD`, authorization);
    const signature = iamKey.sign(text);
    assert.equal(verifySignature(unsigned, { ...authorization, signature }, iamKey), false);
  });

  test("a signed header that did not arrive breaks the signature", () => {
    const signed = signRequest(withHeader(post, "x-amz-target", "Service.Operation"), credentials, scope);
    const headers = new Map(signed.headers);
    headers.delete("x-amz-target");
    assert.equal(verifies({ ...signed, headers }), false);
  });

  test("blanks around and within header values do not matter", () => {
    const signed = signRequest(withHeader(post, "my-header", "a b c"), credentials, scope);
    assert.equal(verifies(withHeader(signed, "my-header", "  a   b\t c ")), true);
    assert.equal(verifies(withHeader(signed, "my-header", "ab c")), false);
  });

  test("header values count byte by byte", () => {
    // "é" as UTF-8, one character per byte as node:http reads it; the hash was made with Python's hashlib.
    const request = withHeader(get, "my-header", "\u00c3\u00a9");
    const canonical = canonicalRequest(request, { signedHeaders: ["host", "my-header"], presigned: false });
    const text = stringToSign(canonical, parseAuthorization(signRequest(get, credentials, scope), now, "iam"));
    assert.equal(text.slice(-64), "7c741d70d141e1995ba6f16821d4dde3e2d83995cebaff08621bce721aeb2a07");
  });

  test(":authority stands for the host", () => {
    const authority = canonicalRequest(get, { signedHeaders: [":authority"], presigned: false });
    assert.match(authority, /\n:authority:iam\.example\.com\n\n:authority\n/);
  });
});

describe("canonical requests", () => {
  const options = { signedHeaders: ["host"], presigned: false };
  const pathOf = (path: string) => canonicalRequest({ ...get, path }, options).split("\n")[1];
  const queryOf = (query: string) => canonicalRequest({ ...get, query }, options).split("\n")[2];

  test("paths lose their dots and are encoded a second time", () => {
    assert.equal(pathOf(""), "/");
    assert.equal(pathOf("/a%20b/c"), "/a%2520b/c");
    assert.equal(pathOf("/a/./b/../c//d/"), "/a/c/d/");
    assert.equal(pathOf("/../../a"), "/a");
    assert.equal(pathOf("/.."), "/");
    assert.equal(pathOf("/a:b@c"), "/a%3Ab%40c");
  });

  test("queries are sorted by name, then value, in one spelling", () => {
    assert.equal(queryOf("b=2&a=2&a=1&A=0"), "A=0&a=1&a=2&b=2");
    assert.equal(queryOf("a-=1&a=1"), "a=1&a-=1");
    assert.equal(queryOf("a=b+c&d=%7e%2f%c3%a9"), "a=b%20c&d=~%2F%C3%A9");
    assert.equal(queryOf("&a&=b&&"), "=b&a=");
    assert.equal(queryOf("a=b=c"), "a=b%3Dc");
    assert.equal(queryOf("X-Amz-Signature=1"), "X-Amz-Signature=1");
  });

  test("an escaped plus sign is not a blank", () => {
    const signed = signRequest({ ...get, query: "a=b%2Bc" }, credentials, scope);
    assert.equal(verifies(signed), true);
    assert.equal(verifies({ ...signed, query: "a=b+c" }), false);
    assert.equal(verifies({ ...signed, query: "a=b%2bc" }), true);
  });
});

describe("presigned requests", () => {
  test("verify, with whatever was in the query before", () => {
    const signed = presignRequest(get, credentials, { ...scope, expires: 60 });
    const authorization = parseAuthorization(signed, now, "iam");
    assert.deepEqual(authorization, {
      algorithm: "AWS4-HMAC-SHA256",
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      date: "20260615",
      region: "us-east-1",
      service: "iam",
      timestamp: "20260615T120000Z",
      signedHeaders: ["host"],
      signature: authorization.signature,
      presigned: true,
      expires: 60,
    } satisfies Authorization);
    assert.equal(verifies(signed), true);
    assert.equal(verifies({ ...signed, query: signed.query.replace("GetUser", "DeleteUser") }), false);
    assert.equal(verifies({ ...signed, query: signed.query.replace("Expires=60", "Expires=61") }), false);
    assert.equal(verifies({ ...signed, query: `${signed.query}&UserName=ann` }), false);
    assert.equal(verifies({ ...signed, body: Buffer.from("a=b") }), false);
  });

  test("carry a session token in the query or in a header", () => {
    const temporary = { ...credentials, sessionToken: "IQoJ+/a==" };
    const inQuery = presignRequest(get, temporary, { ...scope, expires: 900 });
    assert.equal(parseAuthorization(inQuery, now, "iam").sessionToken, "IQoJ+/a==");
    assert.equal(verifies(inQuery), true);

    const signedHeader = presignRequest(withHeader(get, "x-amz-security-token", "IQoJ+/a=="), credentials, {
      ...scope,
      expires: 900,
    });
    assert.equal(parseAuthorization(signedHeader, now, "iam").sessionToken, "IQoJ+/a==");
    assert.equal(verifies(signedHeader), true);
    assert.equal(verifies(withHeader(signedHeader, "x-amz-security-token", "other")), false);
  });

  test("hold for fifteen minutes, whatever X-Amz-Expires says", () => {
    for (const expires of [0, 60, 604_800]) {
      const signed = presignRequest(get, credentials, { ...scope, expires });
      assert.equal(parseAuthorization(signed, now + 900_000, "iam").expires, expires);
      assert.deepEqual(refusalOf(signed, "iam", now + 901_000), [
        "SignatureDoesNotMatch",
        "Signature expired: 20260615T120000Z is now earlier than 20260615T120001Z (20260615T121501Z - 15 min.)",
      ]);
    }
  });

  test("need no X-Amz-Expires", () => {
    const signed = presignRequest(get, credentials, { ...scope, expires: 60 });
    const authorization = parseAuthorization(
      { ...signed, query: signed.query.replace("&X-Amz-Expires=60", "") },
      now,
      "iam",
    );
    assert.equal("expires" in authorization, false);
  });
});

// --- Refusals, in AWS's order ---

/** Kind and message of the refusal; the assertion fails where there is none. */
function refusalOf(request: SignedRequest, service = "iam", at = now): [SignatureErrorKind, string] {
  try {
    parseAuthorization(request, at, service);
  } catch (error) {
    assert.ok(error instanceof SignatureError);
    return [error.kind, error.message];
  }
  return assert.fail("The request was not refused.");
}

const good = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260615/us-east-1/iam/aws4_request, SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}`;
const dated = withHeader(post, "x-amz-date", "20260615T120000Z");
const authorized = (authorization: string, request = dated) => withHeader(request, "authorization", authorization);
const presigned = (query: string) => ({ ...get, query });
const goodQuery = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260615%2Fus-east-1%2Fiam%2Faws4_request&X-Amz-Date=20260615T120000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=${"0".repeat(64)}`;

describe("parseAuthorization", () => {
  test("reads a header in any spacing; of a repeated part the last counts", () => {
    for (const header of [
      good,
      `  ${good.replaceAll(", ", ",")} `,
      good.replaceAll(", ", " ,   "),
      good.replace("Credential", "Signature=1, Other=2, Credential"),
    ]) {
      assert.deepEqual(parseAuthorization(authorized(header), now, "iam"), {
        algorithm: "AWS4-HMAC-SHA256",
        accessKeyId: "AKIAIOSFODNN7EXAMPLE",
        date: "20260615",
        region: "us-east-1",
        service: "iam",
        timestamp: "20260615T120000Z",
        signedHeaders: ["host", "x-amz-date"],
        signature: "0".repeat(64),
        presigned: false,
      } satisfies Authorization);
    }
  });

  test("reads a query; of a repeated parameter the first counts", () => {
    const authorization = parseAuthorization(presigned(`${goodQuery}&X-Amz-Signature=1&X%2dAmz%2dDate=2`), now, "iam");
    assert.equal(authorization.signature, "0".repeat(64));
    assert.equal(authorization.timestamp, "20260615T120000Z");
    assert.equal(parseAuthorization(presigned(goodQuery.replaceAll("-", "%2D")), now, "iam").signedHeaders[0], "host");
  });

  test("4: broken escapes in the query, before anything else", () => {
    for (const query of ["a=%", "a=%4", "%a", "a=%4&b=c"]) {
      assert.deepEqual(refusalOf(presigned(query)), ["MalformedQueryString", "Incomplete trailing escape % sequence"]);
    }
    for (const [query, sequence] of [
      ["a=%zz", "%zz"],
      ["%4g=b", "%4g"],
      ["a=%+1b", "%+1"],
    ]) {
      assert.deepEqual(refusalOf(authorized(good, { ...dated, query: query ?? "" })), [
        "MalformedQueryString",
        `Illegal hex character in escape % pattern: ${sequence}`,
      ]);
    }
  });

  test("5: both forms, or neither", () => {
    assert.deepEqual(refusalOf(authorized(good, { ...dated, query: goodQuery })), ["SignatureDoesNotMatch", ""]);
    const missing = ["MissingAuthenticationToken", "Request is missing Authentication Token"];
    assert.deepEqual(refusalOf(post), missing);
    assert.deepEqual(refusalOf(get), missing);
    assert.deepEqual(refusalOf(presigned(goodQuery.replace("X-Amz-Algorithm", "Other"))), missing);
    assert.deepEqual(refusalOf(presigned(goodQuery.replace("SHA256", "SHA1"))), missing);
  });

  test("6a: an algorithm that is none of these", () => {
    for (const [header, algorithm] of [
      [good.replace("SHA256", "SHA1"), "AWS4-HMAC-SHA1"],
      ["Bearer abc", "Bearer"],
      ["AWS4-X509-MLDSA Credential=1/20260615/us-east-1/iam/aws4_request", "AWS4-X509-MLDSA"],
      ["", ""],
    ]) {
      assert.deepEqual(refusalOf(authorized(header ?? "")), [
        "IncompleteSignature",
        `Unsupported AWS 'algorithm': '${algorithm}'.`,
      ]);
    }
  });

  test("6b: a part without an equal sign", () => {
    assert.deepEqual(refusalOf(authorized("AWS4-HMAC-SHA256 Credential=a, SignedHeaders")), [
      "IncompleteSignature",
      "'SignedHeaders' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Credential=a, SignedHeaders'.",
    ]);
  });

  test("6d: each missing part has its sentence", () => {
    const credential = "Authorization header requires 'Credential' parameter.";
    const signature = "Authorization header requires 'Signature' parameter.";
    const signedHeaders = "Authorization header requires 'SignedHeaders' parameter.";
    const date = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
    const end = "Authorization=AWS4-HMAC-SHA256";
    for (const [request, sentences] of [
      [authorized("AWS4-HMAC-SHA256", post), [credential, signature, signedHeaders, date, end]],
      [authorized(good, post), [date, end]],
      [authorized("AWS4-HMAC-SHA256 Credential=a,"), [signature, signedHeaders, end]],
      [authorized("AWS4-HMAC-SHA256 Signature=a, SignedHeaders=b, credential=c"), [credential, end]],
    ] as const) {
      assert.deepEqual(refusalOf(request), ["IncompleteSignature", sentences.join(" ")]);
    }
  });

  test("7: each missing parameter has its sentence", () => {
    assert.deepEqual(refusalOf(presigned("X-Amz-Algorithm=AWS4-HMAC-SHA256")), [
      "IncompleteSignature",
      "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.",
    ]);
    // A date in a header does not count.
    assert.deepEqual(
      refusalOf(withHeader(presigned(goodQuery.replace("X-Amz-Date", "Other")), "x-amz-date", "20260615T120000Z")),
      [
        "IncompleteSignature",
        "AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.",
      ],
    );
  });

  test("X-Amz-Expires is a number from 0 to a week", () => {
    const tooLong =
      "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds";
    for (const [expires, message] of [
      ["", "X-Amz-Expires should be a number"],
      ["1.5", "X-Amz-Expires should be a number"],
      ["1e3", "X-Amz-Expires should be a number"],
      ["9".repeat(400), "X-Amz-Expires should be a number"],
      ["-1", "X-Amz-Expires must be non-negative"],
      ["604801", tooLong],
    ]) {
      assert.deepEqual(refusalOf(presigned(`${goodQuery}&X-Amz-Expires=${expires}`)), ["IncompleteSignature", message]);
    }
  });

  test("8: the host has to be signed", () => {
    const message = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
    assert.deepEqual(refusalOf(authorized(good.replace("host;", ""))), ["SignatureDoesNotMatch", message]);
    assert.deepEqual(refusalOf(presigned(goodQuery.replace("=host", "="))), ["SignatureDoesNotMatch", message]);
    const authorization = parseAuthorization(authorized(good.replace("host;", ":authority;")), now, "iam");
    assert.deepEqual(authorization.signedHeaders, [":authority", "x-amz-date"]);
  });

  test("9: a date of the calendar in basic format; in a header in extended format, too", () => {
    for (const date of [
      "",
      "now",
      "Mon, 15 Jun 2026 12:00:00 GMT",
      "20260615T120000",
      "20260615T120000+0000",
      "2026-06-15T12:00:00.000Z",
      "20260631T120000Z",
      "20260229T120000Z",
      "20261315T120000Z",
      "20260600T120000Z",
      "00260615T120000Z",
      "20260615T240000Z",
      "20260615T126000Z",
      "20260615T120060Z",
    ]) {
      const message = `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`;
      assert.deepEqual(refusalOf(authorized(good, withHeader(post, "x-amz-date", date))), [
        "IncompleteSignature",
        message,
      ]);
    }
    const extended = "2026-06-15T12:00:00Z";
    const inHeader = parseAuthorization(authorized(good, withHeader(post, "x-amz-date", extended)), now, "iam");
    assert.equal(inHeader.timestamp, "20260615T120000Z");
    assert.deepEqual(refusalOf(presigned(goodQuery.replace("20260615T120000Z", extended))), [
      "IncompleteSignature",
      `Date must be in ISO-8601 'basic format'. Got '${extended}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    ]);
  });

  test("9: the Date header stands in for X-Amz-Date, and gives way to it", () => {
    const old = withHeader(post, "date", "20200101T000000Z");
    assert.equal(refusalOf(authorized(good, old))[0], "SignatureDoesNotMatch");
    const both = withHeader(old, "x-amz-date", "20260615T120000Z");
    assert.equal(parseAuthorization(authorized(good, both), now, "iam").timestamp, "20260615T120000Z");
    const alone = withHeader(post, "date", "20260615T120000Z");
    assert.equal(parseAuthorization(authorized(good, alone), now, "iam").timestamp, "20260615T120000Z");
  });

  test("10, 11: fifteen minutes either way, to the second", () => {
    assert.equal(parseAuthorization(authorized(good), now + 900_999, "iam").timestamp, "20260615T120000Z");
    assert.equal(parseAuthorization(authorized(good), now - 900_000, "iam").timestamp, "20260615T120000Z");
    assert.deepEqual(refusalOf(authorized(good), "iam", now + 901_000), [
      "SignatureDoesNotMatch",
      "Signature expired: 20260615T120000Z is now earlier than 20260615T120001Z (20260615T121501Z - 15 min.)",
    ]);
    assert.deepEqual(refusalOf(authorized(good), "iam", now - 901_000), [
      "SignatureDoesNotMatch",
      "Signature not yet current: 20260615T120000Z is still later than 20260615T115959Z (20260615T114459Z + 15 min.)",
    ]);
  });

  test("12: five elements in the credential", () => {
    for (const credential of [
      "",
      "AKIA",
      "AKIA/20260615/us-east-1/iam",
      "AKIA/20260615/us-east-1/iam/aws4_request/x",
    ]) {
      const header = good.replace(/Credential=[^,]*/, `Credential=${credential}`);
      assert.deepEqual(refusalOf(authorized(header)), [
        "IncompleteSignature",
        `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
      ]);
    }
  });

  test("13: the scope's faults, joined by blanks", () => {
    const service = "Credential should be scoped to correct service: 'iam'.";
    const term = "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws3_request'.";
    const date =
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260614' != '20260615', from '20260615T120000Z'.";
    for (const [scopeText, sentences] of [
      ["20260615/us-east-1/sts/aws4_request", [service]],
      ["20260615/us-east-1/iam/aws3_request", [term]],
      ["20260614/us-east-1/iam/aws4_request", [date]],
      ["20260614/us-east-1/sts/aws3_request", [service, term, date]],
      ["20260615//iam/aws4_request", ["Credential should be scoped to a valid region, not ''."]],
      ["20260615/us east/iam/aws4_request", ["Credential should be scoped to a valid region, not 'us east'."]],
    ] as const) {
      const header = good.replace("20260615/us-east-1/iam/aws4_request", scopeText);
      assert.deepEqual(refusalOf(authorized(header)), ["SignatureDoesNotMatch", sentences.join(" ")]);
    }
  });

  test("the order holds where several things are wrong", () => {
    const everything = withHeader(post, "x-amz-date", "then");
    const kinds = [
      refusalOf(authorized("AWS4-HMAC-SHA256 x, Credential=a", everything)),
      refusalOf(authorized("AWS4-HMAC-SHA256 Credential=a", everything)),
      refusalOf(authorized("AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b, Signature=c", everything)),
      refusalOf(authorized("AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=c", everything)),
      refusalOf(authorized("AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=c"), "iam", now + 3_600_000),
      refusalOf(authorized("AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=c")),
    ].map(([, message]) => message.split(" ", 2).join(" "));
    assert.deepEqual(kinds, [
      "'x' not",
      "Authorization header",
      "'Host' or",
      "Date must",
      "Signature expired:",
      "Credential must",
    ]);
  });

  test("collects no stack for a refusal, and leaves the limit as it was", () => {
    const limit = Error.stackTraceLimit;
    try {
      parseAuthorization(post, now, "iam");
      assert.fail("The request was not refused.");
    } catch (error) {
      assert.ok(error instanceof SignatureError);
      assert.equal(error.stack?.includes("\n"), false);
    }
    assert.equal(Error.stackTraceLimit, limit);
  });
});

// --- The other side ---

test("what the AWS SDK signs verifies, with and without a session token", async () => {
  for (const sessionToken of [undefined, "IQoJb3JpZ2luX2VjEXAMPLE+/=="]) {
    const sent: SignedRequest[] = [];
    const client = new STSClient({
      region: "eu-central-1",
      endpoint: "https://sts.example.com",
      credentials: { ...credentials, ...(sessionToken !== undefined && { sessionToken }) },
      maxAttempts: 1,
      requestHandler: {
        handle: (request: { method: string; path: string; headers: Record<string, string>; body: string }) => {
          sent.push({
            method: request.method,
            path: request.path,
            query: "",
            headers: new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
            body: Buffer.from(request.body),
          });
          return Promise.reject(new Error("seen"));
        },
      },
    });
    await assert.rejects(client.send(new GetCallerIdentityCommand({})), /seen/);
    const [request] = sent;
    assert.ok(request);
    // The SDK's clock is the machine's: the request's own date is the time of this test.
    const date = request.headers.get("x-amz-date") ?? "";
    const at = Date.parse(date.replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5"));
    const authorization = parseAuthorization(request, at, "sts");
    assert.equal(authorization.region, "eu-central-1");
    assert.equal(authorization.sessionToken, sessionToken);
    const key = deriveSigningKey(credentials.secretAccessKey, authorization.date, "eu-central-1", "sts");
    assert.equal(verifySignature(request, authorization, key), true);
    assert.equal(verifySignature({ ...request, body: Buffer.from("Action=Other") }, authorization, key), false);
  }
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  GetUserCommand,
  ListUsersCommand,
  UpdateAccessKeyCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import {
  type Credentials,
  type Harness,
  harness,
  refused,
  startOfTest,
  testAccount,
  userWithKey,
} from "../../test/harness.ts";
import {
  asGet,
  callerOf,
  jsonError,
  jsonRequest,
  presign,
  queryRequest,
  sign,
  type WireError,
  withHeader,
  xmlError,
} from "../../test/requests.ts";
import type { SignedRequest } from "../crypto/sigv4.ts";
import { sealSessionToken } from "./session-token.ts";

const identity = queryRequest("sts", "GetCallerIdentity");
const rootArn = `arn:aws:iam::${testAccount}:root`;
const minute = 60_000;

/** The same credentials' refusal in both protocols: IAM and STS speak one, the user pools the other. */
async function refusals(
  h: Harness,
  spoil: (request: SignedRequest) => SignedRequest,
): Promise<{ query: WireError; json: WireError }> {
  return {
    query: xmlError(await h.send(spoil(identity)), "https://sts.amazonaws.com/doc/2011-06-15/"),
    json: jsonError(await h.send(spoil(jsonRequest("ListUserPools", { MaxResults: 1 })))),
  };
}

suite("authenticate: what is refused, in AWS's order and words", async () => {
  const h = await harness();
  const { root } = h;
  /** What a signature is worth from which one thing is missing, or in which it is wrong. */
  const authorization = (request: SignedRequest, change: (header: string) => string | undefined) =>
    withHeader(request, "authorization", change(request.headers.get("authorization") ?? ""));

  interface Case {
    readonly title: string;
    readonly spoil: (request: SignedRequest) => SignedRequest;
    readonly query: Pick<WireError, "code" | "message"> & { readonly status?: number };
    readonly json: Pick<WireError, "code"> & { readonly message?: string };
  }

  const incomplete = (message: string) => ({
    query: { code: "IncompleteSignature", message },
    json: { code: "IncompleteSignatureException" },
  });
  const mismatch = (message: string | undefined) => ({
    query: { code: "SignatureDoesNotMatch", message },
    json: { code: "InvalidSignatureException" },
  });
  const wrongSignature = mismatch(
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
  );
  const unknown = {
    query: { code: "InvalidClientTokenId", message: "The security token included in the request is invalid." },
    json: { code: "UnrecognizedClientException" },
  };
  const stranger: Credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "any" };

  const cases: Case[] = [
    {
      title: "an escape in the query that is cut short",
      spoil: (request) => ({ ...sign(request, root), query: "a=%4" }),
      query: { code: "MalformedQueryString", message: "Incomplete trailing escape % sequence", status: 400 },
      json: { code: "SerializationException" },
    },
    {
      title: "an escape in the query that is none",
      spoil: (request) => ({ ...sign(request, root), query: "a=%zz" }),
      query: { code: "MalformedQueryString", message: "Illegal hex character in escape % pattern: %zz", status: 400 },
      json: { code: "SerializationException" },
    },
    {
      title: "a signature in the header and another in the query",
      spoil: (request) => {
        const query = presign(request, root).query;
        return { ...sign(request, root), query };
      },
      ...mismatch(undefined),
    },
    {
      title: "no signature at all",
      spoil: (request) => request,
      query: { code: "MissingAuthenticationToken", message: "Request is missing Authentication Token" },
      json: { code: "MissingAuthenticationTokenException", message: "Missing Authentication Token" },
    },
    {
      title: "another algorithm",
      spoil: (request) => authorization(sign(request, root), (header) => header.replace("SHA256", "MD5")),
      ...incomplete("Unsupported AWS 'algorithm': 'AWS4-HMAC-MD5'."),
    },
    {
      title: "a part without an equal sign",
      spoil: (request) => withHeader(request, "authorization", "AWS4-HMAC-SHA256 Credential"),
      ...incomplete(
        "'Credential' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Credential'.",
      ),
    },
    {
      title: "nothing but the algorithm",
      spoil: (request) => withHeader(request, "authorization", "AWS4-HMAC-SHA256"),
      ...incomplete(
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256",
      ),
    },
    {
      title: "no date",
      spoil: (request) => withHeader(sign(request, root), "x-amz-date", undefined),
      ...incomplete(
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256",
      ),
    },
    {
      title: "a query that lacks parts",
      spoil: (request) => ({ ...request, query: "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=00" }),
      ...incomplete(
        "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.",
      ),
    },
    {
      title: "a host that is not signed",
      spoil: (request) => authorization(sign(request, root), (header) => header.replace(";host;", ";")),
      ...mismatch("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."),
    },
    {
      title: "a date of another form",
      spoil: (request) => withHeader(sign(request, root), "x-amz-date", "Mon, 15 Jun 2026 12:00:00 GMT"),
      ...incomplete(
        "Date must be in ISO-8601 'basic format'. Got 'Mon, 15 Jun 2026 12:00:00 GMT'. See http://en.wikipedia.org/wiki/ISO_8601",
      ),
    },
    {
      title: "a signature from more than a quarter of an hour ago",
      spoil: (request) => sign(request, root, { now: startOfTest - 15 * minute - 1000 }),
      ...mismatch(
        "Signature expired: 20260615T114459Z is now earlier than 20260615T114500Z (20260615T120000Z - 15 min.)",
      ),
    },
    {
      title: "a signature from more than a quarter of an hour ahead",
      spoil: (request) => sign(request, root, { now: startOfTest + 15 * minute + 1000 }),
      ...mismatch(
        "Signature not yet current: 20260615T121501Z is still later than 20260615T121500Z (20260615T120000Z + 15 min.)",
      ),
    },
    {
      title: "a credential with parts missing",
      spoil: (request) =>
        authorization(sign(request, root), (header) => header.replace(/Credential=[^,]*/, "Credential=AKIA/20260615")),
      ...incomplete(
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKIA/20260615'",
      ),
    },
    {
      title: "a credential for something else in every part",
      spoil: (request) =>
        authorization(sign(request, root), (header) =>
          header.replace(/Credential=[^,]*/, `Credential=${root.accessKeyId}/20260614/us east/s3/aws2_request`),
        ),
      query: {
        code: "SignatureDoesNotMatch",
        message:
          "Credential should be scoped to a valid region, not 'us east'. Credential should be scoped to correct service: 'sts'. Credential should be scoped with a valid terminator: 'aws4_request', not 'aws2_request'. Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260614' != '20260615', from '20260615T120000Z'.",
      },
      json: {
        code: "InvalidSignatureException",
        message:
          "Credential should be scoped to a valid region, not 'us east'. Credential should be scoped to correct service: 'cognito-idp'. Credential should be scoped with a valid terminator: 'aws4_request', not 'aws2_request'. Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260614' != '20260615', from '20260615T120000Z'.",
      },
    },
    {
      title: "a session token that is none",
      spoil: (request) => sign(request, { ...root, sessionToken: "no token" }),
      query: { code: "InvalidClientTokenId", message: "The security token included in the request is invalid" },
      json: {
        code: "UnrecognizedClientException",
        message: "The security token included in the request is invalid.",
      },
    },
    { title: "an unknown key", spoil: (request) => sign(request, stranger), ...unknown },
    {
      title: "a key without an id",
      spoil: (request) => sign(request, { accessKeyId: "", secretAccessKey: "" }),
      ...unknown,
    },
    {
      title: "another secret",
      spoil: (request) => sign(request, { ...root, secretAccessKey: "wrong" }),
      ...wrongSignature,
    },
    {
      title: "a body other than what was signed",
      spoil: (request) => ({ ...sign(request, root), body: Buffer.concat([request.body, Buffer.from("&a=b")]) }),
      ...wrongSignature,
    },
    {
      title: "a signature of no use",
      spoil: (request) => authorization(sign(request, root), (header) => header.replace(/Signature=.*/, "Signature=")),
      ...wrongSignature,
    },
  ];

  for (const { title, spoil, query, json } of cases) {
    test(title, async () => {
      const found = await refusals(h, spoil);
      assert.deepEqual(found.query, { status: 403, ...query });
      assert.deepEqual(found.json, { status: 400, message: query.message, ...json });
    });
  }

  test("an earlier fault hides a later one", async () => {
    const late = { now: startOfTest - 60 * minute };
    for (const [request, code, message] of [
      // An unknown key that signed for another service, an hour ago, without the host: 8, then 10, then 13, then 14.
      [
        authorization(sign(identity, stranger, { ...late, service: "s3" }), (header) => header.replace(";host;", ";")),
        "SignatureDoesNotMatch",
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
      ],
      [
        sign(identity, stranger, { ...late, service: "s3" }),
        "SignatureDoesNotMatch",
        "Signature expired: 20260615T110000Z is now earlier than 20260615T114500Z (20260615T120000Z - 15 min.)",
      ],
      [
        sign(identity, stranger, { service: "s3" }),
        "SignatureDoesNotMatch",
        "Credential should be scoped to correct service: 'sts'.",
      ],
      [
        sign({ ...identity, body: Buffer.from("Action=GetUser&Version=2010-05-08") }, stranger),
        "InvalidClientTokenId",
        "The security token included in the request is invalid.",
      ],
    ] as const) {
      assert.deepEqual(xmlError(await h.send(request)), { status: 403, code, message });
    }
  });

  test("a signature is checked before what it covers is read", async () => {
    const malformed = queryRequest("iam", "GetUser", { UserName: "with blank", "Tags.member.x": "1" });
    const wrong = sign(malformed, { ...root, secretAccessKey: "wrong" });
    assert.equal(xmlError(await h.send(wrong)).code, "SignatureDoesNotMatch");
    const notJson = { ...jsonRequest("ListUserPools"), body: Buffer.from("{") };
    assert.equal(jsonError(await h.send(sign(notJson, stranger))).code, "UnrecognizedClientException");
  });

  test("within the quarter of an hour either way, a signature is good", async () => {
    for (const shift of [-15 * minute, 15 * minute]) {
      assert.equal(await callerOf(h, sign(identity, root, { now: startOfTest + shift })), rootArn);
    }
  });

  test("the time of a signature is held against the machine's clock, however far the other is moved", async () => {
    h.clock.set(startOfTest + 365 * 24 * 60 * minute);
    assert.equal(await callerOf(h, sign(identity, root)), rootArn);
    h.clock.set(startOfTest);
  });

  test("any region will do, and chooses the partition", async () => {
    for (const [region, partition] of [
      ["eu-central-1", "aws"],
      ["local", "aws"],
      ["cn-north-1", "aws-cn"],
      ["us-gov-west-1", "aws-us-gov"],
    ] as const) {
      assert.equal(await callerOf(h, sign(identity, root, { region })), `arn:${partition}:iam::${testAccount}:root`);
    }
  });

  test("a date header will do in the place of X-Amz-Date", async () => {
    const dated = sign(withHeader(identity, "date", "20260615T120000Z"), root);
    const header = dated.headers.get("authorization") ?? "";
    assert.match(header, /SignedHeaders=content-type;date;host;x-amz-date,/);
    assert.equal(await callerOf(h, dated), rootArn);
  });
});

suite("authenticate: presigned requests", async () => {
  const h = await harness();
  const { root } = h;
  const get = asGet(identity);

  test("a URL signed by root or by a user says who signed", async () => {
    const ann = await userWithKey(h, "ann");
    assert.equal(await callerOf(h, presign(get, root)), rootArn);
    assert.equal(await callerOf(h, presign(get, ann.credentials)), `arn:aws:iam::${testAccount}:user/ann`);
  });

  test("session tokens travel in the query", async () => {
    const session = await sessionOf(h, root);
    const request = presign(get, session);
    assert.match(request.query, /X-Amz-Security-Token=/);
    assert.equal(await callerOf(h, request), rootArn);
    const { sessionToken, ...withoutToken } = session;
    assert.equal(xmlError(await h.send(presign(get, withoutToken))).code, "InvalidClientTokenId");
  });

  test("a parameter that is changed, added or taken away spoils the signature", async () => {
    const request = presign(get, root);
    for (const query of [
      request.query.replace("GetCallerIdentity", "GetAccessKeyInfo"),
      `${request.query}&DurationSeconds=900`,
      request.query.replace("X-Amz-Expires=300", "X-Amz-Expires=301"),
    ]) {
      assert.notEqual(query, request.query);
      assert.equal(xmlError(await h.send({ ...request, query })).code, "SignatureDoesNotMatch");
    }
  });

  test("refuses an expiry that is no number, negative or longer than a week", async () => {
    for (const [expires, message] of [
      ["soon", "X-Amz-Expires should be a number"],
      ["-1", "X-Amz-Expires must be non-negative"],
      [
        "604801",
        "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds",
      ],
    ] as const) {
      const request = presign(get, root);
      const query = request.query.replace("X-Amz-Expires=300", `X-Amz-Expires=${expires}`);
      assert.deepEqual(xmlError(await h.send({ ...request, query })), {
        status: 403,
        code: "IncompleteSignature",
        message,
      });
    }
  });

  test("is refused after a quarter of an hour, whatever its expiry says", async () => {
    const old = presign(get, root, { now: startOfTest - 16 * minute, expires: 3600 });
    assert.deepEqual(xmlError(await h.send(old)), {
      status: 403,
      code: "SignatureDoesNotMatch",
      message: "Signature expired: 20260615T114400Z is now earlier than 20260615T114500Z (20260615T120000Z - 15 min.)",
    });
    assert.equal(await callerOf(h, presign(get, root, { now: startOfTest - 14 * minute, expires: 1 })), rootArn);
  });
});

suite("authenticate: keys and users that change", async () => {
  const h = await harness();
  const whoAmI = async (clients: { sts: Harness["sts"] }) =>
    (await clients.sts.send(new GetCallerIdentityCommand({}))).Arn;
  const deadKey = {
    code: "InvalidClientTokenId",
    message: "The security token included in the request is invalid.",
    status: 403,
  };

  test("an inactive key is told so, and is good again once it is active", async () => {
    const ann = await userWithKey(h, "ann");
    const AccessKeyId = ann.credentials.accessKeyId;
    const set = (Status: "Active" | "Inactive") =>
      h.iam.send(new UpdateAccessKeyCommand({ UserName: "ann", AccessKeyId, Status }));
    assert.equal(await whoAmI(ann), `arn:aws:iam::${testAccount}:user/ann`);
    await set("Inactive");
    assert.deepEqual(await refused(whoAmI(ann)), {
      code: "InvalidClientTokenId",
      message: "The AWS access key provided does not exist in our records.",
      status: 403,
    });
    await set("Active");
    assert.equal(await whoAmI(ann), `arn:aws:iam::${testAccount}:user/ann`);
  });

  test("a deleted key is dead at once, and the user's other key lives", async () => {
    const bob = await userWithKey(h, "bob");
    const { AccessKey } = await h.iam.send(new CreateAccessKeyCommand({ UserName: "bob" }));
    const other = h.as({
      accessKeyId: AccessKey?.AccessKeyId ?? "",
      secretAccessKey: AccessKey?.SecretAccessKey ?? "",
    });
    assert.equal(await whoAmI(bob), await whoAmI(other));
    await h.iam.send(new DeleteAccessKeyCommand({ UserName: "bob", AccessKeyId: bob.credentials.accessKeyId }));
    assert.deepEqual(await refused(whoAmI(bob)), deadKey);
    assert.equal(await whoAmI(other), `arn:aws:iam::${testAccount}:user/bob`);
  });

  test("a key works from the moment it is made, though it was tried before", async () => {
    await h.iam.send(new CreateUserCommand({ UserName: "early" }));
    const guess = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" };
    assert.deepEqual(await refused(whoAmI(h.as(guess))), deadKey);
    const { AccessKey } = await h.iam.send(new CreateAccessKeyCommand({ UserName: "early" }));
    const made = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
    assert.equal(await whoAmI(h.as(made)), `arn:aws:iam::${testAccount}:user/early`);
  });

  test("a renamed user keeps its key, and is known by its new ARN at once", async () => {
    const carl = await userWithKey(h, "carl");
    const before = await carl.sts.send(new GetCallerIdentityCommand({}));
    await h.iam.send(new UpdateUserCommand({ UserName: "carl", NewUserName: "Charles", NewPath: "/team/" }));
    const after = await carl.sts.send(new GetCallerIdentityCommand({}));
    assert.equal(after.Arn, `arn:aws:iam::${testAccount}:user/team/Charles`);
    assert.equal(after.UserId, before.UserId);
    assert.deepEqual(await refused(carl.iam.send(new ListUsersCommand({}))), {
      code: "AccessDenied",
      message: `User: arn:aws:iam::${testAccount}:user/team/Charles is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${testAccount}:user/ because no identity-based policy allows the iam:ListUsers action`,
      status: 403,
    });
  });

  test("the root key is no user's, and makes and deletes keys of its own", async () => {
    const { AccessKey } = await h.iam.send(new CreateAccessKeyCommand({}));
    const second = h.as({
      accessKeyId: AccessKey?.AccessKeyId ?? "",
      secretAccessKey: AccessKey?.SecretAccessKey ?? "",
    });
    assert.equal(await whoAmI(second), rootArn);
    await h.iam.send(new DeleteAccessKeyCommand({ AccessKeyId: AccessKey?.AccessKeyId }));
    assert.deepEqual(await refused(whoAmI(second)), deadKey);
  });
});

async function sessionOf(
  h: Harness,
  credentials: Credentials,
  DurationSeconds = 900,
): Promise<Credentials & { readonly sessionToken: string }> {
  const { Credentials: found } = await h.as(credentials).sts.send(new GetSessionTokenCommand({ DurationSeconds }));
  return {
    accessKeyId: found?.AccessKeyId ?? "",
    secretAccessKey: found?.SecretAccessKey ?? "",
    sessionToken: found?.SessionToken ?? "",
  };
}

suite("authenticate: session tokens", async () => {
  const h = await harness();
  const ann = await userWithKey(h, "ann");
  const whoAmI = async (credentials: Credentials) =>
    (await h.as(credentials).sts.send(new GetCallerIdentityCommand({}))).Arn;
  const invalid = {
    code: "InvalidClientTokenId",
    message: "The security token included in the request is invalid",
    status: 403,
  };

  test("stand for whoever asked for them", async () => {
    assert.equal(await whoAmI(await sessionOf(h, h.root)), rootArn);
    assert.equal(await whoAmI(await sessionOf(h, ann.credentials)), `arn:aws:iam::${testAccount}:user/ann`);
  });

  test("end when they said they would", async () => {
    const session = await sessionOf(h, ann.credentials, 900);
    h.clock.set(startOfTest + 899_999);
    assert.equal(await whoAmI(session), `arn:aws:iam::${testAccount}:user/ann`);
    h.clock.set(startOfTest + 900_000);
    const expired = "The security token included in the request is expired";
    assert.deepEqual(await refused(whoAmI(session)), { code: "ExpiredToken", message: expired, status: 403 });
    const response = jsonError(await h.send(sign(jsonRequest("ListUserPools"), session)));
    assert.deepEqual(response, { status: 400, code: "ExpiredTokenException", message: expired });
    h.clock.set(startOfTest);
  });

  test("are bound to their key, and cannot be changed", async () => {
    const session = await sessionOf(h, ann.credentials);
    const other = await sessionOf(h, ann.credentials);
    assert.deepEqual(await refused(whoAmI({ ...session, sessionToken: other.sessionToken })), invalid);
    assert.deepEqual(await refused(whoAmI({ ...h.root, sessionToken: session.sessionToken })), invalid);
    const bytes = Buffer.from(session.sessionToken, "base64");
    for (const at of [0, 8, 20, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.deepEqual(await refused(whoAmI({ ...session, sessionToken: changed.toString("base64") })), invalid);
    }
    assert.deepEqual(await refused(whoAmI({ ...session, sessionToken: "x".repeat(20_000) })), invalid);
  });

  test("are no good without their token, nor in the place of a key", async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = await sessionOf(h, ann.credentials);
    assert.equal(await whoAmI({ accessKeyId, secretAccessKey, sessionToken }), `arn:aws:iam::${testAccount}:user/ann`);
    const unknown = { ...invalid, message: `${invalid.message}.` };
    assert.deepEqual(await refused(whoAmI({ accessKeyId, secretAccessKey })), unknown);
    // Not even where the key id names what the server keeps of the session.
    const spelled = { accessKeyId: `${accessKeyId} ${sessionToken.replaceAll("/", "_")}`, secretAccessKey };
    assert.deepEqual(await refused(whoAmI(spelled)), unknown);
  });

  test("are good for IAM only where MFA came with them (STS API reference, GetSessionToken)", async () => {
    const session = await sessionOf(h, h.root);
    assert.deepEqual(await refused(h.as(session).iam.send(new ListUsersCommand({}))), invalid);
    const withMfa = sessionWithMfa(h, undefined);
    assert.equal((await h.as(withMfa).iam.send(new ListUsersCommand({}))).Users?.length, 1);
  });

  test("die with their user", async () => {
    const bob = await userWithKey(h, "bob");
    const session = await sessionOf(h, bob.credentials);
    assert.equal(await whoAmI(session), `arn:aws:iam::${testAccount}:user/bob`);
    await h.iam.send(new DeleteAccessKeyCommand({ UserName: "bob", AccessKeyId: bob.credentials.accessKeyId }));
    // The key that asked for it may go, the session stays.
    assert.equal(await whoAmI(session), `arn:aws:iam::${testAccount}:user/bob`);
    await h.iam.send(new DeleteUserCommand({ UserName: "bob" }));
    assert.deepEqual(await refused(whoAmI(session)), invalid);
  });

  test("an unsigned token in a header vouches for itself", async () => {
    const session = await sessionOf(h, ann.credentials);
    const { sessionToken, ...key } = session;
    const request = withHeader(sign(identity, key), "x-amz-security-token", sessionToken);
    assert.equal(await callerOf(h, request), `arn:aws:iam::${testAccount}:user/ann`);
  });
});

/** As GetSessionToken would make one with a device: a session of root, or of the user with this id. */
function sessionWithMfa(h: Harness, userId: string | undefined): Credentials {
  const accessKeyId = "ASIAIOSFODNN7EXAMPLE";
  const secretAccessKey = "temporary";
  const token = {
    ...{ accessKeyId, secretAccessKey, accountId: testAccount, mfaAt: startOfTest },
    ...{ issuedAt: startOfTest, expiresAt: startOfTest + 3_600_000 },
    principal: userId === undefined ? ({ kind: "root" } as const) : ({ kind: "user", userId } as const),
  };
  const { seal, random } = h.environment;
  return { accessKeyId, secretAccessKey, sessionToken: sealSessionToken(seal, token, random.bytes(12)) };
}

suite("authenticate: --auth signature", async () => {
  const h = await harness({ auth: "signature" });

  test("whoever signs may do everything in the account, and is known by name", async () => {
    const ann = await userWithKey(h, "ann");
    assert.equal((await ann.iam.send(new ListUsersCommand({}))).Users?.length, 1);
    await ann.iam.send(new CreateUserCommand({ UserName: "bob" }));
    assert.equal((await ann.iam.send(new GetUserCommand({}))).User?.UserName, "ann");
  });

  test("a wrong signature and none are still refused", async () => {
    assert.equal(xmlError(await h.send(identity)).code, "MissingAuthenticationToken");
    const wrong = sign(identity, { ...h.root, secretAccessKey: "wrong" });
    assert.equal(xmlError(await h.send(wrong)).code, "SignatureDoesNotMatch");
  });
});

suite("authenticate: --auth off", async () => {
  const h = await harness({ auth: "off" });
  const anybody: Credentials = { accessKeyId: "test", secretAccessKey: "test" };

  test("any credentials, spoiled ones and none are root of the account that the store has", async () => {
    for (const request of [
      identity,
      sign(identity, h.root),
      sign(identity, anybody),
      sign(identity, { ...anybody, sessionToken: "test" }),
      sign(identity, anybody, { now: 0, service: "s3" }),
      withHeader(identity, "authorization", "Basic dGVzdDp0ZXN0"),
      asGet(identity),
      presign(asGet(identity), anybody),
    ]) {
      assert.equal(await callerOf(h, request), rootArn);
    }
  });

  test("the region that is signed for counts, and chooses the partition", async () => {
    for (const request of [
      sign(identity, anybody, { region: "cn-north-1" }),
      presign(asGet(identity), anybody, { region: "cn-north-1" }),
    ]) {
      assert.equal(await callerOf(h, request), `arn:aws-cn:iam::${testAccount}:root`);
    }
  });

  test("IAM works as for root, and what it makes has the account's number", async () => {
    const { iam } = h.as(anybody);
    const { User } = await iam.send(new CreateUserCommand({ UserName: "ann" }));
    assert.equal(User?.Arn, `arn:aws:iam::${testAccount}:user/ann`);
    assert.equal((await iam.send(new GetUserCommand({}))).User?.Arn, rootArn);
    assert.equal((await iam.send(new ListUsersCommand({}))).Users?.length, 1);
    await iam.send(new DeleteUserCommand({ UserName: "ann" }));
    assert.deepEqual(await refused(iam.send(new GetUserCommand({ UserName: "ann" }))), {
      code: "NoSuchEntity",
      message: "The user with name ann cannot be found.",
      status: 404,
    });
  });

  test("a key of a user is not looked at: even its owner is root", async () => {
    const ann = await userWithKey(h, "ann");
    assert.equal((await ann.sts.send(new GetCallerIdentityCommand({}))).Arn, rootArn);
  });

  test("a page of another machine cannot act through somebody's browser; one of this machine can", async () => {
    const from = (headers: Record<string, string>, request = sign(identity, anybody)) =>
      Object.entries(headers).reduce((sent, [name, value]) => withHeader(sent, name, value), request);
    for (const headers of [
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: "http://localhost.evil.example" },
      { origin: "http://evil.example:80", "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "cross-site" },
    ]) {
      assert.deepEqual(xmlError(await h.send(from(headers))), {
        status: 403,
        code: "MissingAuthenticationToken",
        message: "Request is missing Authentication Token",
      });
      assert.deepEqual(jsonError(await h.send(from(headers, jsonRequest("ListUserPools")))), {
        status: 400,
        code: "MissingAuthenticationTokenException",
        message: "Missing Authentication Token",
      });
    }
    for (const headers of [
      { origin: "http://localhost:3000", "sec-fetch-site": "same-site" },
      { origin: "http://127.0.0.1:3000", "sec-fetch-site": "cross-site" },
      { origin: "https://[::1]" },
      { "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "none" },
    ]) {
      assert.equal(await callerOf(h, from(headers)), rootArn, JSON.stringify(headers));
    }
  });

  test("after a reset, the new account is the caller's; without an account there is nothing to act in", async () => {
    const { store, clock } = h.environment;
    await store.reset();
    assert.deepEqual(xmlError(await h.send(identity)), { status: 503, code: "ServiceUnavailable", message: undefined });
    const json = await h.send(jsonRequest("ListUserPools"));
    assert.deepEqual(jsonError(json), { status: 503, code: "ServiceUnavailableException", message: undefined });
    const { firstStart } = await import("../services/first-start.ts");
    await firstStart({ ...h.environment, store, clock }, { accountId: "210987654321", credentials: undefined });
    assert.equal(await callerOf(h, identity), "arn:aws:iam::210987654321:root");
  });
});

import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import { CreateUserCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { type Harness, harness, startHarness, startOfTest, testAccount, userWithKey } from "../../../test/harness.ts";
import {
  asGet,
  element,
  headersOf,
  jsonError,
  jsonRequest,
  presign,
  queryRequest,
  sign,
  withHeader,
  xmlError,
} from "../../../test/requests.ts";
import type { SignedRequest } from "../../crypto/sigv4.ts";
import { createLog } from "../../runtime/log.ts";
import { catalog } from "../../services/catalog.ts";
import { routes } from "../routes.ts";

const fault = "http://webservices.amazon.com/AWSFault/2005-15-09";
const iamNamespace = "https://iam.amazonaws.com/doc/2010-05-08/";
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function form(text: string): SignedRequest {
  return { ...queryRequest("iam", ""), body: Buffer.from(text) };
}

/** An operation that AWS has and this server, from here on, has not: all of them are there, and AWS will add others. */
const missing = "StopUserImportJob";
Reflect.deleteProperty(catalog["cognito-idp"].operations, missing);

suite("the AWS endpoint: which operation", async () => {
  const h = await harness();

  for (const [title, body, message] of [
    ["an action that is none", "Action=Frobnicate&Version=2010-05-08", "operation Frobnicate for version 2010-05-08"],
    ["an action of another version", "Action=GetUser&Version=2011-06-15", "operation GetUser for version 2011-06-15"],
    ["a version that is none", "Action=GetUser&Version=2012-01-01", "operation GetUser for version 2012-01-01"],
    ["no version", "Action=GetUser", "operation GetUser for version NO_VERSION_SPECIFIED"],
    ["no action", "Version=2010-05-08", "operation NO_ACTION_SPECIFIED for version 2010-05-08"],
    ["nothing", "", "operation NO_ACTION_SPECIFIED for version NO_VERSION_SPECIFIED"],
    ["what every object has", "Action=constructor&Version=2010-05-08", "operation constructor for version 2010-05-08"],
    ["what every object has", "Action=__proto__&Version=2010-05-08", "operation __proto__ for version 2010-05-08"],
    ["markup", "Action=%3Cb%3E%26&Version=2010-05-08", "operation <b>& for version 2010-05-08"],
  ] as const) {
    test(`${title} is refused before any service is reached`, async () => {
      const expected = { status: 400, code: "InvalidAction", message: `Could not find ${message}` };
      assert.deepEqual(xmlError(await h.send(form(body)), fault), expected);
      assert.deepEqual(xmlError(await h.send(sign(form(body), h.root)), fault), expected);
    });
  }

  test("of a parameter that is sent twice, the first counts", async () => {
    const twice = form("Action=ListGroups&Action=ListUsers&Version=2010-05-08");
    assert.match((await h.send(sign(twice, h.root))).body, /^<ListGroupsResponse /);
  });

  for (const target of [
    "AWSCognitoIdentityProviderService.Frobnicate",
    "AWSCognitoIdentityProviderService.constructor",
    "AWSCognitoIdentityProviderService.",
    "AWSCognitoIdentityProviderService",
    "ListUserPools",
    "DynamoDB_20120810.ListTables",
    "",
  ]) {
    test(`the target "${target}" is unknown`, async () => {
      const request = withHeader(jsonRequest("ListUserPools"), "x-amz-target", target);
      assert.deepEqual(jsonError(await h.send(sign(request, h.root))), {
        status: 400,
        code: "UnknownOperationException",
        message: undefined,
      });
    });
  }

  test("a request without a target is answered in JSON where its content type or its signature says JSON", async () => {
    const none = withHeader(jsonRequest("ListUserPools"), "x-amz-target", undefined);
    const unknown = { status: 400, code: "UnknownOperationException", message: undefined };
    assert.deepEqual(jsonError(await h.send(none)), unknown);
    const untyped = withHeader(none, "content-type", undefined);
    assert.deepEqual(jsonError(await h.send(sign(untyped, h.root, { service: "cognito-idp" }))), unknown);
    assert.equal(xmlError(await h.send(untyped)).code, "InvalidAction");
  });
});

suite("the AWS endpoint: requests and answers", async () => {
  const h = await harness();

  test("an answer of IAM, whole", async () => {
    const response = await h.send(sign(queryRequest("iam", "CreateUser", { UserName: "ann", Path: "/team/" }), h.root));
    const requestId = headersOf(response).get("x-amzn-requestid");
    const userId = element(response, "UserId");
    assert.equal(response.status, 200);
    assert.deepEqual(
      [...headersOf(response)],
      [
        ["content-type", "text/xml"],
        ["x-amzn-requestid", requestId],
      ],
    );
    assert.equal(
      response.body,
      `<CreateUserResponse xmlns="${iamNamespace}"><CreateUserResult><User><Path>/team/</Path><UserName>ann</UserName><UserId>${userId}</UserId><Arn>arn:aws:iam::${testAccount}:user/team/ann</Arn><CreateDate>2026-06-15T12:00:00Z</CreateDate></User></CreateUserResult><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></CreateUserResponse>\n`,
    );
  });

  test("an error of IAM is in IAM's namespace", async () => {
    const request = sign(queryRequest("iam", "GetUser", { UserName: "nobody" }), h.root);
    assert.deepEqual(xmlError(await h.send(request), iamNamespace), {
      status: 404,
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
    });
  });

  test("GET and POST say and do the same, signed either way", async () => {
    const post = queryRequest("iam", "GetUser", { UserName: "ann" });
    const answers = [];
    for (const request of [sign(post, h.root), sign(asGet(post), h.root), presign(asGet(post), h.root)]) {
      const response = await h.send(request);
      answers.push([response.status, response.body.replace(/<RequestId>[^<]*/, "")]);
    }
    assert.deepEqual(answers[1], answers[0]);
    assert.deepEqual(answers[2], answers[0]);
    assert.equal(answers[0]?.[0], 200);
    const created = await h.send(presign(asGet(queryRequest("iam", "CreateUser", { UserName: "bob" })), h.root));
    assert.equal(element(created, "UserName"), "bob");
  });

  test("every answer has a request id of its own, in the header and in the body", async () => {
    const seen = new Set<string>();
    for (const request of [
      sign(queryRequest("iam", "ListUsers"), h.root),
      sign(queryRequest("iam", "ListUsers"), h.root),
      queryRequest("iam", "ListUsers"),
      form("Action=Nothing"),
    ]) {
      const response = await h.send(request);
      const requestId = headersOf(response).get("x-amzn-requestid") ?? "";
      assert.match(requestId, uuid);
      assert.equal(element(response, "RequestId"), requestId);
      seen.add(requestId);
    }
    for (const request of [jsonRequest("ListUserPools"), sign(jsonRequest(missing), h.root)]) {
      const requestId = headersOf(await h.send(request)).get("x-amzn-requestid") ?? "";
      assert.match(requestId, uuid);
      seen.add(requestId);
    }
    assert.equal(seen.size, 6);
  });

  test("an answer in JSON, whole", async () => {
    const response = await h.send(sign(jsonRequest("ListUserPools", { MaxResults: 1 }), h.root));
    assert.deepEqual(
      [response.status, headersOf(response).get("content-type"), JSON.parse(response.body)],
      [200, "application/x-amz-json-1.1", { UserPools: [] }],
    );
  });

  test("what does not fit its shape is refused by each protocol in its own words", async () => {
    const sparse = sign(queryRequest("iam", "CreateUser", { UserName: "x", Tags: "y" }), h.root);
    assert.deepEqual(xmlError(await h.send(sparse), iamNamespace), {
      status: 400,
      code: "MalformedInput",
      message: "Value found where not expected",
    });
    const invalid = sign(queryRequest("iam", "GetUser", { UserName: "" }), h.root);
    assert.equal(xmlError(await h.send(invalid)).code, "ValidationError");
    const broken = { ...jsonRequest("ListUserPools"), body: Buffer.from("{") };
    assert.equal(jsonError(await h.send(sign(broken, h.root))).code, "SerializationException");
    assert.deepEqual(jsonError(await h.send(sign(jsonRequest("ListUserPools", { MaxResults: 0 }), h.root))), {
      status: 400,
      code: "InvalidParameterException",
      message:
        "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
    });
  });

  test("what a header cannot hold is left out of it, and only of it", async () => {
    const UserPoolId = "é\r\nx-injected: 1\u0000日本".repeat(80);
    const response = await h.send(sign(jsonRequest("DescribeUserPool", { UserPoolId }), h.root));
    const message: string = JSON.parse(response.body).message;
    assert.ok(message.includes(UserPoolId));
    const shown = headersOf(response).get("x-amzn-errormessage") ?? "";
    assert.match(shown, /^[\x20-\x7e]{1,1024}$/);
    assert.equal(shown, message.replace(/[^\x20-\x7e]+/g, " ").slice(0, 1024));
    assert.equal(headersOf(response).has("x-injected"), false);
  });
});

suite("the AWS endpoint: what is not implemented", async () => {
  const h = await harness();
  const health = async () => JSON.parse((await h.send({ path: "/_countersign/health" })).body).notImplemented;

  test("says so by name, and is counted", async () => {
    assert.deepEqual(await health(), {});
    for (let times = 0; times < 2; times++) {
      assert.deepEqual(jsonError(await h.send(sign(jsonRequest(missing), h.root))), {
        status: 501,
        code: "NotImplementedException",
        message: `cognito-idp:${missing} is not implemented by Countersign.`,
      });
    }
    assert.deepEqual(await health(), { [`cognito-idp:${missing}`]: 2 });
  });

  test("is told to nobody who has not signed", async () => {
    assert.equal(jsonError(await h.send(jsonRequest(missing))).code, "MissingAuthenticationTokenException");
  });
});

suite("the AWS endpoint: when the store fails", async () => {
  const lines: string[] = [];
  const h = await startHarness();
  after(() => h.environment.keyPairs.close());
  const log = createLog({ format: "json", level: "debug", write: (line) => lines.push(line) });
  const endpoint = routes({ ...h.environment, log }, { version: "test", movableClock: undefined, reset: undefined });
  const send = async (request: SignedRequest) => endpoint({ ...request, remoteAddress: "127.0.0.1", secure: false });
  await h.iam.send(new ListUsersCommand({}));
  await h.environment.store.close();
  const message = "The request processing has failed because of an unknown error, exception or failure.";

  test("each operation has the word that AWS lists for it, and no more is said", async () => {
    assert.deepEqual(xmlError(await send(sign(queryRequest("iam", "ListUsers"), h.root)), iamNamespace), {
      status: 500,
      code: "ServiceFailure",
      message,
    });
    const write = sign(queryRequest("iam", "CreateUser", { UserName: "ann" }), h.root);
    assert.deepEqual(xmlError(await send(write)), { status: 500, code: "ServiceFailure", message });
    assert.deepEqual(xmlError(await send(sign(queryRequest("sts", "GetCallerIdentity"), h.root))), {
      status: 500,
      code: "InternalFailure",
      message,
    });
    const json = sign(jsonRequest("ListUserPools", { MaxResults: 1 }), h.root);
    assert.deepEqual(jsonError(await send(json)), { status: 500, code: "InternalErrorException", message });
  });

  test("the log has it all, under the request's id", async () => {
    lines.length = 0;
    const response = await send(sign(queryRequest("iam", "CreateUser", { UserName: "ann" }), h.root));
    const entries = lines.map((line) => JSON.parse(line));
    const failure = entries.find((entry) => entry.message === "internal failure");
    assert.equal(failure.level, "error");
    assert.equal(failure.requestId, headersOf(response).get("x-amzn-requestid"));
    assert.equal(failure.operation, "CreateUser");
    assert.equal(failure.error.message, "The store is closed.");
    assert.equal(typeof failure.error.stack, "string");
  });

  test("health says that it is unavailable, and why only in the log", async () => {
    lines.length = 0;
    const response = await endpoint({
      ...form(""),
      method: "GET",
      path: "/_countersign/health",
      remoteAddress: "",
      secure: false,
    });
    assert.deepEqual([response.status, JSON.parse(response.body)], [503, { status: "unavailable", version: "test" }]);
    assert.equal(JSON.parse(lines[0] ?? "{}").error.message, "The store is closed.");
  });
});

suite("the AWS endpoint: its log", async () => {
  const h = await harness();
  const lines: string[] = [];
  const endpointOf = (level: "debug" | "info") => {
    const log = createLog({ format: "json", level, write: (line) => lines.push(line) });
    return routes({ ...h.environment, log }, { version: "test", movableClock: undefined, reset: undefined });
  };
  const entries = async (request: SignedRequest, level: "debug" | "info" = "debug") => {
    lines.length = 0;
    const response = await endpointOf(level)({ ...request, remoteAddress: "127.0.0.1", secure: false });
    const requestId = headersOf(response).get("x-amzn-requestid");
    return lines.map((line) => {
      const { time, ...entry } = JSON.parse(line);
      assert.equal(entry.requestId, requestId);
      return { ...entry, requestId: "-" };
    });
  };

  test("debug shows each request with its caller and input", async () => {
    const ann = await userWithKey(h, "ann");
    assert.deepEqual(await entries(sign(queryRequest("iam", "GetUser", { UserName: "bob" }), ann.credentials)), [
      {
        level: "debug",
        message: "request",
        requestId: "-",
        operation: "GetUser",
        caller: `arn:aws:iam::${testAccount}:user/ann`,
        input: { UserName: "bob" },
      },
      {
        level: "debug",
        message: "refused",
        requestId: "-",
        operation: "GetUser",
        status: 403,
        code: "AccessDenied",
      },
    ]);
  });

  test("debug shows why a request came to nothing before it was one", async () => {
    const refused = { level: "debug", message: "refused", requestId: "-" };
    assert.deepEqual(await entries(queryRequest("iam", "GetUser")), [
      { ...refused, operation: "GetUser", status: 403, code: "MissingAuthenticationToken" },
    ]);
    assert.deepEqual(await entries(form("")), [{ ...refused, status: 400, code: "InvalidAction" }]);
  });

  test("info is silent about requests", async () => {
    assert.deepEqual(await entries(sign(queryRequest("iam", "ListUsers"), h.root), "info"), []);
    assert.deepEqual(await entries(queryRequest("iam", "ListUsers"), "info"), []);
  });
});

/** Twenty clients at once: what one request is told never reaches another. */
suite("the AWS endpoint: many at once", async () => {
  const h: Harness = await harness();
  test("each gets its own answer", async () => {
    const names = Array.from({ length: 20 }, (_, number) => `user-${number}`);
    const made = await Promise.all(names.map((UserName) => h.iam.send(new CreateUserCommand({ UserName }))));
    assert.deepEqual(
      made.map(({ User }) => User?.UserName),
      names,
    );
    assert.ok(made.every(({ User }) => User?.CreateDate?.getTime() === startOfTest));
  });
});

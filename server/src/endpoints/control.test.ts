import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import {
  AcceptDelegationRequestCommand,
  AssociateDelegationRequestCommand,
  CreateDelegationRequestCommand,
  CreateUserCommand,
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  ListUsersCommand,
  SendDelegationTokenCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import {
  allow,
  type Credentials,
  harness,
  refused,
  startOfTest,
  testAccount,
  userWithKey,
} from "../../test/harness.ts";
import { createPolicy } from "../../test/policies.ts";
import { presign, type Signing, sign } from "../../test/requests.ts";
import type { SignedRequest } from "../crypto/sigv4.ts";
import { sendCode } from "../services/cognito/messages/outbox.ts";
import type { Control } from "./control.ts";
import type { HttpResponse } from "./http.ts";
import { routes } from "./routes.ts";

function control(path: string, body: unknown = undefined): SignedRequest {
  return {
    method: "POST",
    path: `/_countersign/${path}`,
    query: "",
    headers: new Map([["host", "countersign.test"]]),
    body: Buffer.from(body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body)),
  };
}

const asCountersign: Signing = { service: "countersign" };

function answer(response: HttpResponse): [status: number, body: unknown] {
  assert.deepEqual(response.headers, ["content-type", "application/json"]);
  return [response.status, JSON.parse(response.body)];
}

suite("/_countersign/health", async () => {
  const h = await harness();

  test("is open to everybody", async () => {
    const response = await h.send({ path: "/_countersign/health" });
    assert.deepEqual(answer(response), [200, { status: "ok", version: "test", notImplemented: {} }]);
  });

  test("is unavailable while there is no account", async () => {
    const other = await harness();
    await other.environment.store.reset();
    const response = await other.send({ path: "/_countersign/health" });
    assert.deepEqual(answer(response), [503, { status: "unavailable", version: "test" }]);
  });
});

suite("/_countersign/clock and /_countersign/reset: who may", async () => {
  const h = await harness();
  const ann = await userWithKey(h, "ann", allow("*"));

  for (const path of ["clock", "reset"]) {
    const send = async (credentials: Credentials | undefined, signing = asCountersign) => {
      const request = control(path);
      return answer(await h.send(credentials === undefined ? request : sign(request, credentials, signing)));
    };

    test(`${path}: not a stranger, nor who signs for something else or wrongly`, async () => {
      assert.deepEqual(await send(undefined), [
        403,
        { __type: "MissingAuthenticationTokenException", message: "Missing Authentication Token" },
      ]);
      assert.deepEqual(await send(h.root, { service: "iam" }), [
        403,
        {
          __type: "InvalidSignatureException",
          message: "Credential should be scoped to correct service: 'countersign'.",
        },
      ]);
      assert.deepEqual(await send({ ...h.root, secretAccessKey: "wrong" }), [
        403,
        {
          __type: "InvalidSignatureException",
          message:
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
        },
      ]);
      assert.deepEqual(await send({ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" }), [
        403,
        { __type: "UnrecognizedClientException", message: "The security token included in the request is invalid." },
      ]);
    });

    test(`${path}: not a user, whatever its policies say`, async () => {
      assert.deepEqual(await send(ann.credentials), [
        403,
        { __type: "AccessDeniedException", message: "Only the account's root may do this." },
      ]);
    });
  }

  test("none of this did anything", async () => {
    assert.equal((await h.iam.send(new ListUsersCommand({}))).Users?.length, 1);
    assert.equal(h.clock.now(), startOfTest);
  });

  test("root may by a session, too", async () => {
    const { Credentials: session } = await h.sts.send(new GetSessionTokenCommand({}));
    const credentials = {
      accessKeyId: session?.AccessKeyId ?? "",
      secretAccessKey: session?.SecretAccessKey ?? "",
      sessionToken: session?.SessionToken,
    };
    const response = await h.send(sign(control("clock"), credentials, asCountersign));
    assert.deepEqual(answer(response), [200, { now: "2026-06-15T12:00:00.000Z" }]);
  });

  test("with --auth signature users may not either", async () => {
    const open = await harness({ auth: "signature" });
    const bob = await userWithKey(open, "bob");
    const response = await open.send(sign(control("reset"), bob.credentials, asCountersign));
    assert.equal(response.status, 403);
  });
});

suite("/_countersign/outbox", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "pool" }));
  const poolId = UserPool?.Id ?? "";
  const { environment } = h;
  const context = await environment.store.read((tx) => environment.appClients.findPool(tx, poolId));
  assert.ok(context);
  const sent = async (destination: string, code: string) =>
    environment.store.write((tx) =>
      sendCode({ environment, now: h.clock.now() }, tx, {
        context,
        user: { user_id: "sub", username: "ann" },
        kind: "SignUp",
        address: { attribute: "email", medium: "EMAIL", destination },
        code,
      }),
    );
  await sent("ann@example.com", "111111");
  await sent("bob@example.com", "222222");
  await sent("ann@example.com", "333333");
  const get = async (query: string, credentials: Credentials = h.root) => {
    const request: SignedRequest = { ...control("outbox"), method: "GET", query };
    const response = await h.send(sign(request, credentials, asCountersign));
    return answer(response);
  };
  const codes = async (query: string) => {
    const [status, body] = await get(query);
    assert.equal(status, 200);
    const { messages, nextToken } = body as { messages: { message: string }[]; nextToken?: string };
    return [messages.map(({ message }) => /\d{6}/.exec(message)?.[0]), nextToken] as const;
  };

  test("shows root what was written to pool users, the newest first", async () => {
    assert.deepEqual(await codes(""), [["333333", "222222", "111111"], undefined]);
    assert.deepEqual(await codes("to=ann%40example.com"), [["333333", "111111"], undefined]);
    assert.deepEqual(await codes(`to=bob%40example.com&userPoolId=${poolId}`), [["222222"], undefined]);
    assert.deepEqual(await codes("userPoolId=us-east-1_other"), [[], undefined]);
    const [first, nextToken = ""] = await codes("limit=2");
    assert.deepEqual(first, ["333333", "222222"]);
    assert.deepEqual(await codes(`limit=2&after=${nextToken}`), [["111111"], undefined]);
  });

  test("nobody else, whatever its policies say", async () => {
    const ann = await userWithKey(h, "ann", allow("*"));
    assert.deepEqual(await get("", ann.credentials), [
      403,
      { __type: "AccessDeniedException", message: "Only the account's root may do this." },
    ]);
  });

  test("a limit is a number within bounds", async () => {
    for (const limit of ["0", "1001", "-1", "x", "1e2", ""]) {
      assert.deepEqual(await get(`limit=${limit}`), [
        400,
        { __type: "ValidationException", message: "Expected a limit from 1 to 1000." },
      ]);
    }
  });
});

suite("/_countersign/clock", async () => {
  const h = await harness();
  const send = async (body?: unknown) => answer(await h.send(sign(control("clock", body), h.root, asCountersign)));
  const shows = (now: string) => [200, { now }];

  test("reads where nothing is said, sets, and moves by seconds either way", async () => {
    assert.deepEqual(await send(), shows("2026-06-15T12:00:00.000Z"));
    assert.deepEqual(await send({}), shows("2026-06-15T12:00:00.000Z"));
    assert.deepEqual(await send({ now: "2031-01-01T00:00:00Z" }), shows("2031-01-01T00:00:00.000Z"));
    assert.deepEqual(await send({ now: "2031-01-01T01:00:00.5+01:00" }), shows("2031-01-01T00:00:00.500Z"));
    assert.deepEqual(await send({ advance: 86_400 }), shows("2031-01-02T00:00:00.500Z"));
    assert.deepEqual(await send({ advance: -0.5 }), shows("2031-01-02T00:00:00.000Z"));
    assert.equal(h.clock.now(), Date.UTC(2031, 0, 2));
  });

  test("what is made from then on has the new time", async () => {
    await send({ now: "2031-01-01T00:00:00Z" });
    const { User } = await h.iam.send(new CreateUserCommand({ UserName: "later" }));
    assert.equal(User?.CreateDate?.toISOString(), "2031-01-01T00:00:00.000Z");
  });

  for (const body of [
    "{",
    "now",
    "null",
    "[]",
    '"2031-01-01T00:00:00Z"',
    { now: "tomorrow" },
    { now: "2031-01-01" },
    { now: "2031-01-01T00:00:00" },
    { now: "2031-13-01T00:00:00Z" },
    { now: "1969-12-31T23:59:59Z" },
    { now: 1_924_992_000 },
    { now: null },
    { advance: "1" },
    { advance: 1e15 },
    { advance: -1e15 },
    '{"advance": 1e999}',
    { at: "2031-01-01T00:00:00Z" },
  ]) {
    test(`refuses ${typeof body === "string" ? body : JSON.stringify(body)}`, async () => {
      const before = h.clock.now();
      const message = 'Expected {"now": "<ISO 8601 time>"} or {"advance": <seconds>}.';
      assert.deepEqual(await send(body), [400, { __type: "ValidationException", message }]);
      assert.equal(h.clock.now(), before);
    });
  }

  test("can be asked for by a presigned URL", async () => {
    const response = await h.send(presign(control("clock"), h.root, asCountersign));
    assert.equal(response.status, 200);
  });
});

suite("/_countersign/reset", async () => {
  const h = await harness();
  const reset = async () => answer(await h.send(sign(control("reset"), h.root, asCountersign)));

  test("leaves the account with the same root key and nothing else", async () => {
    const ann = await userWithKey(h, "ann");
    await ann.sts.send(new GetCallerIdentityCommand({}));
    assert.deepEqual(await reset(), [200, {}]);
    assert.equal((await h.sts.send(new GetCallerIdentityCommand({}))).Account, testAccount);
    assert.deepEqual((await h.iam.send(new ListUsersCommand({}))).Users, []);
    assert.deepEqual(await refused(ann.sts.send(new GetCallerIdentityCommand({}))), {
      code: "InvalidClientTokenId",
      message: "The security token included in the request is invalid.",
      status: 403,
    });
  });

  test("what is made again is new", async () => {
    const before = (await h.iam.send(new CreateUserCommand({ UserName: "ann" }))).User;
    await reset();
    assert.equal((await refused(h.iam.send(new GetUserCommand({ UserName: "ann" })))).code, "NoSuchEntity");
    const after = (await h.iam.send(new CreateUserCommand({ UserName: "ann" }))).User;
    assert.notEqual(after?.UserId, before?.UserId);
  });

  test("forgets what was counted and noted", async () => {
    await h.send(sign(control("clock"), h.root, asCountersign));
    await reset();
    const { AccessKeyLastUsed } = await h.iam.send(
      new GetAccessKeyLastUsedCommand({ AccessKeyId: h.root.accessKeyId }),
    );
    assert.equal(AccessKeyLastUsed?.ServiceName, "iam", "of this very request");
    const health = answer(await h.send({ path: "/_countersign/health" }));
    assert.deepEqual(health, [200, { status: "ok", version: "test", notImplemented: {} }]);
  });
});

suite("/_countersign where it is not allowed", async () => {
  const h = await harness();
  const nothing: Control = { version: "test", reset: undefined, movableClock: undefined };
  const endpoint = routes(h.environment, nothing);
  const send = async (request: SignedRequest) =>
    answer(await endpoint({ ...request, remoteAddress: "127.0.0.1", secure: false }));

  test("says by which flags it would be, to root alone", async () => {
    assert.deepEqual(await send(sign(control("reset"), h.root, asCountersign)), [
      404,
      {
        __type: "NotFound",
        message: "Reset is allowed where Countersign was started with --memory or --allow-reset.",
      },
    ]);
    assert.deepEqual(await send(sign(control("clock", { advance: 1 }), h.root, asCountersign)), [
      404,
      { __type: "NotFound", message: "The clock can be moved where Countersign was started with --test-clock." },
    ]);
    for (const path of ["reset", "clock"]) assert.equal((await send(control(path)))[0], 403);
  });
});

suite("/_countersign/exchange-token", async () => {
  const h = await harness();
  const get = async (workflowId: string, credentials: Credentials = h.root) => {
    const request = { ...control("exchange-token"), method: "GET", query: `RequestorWorkflowId=${workflowId}` };
    return answer(await h.send(sign(request, credentials, asCountersign)));
  };
  const absent = (workflowId: string) => [
    404,
    { __type: "NotFound", message: `No token was sent for the workflow id '${workflowId}'.` },
  ];

  test("gives the account that asked what its topic would have been told, once the token is sent", async () => {
    const PolicyTemplateArn = (await createPolicy(h, "template")).Arn;
    const { DelegationRequestId } = await h.iam.send(
      new CreateDelegationRequestCommand({
        Description: "",
        Permissions: { PolicyTemplateArn },
        RequestorWorkflowId: "workflow-1",
        NotificationChannel: `arn:aws:sns:us-east-1:${testAccount}:requests`,
        SessionDuration: 3600,
      }),
    );
    await h.iam.send(new AssociateDelegationRequestCommand({ DelegationRequestId }));
    await h.iam.send(new AcceptDelegationRequestCommand({ DelegationRequestId }));
    assert.deepEqual(await get("workflow-1"), absent("workflow-1"));
    await h.iam.send(new SendDelegationTokenCommand({ DelegationRequestId }));
    const [status, message] = await get("workflow-1");
    assert.equal(status, 200);
    const { ExchangeToken, ...rest } = message as { ExchangeToken: string }; // as the next lines find
    assert.ok(ExchangeToken.length > 100);
    assert.deepEqual(rest, {
      Type: "ExchangeToken",
      RequestId: DelegationRequestId,
      RequestorWorkflowId: "workflow-1",
      State: "FINALIZED",
      OwnerAccountId: testAccount,
      UpdatedAt: new Date(startOfTest).toISOString(),
      ExpiresAt: new Date(startOfTest + 3_600_000).toISOString(),
    });
    assert.deepEqual(await get("workflow-2"), absent("workflow-2"));
  });

  test("is root's alone", async () => {
    const ann = await userWithKey(h, "ann", allow("*"));
    assert.deepEqual(await get("workflow-1", ann.credentials), [
      403,
      { __type: "AccessDeniedException", message: "Only the account's root may do this." },
    ]);
  });
});

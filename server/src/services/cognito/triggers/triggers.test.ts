import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createSocketServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { CreateUserPoolCommand, type LambdaConfigType } from "@aws-sdk/client-cognito-identity-provider";
import { type Harness, type HarnessOptions, harness, startOfTest, testAccount } from "../../../../test/harness.ts";
import { lambdaEndpoint, RawAnswer, type TriggerEvent } from "../../../../test/lambda-endpoint.ts";
import { ServiceException } from "../../../contract/service-exception.ts";
import { deriveSigningKey, parseAuthorization, verifySignature } from "../../../crypto/sigv4.ts";
import { type UserPoolRow, userPools } from "../../../store/user-pools.ts";
import type { Trigger, TriggerCall, TriggerEvents } from "./events.ts";

const functionArn = `arn:aws:lambda:us-east-1:${testAccount}:function:trigger`;
const invokePath = `/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations`;

async function pool(h: Pick<Harness, "cognito" | "environment">, LambdaConfig: LambdaConfigType): Promise<UserPoolRow> {
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "pool", LambdaConfig }));
  const row = await h.environment.store.read((tx) => userPools.find(tx, UserPool?.Id ?? ""));
  return row ?? assert.fail("no pool");
}

/** A house whose functions all do the same. */
async function house(run: (event: TriggerEvent) => unknown, lambda: HarnessOptions["lambda"] = {}) {
  const endpoint = await lambdaEndpoint(run);
  const h = await harness({ lambda: { endpoint: endpoint.url, limits: { timeoutMs: 5_000, tries: 3 }, ...lambda } });
  return { h, endpoint, triggers: h.environment.triggers };
}

async function refusalOf(call: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ServiceException) return { code: error.code, message: error.message };
    throw error;
  }
  return assert.fail("expected a refusal");
}

const user = { userName: "ann", clientId: "1example23456789" };
const userAttributes = { sub: "7a5ab0bd", "cognito:user_status": "CONFIRMED", email: "ann@example.com" };
const clientMetadata = { channel: "web" };
const validationData = { invitation: "17" };
const session = [{ challengeName: "SRP_A", challengeResult: true }];

const signUp: TriggerCall<"PreSignUp"> = {
  ...user,
  triggerSource: "PreSignUp_SignUp",
  request: { userAttributes: { email: "ann@example.com" } },
};

const unrecognizable = { code: "InvalidLambdaResponseException", message: "Unrecognizable lambda output" };

/** One event of one trigger: what is told, what the function sees of it, what it answers, what comes of that. */
interface Case<T extends Trigger> {
  readonly config: LambdaConfigType;
  readonly call: Omit<TriggerCall<T>, "userName" | "clientId">;
  readonly version?: string;
  readonly request: object;
  readonly blank: object;
  readonly answer: object;
  readonly response: TriggerEvents[T]["response"];
}

const events: { readonly [T in Trigger]: readonly Case<T>[] } = {
  PreSignUp: [
    {
      config: { PreSignUp: functionArn },
      call: { triggerSource: "PreSignUp_SignUp", request: { userAttributes, validationData, clientMetadata } },
      request: { validationData, userAttributes, clientMetadata },
      blank: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      answer: { autoConfirmUser: true, autoVerifyEmail: true },
      response: { autoConfirmUser: true, autoVerifyEmail: true, autoVerifyPhone: false },
    },
    {
      config: { PreSignUp: functionArn },
      call: { triggerSource: "PreSignUp_AdminCreateUser", request: { userAttributes } },
      request: { validationData: null, userAttributes },
      blank: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      answer: { autoConfirmUser: null, somethingNew: [1] },
      response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
    },
  ],
  PostConfirmation: [
    {
      config: { PostConfirmation: functionArn },
      call: { triggerSource: "PostConfirmation_ConfirmForgotPassword", request: { userAttributes, clientMetadata } },
      request: { userAttributes, clientMetadata },
      blank: {},
      answer: {},
      response: {},
    },
  ],
  PreAuthentication: [
    {
      config: { PreAuthentication: functionArn },
      call: {
        triggerSource: "PreAuthentication_Authentication",
        request: { userAttributes, validationData, userNotFound: false },
      },
      request: { validationData, userAttributes, userNotFound: false },
      blank: {},
      answer: {},
      response: {},
    },
  ],
  PostAuthentication: [
    {
      config: { PostAuthentication: functionArn },
      call: { triggerSource: "PostAuthentication_Authentication", request: { userAttributes, newDeviceUsed: true } },
      request: { userAttributes, newDeviceUsed: true },
      blank: {},
      answer: {},
      response: {},
    },
  ],
  DefineAuthChallenge: [
    {
      config: { DefineAuthChallenge: functionArn },
      call: { triggerSource: "DefineAuthChallenge_Authentication", request: { userAttributes, session } },
      request: { userAttributes, session },
      blank: { challengeName: null, issueTokens: null, failAuthentication: null },
      answer: { challengeName: "PASSWORD_VERIFIER", issueTokens: false, failAuthentication: false },
      response: { challengeName: "PASSWORD_VERIFIER", issueTokens: false, failAuthentication: false },
    },
    {
      config: { DefineAuthChallenge: functionArn },
      call: {
        triggerSource: "DefineAuthChallenge_Authentication",
        request: { userAttributes: {}, session: [], userNotFound: true },
      },
      request: { userAttributes: {}, session: [], userNotFound: true },
      blank: { challengeName: null, issueTokens: null, failAuthentication: null },
      answer: { issueTokens: true },
      response: { challengeName: undefined, issueTokens: true, failAuthentication: false },
    },
  ],
  CreateAuthChallenge: [
    {
      config: { CreateAuthChallenge: functionArn },
      call: {
        triggerSource: "CreateAuthChallenge_Authentication",
        request: { userAttributes, challengeName: "CUSTOM_CHALLENGE", session, clientMetadata },
      },
      request: { userAttributes, challengeName: "CUSTOM_CHALLENGE", session, clientMetadata },
      blank: { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
      answer: {
        publicChallengeParameters: { url: "https://example.com", tries: 3 },
        privateChallengeParameters: { answer: "5" },
      },
      response: {
        publicChallengeParameters: { url: "https://example.com", tries: "3" },
        privateChallengeParameters: { answer: "5" },
        challengeMetadata: undefined,
      },
    },
  ],
  VerifyAuthChallengeResponse: [
    {
      config: { VerifyAuthChallengeResponse: functionArn },
      call: {
        triggerSource: "VerifyAuthChallengeResponse_Authentication",
        request: { userAttributes, privateChallengeParameters: { answer: "5" }, challengeAnswer: "5" },
      },
      request: { userAttributes, privateChallengeParameters: { answer: "5" }, challengeAnswer: "5" },
      blank: { answerCorrect: null },
      answer: { answerCorrect: true },
      response: { answerCorrect: true },
    },
  ],
  PreTokenGeneration: [
    {
      config: { PreTokenGeneration: functionArn },
      call: {
        triggerSource: "TokenGeneration_Authentication",
        request: { userAttributes, groupConfiguration: { groupsToOverride: ["a"] }, scopes: ["openid"] },
      },
      request: {
        userAttributes,
        groupConfiguration: { groupsToOverride: ["a"], iamRolesToOverride: [], preferredRole: null },
      },
      blank: { claimsOverrideDetails: null },
      answer: {
        claimsOverrideDetails: {
          claimsToAddOrOverride: { team: "blue", level: 3, old: null },
          claimsToSuppress: ["email"],
          groupOverrideDetails: { groupsToOverride: ["b"], preferredRole: "arn:aws:iam::123456789012:role/b" },
        },
      },
      response: {
        idTokenGeneration: { claimsToAddOrOverride: { team: "blue", level: "3" }, claimsToSuppress: ["email"] },
        accessTokenGeneration: {
          claimsToAddOrOverride: {},
          claimsToSuppress: [],
          scopesToAdd: [],
          scopesToSuppress: [],
        },
        groupOverrideDetails: {
          groupsToOverride: ["b"],
          iamRolesToOverride: undefined,
          preferredRole: "arn:aws:iam::123456789012:role/b",
        },
      },
    },
    {
      config: { PreTokenGenerationConfig: { LambdaArn: functionArn, LambdaVersion: "V2_0" } },
      version: "2",
      call: {
        triggerSource: "TokenGeneration_RefreshTokens",
        request: { userAttributes, groupConfiguration: {}, scopes: ["aws.cognito.signin.user.admin"], clientMetadata },
      },
      request: {
        userAttributes,
        groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
        scopes: ["aws.cognito.signin.user.admin"],
        clientMetadata,
      },
      blank: { claimsAndScopeOverrideDetails: null },
      answer: {
        claimsAndScopeOverrideDetails: {
          idTokenGeneration: { claimsToAddOrOverride: { deep: { list: [1, true, "x"] } } },
          accessTokenGeneration: { claimsToSuppress: ["username"], scopesToAdd: ["a/b"], scopesToSuppress: ["c/d"] },
          groupOverrideDetails: {},
        },
      },
      response: {
        idTokenGeneration: { claimsToAddOrOverride: { deep: { list: [1, true, "x"] } }, claimsToSuppress: [] },
        accessTokenGeneration: {
          claimsToAddOrOverride: {},
          claimsToSuppress: ["username"],
          scopesToAdd: ["a/b"],
          scopesToSuppress: ["c/d"],
        },
        groupOverrideDetails: {
          groupsToOverride: undefined,
          iamRolesToOverride: undefined,
          preferredRole: undefined,
        },
      },
    },
    {
      config: { PreTokenGenerationConfig: { LambdaArn: functionArn, LambdaVersion: "V3_0" } },
      version: "3",
      call: {
        triggerSource: "TokenGeneration_ClientCredentials",
        request: { userAttributes: {}, groupConfiguration: undefined, scopes: ["a/b"] },
      },
      request: { userAttributes: {}, groupConfiguration: null, scopes: ["a/b"] },
      blank: { claimsAndScopeOverrideDetails: null },
      answer: { claimsAndScopeOverrideDetails: null },
      response: {
        idTokenGeneration: { claimsToAddOrOverride: {}, claimsToSuppress: [] },
        accessTokenGeneration: {
          claimsToAddOrOverride: {},
          claimsToSuppress: [],
          scopesToAdd: [],
          scopesToSuppress: [],
        },
        groupOverrideDetails: undefined,
      },
    },
  ],
  UserMigration: [
    {
      config: { UserMigration: functionArn },
      call: { triggerSource: "UserMigration_Authentication", request: { password: "Secret-1", validationData } },
      request: { validationData, password: "Secret-1" },
      blank: {
        userAttributes: null,
        forceAliasCreation: null,
        enableSMSMFA: null,
        finalUserStatus: null,
        messageAction: null,
        desiredDeliveryMediums: null,
      },
      answer: {
        userAttributes: { email: "ann@example.com", email_verified: true },
        finalUserStatus: "CONFIRMED",
        messageAction: "SUPPRESS",
        desiredDeliveryMediums: ["EMAIL"],
        forceAliasCreation: true,
      },
      response: {
        userAttributes: { email: "ann@example.com", email_verified: "true" },
        finalUserStatus: "CONFIRMED",
        messageAction: "SUPPRESS",
        desiredDeliveryMediums: ["EMAIL"],
        forceAliasCreation: true,
        enableSMSMFA: false,
      },
    },
  ],
  CustomMessage: [
    {
      config: { CustomMessage: functionArn },
      call: {
        triggerSource: "CustomMessage_AdminCreateUser",
        request: { userAttributes, codeParameter: "{####}", usernameParameter: "{username}" },
      },
      request: {
        codeParameter: "{####}",
        linkParameter: "{##Click Here##}",
        usernameParameter: "{username}",
        userAttributes,
      },
      blank: { smsMessage: null, emailMessage: null, emailSubject: null },
      answer: { emailMessage: "{username}: {####}", emailSubject: "Welcome" },
      response: { smsMessage: undefined, emailMessage: "{username}: {####}", emailSubject: "Welcome" },
    },
  ],
  InboundFederation: [
    {
      config: { InboundFederation: { LambdaArn: functionArn, LambdaVersion: "V1_0" } },
      call: {
        triggerSource: "InboundFederation_ExternalProvider",
        request: { providerName: "corp", providerType: "OIDC", attributes: { idToken: { sub: "1", groups: ["a"] } } },
      },
      request: { providerName: "corp", providerType: "OIDC", attributes: { idToken: { sub: "1", groups: ["a"] } } },
      blank: { userAttributesToMap: {} },
      answer: { userAttributesToMap: { email: "ann@example.com" } },
      response: { userAttributesToMap: { email: "ann@example.com" } },
    },
    {
      config: { InboundFederation: { LambdaArn: functionArn, LambdaVersion: "V1_0" } },
      call: {
        triggerSource: "InboundFederation_ExternalProvider",
        request: { providerName: "corp", providerType: "SAML", attributes: { samlResponse: { mail: "a@b" } } },
      },
      request: { providerName: "corp", providerType: "SAML", attributes: { samlResponse: { mail: "a@b" } } },
      blank: { userAttributesToMap: {} },
      answer: { userAttributesToMap: {} },
      response: { userAttributesToMap: undefined },
    },
  ],
};

suite("events", async () => {
  let answer: object = {};
  const { h, endpoint, triggers } = await house((event) => ({ ...event, response: answer }));

  for (const name of Object.keys(events) as Trigger[]) {
    for (const each of events[name]) {
      test(`${name}: ${each.call.triggerSource} to a function of version ${each.version ?? "1"}`, async () => {
        const row = await pool(h, each.config);
        answer = each.answer;
        const call = { ...user, ...each.call } as TriggerCall<Trigger>;
        assert.equal(triggers.has(row, name), true);
        assert.deepEqual(await triggers.invoke(row, name, call), each.response);
        assert.deepEqual(endpoint.events.at(-1), {
          version: each.version ?? "1",
          region: "us-east-1",
          userPoolId: row.pool_id,
          userName: "ann",
          callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "1example23456789" },
          triggerSource: each.call.triggerSource,
          request: each.request,
          response: each.blank,
        });
      });
    }
  }

  test("members stand in AWS's order", async () => {
    await triggers.invoke(await pool(h, { PreSignUp: functionArn }), "PreSignUp", signUp);
    const order = [
      "version",
      "region",
      "userPoolId",
      "userName",
      "callerContext",
      "triggerSource",
      "request",
      "response",
    ];
    assert.deepEqual(Object.keys(endpoint.events.at(-1) ?? {}), order);
  });

  test("a pool without the function calls nobody", async () => {
    const row = await pool(h, { PostConfirmation: functionArn });
    const before = endpoint.requests.length;
    assert.equal(triggers.has(row, "PreSignUp"), false);
    assert.equal(await triggers.invoke(row, "PreSignUp", signUp), undefined);
    assert.equal(endpoint.requests.length, before);
  });

  test("machines have an event in V3_0 alone", async () => {
    const before = endpoint.requests.length;
    for (const LambdaVersion of ["V1_0", "V2_0"] as const) {
      const row = await pool(h, { PreTokenGenerationConfig: { LambdaArn: functionArn, LambdaVersion } });
      const answered = await triggers.invoke(row, "PreTokenGeneration", {
        ...user,
        triggerSource: "TokenGeneration_ClientCredentials",
        request: { userAttributes: {}, groupConfiguration: undefined, scopes: [] },
      });
      assert.equal(answered, undefined);
    }
    assert.equal(endpoint.requests.length, before);
  });

  test("callerContext names the SDK and, where there is no app client, says so", async () => {
    answer = {};
    const row = await pool(h, { PreSignUp: functionArn, PostConfirmation: functionArn });
    const userAgent = "aws-sdk-js/3.535.0 ua/2.1 os/linux lang/js";
    await triggers.invoke(row, "PreSignUp", { ...signUp, clientId: undefined, userAgent });
    assert.deepEqual(endpoint.events.at(-1)?.callerContext, {
      awsSdkVersion: "aws-sdk-js-3.535.0",
      clientId: "CLIENT_ID_NOT_APPLICABLE",
    });
    await triggers.invoke(row, "PostConfirmation", {
      userName: "ann",
      clientId: undefined,
      userAgent: "curl/8",
      triggerSource: "PostConfirmation_ConfirmSignUp",
      request: { userAttributes },
    });
    assert.deepEqual(endpoint.events.at(-1)?.callerContext, {
      awsSdkVersion: "aws-sdk-unknown-unknown",
      clientId: null,
    });
  });
});

suite("answers that are refused", async () => {
  let run: (event: TriggerEvent) => unknown = (event) => event;
  const { h, endpoint, triggers } = await house((event) => run(event));
  const configured = await pool(h, {
    PreSignUp: functionArn,
    UserMigration: functionArn,
    PreTokenGeneration: functionArn,
    DefineAuthChallenge: functionArn,
  });
  const invoke = () => refusalOf(triggers.invoke(configured, "PreSignUp", signUp));

  test("a function that throws is quoted", async () => {
    const before = endpoint.requests.length;
    run = () => {
      throw new Error("Invitations only");
    };
    assert.deepEqual(await invoke(), {
      code: "UserLambdaValidationException",
      message: "PreSignUp failed with error Invitations only.",
    });
    assert.equal(endpoint.requests.length, before + 1, "what a function refuses is not asked again");
  });

  test("of a long complaint the beginning goes on", async () => {
    run = () => {
      throw new Error("x".repeat(100_000));
    };
    assert.equal((await invoke()).message, `PreSignUp failed with error ${"x".repeat(4_096)}.`);
  });

  const noJson = {
    code: "InvalidLambdaResponseException",
    message: "Invalid lambda function output : Invalid JSON",
  };

  test("nothing, and what is no JSON", async () => {
    run = () => undefined;
    assert.deepEqual(await invoke(), noJson);
    run = () => {
      throw new RawAnswer((response) => response.end("<html>"));
    };
    assert.deepEqual(await invoke(), noJson);
  });

  const outputs: readonly (readonly [string, (event: TriggerEvent) => unknown])[] = [
    ["a text", () => "ok"],
    ["a list", (event) => [event]],
    ["a response alone", ({ response }) => ({ response })],
    ["an event without callerContext", ({ callerContext: _, ...event }) => event],
    ["an event without its response", ({ response: _, ...event }) => event],
    ["a response that is a text", (event) => ({ ...event, response: "autoConfirmUser" })],
    ["a response that is a list", (event) => ({ ...event, response: [] })],
    ["a response that is null", (event) => ({ ...event, response: null })],
    ["a text for a boolean", (event) => ({ ...event, response: { autoConfirmUser: "true" } })],
    ["a number for a boolean", (event) => ({ ...event, response: { autoVerifyPhone: 1 } })],
  ];
  for (const [what, output] of outputs) {
    test(what, async () => {
      run = output;
      assert.deepEqual(await invoke(), unrecognizable);
    });
  }

  const migrations: readonly (readonly [string, object])[] = [
    ["no attributes", {}],
    ["empty attributes", { userAttributes: {} }],
    ["an attribute that is a list", { userAttributes: { email: ["ann@example.com"] } }],
    ["another status", { userAttributes, finalUserStatus: "ARCHIVED" }],
    ["another medium", { userAttributes, desiredDeliveryMediums: ["PIGEON"] }],
    ["a medium that is null", { userAttributes, desiredDeliveryMediums: [null] }],
    ["mediums that are a text", { userAttributes, desiredDeliveryMediums: "EMAIL" }],
  ];
  for (const [what, response] of migrations) {
    test(`a migrated user with ${what}`, async () => {
      run = (event) => ({ ...event, response });
      const call = { ...user, triggerSource: "UserMigration_ForgotPassword", request: {} } as const;
      assert.deepEqual(await refusalOf(triggers.invoke(configured, "UserMigration", call)), unrecognizable);
    });
  }

  const claims: readonly (readonly [string, unknown])[] = [
    ["that are lists", { claimsToAddOrOverride: { tenants: ["a"] } }],
    ["that are a list", { claimsToAddOrOverride: ["a"] }],
    ["to suppress that are a text", { claimsToSuppress: "email" }],
    ["to suppress that are numbers", { claimsToSuppress: [1] }],
    ["with groups that are a text", { groupOverrideDetails: "admins" }],
  ];
  for (const [what, claimsOverrideDetails] of claims) {
    test(`claims of V1_0 ${what}`, async () => {
      run = (event) => ({ ...event, response: { claimsOverrideDetails } });
      const refused = triggers.invoke(configured, "PreTokenGeneration", {
        ...user,
        triggerSource: "TokenGeneration_Authentication",
        request: { userAttributes, groupConfiguration: {}, scopes: [] },
      });
      assert.deepEqual(await refusalOf(refused), unrecognizable);
    });
  }

  test("a claim by the name of a prototype is no more than a claim", async () => {
    const hostile = '{"claimsOverrideDetails":{"claimsToAddOrOverride":{"__proto__":"x","team":"blue"}}}';
    run = (event) => ({ ...event, response: JSON.parse(hostile) });
    const answered = await triggers.invoke(configured, "PreTokenGeneration", {
      ...user,
      triggerSource: "TokenGeneration_Authentication",
      request: { userAttributes, groupConfiguration: {}, scopes: [] },
    });
    const changed = answered?.idTokenGeneration.claimsToAddOrOverride ?? {};
    assert.deepEqual(Object.keys(changed), ["__proto__", "team"]);
    assert.equal(Object.getPrototypeOf(changed), Object.prototype);
  });

  test("more than AWS Lambda answers", async () => {
    run = (event) => ({ ...event, padding: "x".repeat(6_300_000) });
    assert.deepEqual(await invoke(), {
      code: "UserLambdaValidationException",
      message:
        "PreSignUp failed with error Response payload size exceeded maximum allowed payload size (6291556 bytes).",
    });
  });
});

suite("functions that are not reached", async () => {
  let answers: ((event: TriggerEvent) => unknown)[] = [];
  const { h, endpoint, triggers } = await house((event) => answers.shift()?.(event) ?? event);
  const row = await pool(h, { PreSignUp: functionArn });
  const status = (code: number, headers: Record<string, string> = {}, body = "") => {
    return () => {
      throw new RawAnswer((response) => response.writeHead(code, headers).end(body));
    };
  };
  const invoke = (given: typeof answers) => {
    answers = given;
    endpoint.requests.length = 0;
    return triggers.invoke(row, "PreSignUp", signUp);
  };
  const unexpected = (reason: string) => ({
    code: "UnexpectedLambdaException",
    message: `PreSignUp invocation failed due to error ${reason}.`,
  });

  test("the third try may do it", async () => {
    const response = await invoke([status(500), status(429), (event) => event]);
    assert.deepEqual(response, { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false });
    assert.equal(endpoint.requests.length, 3);
    assert.equal(new Set(endpoint.requests.map(({ body }) => body)).size, 1, "each try brings the same event");
  });

  const failures: readonly (readonly [number, Record<string, string>, string, number])[] = [
    [500, {}, "ServiceException", 3],
    [502, { "x-amzn-errortype": "EC2ThrottledException:http://localhost" }, "EC2ThrottledException", 3],
    [429, {}, "TooManyRequestsException", 3],
    [403, { "x-amzn-errortype": "AccessDeniedException" }, "AccessDeniedException", 1],
    [404, { "x-amzn-errortype": "ResourceNotFoundException:" }, "ResourceNotFoundException", 1],
    [409, { "x-amzn-errortype": "ResourceConflictException" }, "ResourceConflictException", 1],
    [400, { "x-amzn-errortype": "<script>" }, "HTTP status 400", 1],
    [307, { location: "/elsewhere" }, "HTTP status 307", 1],
  ];
  for (const [code, headers, reason, tries] of failures) {
    test(`status ${code} is ${reason}, after ${tries}`, async () => {
      const answer = status(code, headers, '{"Message":"of no interest"}');
      assert.deepEqual(await refusalOf(invoke([answer, answer, answer, answer])), unexpected(reason));
      assert.equal(endpoint.requests.length, tries);
      assert.equal(endpoint.requests.at(-1)?.path, invokePath);
    });
  }

  test("nobody there", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo; // it listens on a port
    await new Promise((resolve) => server.close(resolve));
    const alone = await harness({ lambda: { endpoint: `http://127.0.0.1:${port}` } });
    const call = alone.environment.triggers.invoke(await pool(alone, { PreSignUp: functionArn }), "PreSignUp", signUp);
    assert.deepEqual(await refusalOf(call), unexpected("Unable to reach Lambda function"));
  });

  test("an answer that ends in the middle", async () => {
    const server = createSocketServer((socket) => {
      socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    after(() => server.close());
    const { port } = server.address() as AddressInfo; // it listens on a port
    const broken = await harness({ lambda: { endpoint: `http://127.0.0.1:${port}` } });
    const call = broken.environment.triggers.invoke(
      await pool(broken, { PreSignUp: functionArn }),
      "PreSignUp",
      signUp,
    );
    assert.deepEqual(await refusalOf(call), unexpected("Unable to reach Lambda function"));
  });

  test("no answer in time, three times", async () => {
    const slow = await house(() => new Promise(() => {}), { limits: { timeoutMs: 300, tries: 3 } });
    const call = slow.triggers.invoke(await pool(slow.h, { PreSignUp: functionArn }), "PreSignUp", signUp);
    assert.deepEqual(await refusalOf(call), unexpected("Socket timeout while invoking Lambda function"));
    assert.equal(slow.endpoint.requests.length, 3);
  });

  test("a function that nobody has named is as one that is gone", async () => {
    const none = await harness();
    const call = none.environment.triggers.invoke(await pool(none, { PreSignUp: functionArn }), "PreSignUp", signUp);
    assert.deepEqual(await refusalOf(call), unexpected("AccessDeniedException"));
  });
});

suite("ways to a function", () => {
  test("Invoke is unsigned without credentials", async () => {
    const { h, endpoint, triggers } = await house((event) => event);
    await triggers.invoke(await pool(h, { PreSignUp: functionArn }), "PreSignUp", signUp);
    const [request] = endpoint.requests;
    assert.equal(request?.path, invokePath);
    assert.equal(request?.headers.authorization, undefined);
    assert.equal(request?.headers["x-amz-invocation-type"], "RequestResponse");
    assert.equal(request?.headers["content-type"], "application/json");
  });

  test("and signed with them, in the region of the function", async () => {
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "token" };
    const elsewhere = functionArn.replace("us-east-1", "eu-central-1");
    const endpoint = await lambdaEndpoint((event) => event);
    const h = await harness({ lambda: { endpoint: endpoint.url, credentials } });
    const there = { ...h.as(h.root, "eu-central-1"), environment: h.environment };
    await h.environment.triggers.invoke(await pool(there, { PreSignUp: elsewhere }), "PreSignUp", signUp);
    const [sent] = endpoint.requests;
    const headers = new Map(Object.entries(sent?.headers ?? {}).map(([name, value]) => [name, String(value)]));
    const request = {
      method: "POST",
      path: sent?.path ?? "",
      query: "",
      headers,
      body: Buffer.from(sent?.body ?? ""),
    };
    const authorization = parseAuthorization(request, startOfTest, "lambda");
    assert.equal(authorization.accessKeyId, "AKIDEXAMPLE");
    assert.equal(authorization.region, "eu-central-1");
    assert.equal(authorization.sessionToken, "token");
    const key = deriveSigningKey("secret", "20260615", "eu-central-1", "lambda");
    assert.equal(verifySignature(request, authorization, key), true);
  });

  suite("a URL takes the event and answers it", async () => {
    let answer: (event: TriggerEvent) => { status: number; body: unknown } = (body) => ({ status: 200, body });
    const endpoint = await lambdaEndpoint((event) => {
      throw new RawAnswer((response) => {
        const { status, body } = answer(event);
        response.writeHead(status).end(JSON.stringify(body));
      });
    });
    const h = await harness({ lambda: { functions: { trigger: `${endpoint.url}/pre-sign-up?stage=test` } } });
    const row = await pool(h, { PreSignUp: functionArn });
    const invoke = () => h.environment.triggers.invoke(row, "PreSignUp", signUp);

    test("good", async () => {
      answer = (event) => ({ status: 200, body: { ...event, response: { autoConfirmUser: true } } });
      assert.deepEqual(await invoke(), { autoConfirmUser: true, autoVerifyEmail: false, autoVerifyPhone: false });
      assert.equal(endpoint.requests.at(-1)?.path, "/pre-sign-up?stage=test");
      assert.equal(endpoint.events.at(-1)?.triggerSource, "PreSignUp_SignUp");
    });

    for (const status of [200, 400, 500]) {
      test(`an errorMessage with status ${status} is the function's own`, async () => {
        endpoint.requests.length = 0;
        answer = () => ({ status, body: { errorType: "Error", errorMessage: "Invitations only" } });
        assert.deepEqual(await refusalOf(invoke()), {
          code: "UserLambdaValidationException",
          message: "PreSignUp failed with error Invitations only.",
        });
        assert.equal(endpoint.requests.length, 1);
      });
    }

    for (const [status, reason, tries] of [
      [404, "ResourceNotFoundException", 1],
      [422, "HTTP status 422", 1],
      [503, "ServiceException", 3],
    ] as const) {
      test(`status ${status} without one is ${reason}`, async () => {
        endpoint.requests.length = 0;
        answer = (event) => ({ status, body: event });
        assert.deepEqual(await refusalOf(invoke()), {
          code: "UnexpectedLambdaException",
          message: `PreSignUp invocation failed due to error ${reason}.`,
        });
        assert.equal(endpoint.requests.length, tries);
      });
    }
  });
});

suite("a module of JavaScript", async () => {
  const directory = mkdtempSync(join(tmpdir(), "countersign-functions-"));
  after(() => rmSync(directory, { recursive: true }));
  const path = join(directory, "triggers.mjs");
  writeFileSync(
    path,
    `export const handler = async (event, context) => {
      if (event.userName === "mallory") throw new Error("Invitations only");
      if (event.userName === "long") return { ...event, padding: "x".repeat(6_300_000) };
      event.response.autoConfirmUser = context.functionName === "trigger" && context.invokedFunctionArn.endsWith(":live");
      return event;
    };
    export const silent = () => {};
    export const slow = () => new Promise(() => {});
    `,
  );
  const functions = {
    trigger: path,
    silent: `${path}#silent`,
    slow: `${path}#slow`,
    absent: `${path}#absent`,
    broken: join(directory, "nowhere.mjs"),
  };
  const h = await harness({ lambda: { functions, limits: { timeoutMs: 20, tries: 3 } } });
  const invoke = async (name: string, userName = "ann") => {
    const row = await pool(h, { PreSignUp: functionArn.replace(":trigger", `:${name}`) });
    return h.environment.triggers.invoke(row, "PreSignUp", { ...signUp, userName });
  };
  const unreachable = {
    code: "UnexpectedLambdaException",
    message: "PreSignUp invocation failed due to error Unable to reach Lambda function.",
  };

  test("is called by its handler", async () => {
    assert.deepEqual(await invoke("trigger:live"), {
      autoConfirmUser: true,
      autoVerifyEmail: false,
      autoVerifyPhone: false,
    });
  });

  test("may refuse", async () => {
    assert.deepEqual(await refusalOf(invoke("trigger", "mallory")), {
      code: "UserLambdaValidationException",
      message: "PreSignUp failed with error Invitations only.",
    });
  });

  test("has to answer", async () => {
    assert.deepEqual(await refusalOf(invoke("silent")), {
      code: "InvalidLambdaResponseException",
      message: "Invalid lambda function output : Invalid JSON",
    });
  });

  test("has to keep it short", async () => {
    assert.deepEqual(await refusalOf(invoke("trigger", "long")), {
      code: "UserLambdaValidationException",
      message:
        "PreSignUp failed with error Response payload size exceeded maximum allowed payload size (6291556 bytes).",
    });
  });

  test("has as little time as others", async () => {
    assert.deepEqual(await refusalOf(invoke("slow")), {
      code: "UnexpectedLambdaException",
      message: "PreSignUp invocation failed due to error Socket timeout while invoking Lambda function.",
    });
  });

  test("has to be there, with the name that it is asked for by; what is not is told to nobody outside", async () => {
    assert.deepEqual(await refusalOf(invoke("absent")), unreachable);
    assert.deepEqual(await refusalOf(invoke("broken")), unreachable);
  });
});

suite("custom senders", async () => {
  const h = await harness();
  const KMSKeyID = `arn:aws:kms:us-east-1:${testAccount}:key/a`;

  test("are left out by name", async () => {
    const sender = { LambdaArn: functionArn, LambdaVersion: "V1_0" } as const;
    const row = await pool(h, { KMSKeyID, CustomEmailSender: sender });
    h.environment.triggers.refuseCustomSender(row, "SMS");
    assert.throws(() => h.environment.triggers.refuseCustomSender(row, "EMAIL"), {
      code: "UnexpectedLambdaException",
      message:
        "CustomEmailSender invocation failed due to error encryption of codes with AWS KMS is not supported, so CustomEmailSender is left out.",
    });
    const texts = await pool(h, { KMSKeyID, CustomSMSSender: sender });
    assert.throws(() => h.environment.triggers.refuseCustomSender(texts, "SMS"), {
      code: "UnexpectedLambdaException",
      message:
        "CustomSMSSender invocation failed due to error encryption of codes with AWS KMS is not supported, so CustomSMSSender is left out.",
    });
  });

  test("a pool without one is let through", async () => {
    const row = await pool(h, {});
    h.environment.triggers.refuseCustomSender(row, "EMAIL");
    h.environment.triggers.refuseCustomSender(row, "SMS");
  });
});

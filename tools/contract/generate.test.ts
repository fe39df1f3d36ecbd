import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { contracts, generate } from "./generate.ts";
import { Contradiction, join } from "./join.ts";
import { type Limits, readLimits, reduceModel } from "./limits.ts";
import { cognitoOverrides, iamOverrides, stsOverrides } from "./overrides.ts";
import { printJson } from "./print.ts";
import { readSdk } from "./sdk.ts";

const contract = new URL("../../server/src/contract/", import.meta.url);

describe("the checked-in contract is what the sources say", () => {
  for (const { file, service, ...rest } of contracts) {
    test(`${file}.json and ${file}.ts, byte for byte`, async () => {
      const { json, rows } = await generate({ file, service, ...rest }, readLimits(service));
      assert.equal(json, readFileSync(new URL(`${file}.json`, contract), "utf8"));
      assert.equal(rows, readFileSync(new URL(`${file}.ts`, contract), "utf8"));
    });

    test(`limits/${service}.json is in its printed form`, () => {
      const text = readFileSync(new URL(`limits/${service}.json`, import.meta.url), "utf8");
      assert.equal(printJson(readLimits(service)), text);
    });
  }
});

describe("skew between the sources is reported", () => {
  test("IAM and STS have none but one enum", async () => {
    const iam = join("iam", await readSdk("iam"), readLimits("iam"), iamOverrides);
    const sts = join("sts", await readSdk("sts"), readLimits("sts"), stsOverrides);
    assert.deepEqual(iam.report, [
      "PolicyIdentifier.PolicyType: PolicyIdentifierPolicyType has an enum in the model only; kept",
    ]);
    assert.deepEqual(sts.report, []);
  });

  test("Cognito lacks eight session operations in the model", async () => {
    const { report } = join("cognito-idp", await readSdk("cognito-idp"), readLimits("cognito-idp"), cognitoOverrides);
    const operations = report.filter((line) => line.startsWith("operation ")).map((line) => line.split(" ")[1]);
    assert.deepEqual(operations, [
      "AdminListUserSessions",
      "AdminRevokeUserSession",
      "GetUserPoolClientSessionConfiguration",
      "GetUserPoolSessionConfiguration",
      "ListUserSessions",
      "RevokeUserSession",
      "SetUserPoolClientSessionConfiguration",
      "SetUserPoolSessionConfiguration",
    ]);
    assert.ok(report.includes("RevokeTokenRequest.RevokeAssociatedSessions is in the SDK only"));
    assert.ok(report.includes("InitiateAuth: FeatureUnavailableInTierException is declared by the SDK only; added"));
  });
});

describe("contradictions stop the run", async () => {
  const sdk = await readSdk("sts");
  const limits = readLimits("sts");

  function refuses(changed: Partial<Limits>, message: string, overrides = stsOverrides): void {
    assert.throws(() => join("sts", sdk, { ...limits, ...changed }, overrides), new Contradiction(message));
  }

  test("an operation that only the model has", () => {
    const operations = { ...limits.operations, AssumeNothing: { errors: [] } };
    refuses({ operations }, "operation AssumeNothing is in the model only");
  });

  test("an error that only the model lists", () => {
    const operations = { ...limits.operations };
    operations.GetSessionToken = { ...operations.GetSessionToken, errors: ["RegionDisabledException", "Gone"] };
    refuses({ operations }, "GetSessionToken: Gone in the model only");
  });

  test("an operation signed in one source", () => {
    const operations = { ...limits.operations };
    operations.GetSessionToken = { errors: [], ...operations.GetSessionToken, unsigned: true };
    refuses({ operations }, "GetSessionToken: unsigned in one source");
  });

  test("a member of another kind", () => {
    const shapes: Limits["shapes"] = { ...limits.shapes, accountType: { type: "integer" } };
    refuses({ shapes }, "GetAccessKeyInfoResponse.Account: string in the SDK, but accountType is a integer");
  });

  test("a secret in one source only", () => {
    const shapes: Limits["shapes"] = { ...limits.shapes, SAMLAssertionType: { type: "string", min: 4, max: 100000 } };
    refuses({ shapes }, "AssumeRoleWithSAMLRequest.SAMLAssertion: only one source calls SAMLAssertionType sensitive");
  });

  test("a member required in one source only", () => {
    const members = { AccessKeyId: "accessKeyIdType" };
    const shapes: Limits["shapes"] = { ...limits.shapes, GetAccessKeyInfoRequest: { type: "structure", members } };
    refuses({ shapes }, "GetAccessKeyInfoRequest: required members differ");
  });

  test("a status or a code that differs", () => {
    const expired = { code: "ExpiredTokenException", members: {} };
    const errors = { ...limits.errors, ExpiredTokenException: { ...expired, status: 403 } };
    refuses({ errors }, "ExpiredTokenException: status 400 in the SDK, 403 in the model");
    const renamed = { ...limits.errors, ExpiredTokenException: { ...expired, code: "ExpiredToken" } };
    refuses(
      { errors: renamed },
      "ExpiredTokenException: code ExpiredTokenException in the SDK, ExpiredToken in the model",
    );
  });

  test("a pattern that does not compile, and an override for one that does", () => {
    refuses({}, "pattern of federatedIdType: does not compile", { ...stsOverrides, patterns: {} });
    const line = { is: "x", because: "a test", on: "2026-11-22" };
    const patterns = { ...stsOverrides.patterns, arnType: line };
    refuses({}, "pattern of arnType: compiles as it is", { ...stsOverrides, patterns });
  });

  test("an override that corrects nothing", () => {
    const line = { is: "stringType", because: "a test", on: "2026-11-22" };
    refuses({}, "overrides.ts lines without effect: members AssumeRoleRequest.RoleArn", {
      ...stsOverrides,
      members: { "AssumeRoleRequest.RoleArn": line },
    });
    refuses({}, "statuses IDPRejectedClaimException: the sources already say 403", {
      ...stsOverrides,
      statuses: { IDPRejectedClaimException: { ...line, is: 403 } },
    });
  });

  test("a member without a name in either source", () => {
    const { MaxPerUserType: _, ...shapes } = cognitoOverrides.shapes;
    const members = Object.fromEntries(
      Object.entries(cognitoOverrides.members).filter(([name]) => name !== "UserPoolTokenSessionConfigType.MaxPerUser"),
    );
    return readSdk("cognito-idp").then((cognito) =>
      assert.throws(
        () => join("cognito-idp", cognito, readLimits("cognito-idp"), { ...cognitoOverrides, shapes, members }),
        new Contradiction(
          "UserPoolTokenSessionConfigType.MaxPerUser: a number that the model lacks; overrides.ts must name its shape",
        ),
      ),
    );
  });
});

describe("reducing a model", () => {
  const model = {
    metadata: { apiVersion: "2010-05-08", protocol: "query", xmlNamespace: "https://example.test/", uid: "x" },
    operations: {
      B: {
        name: "B",
        errors: [{ shape: "E" }, { shape: "E" }],
        documentation: "<p>prose</p>",
        authtype: "none",
        auth: ["smithy.api#noAuth"],
      },
      A: {
        name: "A",
        input: { shape: "S" },
        output: { shape: "S", resultWrapper: "AResult" },
        http: { method: "POST" },
      },
    },
    shapes: {
      S: { type: "structure", members: { N: { shape: "N", documentation: "<p>prose</p>" } }, required: [] },
      N: {
        type: "string",
        min: 1,
        max: 2,
        pattern: "[a]+",
        enum: ["a"],
        sensitive: true,
        documentation: "<p>prose</p>",
      },
      E: {
        type: "structure",
        members: {},
        error: { code: "C", httpStatusCode: 409, senderFault: true },
        exception: true,
      },
    },
  };

  test("keeps limits, errors and signing, and no prose", () => {
    assert.deepEqual(reduceModel(JSON.stringify(model), "a test"), {
      source: "a test",
      apiVersion: "2010-05-08",
      protocol: "query",
      xmlNamespace: "https://example.test/",
      operations: {
        A: { input: "S", output: "S", resultWrapper: "AResult", errors: [] },
        B: { errors: ["E"], unsigned: true },
      },
      shapes: {
        N: { type: "string", min: 1, max: 2, pattern: "[a]+", enum: ["a"], sensitive: true },
        S: { type: "structure", members: { N: "N" } },
      },
      errors: { E: { code: "C", status: 409, fault: "client", members: {} } },
    });
  });

  test("refuses what it does not know", () => {
    const tree = { ...model, shapes: { T: { type: "tree" } } };
    assert.throws(() => reduceModel(JSON.stringify(tree), "a test"), new Error("T: unknown type tree"));
    const rest = { ...model, metadata: { ...model.metadata, protocol: "rest-xml" } };
    assert.throws(() => reduceModel(JSON.stringify(rest), "a test"), new Error("unknown protocol: rest-xml"));
  });
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type CognitoApi, cognito } from "./cognito.ts";
import { type IamApi, iam } from "./iam.ts";
import { refusal, wireError } from "./service-exception.ts";
import type { ApiRow, Auth, Model, Shape, StructureShape, Validated } from "./shape.ts";
import { type StsApi, sts } from "./sts.ts";

const models = { iam, sts, cognito };

function structure(model: Model, name: string | undefined): StructureShape {
  const shape = name === undefined ? undefined : model.shapes[name];
  assert.ok(shape?.type === "structure", `${name} is a structure`);
  return shape;
}

/** The shapes that a shape names. */
function parts(shape: Shape): readonly string[] {
  if (shape.type === "list") return [shape.member];
  if (shape.type === "map") return [shape.key, shape.value];
  return shape.type === "structure" ? Object.values(shape.members) : [];
}

function operationsBy(model: Model, auth: Auth): string[] {
  return Object.entries(model.operations)
    .filter(([, operation]) => operation.auth === auth)
    .map(([name]) => name);
}

describe("the whole contract", () => {
  test("331 operations: IAM 180, STS 11, Cognito 140", () => {
    const counts = Object.values(models).map(({ operations }) => Object.keys(operations).length);
    assert.deepEqual(counts, [180, 11, 140]);
  });

  test("services, versions, wire names", () => {
    const { operations, shapes, errors, ...ofIam } = iam;
    assert.deepEqual(ofIam, {
      service: "iam",
      apiVersion: "2010-05-08",
      protocol: "query",
      xmlNamespace: "https://iam.amazonaws.com/doc/2010-05-08/",
    });
    assert.equal(sts.service, "sts");
    assert.equal(sts.apiVersion, "2011-06-15");
    assert.equal(sts.xmlNamespace, "https://sts.amazonaws.com/doc/2011-06-15/");
    assert.equal(cognito.service, "cognito-idp");
    assert.equal(cognito.apiVersion, "2016-04-18");
    assert.equal(cognito.protocol, "json");
    assert.equal(cognito.targetPrefix, "AWSCognitoIdentityProviderService");
    assert.equal(cognito.xmlNamespace, undefined);
  });

  for (const [service, model] of Object.entries(models)) {
    test(`${service}: every shape named exists, and every shape is reached`, () => {
      const reached = new Set<string>();
      const visit = (name: string) => {
        if (reached.has(name)) return;
        reached.add(name);
        const shape = model.shapes[name];
        assert.ok(shape !== undefined, `${name} exists`);
        parts(shape).forEach(visit);
      };
      for (const { input, output } of Object.values(model.operations)) {
        for (const name of [input, output]) {
          if (name === undefined) continue;
          structure(model, name);
          visit(name);
        }
      }
      for (const { members } of Object.values(model.errors)) Object.values(members ?? {}).forEach(visit);
      assert.deepEqual([...reached].sort(), Object.keys(model.shapes).sort());
      const listed = new Set(Object.values(model.operations).flatMap(({ errors }) => errors));
      assert.deepEqual([...listed].sort(), Object.keys(model.errors).sort());
    });

    test(`${service}: a shape carries what a codec or the validator reads, and nothing else`, () => {
      const limits = ["min", "max", "sensitive"];
      const allowed: Readonly<Record<Shape["type"], readonly string[]>> = {
        string: [...limits, "pattern", "patternSource", "enum"],
        integer: limits,
        long: limits,
        float: limits,
        double: limits,
        boolean: [],
        timestamp: [],
        blob: limits,
        document: [],
        list: [...limits, "member"],
        map: [...limits, "key", "value"],
        structure: ["members", "required", "union", "sensitive"],
      };
      for (const [name, shape] of Object.entries(model.shapes)) {
        const { type, ...rest } = shape;
        for (const key of Object.keys(rest)) assert.ok(allowed[type].includes(key), `${name}.${key}`);
        if (shape.type !== "structure") continue;
        for (const member of shape.required ?? []) assert.ok(member in shape.members, `${name} requires ${member}`);
      }
    });

    test(`${service}: every pattern compiles by code points, anchored`, () => {
      let compiled = 0;
      for (const [name, shape] of Object.entries(model.shapes)) {
        if (shape.type !== "string" || shape.pattern === undefined) continue;
        const source = `^(?:${shape.patternSource ?? shape.pattern})$`;
        assert.doesNotThrow(() => new RegExp(source, "u"), `${name}: ${source}`);
        compiled += 1;
      }
      assert.ok(compiled >= 14);
    });

    test(`${service}: map keys are strings, as both wires need`, () => {
      for (const [name, shape] of Object.entries(model.shapes)) {
        if (shape.type === "map") assert.equal(model.shapes[shape.key]?.type, "string", name);
      }
    });
  }

  test("only JSON has documents, and only two patterns are not AWS's own", () => {
    const where = (wanted: (shape: Shape) => boolean) =>
      Object.entries(models).flatMap(([service, model]) =>
        Object.keys(model.shapes)
          .filter((name) => {
            const shape = model.shapes[name];
            return shape !== undefined && wanted(shape);
          })
          .map((name) => `${service} ${name}`),
      );
    assert.deepEqual(
      where(({ type }) => type === "document"),
      ["cognito Document"],
    );
    assert.deepEqual(
      where((shape) => "patternSource" in shape),
      ["sts federatedIdType", "cognito DomainType", "cognito SmsInviteMessageType"],
    );
    assert.deepEqual(
      where((shape) => "union" in shape),
      ["iam PolicyIdentifier"],
    );
  });
});

describe("IAM", () => {
  test("UploadSigningCertificate: limits, result and errors (IAM API reference)", () => {
    const operation = iam.operations.UploadSigningCertificate;
    assert.deepEqual(operation, {
      input: "UploadSigningCertificateRequest",
      output: "UploadSigningCertificateResponse",
      resultWrapper: "UploadSigningCertificateResult",
      errors: [
        "LimitExceededException",
        "EntityAlreadyExistsException",
        "MalformedCertificateException",
        "InvalidCertificateException",
        "DuplicateCertificateException",
        "NoSuchEntityException",
        "ConcurrentModificationException",
        "ServiceFailureException",
      ],
      auth: "sigv4",
    });
    const input = structure(iam, operation.input);
    // AWS's order: the schema alone would put the required member first.
    assert.deepEqual(Object.keys(input.members), ["UserName", "CertificateBody"]);
    assert.deepEqual(input.required, ["CertificateBody"]);
    assert.deepEqual(iam.shapes[input.members.UserName ?? ""], {
      type: "string",
      min: 1,
      max: 128,
      pattern: "[\\w+=,.@-]+",
    });
    assert.deepEqual(iam.shapes[input.members.CertificateBody ?? ""], {
      type: "string",
      min: 1,
      max: 16384,
      pattern: "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
    });
    const certificate = structure(iam, "SigningCertificate");
    assert.deepEqual(Object.keys(certificate.members), [
      "UserName",
      "CertificateId",
      "CertificateBody",
      "Status",
      "UploadDate",
    ]);
    assert.deepEqual(iam.shapes[certificate.members.CertificateId ?? ""], {
      type: "string",
      min: 24,
      max: 128,
      pattern: "[\\w]+",
    });
    assert.deepEqual(iam.shapes[certificate.members.Status ?? ""], {
      type: "string",
      enum: ["Active", "Inactive", "Expired"],
    });
    assert.deepEqual(iam.shapes[certificate.members.UploadDate ?? ""], { type: "timestamp" });
  });

  test("operations that answer with ResponseMetadata alone have neither output nor wrapper", () => {
    for (const name of ["UpdateSigningCertificate", "DeleteSigningCertificate", "TagUser"]) {
      const operation = iam.operations[name];
      assert.ok(operation !== undefined);
      assert.ok(!("output" in operation) && !("resultWrapper" in operation), name);
    }
    // AWS defines an empty result here, so the element is written.
    assert.equal(iam.operations.UpdateRole?.resultWrapper, "UpdateRoleResult");
    assert.deepEqual(structure(iam, iam.operations.UpdateRole?.output).members, {});
    for (const [name, { output, resultWrapper }] of Object.entries({ ...iam.operations, ...sts.operations })) {
      assert.equal(resultWrapper, output === undefined ? undefined : `${name}Result`);
    }
  });

  test("codes and statuses on the wire", () => {
    const wire = (name: string) => {
      const { code, status, fault } = wireError(iam, refusal(name));
      return `${status} ${code} ${fault}`;
    };
    assert.equal(wire("NoSuchEntityException"), "404 NoSuchEntity client");
    assert.equal(wire("EntityAlreadyExistsException"), "409 EntityAlreadyExists client");
    assert.equal(wire("DuplicateCertificateException"), "409 DuplicateCertificate client");
    assert.equal(wire("LimitExceededException"), "409 LimitExceeded client");
    assert.equal(wire("DeleteConflictException"), "409 DeleteConflict client");
    assert.equal(wire("MalformedCertificateException"), "400 MalformedCertificate client");
    assert.equal(wire("InvalidInputException"), "400 InvalidInput client");
    assert.equal(wire("MalformedPolicyDocumentException"), "400 MalformedPolicyDocument client");
    assert.equal(wire("CredentialReportNotPresentException"), "410 ReportNotPresent client");
    assert.equal(wire("CredentialReportNotReadyException"), "404 ReportInProgress client");
    assert.equal(wire("InvalidAuthenticationCodeException"), "403 InvalidAuthenticationCode client");
    assert.equal(wire("ServiceFailureException"), "500 ServiceFailure server");
    // No error trait in either source but a status: the code is the shape's name, which clients look it up by.
    assert.equal(wire("OrganizationNotFoundException"), "400 OrganizationNotFoundException client");
  });

  test("secrets are marked", () => {
    for (const name of ["accessKeySecretType", "passwordType", "privateKeyType", "serviceCredentialSecret"]) {
      const shape = iam.shapes[name];
      assert.ok(shape?.type === "string" && shape.sensitive === true, name);
    }
  });

  test("every operation is signed", () => {
    assert.equal(operationsBy(iam, "sigv4").length, 180);
  });
});

describe("STS", () => {
  test("two operations are public", () => {
    assert.deepEqual(operationsBy(sts, "none"), ["AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"]);
    assert.deepEqual(operationsBy(sts, "token"), []);
  });

  test("codes and statuses on the wire", () => {
    assert.deepEqual(sts.errors.IDPRejectedClaimException, { code: "IDPRejectedClaim", status: 403, fault: "client" });
    assert.deepEqual(sts.errors.ExpiredTokenException, {
      code: "ExpiredTokenException",
      status: 400,
      fault: "client",
    });
    assert.deepEqual(sts.errors.PackedPolicyTooLargeException, {
      code: "PackedPolicyTooLarge",
      status: 400,
      fault: "client",
    });
  });

  test("a pattern that JavaScript refuses keeps AWS's text for messages", () => {
    const shape = sts.shapes.federatedIdType;
    assert.ok(shape?.type === "string");
    assert.equal(shape.pattern, "[\\w+=,.@\\:-]*");
    assert.equal(shape.patternSource, "[\\w+=,.@:-]*");
    assert.match("123456789012:ann", new RegExp(`^(?:${shape.patternSource})$`, "u"));
    assert.doesNotMatch("a b", new RegExp(`^(?:${shape.patternSource})$`, "u"));
  });
});

describe("Cognito", () => {
  // The noAuth trait of the API, checked against the Cognito developer guide's list of unsigned operations.
  test("34 operations are unsigned: 24 by token, 10 public or by session", () => {
    assert.deepEqual(operationsBy(cognito, "token"), [
      "AssociateSoftwareToken",
      "ChangePassword",
      "CompleteWebAuthnRegistration",
      "ConfirmDevice",
      "DeleteUser",
      "DeleteUserAttributes",
      "DeleteWebAuthnCredential",
      "ForgetDevice",
      "GetDevice",
      "GetUser",
      "GetUserAttributeVerificationCode",
      "GetUserAuthFactors",
      "GlobalSignOut",
      "ListDevices",
      "ListUserSessions",
      "ListWebAuthnCredentials",
      "RevokeUserSession",
      "SetUserMFAPreference",
      "SetUserSettings",
      "StartWebAuthnRegistration",
      "UpdateDeviceStatus",
      "UpdateUserAttributes",
      "VerifySoftwareToken",
      "VerifyUserAttribute",
    ]);
    assert.deepEqual(operationsBy(cognito, "none"), [
      "ConfirmForgotPassword",
      "ConfirmSignUp",
      "ForgotPassword",
      "GetTokensFromRefreshToken",
      "InitiateAuth",
      "ResendConfirmationCode",
      "RespondToAuthChallenge",
      "RevokeToken",
      "SignUp",
      "UpdateAuthEventFeedback",
    ]);
    // Named like a user's own, but an administrator's.
    assert.equal(cognito.operations.GetSigningCertificate?.auth, "sigv4");
    for (const name of operationsBy(cognito, "sigv4")) {
      assert.ok(!("AccessToken" in structure(cognito, cognito.operations[name]?.input).members), name);
    }
  });

  test("every client error is a 400 on the wire, whatever httpError says", () => {
    for (const { code, status, fault } of Object.values(cognito.errors)) {
      assert.equal(status, fault === "client" ? 400 : 500, code);
    }
    assert.deepEqual(cognito.errors.NotAuthorizedException, {
      code: "NotAuthorizedException",
      status: 400,
      fault: "client",
    });
    assert.equal(cognito.errors.InternalErrorException?.status, 500);
    assert.deepEqual(cognito.errors.InvalidParameterException?.members, {
      reasonCode: "InvalidParameterExceptionReasonCodeType",
    });
  });

  test("operations that only the SDK has carry limits by hand", () => {
    const request = structure(cognito, cognito.operations.AdminRevokeUserSession?.input);
    assert.deepEqual(request.members, {
      UserPoolId: "UserPoolIdType",
      Username: "UsernameType",
      SessionId: "SessionIdType",
      RevokeAssociatedSessions: "RevokeAssociatedSessionsType",
    });
    assert.deepEqual(cognito.shapes.RevokeAssociatedSessionsType, { type: "string", enum: ["NONE", "LINKED"] });
    assert.deepEqual(cognito.shapes.MaxPerUserType, { type: "integer", min: 1, max: 100 });
    assert.equal(cognito.operations.RevokeUserSession?.auth, "token");
    assert.ok(cognito.operations.RevokeUserSession?.errors.includes("PasswordResetRequiredException"));
  });

  test("a structure without members keeps its name", () => {
    assert.equal(cognito.operations.AdminDisableUser?.output, "AdminDisableUserResponse");
    assert.equal(cognito.operations.DeleteUser?.output, undefined);
  });

  test("secrets are marked, a whole map of them too", () => {
    for (const name of ["PasswordType", "TokenModelType", "SecretHashType", "AuthParametersType"]) {
      const shape = cognito.shapes[name];
      assert.ok(shape !== undefined && "sensitive" in shape && shape.sensitive, name);
    }
  });
});

// Types: what does not hold here does not compile.
type Rows<Api extends { readonly [Name in keyof Api]: ApiRow }> = keyof Api;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

describe("typed rows", () => {
  test("follow the model", () => {
    const names: readonly [Rows<IamApi>, Rows<StsApi>, Rows<CognitoApi>] = ["TagUser", "AssumeRole", "SignUp"];
    assert.ok(names[0] in iam.operations && names[1] in sts.operations && names[2] in cognito.operations);
    const required: Same<IamApi["TagUser"]["input"]["UserName"], string> = true;
    const optional: Same<IamApi["UploadSigningCertificate"]["input"]["UserName"], string | undefined> = true;
    const error: Same<
      IamApi["UpdateSigningCertificate"]["error"],
      "NoSuchEntityException" | "LimitExceededException" | "ServiceFailureException" | "InvalidInputException"
    > = true;
    const token: CognitoApi["GetUser"]["auth"] = "token";
    const nothing: IamApi["DeleteUser"]["output"] = {};
    const metadata: Same<Extract<keyof IamApi["GetUser"]["output"], "$metadata">, never> = true;
    const input: Validated<{ A?: string | undefined; B?: number }, "A"> = { A: "a" };
    assert.deepEqual(
      [required, optional, error, token, nothing, metadata, input.A],
      [true, true, true, "token", {}, true, "a"],
    );
  });
});

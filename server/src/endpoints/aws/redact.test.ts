import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cognito } from "../../contract/cognito.ts";
import { iam } from "../../contract/iam.ts";
import type { Model } from "../../contract/shape.ts";
import { sts } from "../../contract/sts.ts";
import { redacted, redactorOf } from "./redact.ts";

function redact(model: Model, operation: string, input: unknown): unknown {
  return redactorOf(model, model.operations[operation]?.input)(input);
}

describe("redactorOf", () => {
  test("shows what is no secret", () => {
    const input = { UserName: "ann", Tags: [{ Key: "team", Value: "blue" }] };
    assert.deepEqual(redact(iam, "CreateUser", input), input);
  });

  test("hides passwords, private keys, codes and secrets by what the contract calls them", () => {
    assert.deepEqual(
      redact(iam, "CreateLoginProfile", { UserName: "ann", Password: "p4ss", PasswordResetRequired: true }),
      {
        UserName: "ann",
        Password: redacted,
        PasswordResetRequired: true,
      },
    );
    assert.deepEqual(redact(iam, "UploadServerCertificate", { CertificateBody: "public", PrivateKey: "private" }), {
      CertificateBody: "public",
      PrivateKey: redacted,
    });
    assert.deepEqual(redact(cognito, "SignUp", { ClientId: "c", Username: "ann", Password: "p4ss", SecretHash: "h" }), {
      ClientId: redacted,
      Username: redacted,
      Password: redacted,
      SecretHash: redacted,
    });
    assert.deepEqual(
      redact(cognito, "InitiateAuth", { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { PASSWORD: "p4ss" } }),
      {
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: redacted,
      },
    );
  });

  test("goes down into lists and maps", () => {
    assert.deepEqual(
      redact(cognito, "SignUp", {
        UserAttributes: [{ Name: "email", Value: "ann@example.com" }],
        ClientMetadata: { a: "b" },
      }),
      { UserAttributes: [{ Name: "email", Value: redacted }], ClientMetadata: { a: "b" } },
    );
  });

  test("hides a private key wherever it is sent by mistake", () => {
    for (const kind of ["", "RSA ", "EC ", "ENCRYPTED ", "OPENSSH "]) {
      const CertificateBody = `text\n-----BEGIN ${kind}PRIVATE KEY-----\nMIIE\n-----END ${kind}PRIVATE KEY-----\n`;
      assert.deepEqual(redact(iam, "UploadSigningCertificate", { UserName: "ann", CertificateBody }), {
        UserName: "ann",
        CertificateBody: redacted,
      });
    }
    const CertificateBody = "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----\n";
    assert.deepEqual(redact(iam, "UploadSigningCertificate", { CertificateBody }), { CertificateBody });
  });

  test("tells the size of bytes, not what they are", () => {
    const bytes = Object.entries(sts.shapes).concat(Object.entries(iam.shapes), Object.entries(cognito.shapes));
    assert.ok(bytes.some(([, shape]) => shape.type === "blob"));
    const model: Model = {
      ...iam,
      shapes: { Input: { type: "structure", members: { Image: "Bytes" } }, Bytes: { type: "blob" } },
    };
    assert.deepEqual(redactorOf(model, "Input")({ Image: new Uint8Array(3) }), { Image: "3 bytes" });
  });

  test("hides what the contract does not know at all", () => {
    assert.deepEqual(redact(iam, "GetUser", { UserName: "ann", Other: "secret", constructor: "secret" }), {
      UserName: "ann",
      Other: undefined,
      constructor: undefined,
    });
    assert.deepEqual(redactorOf(iam, undefined)({ Any: "thing" }), {});
  });

  test("leaves out what is not there", () => {
    assert.deepEqual(redact(iam, "CreateUser", { UserName: undefined, Tags: null }), {
      UserName: undefined,
      Tags: undefined,
    });
  });
});

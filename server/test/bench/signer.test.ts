import assert from "node:assert/strict";
import { test } from "node:test";
import { deriveSigningKey, parseAuthorization, verifySignature } from "../../src/crypto/sigv4.ts";
import { createSigner, unsigned } from "./signer.ts";

const credentials = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
const at = Date.UTC(2026, 5, 15, 12, 0, 0);
const signer = createSigner(4566, credentials, () => new Date(at));

/** Reads the wire bytes as a server would. */
function received(bytes: Buffer) {
  const [head = "", body = ""] = bytes.toString().split("\r\n\r\n");
  const [line = "", ...fields] = head.split("\r\n");
  const headers = new Map(
    fields.map((field): [string, string] => [field.split(":")[0] ?? "", field.replace(/^[^:]*: /, "")]),
  );
  const [method = "", path = ""] = line.split(" ");
  return { method, path, query: "", headers, body: Buffer.from(body) };
}

function verifies(bytes: Buffer, service: string): boolean {
  const request = received(bytes);
  const authorization = parseAuthorization(request, at, service);
  const key = deriveSigningKey(credentials.secretAccessKey, "20260615", "us-east-1", service);
  return verifySignature(request, authorization, key);
}

test("a Query request carries its parameters, the API version, its length and a good signature", () => {
  const bytes = signer.query("iam", { Action: "GetUser", UserName: "a+b@c" });
  const { headers, body } = received(bytes);
  assert.equal(body.toString(), "Action=GetUser&UserName=a%2Bb%40c&Version=2010-05-08");
  assert.equal(headers.get("content-length"), String(body.length));
  assert.equal(verifies(bytes, "iam"), true);
});

test("a JSON request names its target and has a good signature", () => {
  const bytes = signer.json("GetSigningCertificate", { UserPoolId: "us-east-1_abcdefghi" });
  const { headers, body } = received(bytes);
  assert.equal(headers.get("x-amz-target"), "AWSCognitoIdentityProviderService.GetSigningCertificate");
  assert.equal(body.toString(), '{"UserPoolId":"us-east-1_abcdefghi"}');
  assert.equal(verifies(bytes, "cognito-idp"), true);
});

test("the signature covers the body", () => {
  const bytes = signer.query("iam", { Action: "GetUser", UserName: "alice" });
  bytes.write("bob--", bytes.indexOf("alice"));
  assert.equal(verifies(bytes, "iam"), false);
});

test("what users ask for is a whole request without a signature", () => {
  const { method, path, headers, body } = received(unsigned(4566, "GetUser", { AccessToken: "é" }));
  assert.equal(`${method} ${path}`, "POST /");
  assert.equal(headers.get("x-amz-target"), "AWSCognitoIdentityProviderService.GetUser");
  assert.equal(headers.has("authorization"), false);
  assert.equal(headers.get("content-length"), String(body.length));
  assert.deepEqual(JSON.parse(body.toString()), { AccessToken: "é" });
});

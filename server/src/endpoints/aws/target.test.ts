import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { asGet, jsonRequest, queryRequest, withHeader } from "../../../test/requests.ts";
import { ServiceException } from "../../contract/service-exception.ts";
import type { SignedRequest } from "../../crypto/sigv4.ts";
import { jsonTarget, queryTarget, speaksJson } from "./target.ts";

const http = (request: SignedRequest) => ({ ...request, remoteAddress: "", secure: false });

function refusal(code: string, message = "") {
  return (error: unknown) => error instanceof ServiceException && error.code === code && error.message === message;
}

describe("queryTarget", () => {
  test("takes the service by the version, and the operation by the action, of a POST and a GET", () => {
    for (const [service, action] of [
      ["iam", "UploadSigningCertificate"],
      ["sts", "GetCallerIdentity"],
    ] as const) {
      const request = queryRequest(service, action, { UserName: "ann" });
      for (const sent of [request, asGet(request)]) {
        const target = queryTarget(http(sent));
        assert.deepEqual([target.service.model.service, target.operationName], [service, action]);
        assert.equal(target.form?.get("UserName"), "ann");
      }
    }
  });

  test("looks at the body of a POST and at the query of a GET, and at nothing else", () => {
    const request = queryRequest("iam", "ListUsers");
    const { query } = asGet(request);
    const none = refusal(
      "InvalidAction",
      "Could not find operation NO_ACTION_SPECIFIED for version NO_VERSION_SPECIFIED",
    );
    assert.throws(() => queryTarget(http({ ...request, query, body: new Uint8Array(0) })), none);
    assert.throws(() => queryTarget(http({ ...request, method: "GET" })), none);
  });

  test("reads text that is not ASCII", () => {
    const target = queryTarget(http(queryRequest("iam", "CreatePolicy", { Description: "é 日本 🔑" })));
    assert.equal(target.form?.get("Description"), "é 日本 🔑");
  });

  test("the user pools have no Query protocol", () => {
    const request = { ...queryRequest("iam", ""), body: Buffer.from("Action=ListUserPools&Version=2016-04-18") };
    assert.throws(
      () => queryTarget(http(request)),
      refusal("InvalidAction", "Could not find operation ListUserPools for version 2016-04-18"),
    );
  });
});

describe("jsonTarget", () => {
  test("takes prefix and operation apart", () => {
    const target = jsonTarget("AWSCognitoIdentityProviderService.GetSigningCertificate");
    assert.deepEqual(
      [target.service.model.service, target.operationName, target.form],
      ["cognito-idp", "GetSigningCertificate", undefined],
    );
  });

  for (const header of [
    "",
    ".",
    "GetSigningCertificate",
    "AWSCognitoIdentityProviderService.GetSigningCertificate.",
    "awscognitoidentityproviderservice.GetSigningCertificate",
    "AWSCognitoIdentityProviderService.getsigningcertificate",
    "AWSCognitoIdentityProviderService.toString",
    "constructor.name",
  ]) {
    test(`refuses "${header}"`, () => {
      assert.throws(() => jsonTarget(header), refusal("UnknownOperationException"));
    });
  }
});

describe("speaksJson", () => {
  const untargeted = withHeader(jsonRequest("ListUserPools"), "x-amz-target", undefined);
  const scoped = (service: string) =>
    withHeader(
      queryRequest("iam", "ListUsers"),
      "authorization",
      `AWS4-HMAC-SHA256 Credential=AKIA/20260615/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    );

  test("by the content type or by the scope of the signature", () => {
    assert.equal(speaksJson(http(untargeted)), true);
    assert.equal(speaksJson(http(withHeader(untargeted, "content-type", "application/x-amz-json-1.0"))), true);
    assert.equal(speaksJson(http(scoped("cognito-idp"))), true);
    assert.equal(speaksJson(http(scoped("iam"))), false);
    assert.equal(speaksJson(http(scoped("dynamodb"))), false);
    assert.equal(speaksJson(http(queryRequest("iam", "ListUsers"))), false);
    assert.equal(speaksJson(http(withHeader(untargeted, "content-type", "application/json"))), false);
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { authnRequest } from "./authn-request.ts";
import { attributeOf, elementsOf, isNamed, textOf } from "./xml.ts";
import { parseXml } from "./xml-parser.ts";

test("an AuthnRequest says who asks, where it goes and where the answer is to go", () => {
  const xml = authnRequest({
    id: "_6d1e2f3a",
    issueInstant: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
    destination: "https://idp.example.com/sso?a=1&b=\"2'<",
    assertionConsumerServiceUrl: "https://auth.example.com/saml2/idpresponse",
    issuer: "urn:amazon:cognito:sp:us-east-1_a&b",
  });
  const root = parseXml(xml);
  assert.ok(isNamed(root, "protocol", "AuthnRequest"));
  assert.deepEqual(Object.fromEntries(root.attributes.map(({ localName, value }) => [localName, value])), {
    ID: "_6d1e2f3a",
    Version: "2.0",
    IssueInstant: "2026-01-02T03:04:05.678Z",
    Destination: "https://idp.example.com/sso?a=1&b=\"2'<",
    ProtocolBinding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
    AssertionConsumerServiceURL: "https://auth.example.com/saml2/idpresponse",
  });
  const [issuer, ...others] = elementsOf(root);
  assert.equal(others.length, 0);
  assert.ok(issuer !== undefined && isNamed(issuer, "assertion", "Issuer"));
  assert.equal(textOf(issuer), "urn:amazon:cognito:sp:us-east-1_a&b");
  assert.equal(attributeOf(issuer, "Format"), undefined);
});

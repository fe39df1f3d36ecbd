import assert from "node:assert/strict";
import { test } from "node:test";
import { serviceProviderMetadata } from "./service-provider-metadata.ts";
import { attributeOf, childrenOf, descendants, requiredChild, textOf } from "./xml.ts";
import { parseXml } from "./xml-parser.ts";

test("metadata of a service provider names its certificates and endpoints, as the schema orders them", () => {
  const root = parseXml(
    serviceProviderMetadata({
      entityId: "urn:amazon:cognito:sp:us-east-1_a&b",
      signingCertificates: ["NEW=", "OLD="],
      encryptionCertificates: ["ENC="],
      assertionConsumerServiceUrl: "https://auth.example.com/saml2/idpresponse?a=1&b=2",
      singleLogoutServiceUrl: "https://auth.example.com/saml2/logout",
      authnRequestsSigned: true,
      wantAssertionsSigned: false,
    }),
  );
  assert.equal(attributeOf(root, "entityID"), "urn:amazon:cognito:sp:us-east-1_a&b");
  const role = requiredChild(root, "metadata", "SPSSODescriptor");
  assert.equal(attributeOf(role, "protocolSupportEnumeration"), "urn:oasis:names:tc:SAML:2.0:protocol");
  assert.equal(attributeOf(role, "AuthnRequestsSigned"), "true");
  assert.equal(attributeOf(role, "WantAssertionsSigned"), "false");
  // SAML metadata, 2.4.2: keys, then logout; 2.4.4: then consumers.
  assert.deepEqual(
    role.children.flatMap((child) => (typeof child === "string" ? [] : [child.localName])),
    [
      "KeyDescriptor",
      "KeyDescriptor",
      "KeyDescriptor",
      "SingleLogoutService",
      "SingleLogoutService",
      "AssertionConsumerService",
    ],
  );
  const keys = childrenOf(role, "metadata", "KeyDescriptor").map((key) => [
    attributeOf(key, "use"),
    ...descendants(key).flatMap((element) => (element.localName === "X509Certificate" ? [textOf(element)] : [])),
    childrenOf(key, "metadata", "EncryptionMethod").length > 0,
  ]);
  assert.deepEqual(keys, [
    ["signing", "NEW=", false],
    ["signing", "OLD=", false],
    ["encryption", "ENC=", true],
  ]);
  const consumer = requiredChild(role, "metadata", "AssertionConsumerService");
  assert.equal(attributeOf(consumer, "Binding"), "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST");
  assert.equal(attributeOf(consumer, "Location"), "https://auth.example.com/saml2/idpresponse?a=1&b=2");
  assert.equal(attributeOf(consumer, "index"), "0");
  assert.deepEqual(
    childrenOf(role, "metadata", "SingleLogoutService").map((one) => [
      attributeOf(one, "Binding"),
      attributeOf(one, "Location"),
    ]),
    ["HTTP-Redirect", "HTTP-POST"].map((binding) => [
      `urn:oasis:names:tc:SAML:2.0:bindings:${binding}`,
      "https://auth.example.com/saml2/logout",
    ]),
  );
});

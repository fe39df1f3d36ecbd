import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { certificate } from "../../test/certificates.ts";
import { metadataOf, samlIdentityProvider } from "../../test/saml-responses.ts";
import { readMetadata } from "./metadata.ts";
import { SamlError } from "./saml-error.ts";

const idp = await samlIdentityProvider();
const next = await samlIdentityProvider();

function code(text: string): string {
  try {
    readMetadata(text);
  } catch (error) {
    if (error instanceof SamlError) return error.code;
    throw error;
  }
  return "read";
}

suite("metadata", () => {
  test("names the provider, its certificates, where to sign in and until when", () => {
    const text = metadataOf(
      idp,
      [idp.certificate, next.certificate, idp.certificate],
      ' validUntil="2030-01-01T00:00:00Z"',
    );
    assert.deepEqual(readMetadata(text), [
      {
        entityId: idp.entityId,
        signingCertificates: [idp.certificate, next.certificate],
        singleSignOn: [
          {
            binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
            location: "https://idp.example.com/sso",
          },
        ],
        singleLogout: [],
        validUntil: Date.UTC(2030, 0, 1),
      },
    ]);
  });

  test("names where to sign out, where it says so", () => {
    const location = "https://idp.example.com/slo";
    const binding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
    const text = metadataOf(idp, [idp.certificate]).replace(
      "<md:SingleSignOnService",
      `<md:SingleLogoutService Binding="${binding}" Location="${location}"/><md:SingleSignOnService`,
    );
    assert.deepEqual(readMetadata(text)[0]?.singleLogout, [{ binding, location }]);
    const responseLocation = "https://idp.example.com/slo/done";
    const apart = text.replace("<md:SingleLogoutService", `$& ResponseLocation="${responseLocation}"`);
    assert.deepEqual(readMetadata(apart)[0]?.singleLogout, [{ binding, location, responseLocation }]);
  });

  test("a key for encryption alone signs nothing, and base64 may be folded", () => {
    assert.deepEqual(readMetadata(metadataOf(idp, [idp.certificate], "", "encryption"))[0]?.signingCertificates, []);
    const folded = metadataOf(idp, [idp.certificate]).replace(/X509Certificate>(.{64})/, "X509Certificate>\n  $1\n  ");
    assert.deepEqual(readMetadata(folded)[0]?.signingCertificates, [idp.certificate]);
  });

  test("of several entities those are read that are identity providers", () => {
    const sp = `<md:EntityDescriptor entityID="https://sp.example.com"><md:SPSSODescriptor/></md:EntityDescriptor>`;
    const many = `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${sp}${metadataOf(idp, [])}${metadataOf({ entityId: "https://two.example.com" }, [])}</md:EntitiesDescriptor>`;
    assert.deepEqual(
      readMetadata(many).map(({ entityId }) => entityId),
      [idp.entityId, "https://two.example.com"],
    );
  });

  test("is read whatever prefixes it has, and whatever signature", () => {
    const text = metadataOf(idp, [idp.certificate]);
    const bare = text
      .replaceAll("md:", "")
      .replace("xmlns:md=", "xmlns=")
      .replace(/<ds:KeyInfo .*?>/, '<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#">')
      .replaceAll("ds:", "");
    assert.deepEqual(readMetadata(bare), readMetadata(text));
    const signed = text.replace(
      "<md:IDPSSODescriptor",
      '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>$&',
    );
    assert.deepEqual(readMetadata(signed), readMetadata(text));
  });

  test("refuses what is none, and certificates that verify nothing here", () => {
    const good = metadataOf(idp, [idp.certificate]);
    for (const text of [
      "",
      "text",
      "<a/>",
      good.slice(1),
      good.replace(` entityID="${idp.entityId}"`, ""),
      good.replace("urn:oasis:names:tc:SAML:2.0:metadata", "urn:another"),
      `<!DOCTYPE a>${good}`,
      metadataOf(idp, [], ' validUntil="soon"'),
      metadataOf(idp, [certificate("ec-p256")]),
      metadataOf(idp, ["AAAA"]),
    ]) {
      assert.equal(code(text), "malformed", text.slice(0, 60));
    }
    assert.equal(code(metadataOf(idp, [certificate("expired")])), "read");
  });
});

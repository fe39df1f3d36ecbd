import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateIdentityProviderCommand, GetSigningCertificateCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, startOfTest } from "../../../test/harness.ts";
import { header, metadataWithLogout, samlPool, send } from "../../../test/saml-federation.ts";
import { samlIdentityProvider } from "../../../test/saml-responses.ts";

const year = 31_556_952_000;

function certificatesIn(xml: string, use: "signing" | "encryption"): string[] {
  return [...xml.matchAll(new RegExp(`use="${use}".*?<ds:X509Certificate>([^<]+)<`, "g"))].map(([, text = ""]) => text);
}

suite("GET /saml2/metadata", async () => {
  const h = await harness();
  const pool = await samlPool(h, { details: { RequestSigningAlgorithm: "rsa-sha256" } });
  const { cognito } = h;
  const get = async (query = "") => {
    const response = await send(pool, `/saml2/metadata${query}`);
    return { status: response.status, type: header(response, "content-type"), xml: response.body };
  };
  const current = async () =>
    (await cognito.send(new GetSigningCertificateCommand({ UserPoolId: pool.poolId }))).Certificate ?? "";

  test("says who the pool is, where it is, and with what it signs and opens", async () => {
    const { status, type, xml } = await get();
    assert.equal(status, 200);
    assert.equal(type, "application/samlmetadata+xml");
    assert.match(xml, new RegExp(`entityID="urn:amazon:cognito:sp:${pool.poolId}"`));
    assert.deepEqual(certificatesIn(xml, "signing"), [await current()]);
    assert.deepEqual(certificatesIn(xml, "encryption"), [pool.encryptionCertificate]);
    assert.match(xml, /AuthnRequestsSigned="true"/);
    assert.match(xml, new RegExp(`HTTP-POST" Location="${pool.base}/saml2/idpresponse"`));
    assert.match(xml, new RegExp(`HTTP-Redirect" Location="${pool.base}/saml2/logout"`));
  });

  test("is for one provider where one is named, and for all of them else", async () => {
    const other = await samlIdentityProvider("https://other.example.com/saml");
    const { IdentityProvider } = await cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId: pool.poolId,
        ProviderName: "Other",
        ProviderType: "SAML",
        ProviderDetails: { MetadataFile: metadataWithLogout(other) },
      }),
    );
    const certificate = IdentityProvider?.ProviderDetails?.ActiveEncryptionCertificate ?? "";
    const all = await get();
    assert.deepEqual(
      certificatesIn(all.xml, "encryption").toSorted(),
      [certificate, pool.encryptionCertificate].toSorted(),
    );
    assert.match(all.xml, /AuthnRequestsSigned="false"/);
    assert.deepEqual(certificatesIn((await get("?identity_provider=Other")).xml, "encryption"), [certificate]);
    const work = (await get("?identity_provider=Work")).xml;
    assert.deepEqual(certificatesIn(work, "encryption"), [pool.encryptionCertificate]);
    assert.match(work, /AuthnRequestsSigned="true"/);
    assert.equal((await get("?identity_provider=Nobody")).status, 404);
  });

  test("lists every certificate in force, the newest first, as the years go by", async () => {
    const first = await current();
    h.clock.set(startOfTest + year);
    const second = certificatesIn((await get()).xml, "signing");
    assert.equal(second.length, 2);
    assert.deepEqual(second, [await current(), first]);
    h.clock.set(startOfTest + 10 * year);
    assert.deepEqual(certificatesIn((await get("?identity_provider=Work")).xml, "signing"), [
      await current(),
      second[0],
    ]);
    assert.deepEqual(certificatesIn((await get("?identity_provider=Work")).xml, "encryption"), []);
    h.clock.set(startOfTest);
  });
});

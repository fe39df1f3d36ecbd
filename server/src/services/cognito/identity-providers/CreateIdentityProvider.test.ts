import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, suite, test } from "node:test";
import {
  CreateIdentityProviderCommand,
  type CreateIdentityProviderCommandInput,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeIdentityProviderCommand,
  GetIdentityProviderByIdentifierCommand,
  UpdateIdentityProviderCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { certificate } from "../../../../test/certificates.ts";
import { googleDetails, oidcDetails } from "../../../../test/cognito-providers.ts";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { keyPair, onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { answerJson, oidcIssuer } from "../../../../test/oidc-issuer.ts";
import { metadataOf, samlIdentityProvider } from "../../../../test/saml-responses.ts";
import { decodePrivateKey } from "../../../crypto/private-key.ts";
import { identityProviders } from "../../../store/identity-providers.ts";
import { userPoolKeys } from "../../../store/user-pool-keys.ts";
import { IssuerKeys } from "../../issuer-keys.ts";
import { encryptionKeyContext, encryptionPurpose } from "./encryption-certificate.ts";

/** Where clouds tell their machines secrets. */
const linkLocal = "169.254.169.254";

/** Where anything may be, but not on any port. */
const publicAddress = "8.8.8.8";

const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

suite("CreateIdentityProvider", async () => {
  const pairs = Array.from({ length: 20 }, keyPair);
  const h = await harness({ keyPairs: await onlyKeyPairs(...pairs), quotas: { IdentityProvidersPerUserPool: 3 } });
  const newPool = async () => (await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }))).UserPool?.Id ?? "";
  const create = async (
    UserPoolId: string,
    ProviderName: string,
    ProviderType: CreateIdentityProviderCommandInput["ProviderType"],
    ProviderDetails: Record<string, string>,
    more: Partial<CreateIdentityProviderCommandInput> = {},
    cognito = h.cognito,
  ) =>
    (
      await cognito.send(
        new CreateIdentityProviderCommand({ UserPoolId, ProviderName, ProviderType, ProviderDetails, ...more }),
      )
    ).IdentityProvider;
  const idp = await samlIdentityProvider();
  const MetadataFile = metadataOf(idp, [idp.certificate]);
  const pool = await newPool();

  test("SAML: what its metadata says, and a key of its own to encrypt for", async () => {
    const withLogout = MetadataFile.replace(
      "<md:SingleSignOnService",
      '<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/slo"/><md:SingleSignOnService',
    );
    const given = { MetadataFile: withLogout, IDPSignout: "true", RequestSigningAlgorithm: "rsa-sha256" };
    const made = await create(pool, "Corporate", "SAML", given, {
      AttributeMapping: { email: "mail" },
      IdpIdentifiers: ["corp", "corp.example.com"],
    });
    const { ActiveEncryptionCertificate = "", ...details } = made?.ProviderDetails ?? {};
    assert.deepEqual(
      { ...made, ProviderDetails: details },
      {
        UserPoolId: pool,
        ProviderName: "Corporate",
        ProviderType: "SAML",
        ProviderDetails: {
          ...given,
          SSORedirectBindingURI: "https://idp.example.com/sso",
          SLORedirectBindingURI: "https://idp.example.com/slo",
        },
        AttributeMapping: { email: "mail" },
        IdpIdentifiers: ["corp", "corp.example.com"],
        LastModifiedDate: new Date(startOfTest),
        CreationDate: new Date(startOfTest),
      },
    );
    const certificate = new X509Certificate(Buffer.from(ActiveEncryptionCertificate, "base64"));
    assert.equal(certificate.subject, `CN=${pool}`);
    assert.equal(certificate.publicKey.asymmetricKeyDetails?.modulusLength, 2048);
    const { store, seal } = h.environment;
    const key = await store.read((tx) => userPoolKeys.find(tx, pool, encryptionPurpose("Corporate")));
    assert.ok(key !== undefined);
    const { publicKey } = decodePrivateKey(seal.open(key.private_key_sealed, encryptionKeyContext(pool, "Corporate")));
    assert.ok(certificate.publicKey.equals(publicKey));
    const kept = await store.read((tx) => identityProviders.find(tx, pool, "Corporate"));
    assert.deepEqual(kept?.trusted?.signingCertificates, [idp.certificate]);
    assert.equal(kept?.trusted?.entityId, idp.entityId);
  });

  test("a name is taken once in a pool, and so is an identifier", async () => {
    assert.deepEqual(await refused(create(pool, "Corporate", "OIDC", oidcDetails)), {
      code: "DuplicateProviderException",
      message: `Corporate already exists in user pool ${pool}`,
      status: 400,
    });
    assert.deepEqual(
      await refused(create(pool, "Other", "OIDC", oidcDetails, { IdpIdentifiers: ["corp"] })),
      invalid("Identifier corp is in use by provider Corporate."),
    );
    assert.deepEqual(
      await refused(create(pool, "Other", "OIDC", oidcDetails, { IdpIdentifiers: ["x", "x"] })),
      invalid("Duplicate identity provider identifiers."),
    );
    const elsewhere = await create(await newPool(), "Corporate", "OIDC", oidcDetails, { IdpIdentifiers: ["corp"] });
    assert.deepEqual(elsewhere?.IdpIdentifiers, ["corp"]);
  });

  test("SAML: refuses details that are missing, wrong or AWS's own to give", async () => {
    const refuses = async (details: Record<string, string>, message: string) =>
      assert.deepEqual(await refused(create(pool, "Saml", "SAML", details)), invalid(message));
    await refuses({}, "At least one of the MetadataURL or MetadataFile should be provided.");
    await refuses(
      { MetadataFile, MetadataURL: "https://idp.example.com/metadata" },
      "Only one of the MetadataURL or MetadataFile should be provided.",
    );
    for (const key of ["ActiveEncryptionCertificate", "MetadataUrl", "client_id"]) {
      await refuses({ MetadataFile, [key]: "x" }, `${key} is not a valid key for SAML identity provider details.`);
    }
    await refuses({ MetadataFile, IDPInit: "yes" }, "IDPInit must be true or false.");
    await refuses({ MetadataFile, RequestSigningAlgorithm: "rsa-sha1" }, "RequestSigningAlgorithm must be rsa-sha256.");
    await refuses({ MetadataFile: "<a/>" }, "The metadata is not well-formed SAML 2.0 metadata.");
    await refuses(
      { MetadataFile: `<!DOCTYPE x><md:x xmlns:md="y"/>` },
      "The metadata is not well-formed SAML 2.0 metadata.",
    );
    const both = `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${MetadataFile}${MetadataFile}</md:EntitiesDescriptor>`;
    await refuses({ MetadataFile: both }, "The metadata must describe one identity provider.");
    await refuses(
      { MetadataFile: MetadataFile.replace("HTTP-Redirect", "HTTP-POST") },
      "No SingleSignOn Http redirect binding location found in metadata.",
    );
    await refuses({ MetadataFile: metadataOf(idp, []) }, "No signing certificate found in metadata.");
    h.clock.set(new X509Certificate(idp.certificate).validToDate.getTime());
    await refuses({ MetadataFile }, "Signing certificates are expired");
    h.clock.set(startOfTest);
  });

  test("SAML: of several signing certificates one must be good yet, and none too long", async () => {
    const ended = await samlIdentityProvider(idp.entityId, { notBefore: 0, notAfter: startOfTest - 1000 });
    const made = await create(await newPool(), "Several", "SAML", {
      MetadataFile: metadataOf(idp, [ended.certificate, idp.certificate]),
    });
    assert.equal(made?.ProviderName, "Several");
    const long = metadataOf(idp, [certificate("long")]);
    assert.deepEqual(
      await refused(create(pool, "Saml", "SAML", { MetadataFile: long })),
      invalid("A signing certificate in the metadata is longer than 4096 characters."),
    );
    await assert.rejects(create(pool, "Saml", "SAML", { MetadataFile: metadataOf(idp, [ended.certificate]) }), {
      name: "InvalidParameterException",
      message: "Signing certificates are expired",
    });
  });

  test("SAML: each detail is answered as it was given, by each operation, and can be given back", async () => {
    const id = await newPool();
    for (const [name, details] of Object.entries({
      None: { MetadataFile },
      All: {
        MetadataFile,
        IDPInit: "true",
        IDPSignout: "false",
        EncryptedResponses: "true",
        RequestSigningAlgorithm: "rsa-sha256",
      },
    })) {
      const made = await create(id, name, "SAML", details, { IdpIdentifiers: [name.toLowerCase()] });
      const { ActiveEncryptionCertificate, SSORedirectBindingURI, ...echoed } = made?.ProviderDetails ?? {};
      assert.deepEqual(echoed, details);
      assert.match(ActiveEncryptionCertificate ?? "", /^MIIC[A-Za-z0-9+/]+=*$/);
      assert.equal(SSORedirectBindingURI, "https://idp.example.com/sso");
      const key = { UserPoolId: id, ProviderName: name };
      const described = await h.cognito.send(new DescribeIdentityProviderCommand(key));
      assert.deepEqual(described.IdentityProvider, made);
      const found = await h.cognito.send(
        new GetIdentityProviderByIdentifierCommand({ UserPoolId: id, IdpIdentifier: name.toLowerCase() }),
      );
      assert.deepEqual(found.IdentityProvider, made);
      // As Terraform does: everything that was read but the certificate.
      const updated = await h.cognito.send(
        new UpdateIdentityProviderCommand({ ...key, ProviderDetails: { ...echoed, SSORedirectBindingURI: "x" } }),
      );
      assert.deepEqual(updated.IdentityProvider, made);
    }
  });

  test("a name, identifiers and a mapping are of the form that the API reference says", async () => {
    const id = await newPool();
    const refusal = async (name: string, more: Partial<CreateIdentityProviderCommandInput> = {}) => {
      const { code, message } = await refused(create(id, name, "OIDC", oidcDetails, more));
      assert.equal(code, "InvalidParameterException");
      return message;
    };
    for (const name of ["_corporate", "corporate_", "a", " corporate", "corporate "]) {
      assert.equal(
        await refusal(name),
        `1 validation error detected: Value '${name}' at 'providerName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^_\\p{Z}][\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}][^_\\p{Z}]+`,
      );
    }
    assert.match(await refusal("a".repeat(33)), /'providerName' .* length less than or equal to 32$/);
    const identifiers = Array.from({ length: 51 }, (_, index) => `i${index}`);
    assert.match(
      await refusal("Many", { IdpIdentifiers: identifiers }),
      /'idpIdentifiers' .* less than or equal to 50$/,
    );
    assert.match(await refusal("Long", { IdpIdentifiers: ["a".repeat(41)] }), /'idpIdentifiers' .* equal to 40/);
    assert.match(await refusal("Odd", { IdpIdentifiers: ["a/b"] }), /'idpIdentifiers' .*\[\\w\\s\+=\.@-\]\+/);
    assert.match(await refusal("Mapped", { AttributeMapping: { ["a".repeat(33)]: "x" } }), /'attributeMapping' .* 32/);
    const full = await create(id, "Full", "OIDC", oidcDetails, { IdpIdentifiers: identifiers.slice(1) });
    assert.equal(full?.IdpIdentifiers?.length, 50);
  });

  test("SAML: metadata by URL", async () => {
    const server = createServer((request, response) => {
      if (request.url === "/away") response.writeHead(302, { location: "/metadata" });
      else response.writeHead(request.url === "/metadata" || request.url === "/long" ? 200 : 503);
      const padding = request.url === "/long" ? `<!--${"x".repeat(524_288)}-->` : "";
      response.end(request.url === "/metadata" || request.url === "/long" ? MetadataFile + padding : "");
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo; // it listens on a port
    const MetadataURL = `http://127.0.0.1:${port}/metadata`;
    const made = await create(pool, "ByUrl", "SAML", { MetadataURL });
    assert.equal(made?.ProviderDetails?.MetadataURL, MetadataURL);
    assert.equal(made?.ProviderDetails?.MetadataFile, undefined);
    assert.equal(made?.ProviderDetails?.SSORedirectBindingURI, "https://idp.example.com/sso");
    assert.deepEqual(
      await refused(create(pool, "Saml", "SAML", { MetadataURL: `${MetadataURL}s` })),
      invalid(`Non-ok status code 503 returned from remote metadata source ${MetadataURL}s`),
    );
    const away = MetadataURL.replace("/metadata", "/away");
    assert.deepEqual(
      await refused(create(pool, "Saml", "SAML", { MetadataURL: away })),
      invalid(`Non-ok status code 302 returned from remote metadata source ${away}`),
    );
    const long = MetadataURL.replace("/metadata", "/long");
    assert.deepEqual(
      await refused(create(pool, "Saml", "SAML", { MetadataURL: long })),
      invalid(`Error retrieving metadata from ${long}`),
    );
    for (const url of [
      `http://${linkLocal}/metadata`,
      `http://${publicAddress}:8080/metadata`,
      "nowhere",
      "file:///etc/passwd",
    ]) {
      assert.deepEqual(
        await refused(create(pool, "Saml", "SAML", { MetadataURL: url })),
        invalid(`Error retrieving metadata from ${url}`),
      );
    }
    const strict = await harness({ keyPairs: await onlyKeyPairs(keyPair(), keyPair()) });
    Object.assign(strict.environment, { issuerKeys: new IssuerKeys({ allowLoopback: false }) });
    const { UserPool } = await strict.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
    assert.deepEqual(
      await refused(create(UserPool?.Id ?? "", "Saml", "SAML", { MetadataURL }, {}, strict.cognito)),
      invalid(`Error retrieving metadata from ${MetadataURL}`),
    );
    const near = new IssuerKeys({ allowLoopback: false, privateNetworks: ["127.0.0.0/8"] });
    Object.assign(strict.environment, { issuerKeys: near });
    const allowed = await create(UserPool?.Id ?? "", "Saml", "SAML", { MetadataURL }, {}, strict.cognito);
    assert.equal(allowed?.ProviderDetails?.MetadataURL, MetadataURL);
  });

  test("social providers: their endpoints, and their own names alone", async () => {
    const id = await newPool();
    const google = await create(id, "Google", "Google", googleDetails, { AttributeMapping: { email: "email" } });
    assert.deepEqual(google?.ProviderDetails, {
      ...googleDetails,
      attributes_url: "https://people.googleapis.com/v1/people/me?personFields=",
      attributes_url_add_attributes: "true",
      authorize_url: "https://accounts.google.com/o/oauth2/v2/auth",
      oidc_issuer: "https://accounts.google.com",
      token_request_method: "POST",
      token_url: "https://www.googleapis.com/oauth2/v4/token",
    });
    assert.deepEqual(google?.AttributeMapping, { email: "email", username: "sub" });
    const facebook = await create(id, "Facebook", "Facebook", { ...googleDetails, api_version: "v21.0" });
    assert.equal(facebook?.ProviderDetails?.authorize_url, "https://www.facebook.com/v21.0/dialog/oauth");
    assert.deepEqual(facebook?.AttributeMapping, { username: "id" });
    const apple = await create(id, "SignInWithApple", "SignInWithApple", {
      client_id: "c",
      team_id: "t",
      key_id: "k",
      private_key: "secret",
      authorize_scopes: "email",
    });
    assert.equal(apple?.ProviderDetails?.private_key, undefined);
    assert.equal(apple?.ProviderDetails?.team_id, "t");
    assert.deepEqual(await refused(create(id, "LoginWithAmazon", "LoginWithAmazon", googleDetails)), {
      code: "LimitExceededException",
      message: "Cannot exceed the quota of 3 identity providers.",
      status: 400,
    });
    assert.deepEqual(
      await refused(create(pool, "MyGoogle", "Google", googleDetails)),
      invalid("Provider MyGoogle cannot be of type Google."),
    );
    assert.deepEqual(
      await refused(create(pool, "Google", "OIDC", oidcDetails)),
      invalid("Provider Google cannot be of type OIDC."),
    );
    assert.deepEqual(
      await refused(create(pool, "Google", "Google", { client_id: "id" })),
      invalid("clientId, clientSecret and authorizeScopes are all required idp details."),
    );
    assert.deepEqual(
      await refused(create(pool, "SignInWithApple", "SignInWithApple", { client_id: "id" })),
      invalid("clientId, privateKey, teamId, and keyId are all required idp details."),
    );
  });

  test("OIDC: endpoints as given, or as its issuer says", async () => {
    const id = await newPool();
    const given = await create(id, "Given", "OIDC", oidcDetails, { AcrMapping: { Level2: "mfa" } });
    assert.deepEqual(given?.ProviderDetails, { ...oidcDetails, attributes_url_add_attributes: "false" });
    assert.deepEqual(given?.AcrMapping, { Level2: "mfa" });
    const issuer = await oidcIssuer();
    issuer.answers.set(
      "/.well-known/openid-configuration",
      answerJson({
        issuer: issuer.issuer,
        authorization_endpoint: `${issuer.issuer}/a`,
        token_endpoint: `${issuer.issuer}/t`,
        userinfo_endpoint: `${issuer.issuer}/u`,
        jwks_uri: `${issuer.issuer}/j`,
      }),
    );
    const { attributes_url, authorize_url, jwks_uri, token_url, ...bare } = oidcDetails;
    const found = await create(id, "Found", "OIDC", { ...bare, oidc_issuer: issuer.issuer, token_url });
    assert.equal(found?.ProviderDetails?.authorize_url, `${issuer.issuer}/a`);
    assert.equal(found?.ProviderDetails?.attributes_url, `${issuer.issuer}/u`);
    assert.equal(found?.ProviderDetails?.jwks_uri, `${issuer.issuer}/j`);
    assert.equal(found?.ProviderDetails?.token_url, token_url);
    issuer.answers.set("/.well-known/openid-configuration", answerJson({ issuer: issuer.issuer }));
    assert.deepEqual(
      await refused(create(id, "Lost", "OIDC", { ...bare, oidc_issuer: issuer.issuer })),
      invalid("Unable to contact well-known endpoint"),
    );
    assert.deepEqual(
      await refused(create(id, "Lost", "OIDC", { ...bare, oidc_issuer: `https://${linkLocal}` })),
      invalid("Unable to contact well-known endpoint"),
    );
  });

  test("OIDC: refuses details that are missing or wrong", async () => {
    const { oidc_issuer, ...withoutIssuer } = oidcDetails;
    assert.deepEqual(
      await refused(create(pool, "Oidc", "OIDC", withoutIssuer)),
      invalid("clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details."),
    );
    assert.deepEqual(
      await refused(create(pool, "Oidc", "OIDC", { ...oidcDetails, oidc_issuer: "http://idp.example.com" })),
      invalid("OIDC endpoint must start with https://"),
    );
    assert.deepEqual(
      await refused(create(pool, "Oidc", "OIDC", { ...oidcDetails, attributes_request_method: "PUT" })),
      invalid(
        "1 validation error detected: Value 'PUT' at 'attributesRequestMethod' failed to satisfy constraint: Member must satisfy enum value set: [POST, GET]",
      ),
    );
    assert.deepEqual(
      await refused(create(pool, "Oidc", "OIDC", oidcDetails, { AcrMapping: { Level5: "x" } })),
      invalid("Invalid AcrMapping: Level5 is not one of Level1, Level2, Level3, Level4"),
    );
    assert.deepEqual(
      await refused(create(pool, "Saml", "SAML", { MetadataFile }, { AcrMapping: { Level1: "x" } })),
      invalid("AcrMapping is for providers of type OIDC only."),
    );
  });

  test("a mapping is to attributes of the pool", async () => {
    assert.deepEqual(
      await refused(
        create(pool, "Oidc", "OIDC", oidcDetails, { AttributeMapping: { "custom:team": "t", email: "e" } }),
      ),
      invalid("AttributeMapping contains invalid mapping: [custom:team]"),
    );
    assert.deepEqual(
      await refused(create(pool, "Oidc", "OIDC", oidcDetails, { AttributeMapping: { sub: "sub" } })),
      invalid("AttributeMapping contains invalid mapping: [sub]"),
    );
    const { UserPool } = await h.cognito.send(
      new CreateUserPoolCommand({ PoolName: "q", Schema: [{ Name: "team", AttributeDataType: "String" }] }),
    );
    const made = await create(UserPool?.Id ?? "", "Oidc", "OIDC", oidcDetails, {
      AttributeMapping: { "custom:team": "t", username: "upn" },
    });
    assert.deepEqual(made?.AttributeMapping, { "custom:team": "t", username: "upn" });
  });

  test("a pool that is not there; a caller that may not; a deleted pool leaves none", async () => {
    assert.deepEqual(await refused(create("us-east-1_AbCdEfGhI", "Google", "Google", googleDetails)), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_AbCdEfGhI does not exist.",
      status: 400,
    });
    const id = await newPool();
    const arn = `arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/${id}`;
    const ann = await userWithKey(h, "ann", allow("cognito-idp:CreateIdentityProvider", arn));
    await create(id, "Google", "Google", googleDetails, { IdpIdentifiers: ["g"] }, ann.cognito);
    assert.equal(
      (await refused(create(pool, "Google", "Google", googleDetails, {}, ann.cognito))).code,
      "AccessDeniedException",
    );
    await h.cognito.send(new DeleteUserPoolCommand({ UserPoolId: id }));
    const { store } = h.environment;
    assert.deepEqual(await store.read((tx) => identityProviders.list(tx, id, "", 10)), []);
    assert.equal(await store.read((tx) => identityProviders.findByIdentifier(tx, id, "g")), undefined);
  });
});

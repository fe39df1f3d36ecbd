import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateIdentityProviderCommand,
  CreateUserPoolCommand,
  DeleteIdentityProviderCommand,
  DescribeIdentityProviderCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { keyPair, onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { metadataOf, samlIdentityProvider } from "../../../../test/saml-responses.ts";
import { userPoolKeys } from "../../../store/user-pool-keys.ts";
import { encryptionPurpose } from "./encryption-certificate.ts";

suite("DeleteIdentityProvider", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs(keyPair(), keyPair(), keyPair()) });
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";

  test("it is gone with its key, and its name and identifiers are free", async () => {
    const idp = await samlIdentityProvider();
    const create = async () =>
      (
        await h.cognito.send(
          new CreateIdentityProviderCommand({
            UserPoolId,
            ProviderName: "Saml",
            ProviderType: "SAML",
            ProviderDetails: { MetadataFile: metadataOf(idp, [idp.certificate]) },
            IdpIdentifiers: ["a"],
          }),
        )
      ).IdentityProvider;
    const remove = () => h.cognito.send(new DeleteIdentityProviderCommand({ UserPoolId, ProviderName: "Saml" }));
    const missing = {
      code: "ResourceNotFoundException",
      message: "Identity provider Saml does not exist.",
      status: 400,
    };
    const first = await create();
    const { $metadata, ...answer } = await remove();
    assert.deepEqual(answer, {});
    assert.deepEqual(
      await refused(h.cognito.send(new DescribeIdentityProviderCommand({ UserPoolId, ProviderName: "Saml" }))),
      missing,
    );
    assert.deepEqual(await refused(remove()), missing);
    const { store } = h.environment;
    const purpose = encryptionPurpose("Saml");
    assert.equal(await store.read((tx) => userPoolKeys.find(tx, UserPoolId, purpose)), undefined);
    assert.equal(await store.read((tx) => userPoolKeys.findCertificate(tx, UserPoolId, purpose)), undefined);
    const second = await create();
    assert.notEqual(
      second?.ProviderDetails?.ActiveEncryptionCertificate,
      first?.ProviderDetails?.ActiveEncryptionCertificate,
    );
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminLinkProviderForUserCommand,
  CreateIdentityProviderCommand,
  type ProviderUserIdentifierType,
} from "@aws-sdk/client-cognito-identity-provider";
import { googleDetails } from "../../../../test/cognito-providers.ts";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool, createUser } from "../../../../test/pool-users.ts";

const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

suite("AdminLinkProviderForUser", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs(), quotas: { LinkedIdentitiesPerPoolUser: 2 } });
  const UserPoolId = await createPool(h);
  await h.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId,
      ProviderName: "Google",
      ProviderType: "Google",
      ProviderDetails: googleDetails,
    }),
  );
  await createUser(h, UserPoolId, "ada");
  await createUser(h, UserPoolId, "grace");
  // As somebody who has signed in by Google already.
  await createUser(h, UserPoolId, "Google_9");
  const google = (ProviderAttributeValue: string) => ({
    ProviderName: "Google",
    ProviderAttributeName: "Cognito_Subject",
    ProviderAttributeValue,
  });
  const own = (ProviderAttributeValue: string) => ({ ProviderName: "Cognito", ProviderAttributeValue });
  const link = (SourceUser: ProviderUserIdentifierType, DestinationUser = own("ada"), pool = UserPoolId) =>
    h.cognito.send(new AdminLinkProviderForUserCommand({ UserPoolId: pool, SourceUser, DestinationUser }));
  const identities = async (Username = "ada") => {
    const { UserAttributes } = await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
    const found = UserAttributes?.find(({ Name }) => Name === "identities")?.Value;
    return found === undefined ? undefined : JSON.parse(found);
  };
  const linked = (userId: string) => ({
    userId,
    providerName: "Google",
    providerType: "Google",
    issuer: null,
    primary: false,
    dateCreated: startOfTest,
  });

  test("the identity is one of the user's, once, and no other user's", async () => {
    await link(google("1"));
    await link(google("1"));
    assert.deepEqual(await identities(), [linked("1")]);
    assert.deepEqual(await refused(link(google("1"), own("grace"))), {
      code: "AliasExistsException",
      message: "SourceUser is already linked to a different user.",
      status: 400,
    });
  });

  test("no more than the quota; who came from elsewhere can have some, too", async () => {
    await link({ ...google("ada@example.com"), ProviderAttributeName: "email" });
    assert.deepEqual(await refused(link(google("3"))), {
      code: "LimitExceededException",
      message: "Cannot link more than 2 identities to a user.",
      status: 400,
    });
    await link(google("3"), google("9"));
    assert.deepEqual(await identities("Google_9"), [linked("3")]);
  });

  test("who cannot be linked", async () => {
    assert.deepEqual(
      await refused(link(own("grace"))),
      invalid(
        "Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, only as a DestinationUser",
      ),
    );
    assert.deepEqual(
      await refused(link(google("9"))),
      invalid("Merging is not currently supported, provide a SourceUser that has not been signed up in order to link"),
    );
    assert.deepEqual(
      await refused(link({ ...google("1"), ProviderName: "Facebook" })),
      invalid(`Invalid SourceUser: the provider Facebook does not exist for User Pool ${UserPoolId}.`),
    );
    assert.deepEqual(
      await refused(link({ ProviderAttributeValue: "1" })),
      invalid("Invalid SourceUser: ProviderName is required"),
    );
    assert.deepEqual(
      await refused(link({ ProviderName: "Google" })),
      invalid("Invalid SourceUser: ProviderAttributeValue is required"),
    );
    assert.deepEqual(await refused(link(google("4"), own("nobody"))), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(link(google("4"), own("ada"), "us-east-1_nothing00")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });

  test("a user who is deleted is linked to nobody any more", async () => {
    await h.cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username: "ada" }));
    await link(google("1"), own("grace"));
    assert.deepEqual(await identities("grace"), [linked("1")]);
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminDisableProviderForUserCommand,
  AdminGetUserCommand,
  AdminLinkProviderForUserCommand,
  CreateIdentityProviderCommand,
  type ProviderUserIdentifierType,
} from "@aws-sdk/client-cognito-identity-provider";
import { googleDetails } from "../../../../test/cognito-providers.ts";
import { harness, refused } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool, createUser } from "../../../../test/pool-users.ts";
import { poolUsers } from "../../../store/pool-users.ts";

const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

suite("AdminDisableProviderForUser", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const UserPoolId = await createPool(h);
  await h.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId,
      ProviderName: "Google",
      ProviderType: "Google",
      ProviderDetails: googleDetails,
    }),
  );
  const ada = await createUser(h, UserPoolId, "ada");
  await createUser(h, UserPoolId, "grace");
  await createUser(h, UserPoolId, "Google_9");
  const google = (ProviderAttributeValue: string) => ({
    ProviderName: "Google",
    ProviderAttributeName: "Cognito_Subject",
    ProviderAttributeValue,
  });
  const own = (ProviderAttributeValue: string) => ({
    ProviderName: "Cognito",
    ProviderAttributeName: "Cognito_Subject",
    ProviderAttributeValue,
  });
  const link = (value: string, name = "ada") =>
    h.cognito.send(
      new AdminLinkProviderForUserCommand({ UserPoolId, SourceUser: google(value), DestinationUser: own(name) }),
    );
  const disable = (User: ProviderUserIdentifierType, pool = UserPoolId) =>
    h.cognito.send(new AdminDisableProviderForUserCommand({ UserPoolId: pool, User }));
  const get = (Username: string) => h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
  const linked = async (name = "ada") => {
    const found = (await get(name)).UserAttributes?.find(({ Name }) => Name === "identities")?.Value;
    return found === undefined ? undefined : JSON.parse(found).map(({ userId }: { userId: string }) => userId);
  };

  test("a linked identity is nobody's again; the last one takes the attribute with it", async () => {
    await link("1");
    await link("2");
    await disable(google("1"));
    assert.deepEqual(await linked(), ["2"]);
    await link("1", "grace");
    await disable(google("2"));
    assert.deepEqual([await linked(), await linked("grace")], [undefined, ["1"]]);
  });

  test("a user of the pool has no password any more, and stays otherwise", async () => {
    const sub = ada.Attributes?.at(-1)?.Value ?? "";
    const sealed = async () =>
      (await h.environment.store.read((tx) => poolUsers.findById(tx, sub)))?.password_sealed ?? null;
    assert.notEqual(await sealed(), null);
    await disable(own("ada"));
    assert.equal(await sealed(), null);
    assert.equal((await get("ada")).Enabled, true);
  });

  test("who came from elsewhere can come no more", async () => {
    await disable(google("9"));
    assert.equal((await get("Google_9")).Enabled, false);
  });

  test("who is not there", async () => {
    const gone = { code: "UserNotFoundException", message: "User does not exist.", status: 400 };
    for (const user of [own("nobody"), google("77")]) assert.deepEqual(await refused(disable(user)), gone);
    assert.deepEqual(
      await refused(disable({ ...google("1"), ProviderName: "Facebook" })),
      invalid(`Invalid User: the provider Facebook does not exist for User Pool ${UserPoolId}.`),
    );
    assert.deepEqual(
      await refused(disable({ ProviderAttributeValue: "1" })),
      invalid("Invalid User: ProviderName is required"),
    );
    assert.deepEqual(
      await refused(disable({ ProviderName: "Cognito" })),
      invalid("Invalid User: ProviderAttributeValue is required"),
    );
    assert.deepEqual(await refused(disable(own("ada"), "us-east-1_nothing00")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});

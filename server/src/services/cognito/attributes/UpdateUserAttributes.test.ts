import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { lastCode } from "../../../../test/codes.ts";
import { harness, refused, testAccount } from "../../../../test/harness.ts";
import { lambdaEndpoint } from "../../../../test/lambda-endpoint.ts";
import { somebody } from "../../../../test/pool-sessions.ts";
import { attributes, createUser } from "../../../../test/pool-users.ts";

const functionArn = `arn:aws:lambda:us-east-1:${testAccount}:function:trigger`;
const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });
const unauthorized = (message: string) => ({ code: "NotAuthorizedException", message, status: 400 });

suite("UpdateUserAttributes", async () => {
  const endpoint = await lambdaEndpoint((event) => {
    if (event.request.clientMetadata !== undefined) throw new Error("not now");
    return { ...event, response: {} };
  });
  const h = await harness({ lambda: { endpoint: endpoint.url } });
  const update = async (AccessToken: string, given: Record<string, string>, more: object = {}) => {
    const command = new UpdateUserAttributesCommand({ AccessToken, UserAttributes: attributes(given), ...more });
    return (await h.cognito.send(command)).CodeDeliveryDetailsList;
  };
  const get = async (UserPoolId: string, Username: string) => {
    const user = await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
    return Object.fromEntries((user.UserAttributes ?? []).slice(0, -1).map(({ Name, Value }) => [Name, Value]));
  };

  test("a user's own attributes, custom ones too where the client does not say which", async () => {
    const ada = await somebody(h, {
      pool: { Schema: [{ Name: "team", AttributeDataType: "String" }] },
      user: { attributes: { name: "Ada", nickname: "A" } },
    });
    assert.deepEqual(
      await update(ada.AccessToken, { name: "Ada Lovelace", nickname: "", "custom:team": "x" }),
      undefined,
    );
    assert.deepEqual(await get(ada.UserPoolId, ada.Username), { name: "Ada Lovelace", "custom:team": "x" });
  });

  test("what a client may not write, and what does not conform", async () => {
    const ada = await somebody(h, {
      pool: {
        Schema: [
          { Name: "team", AttributeDataType: "String" },
          { Name: "rank", AttributeDataType: "String", DeveloperOnlyAttribute: true },
          { Name: "given_name", Mutable: false },
        ],
      },
      client: { WriteAttributes: ["name", "given_name", "email"] },
      user: { attributes: { name: "Ada", email: "ada@example.com" } },
    });
    const unwritable = unauthorized("A client attempted to write unauthorized attribute");
    for (const name of ["custom:team", "nickname", "dev:custom:rank"]) {
      assert.deepEqual(await refused(update(ada.AccessToken, { [name]: "true" })), unwritable);
    }
    for (const name of ["email_verified", "sub", "identities"]) {
      const fixed = invalid(`Cannot modify the non-mutable attribute ${name}`);
      assert.deepEqual(await refused(update(ada.AccessToken, { [name]: "true" })), fixed);
    }
    assert.deepEqual(
      await refused(update(ada.AccessToken, { given_name: "Ada" })),
      invalid("user.given_name: Attribute cannot be updated.\n"),
    );
    assert.deepEqual(await refused(update(ada.AccessToken, { email: "x" })), invalid("Invalid email address format."));
    assert.deepEqual(await get(ada.UserPoolId, ada.Username), { name: "Ada", email: "ada@example.com" });
  });

  test("a new address is not verified, and where the pool verifies it, a code goes there", async () => {
    const ada = await somebody(h, {
      pool: { AutoVerifiedAttributes: ["email"], LambdaConfig: { CustomMessage: functionArn } },
      user: { attributes: { email: "ada@example.com", email_verified: "true" } },
    });
    assert.deepEqual(await update(ada.AccessToken, { email: "lovelace@example.com", phone_number: "+15551234567" }), [
      { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "l***@e***" },
    ]);
    assert.deepEqual(await get(ada.UserPoolId, ada.Username), {
      email: "lovelace@example.com",
      email_verified: "false",
      phone_number: "+15551234567",
      phone_number_verified: "false",
    });
    const event = endpoint.events.at(-1);
    assert.deepEqual(
      [event?.triggerSource, event?.callerContext.clientId],
      ["CustomMessage_UpdateUserAttribute", ada.ClientId],
    );
    const Code = await lastCode(h, "lovelace@example.com");
    await h.cognito.send(new VerifyUserAttributeCommand({ ...ada, AttributeName: "email", Code }));
    assert.equal((await get(ada.UserPoolId, ada.Username)).email_verified, "true");
    assert.deepEqual(
      await refused(update(ada.AccessToken, { email: "x@example.com" }, { ClientMetadata: { a: "b" } })),
      { code: "UserLambdaValidationException", message: "CustomMessage failed with error not now.", status: 400 },
    );
  });

  test("aliases of others: an address that is a username, and a chosen name", async () => {
    const ada = await somebody(h, { pool: { AliasAttributes: ["email", "preferred_username"] } });
    const taken = (name: string) => ({
      code: "AliasExistsException",
      message: `An account with the given ${name} already exists.`,
      status: 400,
    });
    const theirs = { email: "grace@example.com", email_verified: "true", preferred_username: "hopper" };
    await createUser(h, ada.UserPoolId, "grace", { attributes: theirs });
    assert.deepEqual(
      await refused(update(ada.AccessToken, { preferred_username: "hopper" })),
      taken("preferred_username"),
    );
    // Not an alias until it is verified.
    await update(ada.AccessToken, { email: "grace@example.com" });
    const other = await somebody(h, {
      pool: { UsernameAttributes: ["email"] },
      user: { Username: "ada@example.com" },
    });
    await createUser(h, other.UserPoolId, "grace@example.com");
    assert.deepEqual(await refused(update(other.AccessToken, { email: "grace@example.com" })), taken("email"));
  });

  test("tokens that are none, or whose user is disabled or deleted", async () => {
    const ada = await somebody(h);
    assert.deepEqual(await refused(update("nothing", { name: "x" })), unauthorized("Invalid Access Token"));
    await h.cognito.send(new AdminDisableUserCommand({ UserPoolId: ada.UserPoolId, Username: ada.Username }));
    assert.deepEqual(await refused(update(ada.AccessToken, { name: "x" })), unauthorized("User is disabled."));
    await h.cognito.send(new AdminDeleteUserCommand({ UserPoolId: ada.UserPoolId, Username: ada.Username }));
    assert.deepEqual(await refused(update(ada.AccessToken, { name: "x" })), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
  });
});

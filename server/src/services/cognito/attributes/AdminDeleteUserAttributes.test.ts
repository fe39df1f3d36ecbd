import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AdminDeleteUserAttributesCommand, AdminGetUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { attributes, createPool, createUser } from "../../../../test/pool-users.ts";
import { inOrder } from "./attribute-rules.ts";

const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

suite("AdminDeleteUserAttributes", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const UserPoolId = await createPool(h, {
    AliasAttributes: ["email"],
    Schema: [
      { Name: "name", Required: true },
      { Name: "fixed", AttributeDataType: "String", Mutable: false },
    ],
  });
  const given = { name: "Ada", "custom:fixed": "1", email: "ada@example.com", email_verified: "true", gender: "f" };
  await createUser(h, UserPoolId, "ada", { attributes: given });
  const remove = (UserAttributeNames: string[], more: object = {}) =>
    h.cognito.send(new AdminDeleteUserAttributesCommand({ UserPoolId, Username: "ada", UserAttributeNames, ...more }));
  const get = (Username = "ada") => h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));

  test("what cannot go", async () => {
    assert.deepEqual(
      await refused(remove(["name"])),
      invalid("Invalid user attributes: name.formatted: The attribute name.formatted is required"),
    );
    assert.deepEqual(
      await refused(remove(["custom:fixed", "team"])),
      invalid(
        "Invalid user attributes: Custom.User.fixed: This attribute does not satisfy the mutability validation defined in the schema.",
      ),
    );
    assert.deepEqual(await refused(remove(["sub"])), invalid("Cannot modify the non-mutable attribute sub"));
    assert.deepEqual((await get()).UserAttributes?.slice(0, -1), attributes(inOrder(given)));
  });

  test("an address goes with its flag and its alias; one that the user does not have is no error", async () => {
    h.clock.set(startOfTest + 1000);
    await remove(["email", "nickname"]);
    const user = await get();
    assert.deepEqual(user.UserAttributes?.slice(0, -1), attributes({ name: "Ada", gender: "f", "custom:fixed": "1" }));
    assert.deepEqual(user.UserLastModifiedDate, new Date(startOfTest + 1000));
    assert.equal((await refused(get("ada@example.com"))).code, "UserNotFoundException");
  });

  test("a user and a pool that are not there", async () => {
    assert.deepEqual(await refused(remove(["gender"], { Username: "nobody" })), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(remove(["gender"], { UserPoolId: "us-east-1_nothing00" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});

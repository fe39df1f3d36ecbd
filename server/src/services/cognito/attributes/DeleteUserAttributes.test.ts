import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AdminGetUserCommand, DeleteUserAttributesCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { somebody } from "../../../../test/pool-sessions.ts";
import { attributes } from "../../../../test/pool-users.ts";
import { inOrder } from "./attribute-rules.ts";

suite("DeleteUserAttributes", async () => {
  const h = await harness();
  const given = { name: "Ada", email: "ada@example.com", email_verified: "true", gender: "f" };
  const ada = await somebody(h, {
    pool: { Schema: [{ Name: "name", Required: true }] },
    client: { WriteAttributes: ["name", "email", "nickname"] },
    user: { attributes: given },
  });
  const remove = (UserAttributeNames: string[], AccessToken = ada.AccessToken) =>
    h.cognito.send(new DeleteUserAttributesCommand({ AccessToken, UserAttributeNames }));
  const get = async () => {
    const { UserPoolId, Username } = ada;
    const { UserAttributes } = await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
    return UserAttributes?.slice(0, -1);
  };

  test("what cannot go, and what the client may not write", async () => {
    assert.deepEqual(await refused(remove(["name"])), {
      code: "InvalidParameterException",
      message: "Invalid user attributes: name.formatted: The attribute name.formatted is required",
      status: 400,
    });
    for (const name of ["email_verified", "sub"]) {
      assert.deepEqual(await refused(remove([name])), {
        code: "InvalidParameterException",
        message: `Cannot modify the non-mutable attribute ${name}`,
        status: 400,
      });
    }
    assert.deepEqual(await refused(remove(["gender"])), {
      code: "NotAuthorizedException",
      message: "A client attempted to write unauthorized attribute",
      status: 400,
    });
    assert.deepEqual(await get(), attributes(inOrder(given)));
  });

  test("an address goes with its flag; one that the user does not have is no error", async () => {
    await remove(["email", "nickname"]);
    assert.deepEqual(await get(), attributes({ name: "Ada", gender: "f" }));
  });

  test("a token that is none", async () => {
    assert.deepEqual(await refused(remove(["email"], "nothing")), {
      code: "NotAuthorizedException",
      message: "Invalid Access Token",
      status: 400,
    });
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AdminGetUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { attributes, createPool, createUser } from "../../../../test/pool-users.ts";
import { poolUsers } from "../../../store/pool-users.ts";

suite("AdminGetUser", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const UserPoolId = await createPool(h, { AliasAttributes: ["email", "preferred_username"] });
  const given = { email: "ada@example.com", email_verified: "true", preferred_username: "countess" };
  const made = await createUser(h, UserPoolId, "ada", { attributes: given });
  const get = async (Username: string, pool = UserPoolId, cognito = h.cognito) => {
    const { $metadata: _, ...user } = await cognito.send(new AdminGetUserCommand({ UserPoolId: pool, Username }));
    return user;
  };

  test("by username and by each alias, the same", async () => {
    const user = await get("ada");
    assert.deepEqual(user, {
      Username: "ada",
      UserAttributes: [...attributes(given), { Name: "sub", Value: made.Attributes?.at(-1)?.Value }],
      UserCreateDate: new Date(startOfTest),
      UserLastModifiedDate: new Date(startOfTest),
      Enabled: true,
      UserStatus: "FORCE_CHANGE_PASSWORD",
    });
    for (const name of ["ada@example.com", "countess"]) assert.deepEqual(await get(name), user);
  });

  test("the second factors that the user chose", async () => {
    const chosen = { SOFTWARE_TOKEN_MFA: { enabled: true, preferred: true }, EMAIL_OTP: { enabled: true } };
    await h.environment.store.write(async (tx) => {
      const user = await poolUsers.find(tx, UserPoolId, "ada");
      assert.ok(user);
      await poolUsers.update(tx, user, { ...user, mfa_json: JSON.stringify(chosen) });
    });
    const { UserMFASettingList, PreferredMfaSetting } = await get("ada");
    assert.deepEqual(UserMFASettingList?.sort(), ["EMAIL_OTP", "SOFTWARE_TOKEN_MFA"]);
    assert.equal(PreferredMfaSetting, "SOFTWARE_TOKEN_MFA");
  });

  test("a user who is not there, and one who is in another pool", async () => {
    await createUser(h, await createPool(h), "grace");
    for (const name of ["grace", "ADA"]) {
      assert.deepEqual(await refused(get(name)), {
        code: "UserNotFoundException",
        message: "User does not exist.",
        status: 400,
      });
    }
    assert.deepEqual(await refused(get("ada", "us-east-1_nothing00")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });

  test("who may not ask does not learn who is there", async () => {
    const other = await userWithKey(h, "other", allow("cognito-idp:ListUsers"));
    for (const name of ["ada", "nobody"]) {
      const arn = `arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/${UserPoolId}`;
      assert.deepEqual(await refused(get(name, UserPoolId, other.cognito)), {
        code: "AccessDeniedException",
        message: `User: arn:aws:iam::${testAccount}:user/other is not authorized to perform: cognito-idp:AdminGetUser on resource: ${arn} because no identity-based policy allows the cognito-idp:AdminGetUser action`,
        status: 400,
      });
    }
  });
});

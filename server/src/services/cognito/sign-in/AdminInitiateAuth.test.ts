import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  type AuthFlowType,
} from "@aws-sdk/client-cognito-identity-provider";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { createClient, createPool, createUser } from "../../../../test/pool-users.ts";

const PASSWORD = "Secret-word-1";

suite("AdminInitiateAuth", async () => {
  const h = await harness();
  const UserPoolId = await createPool(h);
  const { ClientId } = await createClient(h, UserPoolId, {
    ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
  await createUser(h, UserPoolId, "ann");
  await h.cognito.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username: "ann", Password: PASSWORD, Permanent: true }),
  );
  const begin = (AuthFlow: AuthFlowType, AuthParameters: Record<string, string>, client = ClientId, as = h.cognito) =>
    as.send(new AdminInitiateAuthCommand({ UserPoolId, ClientId: client, AuthFlow, AuthParameters }));
  const password = { USERNAME: "ann", PASSWORD };

  test("the password gives tokens, under both names of the flow, which are refreshed", async () => {
    for (const flow of ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] as const) {
      const { AuthenticationResult, ChallengeParameters } = await begin(flow, password);
      assert.deepEqual(ChallengeParameters, {});
      const REFRESH_TOKEN = AuthenticationResult?.RefreshToken ?? "";
      const refreshed = await begin("REFRESH_TOKEN", { REFRESH_TOKEN });
      assert.ok(refreshed.AuthenticationResult?.AccessToken !== undefined);
    }
  });

  test("a wrong password, nobody, another pool's client, a flow that is closed", async () => {
    assert.deepEqual(await refused(begin("ADMIN_USER_PASSWORD_AUTH", { ...password, PASSWORD: "Wrong-word-1" })), {
      code: "NotAuthorizedException",
      message: "Incorrect username or password.",
      status: 400,
    });
    assert.deepEqual(await refused(begin("ADMIN_USER_PASSWORD_AUTH", { ...password, USERNAME: "nobody" })), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    const other = await createClient(h, await createPool(h));
    assert.deepEqual(await refused(begin("ADMIN_USER_PASSWORD_AUTH", password, other.ClientId)), {
      code: "ResourceNotFoundException",
      message: `User pool client ${other.ClientId} does not exist in user pool ${UserPoolId}.`,
      status: 400,
    });
    assert.deepEqual(await refused(begin("USER_PASSWORD_AUTH", password)), {
      code: "InvalidParameterException",
      message: "USER_PASSWORD_AUTH flow not enabled for this client",
      status: 400,
    });
  });

  test("is allowed on the pool", async () => {
    const pool = `arn:aws:cognito-idp:us-east-1:${h.accountId}:userpool/${UserPoolId}`;
    const allowed = await userWithKey(h, "allowed", allow("cognito-idp:AdminInitiateAuth", pool));
    const { AuthenticationResult } = await begin("ADMIN_USER_PASSWORD_AUTH", password, ClientId, allowed.cognito);
    assert.ok(AuthenticationResult !== undefined);
    const without = await userWithKey(h, "without");
    const { code } = await refused(begin("ADMIN_USER_PASSWORD_AUTH", password, ClientId, without.cognito));
    assert.equal(code, "AccessDeniedException");
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, userWithKey } from "../../../../test/harness.ts";
import { createClient, createPool, createUser } from "../../../../test/pool-users.ts";

const PASSWORD = "Secret-word-1";

suite("AdminRespondToAuthChallenge", async () => {
  const h = await harness();
  const UserPoolId = await createPool(h);
  const { ClientId } = await createClient(h, UserPoolId, { ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"] });
  const begin = async (USERNAME: string) => {
    await createUser(h, UserPoolId, USERNAME, { TemporaryPassword: PASSWORD });
    const AuthParameters = { USERNAME, PASSWORD };
    const { ChallengeName, Session } = await h.cognito.send(
      new AdminInitiateAuthCommand({ UserPoolId, ClientId, AuthFlow: "ADMIN_USER_PASSWORD_AUTH", AuthParameters }),
    );
    assert.equal(ChallengeName, "NEW_PASSWORD_REQUIRED");
    return {
      ClientId,
      ChallengeName,
      Session,
      ChallengeResponses: { USERNAME, NEW_PASSWORD: "Secret-word-2" },
    };
  };

  test("goes on with what AdminInitiateAuth began, as does RespondToAuthChallenge", async () => {
    const ann = await begin("ann");
    const { AuthenticationResult, ChallengeParameters } = await h.cognito.send(
      new AdminRespondToAuthChallengeCommand({ UserPoolId, ...ann }),
    );
    assert.deepEqual(Object.keys(AuthenticationResult ?? {}).sort(), [
      "AccessToken",
      "ExpiresIn",
      "IdToken",
      "RefreshToken",
      "TokenType",
    ]);
    assert.deepEqual(ChallengeParameters, {});
    const bob = await h.cognito.send(new RespondToAuthChallengeCommand(await begin("bob")));
    assert.ok(bob.AuthenticationResult !== undefined);
  });

  test("refuses what was used, and whoever may not", async () => {
    const cid = await begin("cid");
    const without = await userWithKey(h, "without");
    const command = () => new AdminRespondToAuthChallengeCommand({ UserPoolId, ...cid });
    assert.equal((await refused(without.cognito.send(command()))).code, "AccessDeniedException");
    await h.cognito.send(command());
    assert.deepEqual(await refused(h.cognito.send(command())), {
      code: "NotAuthorizedException",
      message: "Invalid session for the user, session can only be used once.",
      status: 400,
    });
  });
});

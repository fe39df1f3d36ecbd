import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolClientCommand,
  GetUserPoolClientSessionConfigurationCommand,
  SetUserPoolClientSessionConfigurationCommand,
  SetUserPoolSessionConfigurationCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { ssoSession } from "./session-configuration.ts";

suite("SetUserPoolClientSessionConfiguration", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await h.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: "app" }));
  const ClientId = UserPoolClient?.ClientId ?? "";
  const set = async (MaxValidityMinutes: number, client = ClientId) => {
    const { $metadata, ...answer } = await h.cognito.send(
      new SetUserPoolClientSessionConfigurationCommand({
        UserPoolId,
        ClientId: client,
        SSOSession: { MaxValidityMinutes },
      }),
    );
    return answer;
  };

  test("asks for session tracking", async () => {
    assert.deepEqual(await refused(set(10)), {
      code: "InvalidParameterException",
      message: "Session tracking must be enabled for the user pool.",
      status: 400,
    });
  });

  test("answers and keeps it, until the client is deleted", async () => {
    await h.cognito.send(
      new SetUserPoolSessionConfigurationCommand({
        UserPoolId,
        UserSessionTracking: "ENABLED",
        TokenSession: { MaxPerUser: 5 },
      }),
    );
    const answer = await set(43_200);
    assert.deepEqual(answer, { UserPoolId, ClientId, SSOSession: { MaxValidityMinutes: 43_200 } });
    const { $metadata, ...kept } = await h.cognito.send(
      new GetUserPoolClientSessionConfigurationCommand({ UserPoolId, ClientId }),
    );
    assert.deepEqual(kept, answer);
    assert.equal((await refused(set(129_601))).code, "InvalidParameterException");
    assert.equal((await refused(set(-1))).code, "InvalidParameterException");
    await h.cognito.send(new DeleteUserPoolClientCommand({ UserPoolId, ClientId }));
    const { store } = h.environment;
    assert.deepEqual(await store.read((tx) => ssoSession(tx, UserPoolId, ClientId)), { MaxValidityMinutes: 60 });
    assert.deepEqual(await refused(set(10)), {
      code: "ResourceNotFoundException",
      message: `User pool client ${ClientId} does not exist.`,
      status: 400,
    });
  });

  test("is not for the plan Lite", async () => {
    const { UserPoolClient: other } = await h.cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId, ClientName: "other" }),
    );
    await h.cognito.send(new UpdateUserPoolCommand({ UserPoolId, UserPoolTier: "LITE" }));
    assert.deepEqual(await refused(set(10, other?.ClientId)), {
      code: "FeatureUnavailableInTierException",
      message: "The following feature is not available for the LITE pricing tier configured: Session Tracking",
      status: 400,
    });
  });
});

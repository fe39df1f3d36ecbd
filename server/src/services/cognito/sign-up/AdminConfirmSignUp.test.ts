import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminConfirmSignUpCommand,
  AdminGetUserCommand,
  ConfirmSignUpCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { lastCode } from "../../../../test/codes.ts";
import { harness, refused, testAccount } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { lambdaEndpoint } from "../../../../test/lambda-endpoint.ts";
import { attributes, createClient, createPool } from "../../../../test/pool-users.ts";

suite("AdminConfirmSignUp", async () => {
  const endpoint = await lambdaEndpoint((event) => event);
  const h = await harness({ keyPairs: await onlyKeyPairs(), lambda: { endpoint: endpoint.url } });
  const UserPoolId = await createPool(h, {
    AutoVerifiedAttributes: ["email"],
    LambdaConfig: { PostConfirmation: `arn:aws:lambda:us-east-1:${testAccount}:function:post` },
  });
  const { ClientId } = await createClient(h, UserPoolId);
  const confirm = (Username: string, pool = UserPoolId) =>
    h.cognito.send(new AdminConfirmSignUpCommand({ UserPoolId: pool, Username, ClientMetadata: { reason: "known" } }));

  test("confirms, verifies nothing, makes the code useless and tells the trigger", async () => {
    const UserAttributes = attributes({ email: "ann@example.com" });
    await h.cognito.send(new SignUpCommand({ ClientId, Username: "ann", Password: "Secret-word-1", UserAttributes }));
    await confirm("ann");
    const user = await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username: "ann" }));
    assert.equal(user.UserStatus, "CONFIRMED");
    assert.notEqual(user.UserAttributes?.find(({ Name }) => Name === "email_verified")?.Value, "true");
    const already = {
      code: "NotAuthorizedException",
      message: "User cannot be confirmed. Current status is CONFIRMED",
      status: 400,
    };
    assert.deepEqual(await refused(confirm("ann")), already);
    const ConfirmationCode = await lastCode(h, "ann@example.com");
    const late = h.cognito.send(new ConfirmSignUpCommand({ ClientId, Username: "ann", ConfirmationCode }));
    assert.deepEqual(await refused(late), already);
    const [event, ...others] = endpoint.events;
    assert.deepEqual(
      [event?.triggerSource, event?.userName, event?.request.clientMetadata, others],
      ["PostConfirmation_ConfirmSignUp", "ann", { reason: "known" }, []],
    );
  });

  test("who is nobody, and a pool that is none", async () => {
    assert.deepEqual(await refused(confirm("nobody")), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(confirm("ann", "us-east-1_nothing00")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});

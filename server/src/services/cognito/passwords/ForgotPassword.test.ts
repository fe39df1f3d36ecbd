import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { lastCode, lastMessage } from "../../../../test/codes.ts";
import { harness, refused, testAccount } from "../../../../test/harness.ts";
import { lambdaEndpoint } from "../../../../test/lambda-endpoint.ts";
import { createClient, createPool, createSomebody, password } from "../../../../test/pool-users.ts";

suite("ForgotPassword", async () => {
  const h = await harness();
  const UserPoolId = await createPool(h);
  const { ClientId } = await createClient(h, UserPoolId);
  const discreet = await createClient(h, UserPoolId, { PreventUserExistenceErrors: "ENABLED" });
  const forgot = (Username: string, client = ClientId) =>
    h.cognito.send(new ForgotPasswordCommand({ ClientId: client, Username }));
  const told = async (Username: string) => (await forgot(Username, discreet.ClientId)).CodeDeliveryDetails;

  test("a code goes to the verified address", async () => {
    await createSomebody(h, UserPoolId, "ann");
    const { CodeDeliveryDetails } = await forgot("ann");
    assert.deepEqual(CodeDeliveryDetails, {
      AttributeName: "email",
      DeliveryMedium: "EMAIL",
      Destination: "a***@e***",
    });
    const message = await lastMessage(h, "ann@example.com");
    assert.match(message.message ?? "", /^Your password reset code is \d{6}\.?$/);
  });

  test("ten times in an hour, and no more", async () => {
    await createSomebody(h, UserPoolId, "bob");
    for (let at = 0; at < 10; at++) await forgot("bob");
    assert.deepEqual(await refused(forgot("bob")), {
      code: "LimitExceededException",
      message: "Attempt limit exceeded, please try after some time.",
      status: 400,
    });
  });

  test("who cannot be helped, in words or, where users are hidden, as if they were", async () => {
    const looksReal = { AttributeName: "email", DeliveryMedium: "EMAIL" };
    await createSomebody(h, UserPoolId, "cid");
    const UserAttributes = [{ Name: "email_verified", Value: "false" }];
    await h.cognito.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username: "cid", UserAttributes }));
    assert.deepEqual(await refused(forgot("cid")), {
      code: "InvalidParameterException",
      message: "Cannot reset password for the user as there is no registered/verified email or phone_number",
      status: 400,
    });
    await createSomebody(h, UserPoolId, "dan");
    await h.cognito.send(new AdminDisableUserCommand({ UserPoolId, Username: "dan" }));
    assert.deepEqual(await refused(forgot("dan")), {
      code: "NotAuthorizedException",
      message: "User is disabled.",
      status: 400,
    });
    await createSomebody(h, UserPoolId, "eve", { isTemporary: true });
    assert.deepEqual(await refused(forgot("eve")), {
      code: "NotAuthorizedException",
      message: "User password cannot be reset in the current state.",
      status: 400,
    });
    assert.deepEqual(await refused(forgot("nobody")), {
      code: "UserNotFoundException",
      message: "Username/client id combination not found.",
      status: 400,
    });
    for (const name of ["cid", "dan", "eve", "nobody"]) {
      const { Destination, ...rest } = (await told(name)) ?? {};
      assert.deepEqual(rest, looksReal);
      assert.match(Destination ?? "", /^[a-z]\*\*\*@[a-z]\*\*\*$/);
    }
  });
});

suite("ForgotPassword, of a user who is elsewhere", async () => {
  const endpoint = await lambdaEndpoint((event) => ({
    ...event,
    response: { userAttributes: { email: "fay@example.com", email_verified: "true" }, messageAction: "SUPPRESS" },
  }));
  const h = await harness({ lambda: { endpoint: endpoint.url } });
  const UserMigration = `arn:aws:lambda:us-east-1:${testAccount}:function:migrate`;
  const UserPoolId = await createPool(h, { LambdaConfig: { UserMigration } });
  const { ClientId } = await createClient(h, UserPoolId, { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] });

  test("the function brings the user here, who then chooses a password", async () => {
    const ClientMetadata = { from: "the old shop" };
    await h.cognito.send(new ForgotPasswordCommand({ ClientId, Username: "fay", ClientMetadata }));
    const [event] = endpoint.events;
    assert.deepEqual(
      [event?.triggerSource, event?.userName, event?.request],
      ["UserMigration_ForgotPassword", "fay", { clientMetadata: ClientMetadata, validationData: null }],
    );
    const ConfirmationCode = await lastCode(h, "fay@example.com");
    await h.cognito.send(
      new ConfirmForgotPasswordCommand({ ClientId, Username: "fay", ConfirmationCode, Password: password }),
    );
    const found = await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username: "fay" }));
    assert.equal(found.UserStatus, "CONFIRMED");
  });
});

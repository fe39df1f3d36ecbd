import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminDeleteUserCommand,
  GetUserAttributeVerificationCodeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { lastCode, lastMessage } from "../../../../test/codes.ts";
import { harness, refused, startOfTest, testAccount } from "../../../../test/harness.ts";
import { lambdaEndpoint } from "../../../../test/lambda-endpoint.ts";
import { somebody } from "../../../../test/pool-sessions.ts";

const functionArn = `arn:aws:lambda:us-east-1:${testAccount}:function:trigger`;

suite("GetUserAttributeVerificationCode", async () => {
  const endpoint = await lambdaEndpoint((event) => {
    if (event.request.clientMetadata !== undefined) throw new Error("not now");
    return { ...event, response: { smsMessage: "Say {####}" } };
  });
  const h = await harness({ lambda: { endpoint: endpoint.url } });
  const given = { email: "ada@example.com", phone_number: "+15551239934" };
  const ada = await somebody(h, {
    pool: { LambdaConfig: { CustomMessage: functionArn } },
    user: { attributes: given },
  });
  const ask = (more: object = {}) =>
    h.cognito.send(
      new GetUserAttributeVerificationCodeCommand({ AccessToken: ada.AccessToken, AttributeName: "email", ...more }),
    );

  test("a code goes to the address, and the answer tells where without telling it", async () => {
    const mail = await ask();
    assert.deepEqual(mail.CodeDeliveryDetails, {
      AttributeName: "email",
      DeliveryMedium: "EMAIL",
      Destination: "a***@e***",
    });
    assert.equal((await lastMessage(h, given.email)).kind, "VerifyUserAttribute");
    assert.match(await lastCode(h, given.email), /^\d{6}$/);
    const text = await ask({ AttributeName: "phone_number" });
    assert.deepEqual(text.CodeDeliveryDetails, {
      AttributeName: "phone_number",
      DeliveryMedium: "SMS",
      Destination: "+*******9934",
    });
    assert.match((await lastMessage(h, given.phone_number)).message ?? "", /^Say \d{6}$/);
    assert.deepEqual(
      [endpoint.events.at(-1)?.triggerSource, endpoint.events.at(-1)?.callerContext.clientId],
      ["CustomMessage_VerifyUserAttribute", ada.ClientId],
    );
    assert.deepEqual(await refused(ask({ ClientMetadata: { a: "b" } })), {
      code: "UserLambdaValidationException",
      message: "CustomMessage failed with error not now.",
      status: 400,
    });
  });

  test("five in an hour", async () => {
    h.clock.set(startOfTest + 10_000);
    for (let at = 1; at < 5; at++) await ask();
    assert.deepEqual(await refused(ask()), {
      code: "LimitExceededException",
      message: "Attempt limit exceeded, please try after some time.",
      status: 400,
    });
  });

  test("what cannot be verified, tokens that are none, a user who is gone", async () => {
    const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });
    assert.deepEqual(
      await refused(ask({ AttributeName: "name" })),
      invalid("Attribute name cannot be verified. Only email and phone_number can."),
    );
    const grace = await somebody(h);
    const { AccessToken } = grace;
    assert.deepEqual(await refused(ask({ AccessToken })), invalid("User does not have the attribute email."));
    assert.deepEqual(await refused(ask({ AccessToken: "nothing" })), {
      code: "NotAuthorizedException",
      message: "Invalid Access Token",
      status: 400,
    });
    await h.cognito.send(new AdminDeleteUserCommand({ UserPoolId: grace.UserPoolId, Username: grace.Username }));
    assert.deepEqual(await refused(ask({ AccessToken })), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
  });
});

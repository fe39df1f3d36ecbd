import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  ConfirmSignUpCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { lastCode } from "../../../../test/codes.ts";
import { harness, refused } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { attributes, createClient, createPool } from "../../../../test/pool-users.ts";

suite("ResendConfirmationCode", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const UserPoolId = await createPool(h, { AutoVerifiedAttributes: ["email"] });
  const { ClientId } = await createClient(h, UserPoolId);
  const discreet = await createClient(h, UserPoolId, { PreventUserExistenceErrors: "ENABLED" });
  const signUp = (Username: string, given: Readonly<Record<string, string>>) =>
    h.cognito.send(
      new SignUpCommand({ ClientId, Username, Password: "Secret-word-1", UserAttributes: attributes(given) }),
    );
  const resend = (Username: string, client = ClientId) =>
    h.cognito.send(new ResendConfirmationCodeCommand({ ClientId: client, Username }));
  const confirm = (Username: string, ConfirmationCode: string) =>
    h.cognito.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));

  test("a new code takes the place of the one before", async () => {
    await signUp("ann", { email: "ann@example.com" });
    const first = await lastCode(h, "ann@example.com");
    const { CodeDeliveryDetails } = await resend("ann");
    assert.deepEqual(CodeDeliveryDetails, {
      AttributeName: "email",
      DeliveryMedium: "EMAIL",
      Destination: "a***@e***",
    });
    const second = await lastCode(h, "ann@example.com");
    assert.notEqual(second, first);
    assert.equal((await refused(confirm("ann", first))).code, "CodeMismatchException");
    await confirm("ann", second);
    assert.deepEqual(await refused(resend("ann")), {
      code: "InvalidParameterException",
      message: "User is already confirmed.",
      status: 400,
    });
  });

  test("five in an hour, and no more", async () => {
    await signUp("bob", { email: "bob@example.com" });
    for (let at = 0; at < 5; at++) await resend("bob");
    assert.deepEqual(await refused(resend("bob")), {
      code: "LimitExceededException",
      message: "Attempt limit exceeded, please try after some time.",
      status: 400,
    });
  });

  test("who has no address that the pool verifies", async () => {
    await signUp("cid", { phone_number: "+12065550100" });
    assert.deepEqual(await refused(resend("cid")), {
      code: "InvalidParameterException",
      message: "Auto verification not turned on.",
      status: 400,
    });
  });

  test("who is nobody, as far as a client may know", async () => {
    assert.deepEqual(await refused(resend("nobody")), {
      code: "UserNotFoundException",
      message: "Username/client id combination not found.",
      status: 400,
    });
    const told = await resend("nobody", discreet.ClientId);
    assert.match(told.CodeDeliveryDetails?.Destination ?? "", /^[a-z]\*\*\*@[a-z]\*\*\*$/);
    assert.equal(told.CodeDeliveryDetails?.DeliveryMedium, "EMAIL");
    const again = await resend("nobody", discreet.ClientId);
    assert.deepEqual(again.CodeDeliveryDetails, told.CodeDeliveryDetails);
    const phone = await resend("+12065550199", discreet.ClientId);
    assert.match(phone.CodeDeliveryDetails?.Destination ?? "", /^\+\*{7}\d{4}$/);
    assert.equal(phone.CodeDeliveryDetails?.DeliveryMedium, "SMS");
  });
});

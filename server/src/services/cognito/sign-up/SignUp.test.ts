import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { suite, test } from "node:test";
import {
  AdminGetUserCommand,
  ListUsersCommand,
  SignUpCommand,
  type SignUpCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { lastMessage } from "../../../../test/codes.ts";
import { harness, refused, testAccount } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { lambdaEndpoint } from "../../../../test/lambda-endpoint.ts";
import { attributes, createClient, createPool } from "../../../../test/pool-users.ts";

const Password = "Secret-word-1";
const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });
const lambda = (name: string) => `arn:aws:lambda:us-east-1:${testAccount}:function:${name}`;

suite("SignUp", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const poolId = await createPool(h, {
    AutoVerifiedAttributes: ["email"],
    Schema: [{ Name: "email", Required: true }],
  });
  const { ClientId } = await createClient(h, poolId);
  const signUp = (Username: string, given: Partial<SignUpCommandInput> = {}) =>
    h.cognito.send(
      new SignUpCommand({
        ClientId,
        Username,
        Password,
        UserAttributes: attributes({ email: `${Username}@example.com` }),
        ...given,
      }),
    );
  const user = (UserPoolId: string, Username: string) =>
    h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));

  test("an unconfirmed user, and a code to the address that the pool verifies", async () => {
    const { $metadata, ...answer } = await signUp("ann");
    // Recorded from AWS.
    assert.deepEqual(answer, {
      UserConfirmed: false,
      UserSub: answer.UserSub,
      CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "a***@e***" },
    });
    assert.match(answer.UserSub ?? "", /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const found = await user(poolId, "ann");
    assert.deepEqual([found.UserStatus, found.Enabled], ["UNCONFIRMED", true]);
    const named = Object.fromEntries(found.UserAttributes?.map(({ Name, Value }) => [Name, Value]) ?? []);
    assert.deepEqual([named.sub, named.email], [answer.UserSub, "ann@example.com"]);
    assert.notEqual(named.email_verified, "true");
    const message = await lastMessage(h, "ann@example.com");
    assert.match(message.message ?? "", /^Your verification code is \d{6}\.$/);
  });

  test("a name that is taken, also by many at once", async () => {
    const taken = { code: "UsernameExistsException", message: "User already exists", status: 400 };
    await signUp("bob");
    assert.deepEqual(await refused(signUp("bob")), taken);
    const outcomes = await Promise.allSettled([signUp("cid"), signUp("cid"), signUp("cid")]);
    assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
    const { Users } = await h.cognito.send(new ListUsersCommand({ UserPoolId: poolId, Filter: 'username = "cid"' }));
    assert.equal(Users?.length, 1);
  });

  test("passwords that the policy refuses make no user", async () => {
    const reasons: [password: string, reason: string][] = [
      ["Aa1!aaa", "Password not long enough"],
      ["secret-word-1", "Password must have uppercase characters"],
      ["SECRET-WORD-1", "Password must have lowercase characters"],
      ["Secret-word", "Password must have numeric characters"],
      ["Secretword1", "Password must have symbol characters"],
    ];
    for (const [password, reason] of reasons) {
      assert.deepEqual(await refused(signUp("dan", { Password: password })), {
        code: "InvalidPasswordException",
        message: `Password did not conform with password policy: ${reason}`,
        status: 400,
      });
    }
    assert.equal((await refused(user(poolId, "dan"))).code, "UserNotFoundException");
    // A policy of a first factor that is no password would let it be left out.
    assert.deepEqual(
      await refused(signUp("dan", { Password: undefined })),
      invalid("A password is required: the user pool has no other first factor."),
    );
  });

  test("attributes that are missing, unknown or not for this client", async () => {
    assert.deepEqual(
      await refused(signUp("eve", { UserAttributes: [] })),
      invalid("Attributes did not conform to the schema: emails: The attribute emails is required"),
    );
    const limited = await createClient(h, poolId, { WriteAttributes: ["email"] });
    const named = attributes({ email: "eve@example.com", name: "Eve" });
    assert.deepEqual(await refused(signUp("eve", { ClientId: limited.ClientId, UserAttributes: named })), {
      code: "NotAuthorizedException",
      message: "A client attempted to write unauthorized attribute",
      status: 400,
    });
    assert.equal((await refused(user(poolId, "eve"))).code, "UserNotFoundException");
  });

  test("a client that is not there, and one with a secret", async () => {
    assert.deepEqual(await refused(signUp("fay", { ClientId: "nothing" })), {
      code: "ResourceNotFoundException",
      message: "User pool client nothing does not exist.",
      status: 400,
    });
    const client = await createClient(h, poolId, { GenerateSecret: true });
    const secret = (SecretHash?: string) => signUp("fay", { ClientId: client.ClientId, SecretHash });
    assert.deepEqual(await refused(secret()), {
      code: "NotAuthorizedException",
      message: `Client ${client.ClientId} is configured with secret but SECRET_HASH was not received`,
      status: 400,
    });
    assert.deepEqual(await refused(secret("AAAA")), {
      code: "NotAuthorizedException",
      message: `Unable to verify secret hash for client ${client.ClientId}`,
      status: 400,
    });
    const hash = createHmac("sha256", client.ClientSecret ?? "").update(`fay${client.ClientId}`);
    assert.equal((await secret(hash.digest("base64"))).UserConfirmed, false);
  });

  test("a pool whose administrators alone make users", async () => {
    const UserPoolId = await createPool(h, { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
    const closed = await createClient(h, UserPoolId);
    assert.deepEqual(await refused(signUp("ann", { ClientId: closed.ClientId })), {
      code: "NotAuthorizedException",
      message: "SignUp is not permitted for this user pool",
      status: 400,
    });
  });

  test("where addresses are usernames, the username is the sub and each address is one user's", async () => {
    const UserPoolId = await createPool(h, { UsernameAttributes: ["email"], AutoVerifiedAttributes: ["email"] });
    const client = await createClient(h, UserPoolId);
    const given = { ClientId: client.ClientId, UserAttributes: [] };
    const { UserSub } = await signUp("ann@example.com", given);
    const found = await user(UserPoolId, "ann@example.com");
    assert.equal(found.Username, UserSub);
    assert.deepEqual(await refused(signUp("ann@example.com", given)), {
      code: "UsernameExistsException",
      message: "User already exists",
      status: 400,
    });
    assert.deepEqual(await refused(signUp("ann", given)), invalid("Username should be an email."));
  });

  test("without a password where another first factor is there", async () => {
    const UserPoolId = await createPool(h, {
      AutoVerifiedAttributes: ["email"],
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
    });
    const client = await createClient(h, UserPoolId);
    const answer = await signUp("ann", { ClientId: client.ClientId, Password: undefined });
    assert.equal(answer.UserConfirmed, false);
  });
});

suite("SignUp, with triggers", async () => {
  const endpoint = await lambdaEndpoint((event) => {
    if (event.userName === "eve") throw new Error("Go away");
    return { ...event, response: { autoConfirmUser: true, autoVerifyEmail: true, autoVerifyPhone: false } };
  });
  const h = await harness({ keyPairs: await onlyKeyPairs(), lambda: { endpoint: endpoint.url } });
  const UserPoolId = await createPool(h, {
    AutoVerifiedAttributes: ["email"],
    LambdaConfig: { PreSignUp: lambda("pre"), PostConfirmation: lambda("post") },
  });
  const { ClientId } = await createClient(h, UserPoolId);
  const signUp = (Username: string) =>
    h.cognito.send(
      new SignUpCommand({
        ClientId,
        Username,
        Password,
        UserAttributes: attributes({ email: `${Username}@example.com` }),
        ValidationData: attributes({ invited: "yes" }),
        ClientMetadata: { campaign: "spring" },
      }),
    );

  test("PreSignUp confirms and verifies; PostConfirmation hears of it", async () => {
    const answer = await signUp("ann");
    assert.deepEqual([answer.UserConfirmed, answer.CodeDeliveryDetails], [true, undefined]);
    const found = await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username: "ann" }));
    assert.equal(found.UserStatus, "CONFIRMED");
    assert.equal(found.UserAttributes?.find(({ Name }) => Name === "email_verified")?.Value, "true");
    const [pre, post] = endpoint.events;
    assert.deepEqual(
      [pre?.triggerSource, pre?.callerContext.clientId, pre?.request],
      [
        "PreSignUp_SignUp",
        ClientId,
        {
          userAttributes: { email: "ann@example.com" },
          validationData: { invited: "yes" },
          clientMetadata: { campaign: "spring" },
        },
      ],
    );
    assert.deepEqual(
      [post?.triggerSource, post?.userName, post?.request],
      [
        "PostConfirmation_ConfirmSignUp",
        "ann",
        {
          userAttributes: {
            sub: answer.UserSub,
            "cognito:user_status": "CONFIRMED",
            email: "ann@example.com",
            email_verified: "true",
          },
          clientMetadata: { campaign: "spring" },
        },
      ],
    );
  });

  test("one that fails makes no user", async () => {
    assert.deepEqual(await refused(signUp("eve")), {
      code: "UserLambdaValidationException",
      message: "PreSignUp failed with error Go away.",
      status: 400,
    });
    const gone = h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username: "eve" }));
    assert.equal((await refused(gone)).code, "UserNotFoundException");
  });
});

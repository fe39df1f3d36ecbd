import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminCreateUserCommand,
  type AdminCreateUserCommandInput,
  AdminGetUserCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest, testAccount } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { lambdaEndpoint, type TriggerEvent } from "../../../../test/lambda-endpoint.ts";
import { attributes, createPool, createUser } from "../../../../test/pool-users.ts";
import { poolUsers } from "../../../store/pool-users.ts";
import { inOrder } from "../attributes/attribute-rules.ts";
import { readOutbox } from "../messages/outbox.ts";
import { passwordFault } from "../passwords/password-policy.ts";
import { isPasswordOf } from "../passwords/verifier.ts";

type Given = Partial<AdminCreateUserCommandInput>;

const functionArn = `arn:aws:lambda:us-east-1:${testAccount}:function:trigger`;
const policy = { RequireUppercase: true, RequireLowercase: true, RequireNumbers: true, RequireSymbols: true };
const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

suite("AdminCreateUser", async () => {
  const events: TriggerEvent[] = [];
  const endpoint = await lambdaEndpoint((event) => {
    events.push(event);
    if (event.userName === "refused") throw new Error("not this one");
    if (event.userName === "late") {
      return h.cognito.send(new DeleteUserPoolCommand({ UserPoolId: event.userPoolId })).then(() => event);
    }
    if (event.triggerSource !== "CustomMessage_AdminCreateUser") return event;
    return { ...event, response: { emailSubject: "Come in", emailMessage: "You are {username}, say {####}" } };
  });
  const h = await harness({ keyPairs: await onlyKeyPairs(), lambda: { endpoint: endpoint.url } });
  const UserPoolId = await createPool(h);
  const create = async (Username: string, given: Given = {}) =>
    (await h.cognito.send(new AdminCreateUserCommand({ UserPoolId, Username, ...given }))).User;
  const get = (Username: string, pool = UserPoolId) =>
    h.cognito.send(new AdminGetUserCommand({ UserPoolId: pool, Username }));
  const row = (sub: string) => h.environment.store.read((tx) => poolUsers.findById(tx, sub));
  const outbox = async (userPoolId = UserPoolId) =>
    (await readOutbox(h.environment, h.accountId, { userPoolId })).messages;
  const subOf = (user: Awaited<ReturnType<typeof create>>) =>
    user?.Attributes?.find(({ Name }) => Name === "sub")?.Value ?? "";

  test("with a username alone: who must change the password, as AdminGetUser answers, and one user more", async () => {
    const user = await create("ada");
    const at = new Date(startOfTest);
    const sub = subOf(user);
    assert.match(sub, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.deepEqual(user, {
      Username: "ada",
      Attributes: [{ Name: "sub", Value: sub }],
      UserCreateDate: at,
      UserLastModifiedDate: at,
      Enabled: true,
      UserStatus: "FORCE_CHANGE_PASSWORD",
    });
    const { Attributes, ...rest } = user;
    const { $metadata: _, ...got } = await get("ada");
    assert.deepEqual(got, { ...rest, UserAttributes: Attributes });
    const { UserPool } = await h.cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    assert.equal(UserPool?.EstimatedNumberOfUsers, 1);
    // Nowhere to send an invitation is no error.
    assert.deepEqual(await outbox(), []);
  });

  test("required attributes may wait; what is given is kept, in AWS's order, and a flag in lower case", async () => {
    const pool = await createPool(h, {
      Schema: [
        { Name: "name", Required: true },
        { Name: "badge", AttributeDataType: "Number" },
      ],
    });
    const given = { "custom:badge": "42", email: "ada@example.com", email_verified: "True", birthdate: "1815-12-10" };
    const user = await createUser(h, pool, "ada", { attributes: { ...given, nickname: "" } });
    assert.deepEqual(user.Attributes?.slice(0, -1), attributes(inOrder({ ...given, email_verified: "true" })));
  });

  test("attributes that do not conform", async () => {
    const pool = await createPool(h, {
      Schema: [
        { Name: "badge", AttributeDataType: "Number", NumberAttributeConstraints: { MinValue: "10", MaxValue: "99" } },
        { Name: "code", AttributeDataType: "String", StringAttributeConstraints: { MinLength: "2", MaxLength: "4" } },
        { Name: "active", AttributeDataType: "Boolean" },
        { Name: "since", AttributeDataType: "DateTime" },
        { Name: "rank", AttributeDataType: "String", DeveloperOnlyAttribute: true },
      ],
    });
    const schema = (...lines: string[]) =>
      invalid(`Attributes did not conform to the schema: ${lines.map((line) => `${line}\n`).join("")}`);
    const cases: [Record<string, string>, ReturnType<typeof invalid>][] = [
      [{ team: "x" }, schema("team: Attribute does not exist in the schema.")],
      [
        { "custom:team": "x", birthdate: "1815" },
        schema(
          "custom:team: Attribute does not exist in the schema.",
          "birthdate: String must be no shorter than 10 characters",
        ),
      ],
      [{ birthdate: "10 December 1815" }, schema("birthdate: String must be no longer than 10 characters")],
      [{ "custom:code": "a" }, schema("custom:code: String must be no shorter than 2 characters")],
      [{ "custom:badge": "9" }, schema("custom:badge: Number must be no less than 10")],
      [{ "custom:badge": "100" }, schema("custom:badge: Number must be no greater than 99")],
      [{ "custom:badge": "ten" }, schema("custom:badge: Attribute must be a number.")],
      [{ "custom:active": "yes" }, schema("custom:active: Attribute must be true or false.")],
      [{ "custom:since": "lately" }, schema("custom:since: Attribute must be a date or a time of ISO 8601.")],
      [{ "custom:rank": "x" }, schema("custom:rank: Attribute does not exist in the schema.")],
      [{ email: "ada" }, invalid("Invalid email address format.")],
      [{ phone_number: "5551234" }, invalid("Invalid phone number format.")],
      [{ sub: "x" }, invalid("Cannot modify the non-mutable attribute sub")],
      [{ identities: "[]" }, invalid("Cannot modify the non-mutable attribute identities")],
      [{ email_verified: "true" }, invalid("Email is required to verify/un-verify an email")],
      [{ phone_number_verified: "true" }, invalid("Phone number is required to verify/un-verify a phone number")],
    ];
    for (const [given, expected] of cases) {
      assert.deepEqual(await refused(createUser(h, pool, "ada", { attributes: given })), expected);
    }
    const good = {
      "custom:code": "ab",
      "custom:badge": "99",
      "custom:active": "false",
      "custom:since": "2026-06-15T12:00:00Z",
      "dev:custom:rank": "x",
    };
    const user = await createUser(h, pool, "ada", { attributes: good });
    assert.deepEqual(user.Attributes?.slice(0, -1), attributes(inOrder(good)));
  });

  test("a username is given once, whatever its case where the pool does not tell cases apart", async () => {
    const taken = { code: "UsernameExistsException", message: "User account already exists", status: 400 };
    assert.deepEqual(await refused(create("ada")), taken);
    assert.equal((await create("ADA"))?.Username, "ADA");
    const alike = await createPool(h, { UsernameConfiguration: { CaseSensitive: false } });
    await createUser(h, alike, "Ada");
    assert.deepEqual(await refused(createUser(h, alike, "ADA")), taken);
    assert.equal((await get("aDA", alike)).Username, "Ada");
  });

  test("where usernames are addresses, the sub is the username and the address names the user", async () => {
    const pool = await createPool(h, { UsernameAttributes: ["email", "phone_number"] });
    const user = await createUser(h, pool, "ada@example.com", { attributes: { email_verified: "true" } });
    assert.equal(user.Username, subOf(user));
    assert.deepEqual(user.Attributes?.slice(0, -1), attributes({ email: "ada@example.com", email_verified: "true" }));
    const phone = await createUser(h, pool, "+15551234567");
    assert.deepEqual(phone.Attributes?.slice(0, -1), attributes({ phone_number: "+15551234567" }));
    for (const name of ["ada@example.com", subOf(user)]) assert.equal((await get(name, pool)).Username, user.Username);
    const taken = { code: "UsernameExistsException", message: "User account already exists", status: 400 };
    assert.deepEqual(await refused(createUser(h, pool, "ada@example.com")), taken);
    const forced = { attributes: { email_verified: "true" }, ForceAliasCreation: true };
    const second = await createUser(h, pool, "ada@example.com", forced);
    assert.notEqual(second.Username, user.Username);
    assert.equal((await get("ada@example.com", pool)).Username, second.Username);
    const former = await get(subOf(user), pool);
    assert.deepEqual(former.UserAttributes?.[1], { Name: "email_verified", Value: "false" });
    assert.deepEqual(
      await refused(createUser(h, pool, "grace@example.com", { attributes: { phone_number: "+15551234567" } })),
      {
        code: "UsernameExistsException",
        message: "An account with the given phone_number already exists.",
        status: 400,
      },
    );
    assert.deepEqual(
      await refused(createUser(h, pool, "grace@example.com", { attributes: { email: "hopper@example.com" } })),
      invalid("User email should be empty or same as username, since username attribute is email"),
    );
    assert.deepEqual(
      await refused(createUser(h, pool, "grace")),
      invalid("Username should be either an email or a phone number."),
    );
    for (const [name, word] of [
      ["email", "an email"],
      ["phone_number", "a phone number"],
    ] as const) {
      const one = await createPool(h, { UsernameAttributes: [name] });
      assert.deepEqual(await refused(createUser(h, one, "grace")), invalid(`Username should be ${word}.`));
    }
  });

  test("a verified address that is another user's alias, which is moved only where that is asked for", async () => {
    const pool = await createPool(h, { AliasAttributes: ["email", "phone_number", "preferred_username"] });
    const verified = { email: "ada@example.com", email_verified: "true" };
    await createUser(h, pool, "ada", { attributes: { ...verified, preferred_username: "countess" } });
    await createUser(h, pool, "unverified", { attributes: { email: "ada@example.com" }, ForceAliasCreation: true });
    assert.equal((await get("ada@example.com", pool)).Username, "ada");
    const taken = (name: string) => ({
      code: "UsernameExistsException",
      message: `An account with the given ${name} already exists.`,
      status: 400,
    });
    assert.deepEqual(await refused(createUser(h, pool, "grace", { attributes: verified })), taken("email"));
    // A name that users choose is not moved.
    const chosen = { ...verified, preferred_username: "countess" };
    assert.deepEqual(
      await refused(createUser(h, pool, "grace", { attributes: chosen, ForceAliasCreation: true })),
      taken("preferred_username"),
    );
    assert.deepEqual(await refused(createUser(h, pool, "grace", { attributes: { preferred_username: "ada" } })), {
      ...taken("preferred_username"),
      message: "User account already exists for the alias.",
    });
    await createUser(h, pool, "grace", { attributes: verified, ForceAliasCreation: true });
    assert.equal((await get("ada@example.com", pool)).Username, "grace");
    const former = (await get("ada", pool)).UserAttributes?.slice(0, -1);
    assert.deepEqual(former, attributes({ ...verified, email_verified: "false", preferred_username: "countess" }));
    assert.deepEqual(
      await refused(createUser(h, pool, "hopper@example.com")),
      invalid("Username cannot be of email format, since user pool is configured for email alias."),
    );
    assert.deepEqual(
      await refused(createUser(h, pool, "+15551234567")),
      invalid("Username cannot be of phone number format, since user pool is configured for phone number alias."),
    );
    assert.deepEqual(await refused(createUser(h, pool, "countess")), {
      code: "UsernameExistsException",
      message: "User account already exists",
      status: 400,
    });
  });

  test("an invitation by the mediums that are asked for, SMS where none is, with a password that conforms", async () => {
    const pool = await createPool(h);
    const reachable = { email: "ada@example.com", phone_number: "+15551234567" };
    const both: Given = { MessageAction: undefined, DesiredDeliveryMediums: ["EMAIL", "SMS"] };
    const ada = await createUser(h, pool, "ada", { attributes: reachable, ...both });
    await createUser(h, pool, "grace", { attributes: reachable, MessageAction: undefined });
    await createUser(h, pool, "quiet", { attributes: reachable, ...both, MessageAction: "SUPPRESS" });
    const sent = await outbox(pool);
    assert.deepEqual(
      sent.map(({ username, medium, destination, kind }) => [username, medium, destination, kind]),
      [
        ["grace", "SMS", "+15551234567", "AdminCreateUser"],
        ["ada", "EMAIL", "ada@example.com", "AdminCreateUser"],
        ["ada", "SMS", "+15551234567", "AdminCreateUser"],
      ],
    );
    const [, mail, text] = sent;
    assert.equal(mail?.subject, "Your temporary password");
    assert.equal(mail?.message, text?.message);
    const password = /^Your username is ada and temporary password is (.+)\.$/.exec(mail?.message ?? "")?.[1] ?? "";
    assert.equal(passwordFault(policy, password, true), undefined);
    const user = await row(subOf(ada));
    assert.ok(user?.password_sealed);
    assert.equal(await isPasswordOf(h.environment, user, user.password_sealed, password), true);
    assert.equal(await isPasswordOf(h.environment, user, user.password_sealed, `${password}!`), false);
    assert.equal(user.password_expires_at, startOfTest + 7 * 86_400_000);
  });

  test("RESEND: a new password, which lasts as long again, for who has not signed in yet", async () => {
    const pool = await createPool(h);
    const Username = "ada";
    const given = { attributes: { email: "ada@example.com" }, TemporaryPassword: "First-1!" };
    const sub = subOf(await createUser(h, pool, Username, given));
    h.clock.set(startOfTest + 86_400_000);
    const again: Given = { MessageAction: "RESEND", DesiredDeliveryMediums: ["EMAIL"] };
    const { User } = await h.cognito.send(
      new AdminCreateUserCommand({ UserPoolId: pool, Username, ...again, TemporaryPassword: "Second-2!" }),
    );
    h.clock.set(startOfTest);
    assert.equal(User?.UserStatus, "FORCE_CHANGE_PASSWORD");
    assert.deepEqual(User?.UserLastModifiedDate, new Date(startOfTest + 86_400_000));
    const [invitation] = await outbox(pool);
    assert.equal(invitation?.message, "Your username is ada and temporary password is Second-2!.");
    const user = await row(sub);
    assert.ok(user?.password_sealed);
    assert.equal(await isPasswordOf(h.environment, user, user.password_sealed, "Second-2!"), true);
    assert.equal(user.password_expires_at, startOfTest + 8 * 86_400_000);

    assert.deepEqual(await refused(createUser(h, pool, "nobody", { ...again })), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    await h.environment.store.write((tx) => poolUsers.update(tx, user, { ...user, status: "CONFIRMED" }));
    assert.deepEqual(await refused(createUser(h, pool, Username, { ...again })), {
      code: "UnsupportedUserStateException",
      message: "Resend not possible. ada status is not FORCE_CHANGE_PASSWORD",
      status: 400,
    });
  });

  test("a password that the policy refuses makes no user", async () => {
    assert.deepEqual(await refused(create("weak", { TemporaryPassword: "Weak-password" })), {
      code: "InvalidPasswordException",
      message: "Password did not conform with password policy: Password must have numeric characters",
      status: 400,
    });
    assert.equal((await refused(get("weak"))).code, "UserNotFoundException");
  });

  test("where codes let users in, one without a password is confirmed and needs an address", async () => {
    const pool = await createPool(h, {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
    });
    const ada = await createUser(h, pool, "ada", {
      attributes: { email: "ada@example.com" },
      MessageAction: undefined,
    });
    assert.equal(ada.UserStatus, "CONFIRMED");
    assert.equal((await row(subOf(ada)))?.password_sealed, null);
    assert.deepEqual(await outbox(pool), []);
    assert.deepEqual(
      await refused(createUser(h, pool, "grace")),
      invalid(
        "A user without a password must have an email address or a phone number that one-time passwords can be sent to.",
      ),
    );
    const grace = await createUser(h, pool, "grace", { TemporaryPassword: "Given-1!" });
    assert.equal(grace.UserStatus, "FORCE_CHANGE_PASSWORD");
  });

  test("functions are told and may refuse; what they confirm is not looked at, what they write is sent", async () => {
    const pool = await createPool(h, { LambdaConfig: { PreSignUp: functionArn, CustomMessage: functionArn } });
    const user = await createUser(h, pool, "ada", {
      attributes: { email: "ada@example.com" },
      MessageAction: undefined,
      DesiredDeliveryMediums: ["EMAIL"],
      TemporaryPassword: "Given-1!",
      ValidationData: [{ Name: "invited-by", Value: "grace" }],
      ClientMetadata: { channel: "desk" },
    });
    assert.equal(user.UserStatus, "FORCE_CHANGE_PASSWORD");
    const [preSignUp, customMessage] = events;
    assert.equal(preSignUp?.triggerSource, "PreSignUp_AdminCreateUser");
    assert.deepEqual(preSignUp?.request, {
      userAttributes: { email: "ada@example.com" },
      validationData: { "invited-by": "grace" },
      clientMetadata: { channel: "desk" },
    });
    assert.equal(customMessage?.triggerSource, "CustomMessage_AdminCreateUser");
    assert.deepEqual(customMessage?.request, {
      userAttributes: { sub: subOf(user), "cognito:user_status": "FORCE_CHANGE_PASSWORD", email: "ada@example.com" },
      codeParameter: "{####}",
      linkParameter: "{##Click Here##}",
      usernameParameter: "{username}",
      clientMetadata: { channel: "desk" },
    });
    const [sent] = await outbox(pool);
    assert.deepEqual([sent?.subject, sent?.message], ["Come in", "You are ada, say Given-1!"]);
    assert.deepEqual(await refused(createUser(h, pool, "refused")), {
      code: "UserLambdaValidationException",
      message: "PreSignUp failed with error not this one.",
      status: 400,
    });
    assert.equal((await refused(get("refused", pool))).code, "UserNotFoundException");
  });

  test("a pool that is not there, or no longer once the functions are done", async () => {
    const pool = await createPool(h, { LambdaConfig: { PreSignUp: functionArn } });
    assert.deepEqual(await refused(createUser(h, pool, "late")), {
      code: "ResourceNotFoundException",
      message: `User pool ${pool} does not exist.`,
      status: 400,
    });
    assert.deepEqual(await refused(create("ada", { UserPoolId: "us-east-1_nothing00" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});

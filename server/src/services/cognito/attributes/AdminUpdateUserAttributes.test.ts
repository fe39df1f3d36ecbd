import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  ListUsersCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest, testAccount } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { lambdaEndpoint } from "../../../../test/lambda-endpoint.ts";
import { attributes, createPool, createUser } from "../../../../test/pool-users.ts";
import { poolUserPendingAttributes } from "../../../store/pool-user-pending-attributes.ts";
import { readOutbox } from "../messages/outbox.ts";

const functionArn = `arn:aws:lambda:us-east-1:${testAccount}:function:trigger`;
const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });
const taken = (name: string) => ({
  code: "AliasExistsException",
  message: `An account with the given ${name} already exists.`,
  status: 400,
});

suite("AdminUpdateUserAttributes", async () => {
  const endpoint = await lambdaEndpoint((event) => {
    if (event.request.clientMetadata !== undefined) throw new Error("not now");
    return { ...event, response: { emailSubject: "Is it you?", emailMessage: "{####} it is" } };
  });
  const h = await harness({ keyPairs: await onlyKeyPairs(), lambda: { endpoint: endpoint.url } });
  const update = (UserPoolId: string, given: Record<string, string>, Username = "ada", more: object = {}) =>
    h.cognito.send(
      new AdminUpdateUserAttributesCommand({ UserPoolId, Username, UserAttributes: attributes(given), ...more }),
    );
  const get = async (UserPoolId: string, Username = "ada") => {
    const user = await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
    return Object.fromEntries((user.UserAttributes ?? []).slice(0, -1).map(({ Name, Value }) => [Name, Value]));
  };
  const outbox = async (userPoolId: string) => (await readOutbox(h.environment, h.accountId, { userPoolId })).messages;

  test("changes, adds and, by an empty value, deletes; lists find the new values; the time is noted", async () => {
    const pool = await createPool(h, {
      Schema: [{ Name: "rank", AttributeDataType: "String", DeveloperOnlyAttribute: true }],
    });
    await createUser(h, pool, "ada", { attributes: { name: "Ada", nickname: "A", gender: "f" } });
    h.clock.set(startOfTest + 1000);
    await update(pool, { name: "Ada Lovelace", nickname: "", "dev:custom:rank": "1" });
    h.clock.set(startOfTest);
    assert.deepEqual(await get(pool), { name: "Ada Lovelace", gender: "f", "dev:custom:rank": "1" });
    const { Users } = await h.cognito.send(new ListUsersCommand({ UserPoolId: pool, Filter: 'name = "Ada Lovelace"' }));
    assert.deepEqual(Users?.[0]?.UserLastModifiedDate, new Date(startOfTest + 1000));
    const before = await h.cognito.send(new ListUsersCommand({ UserPoolId: pool, Filter: 'name = "Ada"' }));
    assert.deepEqual(before.Users, []);
  });

  test("what does not conform", async () => {
    const pool = await createPool(h, {
      Schema: [
        { Name: "email", Required: true },
        { Name: "name", Mutable: false },
        { Name: "fixed", AttributeDataType: "String", Mutable: false },
      ],
    });
    const given = { email: "ada@example.com", name: "Ada", "custom:fixed": "1" };
    await createUser(h, pool, "ada", { attributes: given });
    const cases: [Record<string, string>, ReturnType<typeof invalid>][] = [
      [{ "custom:fixed": "2" }, invalid("user.custom:fixed: Attribute cannot be updated.\n")],
      [{ name: "Ada" }, invalid("user.name: Attribute cannot be updated.\n")],
      [{ email: "" }, invalid("user.email: Required attribute cannot be deleted.\n")],
      [
        { team: "x", birthdate: "1815" },
        invalid(
          "user.team: Attribute does not exist in the schema.\nuser.birthdate: String must be no shorter than 10 characters\n",
        ),
      ],
      [{ email: "ada" }, invalid("Invalid email address format.")],
      [{ phone_number: "ada" }, invalid("Invalid phone number format.")],
      [{ sub: "ada" }, invalid("Cannot modify the non-mutable attribute sub")],
      [{ phone_number_verified: "true" }, invalid("Phone number is required to verify/un-verify a phone number")],
    ];
    for (const [changed, expected] of cases) assert.deepEqual(await refused(update(pool, changed)), expected);
    assert.deepEqual(await get(pool), given);
  });

  test("a new address is not verified, unless it is said to be; the same one stays as it is", async () => {
    const pool = await createPool(h);
    const verified = { email: "ada@example.com", email_verified: "true" };
    await createUser(h, pool, "ada", { attributes: verified });
    await update(pool, { email: "ada@example.com" });
    assert.deepEqual(await get(pool), verified);
    await update(pool, { email: "lovelace@example.com" });
    assert.deepEqual(await get(pool), { email: "lovelace@example.com", email_verified: "false" });
    await update(pool, { phone_number: "+15551234567", phone_number_verified: "true", email_verified: "true" });
    assert.deepEqual(await get(pool), {
      email: "lovelace@example.com",
      email_verified: "true",
      phone_number: "+15551234567",
      phone_number_verified: "true",
    });
    await update(pool, { email: "" });
    assert.deepEqual(await get(pool), { phone_number: "+15551234567", phone_number_verified: "true" });
    // The pool verifies nothing by itself.
    assert.deepEqual(await outbox(pool), []);
  });

  test("where the pool verifies addresses, a code goes to a new one that nobody vouched for", async () => {
    const pool = await createPool(h, {
      AutoVerifiedAttributes: ["email"],
      LambdaConfig: { CustomMessage: functionArn },
    });
    await createUser(h, pool, "ada", { attributes: { email: "ada@example.com", email_verified: "true" } });
    await update(pool, { email: "vouched@example.com", email_verified: "true", phone_number: "+15551234567" });
    assert.deepEqual(await outbox(pool), []);
    await update(pool, { email: "lovelace@example.com" });
    const [sent, ...others] = await outbox(pool);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [sent?.kind, sent?.destination, sent?.subject],
      ["UpdateUserAttribute", "lovelace@example.com", "Is it you?"],
    );
    assert.match(sent?.message ?? "", /^\d{6} it is$/);
    const last = endpoint.events.at(-1);
    assert.equal(last?.triggerSource, "CustomMessage_UpdateUserAttribute");
    assert.deepEqual(
      await refused(update(pool, { email: "other@example.com" }, "ada", { ClientMetadata: { a: "b" } })),
      { code: "UserLambdaValidationException", message: "CustomMessage failed with error not now.", status: 400 },
    );
    assert.equal((await get(pool)).email, "lovelace@example.com");
  });

  test("where an address is to be verified first, the old one stays and signs in until then", async () => {
    const pool = await createPool(h, {
      AliasAttributes: ["email"],
      AutoVerifiedAttributes: ["email"],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    });
    const verified = { email: "ada@example.com", email_verified: "true" };
    const user = await createUser(h, pool, "ada", { attributes: verified });
    const sub = user.Attributes?.at(-1)?.Value ?? "";
    const pending = () => h.environment.store.read((tx) => poolUserPendingAttributes.find(tx, sub, "email"));
    await update(pool, { email: "lovelace@example.com", name: "Ada" });
    assert.deepEqual(await get(pool, "ada@example.com"), { ...verified, name: "Ada" });
    assert.equal(await pending(), "lovelace@example.com");
    assert.deepEqual(
      (await outbox(pool)).map(({ destination }) => destination),
      ["lovelace@example.com"],
    );
    await update(pool, { email: "countess@example.com", email_verified: "true" });
    assert.deepEqual(await get(pool, "countess@example.com"), {
      email: "countess@example.com",
      email_verified: "true",
      name: "Ada",
    });
    assert.equal(await pending(), undefined);
  });

  test("aliases follow: a verified address is taken from whoever had it, a chosen name is not", async () => {
    const pool = await createPool(h, { AliasAttributes: ["email", "preferred_username"] });
    const verified = { email: "ada@example.com", email_verified: "true" };
    await createUser(h, pool, "ada", { attributes: { ...verified, preferred_username: "countess" } });
    await createUser(h, pool, "grace");
    assert.deepEqual(
      await refused(update(pool, { preferred_username: "countess" }, "grace")),
      taken("preferred_username"),
    );
    await update(pool, verified, "grace");
    assert.deepEqual(await get(pool, "ada@example.com"), verified);
    assert.deepEqual(await get(pool), {
      email: "ada@example.com",
      email_verified: "false",
      preferred_username: "countess",
    });
    await update(pool, { email: "hopper@example.com" }, "grace");
    const gone = await refused(get(pool, "ada@example.com"));
    assert.deepEqual(gone, { code: "UserNotFoundException", message: "User does not exist.", status: 400 });
  });

  test("where usernames are addresses, none is taken, and the new one signs in at once", async () => {
    const pool = await createPool(h, { UsernameAttributes: ["email"] });
    await createUser(h, pool, "ada@example.com");
    await createUser(h, pool, "grace@example.com");
    const verified = { email: "ada@example.com", email_verified: "true" };
    assert.deepEqual(await refused(update(pool, verified, "grace@example.com")), taken("email"));
    await update(pool, { email: "hopper@example.com" }, "grace@example.com");
    assert.deepEqual(await get(pool, "hopper@example.com"), { email: "hopper@example.com", email_verified: "false" });
    assert.equal((await refused(get(pool, "grace@example.com"))).code, "UserNotFoundException");
  });

  test("a user and a pool that are not there", async () => {
    const pool = await createPool(h);
    assert.deepEqual(await refused(update(pool, { name: "x" }, "nobody")), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(update("us-east-1_nothing00", { name: "x" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});

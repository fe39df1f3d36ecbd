import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateAccountAliasCommand, ListAccountAliasesCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints } from "../../../../test/refusals.ts";
import { accounts } from "../../../store/accounts.ts";

suite("CreateAccountAlias", async () => {
  const h = await harness();
  const create = (AccountAlias: string, iam = h.iam) => iam.send(new CreateAccountAliasCommand({ AccountAlias }));
  const aliases = async () => (await h.iam.send(new ListAccountAliasesCommand({}))).AccountAliases;
  const taken = (alias: string) => ({
    code: "EntityAlreadyExists",
    message: `The account alias ${alias} already exists.`,
    status: 409,
  });

  test("names the account; a new alias takes the place of the old, which is free again", async () => {
    assert.deepEqual(Object.keys(await create("the-company")), ["$metadata"]);
    assert.deepEqual(await aliases(), ["the-company"]);
    await create("another");
    assert.deepEqual(await aliases(), ["another"]);
    await create("the-company");
    assert.deepEqual(await aliases(), ["the-company"]);
  });

  test("refuses an alias that this account has, or another", async () => {
    assert.deepEqual(await refused(create("the-company")), taken("the-company"));
    const other = { account_id: "210987654321", created_at: startOfTest, alias: "theirs", password_policy_json: null };
    await h.environment.store.write((tx) => accounts.insert(tx, other));
    assert.deepEqual(await refused(create("theirs")), taken("theirs"));
    assert.deepEqual(await aliases(), ["the-company"]);
  });

  test("aliases are three to 63 lower-case letters, digits and single hyphens inside", async () => {
    for (const alias of ["a1b", `${"a-".repeat(31)}z`]) await create(alias);
    const pattern = "Member must satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$";
    for (const alias of ["Company", "a_b", "-ab", "ab-", "a--b"]) {
      assert.deepEqual(await refused(create(alias)), constraints(["accountAlias", pattern]), alias);
    }
    const { code, message } = await refused(create("a".repeat(64)));
    assert.equal(code, "ValidationError");
    assert.match(message, /Member must have length less than or equal to 63/);
    assert.match((await refused(create("ab"))).message, /Member must have length greater than or equal to 3/);
  });

  test("a user needs permission on everything", async () => {
    const may = await userWithKey(h, "may", allow("iam:CreateAccountAlias"));
    await create("by-may", may.iam);
    const mayNot = await userWithKey(h, "may-not", allow("iam:CreateAccountAlias", "arn:aws:iam::*:user/*"));
    for (const alias of ["by-may", "free-yet"]) {
      assert.deepEqual(
        await refused(create(alias, mayNot.iam)),
        accessDenied("may-not", "iam:CreateAccountAlias", "*"),
      );
    }
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateAccountAliasCommand, DeleteAccountAliasCommand, ListAccountAliasesCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints } from "../../../../test/refusals.ts";

suite("DeleteAccountAlias", async () => {
  const h = await harness();
  const remove = (AccountAlias: string, iam = h.iam) => iam.send(new DeleteAccountAliasCommand({ AccountAlias }));
  const create = (AccountAlias: string) => h.iam.send(new CreateAccountAliasCommand({ AccountAlias }));
  const absent = (alias: string) => ({
    code: "NoSuchEntity",
    message: `The account alias with name ${alias} cannot be found.`,
    status: 404,
  });

  test("deletes the account's alias, by its name alone", async () => {
    await create("the-company");
    assert.deepEqual(await refused(remove("old-company")), absent("old-company"));
    assert.deepEqual(Object.keys(await remove("the-company")), ["$metadata"]);
    assert.deepEqual((await h.iam.send(new ListAccountAliasesCommand({}))).AccountAliases, []);
    assert.deepEqual(await refused(remove("the-company")), absent("the-company"));
  });

  test("refuses what no alias could be", async () => {
    assert.deepEqual(
      await refused(remove("The-Company")),
      constraints([
        "accountAlias",
        "Member must satisfy regular expression pattern: ^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$",
      ]),
    );
  });

  test("a user needs permission on everything, and without learns no alias", async () => {
    await create("the-company");
    const mayNot = await userWithKey(h, "may-not", allow("iam:CreateAccountAlias"));
    for (const alias of ["the-company", "old-company"]) {
      assert.deepEqual(
        await refused(remove(alias, mayNot.iam)),
        accessDenied("may-not", "iam:DeleteAccountAlias", "*"),
      );
    }
    const may = await userWithKey(h, "may", allow("iam:DeleteAccountAlias"));
    await remove("the-company", may.iam);
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateAccountAliasCommand,
  ListAccountAliasesCommand,
  type ListAccountAliasesCommandInput,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints, invalidMarker } from "../../../../test/refusals.ts";

suite("ListAccountAliases", async () => {
  const h = await harness();
  const list = async (input: ListAccountAliasesCommandInput = {}, iam = h.iam) => {
    const { $metadata: _, ...aliases } = await iam.send(new ListAccountAliasesCommand(input));
    return aliases;
  };

  test("lists none, or the one there is", async () => {
    assert.deepEqual(await list(), { AccountAliases: [], IsTruncated: false });
    await h.iam.send(new CreateAccountAliasCommand({ AccountAlias: "the-company" }));
    assert.deepEqual(await list({ MaxItems: 1 }), { AccountAliases: ["the-company"], IsTruncated: false });
  });

  test("refuses a marker, as no page has any, and a page size out of range", async () => {
    assert.deepEqual(await refused(list({ Marker: "invalid" })), invalidMarker);
    assert.deepEqual(
      await refused(list({ MaxItems: 0 })),
      constraints(["maxItems", "Member must have value greater than or equal to 1"]),
    );
  });

  test("a user needs permission on everything", async () => {
    const may = await userWithKey(h, "may", allow("iam:ListAccountAliases"));
    assert.deepEqual((await list({}, may.iam)).AccountAliases, ["the-company"]);
    const mayNot = await userWithKey(h, "may-not", allow("iam:GetUser"));
    assert.deepEqual(await refused(list({}, mayNot.iam)), accessDenied("may-not", "iam:ListAccountAliases", "*"));
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateTermsCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  ListTermsCommand,
  type ListTermsCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";

suite("ListTerms", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await h.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: "app" }));
  const ClientId = UserPoolClient?.ClientId ?? "";
  const create = async (TermsName: string) =>
    (
      await h.cognito.send(
        new CreateTermsCommand({
          UserPoolId,
          ClientId,
          TermsName,
          TermsSource: "LINK",
          Enforcement: "NONE",
          Links: { "cognito:default": `https://example.com/${TermsName}` },
        }),
      )
    ).Terms;
  const list = (input: Partial<ListTermsCommandInput> = {}) =>
    h.cognito.send(new ListTermsCommand({ UserPoolId, ...input }));

  test("all of the pool, a page at a time", async () => {
    assert.deepEqual((await list()).Terms, []);
    await create("terms-of-use");
    await create("privacy-policy");
    const { Terms = [], NextToken } = await list();
    assert.equal(NextToken, undefined);
    assert.deepEqual(Terms.map(({ TermsName }) => TermsName).sort(), ["privacy-policy", "terms-of-use"]);
    const date = new Date(startOfTest);
    for (const { TermsId, TermsName, ...rest } of Terms) {
      assert.deepEqual(rest, { Enforcement: "NONE", CreationDate: date, LastModifiedDate: date });
    }
    const first = await list({ MaxResults: 1 });
    const second = await list({ MaxResults: 1, NextToken: first.NextToken });
    assert.deepEqual([...(first.Terms ?? []), ...(second.Terms ?? [])], Terms);
    assert.equal(second.NextToken, undefined);
  });

  test("refuses a wrong token and a pool that is not there", async () => {
    const { code, message } = await refused(list({ NextToken: "nonsense" }));
    assert.equal(code, "InvalidParameterException");
    assert.match(message, /^Paging marker nonsense is invalid for request /);
    assert.equal((await refused(list({ UserPoolId: "us-east-1_AbCdEfGhI" }))).code, "ResourceNotFoundException");
  });
});

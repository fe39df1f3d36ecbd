import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateResourceServerCommand,
  CreateUserPoolCommand,
  ListResourceServersCommand,
  type ListResourceServersCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";

suite("ListResourceServers", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  for (const Identifier of ["c", "a", "b", "https://api.example.com"]) {
    await h.cognito.send(new CreateResourceServerCommand({ UserPoolId, Identifier, Name: Identifier.slice(0, 1) }));
  }
  const list = (input: Partial<ListResourceServersCommandInput> = {}) =>
    h.cognito.send(new ListResourceServersCommand({ UserPoolId, MaxResults: 50, ...input }));

  test("all of them, by identifier, a page at a time", async () => {
    const all = await list();
    assert.deepEqual(
      all.ResourceServers?.map(({ Identifier }) => Identifier),
      ["a", "b", "c", "https://api.example.com"],
    );
    assert.equal(all.NextToken, undefined);
    const first = await list({ MaxResults: 3 });
    const second = await list({ MaxResults: 3, NextToken: first.NextToken });
    assert.deepEqual([...(first.ResourceServers ?? []), ...(second.ResourceServers ?? [])], all.ResourceServers);
    assert.equal(second.NextToken, undefined);
  });

  test("a page size must be given, and a token must be one of these", async () => {
    assert.deepEqual(await refused(list({ MaxResults: undefined })), {
      code: "InvalidParameterException",
      message:
        "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
      status: 400,
    });
    const { code, message } = await refused(list({ NextToken: "nonsense" }));
    assert.equal(code, "InvalidParameterException");
    assert.match(message, /^Paging marker nonsense is invalid for request /);
    assert.deepEqual(await refused(list({ UserPoolId: "us-east-1_AbCdEfGhI" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_AbCdEfGhI does not exist.",
      status: 400,
    });
  });
});

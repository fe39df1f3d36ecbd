import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  ListUserPoolClientsCommand,
  paginateListUserPoolClients,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";

suite("ListUserPoolClients", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const createPool = async () =>
    (await h.cognito.send(new CreateUserPoolCommand({ PoolName: "example" }))).UserPool?.Id;
  const UserPoolId = await createPool();

  test("a pool without clients", async () => {
    const { UserPoolClients, NextToken } = await h.cognito.send(new ListUserPoolClientsCommand({ UserPoolId }));
    assert.deepEqual([UserPoolClients, NextToken], [[], undefined]);
  });

  test("70 clients of one pool, page by page, each once, with id, pool and name", async () => {
    const created = [];
    const other = await createPool();
    await h.cognito.send(new CreateUserPoolClientCommand({ UserPoolId: other, ClientName: "other" }));
    for (let at = 0; at < 70; at++) {
      const ClientName = `client-${at}`;
      const { UserPoolClient } = await h.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName }));
      created.push({ ClientId: UserPoolClient?.ClientId ?? "", UserPoolId, ClientName });
    }
    created.sort((a, b) => (a.ClientId < b.ClientId ? -1 : 1));
    const first = await h.cognito.send(new ListUserPoolClientsCommand({ UserPoolId }));
    assert.equal(first.UserPoolClients?.length, 60);
    const listed = [];
    for await (const page of paginateListUserPoolClients({ client: h.cognito, pageSize: 30 }, { UserPoolId })) {
      listed.push(page.UserPoolClients ?? []);
    }
    assert.deepEqual(
      listed.map((page) => page.length),
      [30, 30, 10],
    );
    assert.deepEqual(listed.flat(), created);
    const dynamic = new ListUserPoolClientsCommand({ UserPoolId, ClientType: "DCR" });
    assert.deepEqual((await h.cognito.send(dynamic)).UserPoolClients, []);
  });

  test("a token that is none, a page of none, a pool that is not there", async () => {
    const list = (given: object) => h.cognito.send(new ListUserPoolClientsCommand({ UserPoolId, ...given }));
    const wrong = await refused(list({ NextToken: "nothing" }));
    assert.match(wrong.message ?? "", /^Paging marker nothing is invalid for request [0-9a-f-]{36}$/);
    assert.deepEqual(await refused(list({ MaxResults: 0 })), {
      code: "InvalidParameterException",
      message:
        "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
      status: 400,
    });
    assert.deepEqual(await refused(list({ UserPoolId: "us-east-1_nothing00" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});

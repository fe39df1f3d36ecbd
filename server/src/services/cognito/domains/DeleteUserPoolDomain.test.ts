import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";

suite("DeleteUserPoolDomain", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  const remove = (pool = UserPoolId) =>
    h.cognito.send(new DeleteUserPoolDomainCommand({ UserPoolId: pool, Domain: "shop" }));
  const missing = { code: "InvalidParameterException", message: "No such domain or user pool exists.", status: 400 };

  test("the domain is free, and so is the pool", async () => {
    await h.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: "shop" }));
    const { UserPool: other } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "q" }));
    assert.deepEqual(await refused(remove(other?.Id)), missing);
    const { $metadata, ...answer } = await remove();
    assert.deepEqual(answer, {});
    assert.deepEqual(
      (await h.cognito.send(new DescribeUserPoolDomainCommand({ Domain: "shop" }))).DomainDescription,
      {},
    );
    const { UserPool: described } = await h.cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    assert.equal(described?.Domain, undefined);
    assert.deepEqual(await refused(remove()), missing);
    await h.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: other?.Id, Domain: "shop" }));
    await h.cognito.send(new DeleteUserPoolCommand({ UserPoolId }));
    assert.equal((await refused(remove())).code, "ResourceNotFoundException");
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  ListUserPoolsCommand,
  paginateListUserPools,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { userPools } from "../../../store/user-pools.ts";

suite("ListUserPools", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const list = (MaxResults: number, NextToken?: string, cognito = h.cognito) =>
    cognito.send(new ListUserPoolsCommand({ MaxResults, NextToken }));

  test("without pools, an empty list and no token", async () => {
    const { UserPools, NextToken } = await list(60);
    assert.deepEqual({ UserPools, NextToken }, { UserPools: [], NextToken: undefined });
  });

  test("of each pool its id, name, triggers and dates, and nothing else", async () => {
    const { cognito } = h.as(h.root, "eu-central-1");
    const LambdaConfig = { PreSignUp: `arn:aws:lambda:eu-central-1:${testAccount}:function:a` };
    const { UserPool } = await cognito.send(
      new CreateUserPoolCommand({ PoolName: "example", LambdaConfig, UserPoolTags: { team: "a" } }),
    );
    h.clock.set(startOfTest + 1234);
    await cognito.send(new UpdateUserPoolCommand({ UserPoolId: UserPool?.Id, LambdaConfig }));
    h.clock.set(startOfTest);
    assert.deepEqual((await list(1, undefined, cognito)).UserPools, [
      {
        Id: UserPool?.Id,
        Name: "example",
        LambdaConfig,
        CreationDate: new Date(startOfTest),
        LastModifiedDate: new Date(startOfTest + 1234),
      },
    ]);
  });

  test("130 pools, page by page, each once", async () => {
    const created = new Set<string | undefined>();
    for (let at = 0; at < 130; at++) {
      const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: `pool-${at}` }));
      created.add(UserPool?.Id);
    }
    const pages = [];
    for await (const page of paginateListUserPools({ client: h.cognito, pageSize: 60 }, { MaxResults: 60 })) {
      pages.push(page.UserPools ?? []);
    }
    assert.deepEqual(
      pages.map((page) => page.length),
      [60, 60, 10],
    );
    const listed = pages.flat().map(({ Id }) => Id);
    assert.equal(listed.length, 130);
    assert.deepEqual(new Set(listed), created);
  });

  test("a page that ends with the last pool has no token", async () => {
    const { cognito } = h.as(h.root, "eu-north-1");
    for (const PoolName of ["a", "b"]) await cognito.send(new CreateUserPoolCommand({ PoolName }));
    const first = await list(1, undefined, cognito);
    assert.equal(first.UserPools?.length, 1);
    const second = await list(1, first.NextToken, cognito);
    assert.equal(second.UserPools?.length, 1);
    assert.equal(second.NextToken, undefined);
    assert.equal((await list(2, undefined, cognito)).NextToken, undefined);
  });

  test("of the caller's account and region alone", async () => {
    const { store } = h.environment;
    const [pool] = await store.read((tx) => userPools.list(tx, testAccount, "us-east-1", "", 1));
    assert.ok(pool !== undefined);
    await store.write((tx) =>
      userPools.insert(tx, { ...pool, pool_id: "ap-south-1_A", account_id: "210987654321", region: "ap-south-1" }),
    );
    assert.deepEqual((await list(60, undefined, h.as(h.root, "ap-south-1").cognito)).UserPools, []);
  });

  test("refuses page sizes out of range, and none", async () => {
    const range = (value: string, bound: string) => ({
      code: "InvalidParameterException",
      message: `1 validation error detected: Value ${value} at 'maxResults' failed to satisfy constraint: Member must ${bound}`,
      status: 400,
    });
    assert.deepEqual(await refused(list(0)), range("'0'", "have value greater than or equal to 1"));
    assert.deepEqual(await refused(list(61)), range("'61'", "have value less than or equal to 60"));
    assert.deepEqual(
      await refused(h.cognito.send(new ListUserPoolsCommand({ MaxResults: undefined }))),
      range("null", "not be null"),
    );
  });

  test("refuses a token that is not its own", async () => {
    for (const token of ["invalid", Buffer.from("us-east-1_a").toString("base64")]) {
      const { code, message, status } = await refused(list(1, token));
      assert.deepEqual({ code, status }, { code: "InvalidParameterException", status: 400 });
      assert.match(message, new RegExp(`^Paging marker ${token} is invalid for request [0-9a-f-]{36}$`));
    }
  });

  test("a user needs permission on everything", async () => {
    const ann = await userWithKey(h, "ann", allow("cognito-idp:ListUserPools"));
    assert.equal((await list(1, undefined, ann.cognito)).UserPools?.length, 1);
    const bob = await userWithKey(
      h,
      "bob",
      allow("cognito-idp:ListUserPools", `arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/*`),
    );
    assert.deepEqual(await refused(list(1, undefined, bob.cognito)), {
      code: "AccessDeniedException",
      message: `User: arn:aws:iam::${testAccount}:user/bob is not authorized to perform: cognito-idp:ListUserPools on resource: * because no identity-based policy allows the cognito-idp:ListUserPools action`,
      status: 400,
    });
  });
});

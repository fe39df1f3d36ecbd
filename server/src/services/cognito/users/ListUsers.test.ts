import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminDisableUserCommand,
  ListUsersCommand,
  type ListUsersCommandInput,
  paginateListUsers,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool, createUser } from "../../../../test/pool-users.ts";
import { poolUsers } from "../../../store/pool-users.ts";

const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

suite("ListUsers", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const UserPoolId = await createPool(h);
  const list = (given: Partial<ListUsersCommandInput> = {}) =>
    h.cognito.send(new ListUsersCommand({ UserPoolId, ...given }));
  const names = async (Filter: string, pool = UserPoolId) => {
    const found = [];
    // Two at a time, so that each search goes over the end of a page.
    for await (const page of paginateListUsers({ client: h.cognito, pageSize: 2 }, { UserPoolId: pool, Filter })) {
      assert.ok((page.Users?.length ?? 0) <= 2);
      found.push(...(page.Users ?? []).map(({ Username }) => Username));
    }
    return found.sort();
  };
  const people = {
    ada: { name: "Ada Lovelace", given_name: "Ada", family_name: "Lovelace", email: "ada@example.com" },
    alan: { name: "Alan Turing", given_name: "Alan", family_name: "Turing", email: "alan@example.com" },
    alonzo: { name: "Alonzo Church", given_name: "Alonzo", family_name: "Church", phone_number: "+15551234567" },
    grace: { name: 'Grace "Amazing" Hopper', given_name: "Grace", phone_number: "+4420123456" },
    noname: { preferred_username: "nobody%_", email: "100%@example.com" },
  };
  const subs = new Map<string, string>();

  test("all users of the pool, page by page, each once and as it was made", async () => {
    assert.deepEqual((await list()).Users, []);
    await createUser(h, await createPool(h), "elsewhere", { attributes: { name: "Ada" } });
    const made = [];
    for (const [name, attributes] of Object.entries(people)) {
      const user = await createUser(h, UserPoolId, name, { attributes });
      subs.set(name, user.Attributes?.at(-1)?.Value ?? "");
      made.push(user);
    }
    for (const given of [{}, { Filter: "" }, { Filter: " " }, { Limit: 0 }]) {
      const { Users, PaginationToken } = await list(given);
      assert.deepEqual([Users, PaginationToken], [made, undefined]);
    }
    const pages = [];
    for await (const page of paginateListUsers({ client: h.cognito, pageSize: 2 }, { UserPoolId })) {
      pages.push(page.Users ?? []);
    }
    assert.deepEqual(pages, [made.slice(0, 2), made.slice(2, 4), made.slice(4)]);
  });

  test("filters: each attribute, whole and by its beginning", async () => {
    const cases: [string, string[]][] = [
      ['username = "ada"', ["ada"]],
      ['username="ad"', []],
      ['username ^= "al"', ["alan", "alonzo"]],
      ['username ^= ""', Object.keys(people)],
      ['name = "Ada Lovelace"', ["ada"]],
      ['name ^= "Al"', ["alan", "alonzo"]],
      ['name ^= "al"', []],
      ['name ^= "Grace \\"Am"', ["grace"]],
      ['name ^= ""', ["ada", "alan", "alonzo", "grace"]],
      ['given_name = "Grace"', ["grace"]],
      ['family_name ^= "L"', ["ada"]],
      ['email ^= "a"', ["ada", "alan"]],
      ['email = "alan@example.com"', ["alan"]],
      ['email ^= "100%"', ["noname"]],
      ['email ^= "_"', []],
      ['phone_number ^= "+1"', ["alonzo"]],
      ['  phone_number  =  "+4420123456" ', ["grace"]],
      ['preferred_username ^= "nobody%"', ["noname"]],
      [`sub = "${subs.get("ada")}"`, ["ada"]],
      [`sub ^= "${subs.get("grace")?.slice(0, 30)}"`, ["grace"]],
      [`sub = "${subs.get("grace")?.slice(0, 30)}"`, []],
      ['sub ^= ""', Object.keys(people)],
    ];
    for (const [filter, expected] of cases) assert.deepEqual(await names(filter), expected, filter);
  });

  test("filters by status, in any case, and by whether the user is enabled, in its case", async () => {
    for (const [name, status] of [
      ["ada", "CONFIRMED"],
      ["alan", "CONFIRMED"],
      ["grace", "UNCONFIRMED"],
    ] as const) {
      await h.environment.store.write(async (tx) => {
        const user = await poolUsers.find(tx, UserPoolId, name);
        assert.ok(user);
        await poolUsers.update(tx, user, { ...user, status });
      });
    }
    await h.cognito.send(new AdminDisableUserCommand({ UserPoolId, Username: "alonzo" }));
    const cases: [string, string[]][] = [
      ['cognito:user_status = "CONFIRMED"', ["ada", "alan"]],
      ['cognito:user_status = "confirmed"', ["ada", "alan"]],
      ['cognito:user_status ^= "un"', ["grace"]],
      ['cognito:user_status ^= ""', Object.keys(people)],
      ['cognito:user_status = "ARCHIVED"', []],
      ['status = "Enabled"', ["ada", "alan", "grace", "noname"]],
      ['status = "Disabled"', ["alonzo"]],
      ['status = "enabled"', []],
      ['status ^= ""', Object.keys(people)],
    ];
    for (const [filter, expected] of cases) assert.deepEqual(await names(filter), expected, filter);
  });

  test("usernames of a pool that does not tell cases apart are found in any", async () => {
    const alike = await createPool(h, { UsernameConfiguration: { CaseSensitive: false } });
    await createUser(h, alike, "Ada");
    assert.deepEqual(
      [await names('username = "aDA"', alike), await names('username ^= "A"', alike)],
      [["Ada"], ["Ada"]],
    );
  });

  test("filters that are none", async () => {
    const wrong = [
      "foo",
      "name",
      'name "Ada"',
      "name = Ada",
      "name = 'Ada'",
      'name > "A"',
      'name = "A" and',
      'name = "A\\"',
    ];
    for (const filter of wrong) {
      assert.deepEqual(await refused(list({ Filter: filter })), invalid("Error while parsing filter."), filter);
    }
    assert.deepEqual(
      await refused(list({ Filter: 'custom:team = "x"' })),
      invalid("Invalid search attribute: custom:team"),
    );
    const long = `name = "${"x".repeat(250)}"`;
    const { code, message } = await refused(list({ Filter: long }));
    assert.equal(code, "InvalidParameterException");
    assert.match(
      message,
      /at 'filter' failed to satisfy constraint: Member must have length less than or equal to 256$/,
    );
  });

  test("the attributes that are asked for alone", async () => {
    const { Users } = await list({ AttributesToGet: ["email", "sub"], Filter: 'username = "ada"' });
    assert.deepEqual(Users?.[0]?.Attributes, [
      { Name: "email", Value: "ada@example.com" },
      { Name: "sub", Value: subs.get("ada") },
    ]);
    assert.deepEqual(
      await refused(list({ AttributesToGet: ["custom:none"] })),
      invalid("One or more requested attributes do not exist."),
    );
  });

  test("tokens that are none, a page too long, a pool that is not there", async () => {
    const notOurs = Buffer.from("v1:[1]").toString("base64url");
    const { PaginationToken: ofAnother } = await list({ Filter: 'username ^= "al"', Limit: 1 });
    for (const PaginationToken of ["nothing", notOurs, ofAnother]) {
      const wrong = await refused(list({ PaginationToken, Filter: 'username ^= "gr"' }));
      assert.equal(wrong.code, "InvalidParameterException");
      assert.match(
        wrong.message,
        new RegExp(`^Paging marker ${PaginationToken} is invalid for request [0-9a-f-]{36}$`),
      );
    }
    assert.deepEqual(
      await refused(list({ Limit: 61 })),
      invalid(
        "1 validation error detected: Value '61' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 60",
      ),
    );
    assert.deepEqual(await refused(list({ UserPoolId: "us-east-1_nothing00" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});

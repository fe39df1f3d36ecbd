import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateUserCommand, GetUserCommand, ListUserTagsCommand, type Tag, TagUserCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints, noSuchUser } from "../../../../test/refusals.ts";

suite("TagUser", async () => {
  const h = await harness();
  await h.iam.send(new CreateUserCommand({ UserName: "ann", Tags: [{ Key: "Team", Value: "One" }] }));
  const tag = (UserName: string, Tags: Tag[] | undefined, iam = h.iam) =>
    iam.send(new TagUserCommand({ UserName, Tags }));
  const tags = async (UserName: string) => (await h.iam.send(new ListUserTagsCommand({ UserName }))).Tags;
  const key = (Key: string) => [{ Key, Value: "x" }];

  test("adds, and overwrites whatever the case of the key, which is then the one given last", async () => {
    const answer = await tag("ANN", [
      { Key: "team", Value: "Two" },
      { Key: "Cost Center_é.:/=+-@", Value: "" },
      { Key: "value", Value: "aws:x" },
    ]);
    assert.deepEqual(Object.keys(answer), ["$metadata"]);
    const expected = [
      { Key: "Cost Center_é.:/=+-@", Value: "" },
      { Key: "team", Value: "Two" },
      { Key: "value", Value: "aws:x" },
    ];
    assert.deepEqual(await tags("ann"), expected);
    const { User } = await h.iam.send(new GetUserCommand({ UserName: "ann" }));
    assert.deepEqual(new Set(User?.Tags), new Set(expected));
  });

  test("refuses keys that clash, AWS's own, and none at all, and changes nothing", async () => {
    const before = await tags("ann");
    for (const [given, message] of [
      [["dup", "DUP"], "Duplicate tag keys found. Please note that Tag keys are case insensitive."],
      [["dup", "dup"], "Duplicate tag keys found. Please note that Tag keys are case insensitive."],
      [["new", "aws:reserved"], "Tag keys beginning with aws: are reserved for system use."],
      [["AWS:reserved", "AWS:reserved"], "Tag keys beginning with aws: are reserved for system use."],
      [[], "Error occurred while validating input. "],
    ] as const) {
      assert.deepEqual(await refused(tag("ann", given.flatMap(key))), { code: "InvalidInput", message, status: 400 });
    }
    assert.deepEqual(await tags("ann"), before);
  });

  test("a user has fifty at most, and changing one of fifty is no more", async () => {
    await h.iam.send(new CreateUserCommand({ UserName: "full" }));
    const keys = (count: number) => Array.from({ length: count }, (_, at) => `key${at}`);
    await tag("full", keys(50).flatMap(key));
    await tag("full", [{ Key: "KEY7", Value: "seven" }]);
    assert.deepEqual(
      (await tags("full"))?.filter(({ Value }) => Value !== "x"),
      [{ Key: "KEY7", Value: "seven" }],
    );
    assert.deepEqual(await refused(tag("full", key("one-more"))), {
      code: "LimitExceeded",
      message: "The number of tags has reached the maximum limit.",
      status: 409,
    });
    assert.equal((await tags("full"))?.length, 50);
    assert.deepEqual(
      await refused(tag("full", keys(51).flatMap(key))),
      constraints(["tags", "Member must have length less than or equal to 50"]),
    );
  });

  test("limits of keys and values are AWS's", async () => {
    const pattern = "Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]";
    for (const [given, ...failures] of [
      [{ Key: "k".repeat(129), Value: "" }, ["key", "Member must have length less than or equal to 128"]],
      [{ Key: "k", Value: "v".repeat(257) }, ["value", "Member must have length less than or equal to 256"]],
      [{ Key: "a,b", Value: "" }, ["key", `${pattern}+`]],
      [{ Key: "team", Value: "bad\nvalue" }, ["value", `${pattern}*`]],
      [{ Key: "team", Value: undefined }, ["value", "Member must not be null"]],
    ] as const) {
      assert.deepEqual(
        await refused(tag("ann", [given])),
        constraints(...failures.map(([member, text]): [string, string] => [`tags.1.member.${member}`, text])),
      );
    }
    assert.deepEqual(await refused(tag("ann", undefined)), constraints(["tags", "Member must not be null"]));
    assert.deepEqual(await refused(tag("nobody", key("k"))), noSuchUser("nobody"));
  });

  test("who may tag one user, or with one tag, may nothing else; only then are keys looked at", async () => {
    const arn = `arn:aws:iam::${testAccount}:user`;
    const condition = { StringEquals: { "aws:RequestTag/team": "approved" } };
    const eve = await userWithKey(h, "eve", allow("iam:TagUser", `${arn}/eve`, condition));
    await tag("eve", [{ Key: "team", Value: "approved" }], eve.iam);
    const refusal = (name: string) => accessDenied("eve", "iam:TagUser", `${arn}/${name}`);
    for (const name of ["ann", "nobody"]) {
      assert.deepEqual(await refused(tag(name, [{ Key: "team", Value: "approved" }], eve.iam)), refusal(name));
    }
    for (const given of [[{ Key: "team", Value: "other" }], key("aws:reserved"), []]) {
      assert.deepEqual(await refused(tag("eve", given, eve.iam)), refusal("eve"));
    }
  });
});

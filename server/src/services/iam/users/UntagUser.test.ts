import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateUserCommand, ListUserTagsCommand, UntagUserCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints, noSuchUser } from "../../../../test/refusals.ts";

suite("UntagUser", async () => {
  const h = await harness();
  const Tags = ["Team", "Stage", "Zone"].map((Key) => ({ Key, Value: "x" }));
  for (const UserName of ["ann", "bob"]) await h.iam.send(new CreateUserCommand({ UserName, Tags }));
  const untag = (UserName: string, TagKeys: string[] | undefined, iam = h.iam) =>
    iam.send(new UntagUserCommand({ UserName, TagKeys }));
  const keys = async (UserName: string) =>
    (await h.iam.send(new ListUserTagsCommand({ UserName }))).Tags?.map(({ Key }) => Key);

  test("removes whatever the case of the key; what is not there, nothing at all and twice are no errors", async () => {
    await untag("ANN", ["TEAM", "team", "absent", "aws:absent"]);
    assert.deepEqual(await keys("ann"), ["Stage", "Zone"]);
    await untag("ann", []);
    assert.deepEqual(await keys("ann"), ["Stage", "Zone"]);
    await untag("ann", ["Stage", "Zone"]);
    assert.deepEqual(await keys("ann"), []);
    assert.deepEqual(await keys("bob"), ["Stage", "Team", "Zone"]);
  });

  test("refuses a user that is not there, and keys that no tag could have", async () => {
    assert.deepEqual(await refused(untag("nobody", ["Team"])), noSuchUser("nobody"));
    assert.deepEqual(await refused(untag("bob", undefined)), constraints(["tagKeys", "Member must not be null"]));
    assert.deepEqual(
      await refused(
        untag(
          "bob",
          Array.from({ length: 51 }, (_, at) => `k${at}`),
        ),
      ),
      constraints(["tagKeys", "Member must have length less than or equal to 50"]),
    );
    // Recorded from AWS on UntagPolicy, 2026-02.
    const all =
      "Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+, Member must not be null]";
    for (const key of ["k".repeat(129), "", "a,b"]) {
      assert.deepEqual(await refused(untag("bob", ["Team", key])), constraints(["tagKeys", all]));
    }
    assert.deepEqual(await keys("bob"), ["Stage", "Team", "Zone"]);
  });

  test("who may remove one key may remove no other, nor of another user", async () => {
    const arn = `arn:aws:iam::${testAccount}:user`;
    const only = { "ForAllValues:StringEquals": { "aws:TagKeys": "Zone" } };
    const eve = await userWithKey(h, "eve", allow("iam:UntagUser", `${arn}/bob`, only));
    await untag("bob", ["Zone"], eve.iam);
    assert.deepEqual(await keys("bob"), ["Stage", "Team"]);
    for (const [name, key] of [
      ["bob", "Stage"],
      ["ann", "Zone"],
      ["nobody", "Zone"],
    ] as const) {
      assert.deepEqual(
        await refused(untag(name, [key], eve.iam)),
        accessDenied("eve", "iam:UntagUser", `${arn}/${name}`),
      );
    }
  });
});

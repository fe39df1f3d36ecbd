import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  DeleteUserCommand,
  ListUsersCommand,
  type ListUsersCommandInput,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints, invalidMarker } from "../../../../test/refusals.ts";

suite("ListUsers", async () => {
  const h = await harness();
  const list = async (input: ListUsersCommandInput = {}, iam = h.iam) => {
    const { Users, IsTruncated, Marker } = await iam.send(new ListUsersCommand(input));
    return { Users, IsTruncated, Marker };
  };
  const names = ({ Users }: Awaited<ReturnType<typeof list>>) => Users?.map((user) => user.UserName);
  const add = async (UserName: string, Path?: string) =>
    (await h.iam.send(new CreateUserCommand({ UserName, Path }))).User;

  test("an account without users has an empty list", async () => {
    assert.deepEqual(await list(), { Users: [], IsTruncated: false, Marker: undefined });
  });

  test("shows users as GetUser does, but neither tags nor boundary, by name whatever its case", async () => {
    const bob = await add("bob");
    const Tags = [{ Key: "Team", Value: "One" }];
    const { User } = await h.iam.send(new CreateUserCommand({ UserName: "Ann", Path: "/Team/one/", Tags }));
    const { Tags: kept, ...ann } = User ?? assert.fail();
    assert.deepEqual(kept, Tags);
    assert.deepEqual(await list(), { Users: [ann, bob], IsTruncated: false, Marker: undefined });
  });

  test("lists what is below a path, or below the beginning of one", async () => {
    await add("carl", "/Team/");
    for (const [PathPrefix, expected] of [
      ["/", ["Ann", "bob", "carl"]],
      ["/Team/", ["Ann", "carl"]],
      ["/Te", ["Ann", "carl"]],
      ["/Team/one/", ["Ann"]],
      ["/team/", []],
      ["/Team/one/Ann", []],
    ] as const) {
      assert.deepEqual(names(await list({ PathPrefix })), expected, PathPrefix);
    }
    assert.deepEqual(names(await list({ PathPrefix: "/Team/", MaxItems: 1 })), ["Ann"]);
  });

  test("pages of any size hold all of 250 users once, in order, and the last has no Marker", async () => {
    const expected = Array.from({ length: 250 }, (_, at) => `user-${String(at).padStart(3, "0")}`);
    // Made backwards, and every third in capitals: the order is that of the names, not of their making.
    for (const name of expected.toReversed()) await add(name.endsWith("3") ? name.toUpperCase() : name, "/many/");
    for (const [MaxItems, sizes] of [
      [undefined, [100, 100, 50]],
      [1000, [250]],
      [250, [250]],
      [249, [249, 1]],
      [125, [125, 125]],
    ] as const) {
      const pages = [];
      for (let Marker: string | undefined, more = true; more; more = Marker !== undefined) {
        const page = await list({ PathPrefix: "/many/", MaxItems, Marker });
        assert.equal(page.IsTruncated, page.Marker !== undefined);
        pages.push(page);
        Marker = page.Marker;
      }
      assert.deepEqual(
        pages.map((page) => page.Users?.length),
        sizes,
      );
      assert.deepEqual(
        pages.flatMap((page) => names(page)?.map((name) => name?.toLowerCase())),
        expected,
      );
    }
  });

  test("goes on behind the last user shown, though that one and the next are gone", async () => {
    const { Marker, ...first } = await list({ PathPrefix: "/many/", MaxItems: 2 });
    assert.deepEqual(names({ Marker, ...first }), ["user-000", "user-001"]);
    for (const UserName of ["user-001", "user-002"]) await h.iam.send(new DeleteUserCommand({ UserName }));
    assert.deepEqual(names(await list({ PathPrefix: "/many/", MaxItems: 1, Marker })), ["USER-003"]);
  });

  test("refuses a marker not its own, a page size out of range, and a prefix that no path begins with", async () => {
    assert.deepEqual(await refused(list({ Marker: "invalid" })), invalidMarker);
    for (const [MaxItems, bound] of [
      [0, "greater than or equal to 1"],
      [1001, "less than or equal to 1000"],
    ] as const) {
      assert.deepEqual(await refused(list({ MaxItems })), constraints(["maxItems", `Member must have value ${bound}`]));
    }
    assert.deepEqual(
      await refused(list({ PathPrefix: "team" })),
      constraints(["pathPrefix", "Member must satisfy regular expression pattern: \\u002F[\\u0021-\\u007F]*"]),
    );
  });

  test("who may list below one path may not list elsewhere", async () => {
    const arn = `arn:aws:iam::${testAccount}:user`;
    const sub = await userWithKey(h, "sub", allow("iam:ListUsers", `${arn}/Team/*`));
    assert.deepEqual(names(await list({ PathPrefix: "/Team/" }, sub.iam)), ["Ann", "carl"]);
    assert.deepEqual(await refused(list({}, sub.iam)), accessDenied("sub", "iam:ListUsers", `${arn}/`));
    assert.deepEqual(
      await refused(list({ PathPrefix: "/unheard/" }, sub.iam)),
      accessDenied("sub", "iam:ListUsers", `${arn}/unheard/`),
    );
  });
});

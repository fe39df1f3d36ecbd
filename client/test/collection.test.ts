import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { Collection, type Iam, resources, type User } from "../src/index.ts";
import { pagedUsers } from "./flows.ts";
import { type Answer, answering, type Form } from "./wire.ts";

/** An account with users as AWS lists them: by MaxItems (100 if not told), with a Marker that is the next user's number. */
function account(names: string[]): { iam: Iam; requests: Form[] } {
  const requests: Form[] = [];
  const client = answering((form) => {
    requests.push(form);
    return listing(names, form);
  });
  return { iam: resources({ client }), requests };
}

function listing(names: readonly string[], form: Form): Answer {
  const from = Number(form.Marker ?? 0);
  const to = from + Number(form.MaxItems ?? 100);
  const more = to < names.length;
  return {
    Users: names.slice(from, to).map((UserName) => ({ UserName, Path: form.PathPrefix ?? "/" })),
    IsTruncated: more,
    ...(more && { Marker: String(to) }),
  };
}

const namesOf = (users: readonly User[]) => users.map(({ name }) => name);
const five = ["a", "b", "c", "d", "e"];

suite("collections", () => {
  test("nothing is sent until one is read, and each reading begins anew", async () => {
    const { iam, requests } = account(five);
    const { users } = iam;
    assert.equal(requests.length, 0);
    assert.deepEqual(namesOf(await users.toArray()), five);
    assert.deepEqual(namesOf(await users.all().toArray()), five);
    assert.deepEqual(requests, [{ Action: "ListUsers" }, { Action: "ListUsers" }]);
  });

  test("pages follow Marker until the list is not truncated", async () => {
    const { iam, requests } = account(five);
    const pages: string[][] = [];
    for await (const page of iam.users.pageSize(2).pages()) pages.push(namesOf(page));
    assert.deepEqual(pages, [["a", "b"], ["c", "d"], ["e"]]);
    assert.deepEqual(requests, [
      { Action: "ListUsers", MaxItems: "2" },
      { Action: "ListUsers", MaxItems: "2", Marker: "2" },
      { Action: "ListUsers", MaxItems: "2", Marker: "4" },
    ]);
  });

  for (const [limit, expected, requested] of [
    [0, [], 0],
    [1, ["a"], 1],
    [2, ["a", "b"], 1],
    [3, ["a", "b", "c"], 2],
    [5, five, 3],
    [9, five, 3],
  ] as const) {
    test(`a limit of ${limit} takes ${requested} pages of two`, async () => {
      const { iam, requests } = account(five);
      assert.deepEqual(namesOf(await iam.users.pageSize(2).limit(limit).toArray()), expected);
      assert.equal(requests.length, requested);
    });
  }

  test("leaving a loop early fetches no further page", async () => {
    const { iam, requests } = account(five);
    for await (const user of iam.users.pageSize(2)) {
      if (user.name === "b") break;
    }
    assert.equal(requests.length, 1);
  });

  test("an empty page that is truncated is not the end", async () => {
    const answers: Answer[] = [
      { Users: [], IsTruncated: true, Marker: "m" },
      { Users: [{ UserName: "a" }], IsTruncated: false },
    ];
    const client = answering(() => answers.shift() ?? assert.fail("a third request"));
    assert.deepEqual(namesOf(await resources({ client }).users.toArray()), ["a"]);
  });

  test("filters add up, settings do not touch the collection they come from", async () => {
    const requests: Form[] = [];
    const client = answering((form) => {
      requests.push(form);
      return { Policies: [], IsTruncated: false };
    });
    const { policies } = resources({ client });
    await policies.filter({ PathPrefix: "/staff/" }).filter({ Scope: "Local", OnlyAttached: true }).toArray();
    await policies.toArray();
    assert.deepEqual(requests, [
      { Action: "ListPolicies", PathPrefix: "/staff/", Scope: "Local", OnlyAttached: "true" },
      { Action: "ListPolicies" },
    ]);
  });

  test("a truncated list without a new marker is an AnswerError, not an endless loop", async () => {
    const fault = {
      name: "AnswerError",
      operation: "ListUsers",
      message: "The answer to ListUsers is truncated but has no new Marker.",
    };
    const without = answering(() => ({ Users: [], IsTruncated: true }));
    await assert.rejects(resources({ client: without }).users.toArray(), fault);
    const later = answering(({ Marker }) => ({
      Users: [],
      IsTruncated: true,
      ...(Marker === undefined && { Marker: "m" }),
    }));
    await assert.rejects(resources({ client: later }).users.toArray(), fault);
    const again = answering(() => ({ Users: [], IsTruncated: true, Marker: "same" }));
    await assert.rejects(resources({ client: again }).users.toArray(), fault);
  });

  test("a list that is missing from the answer is an AnswerError", async () => {
    const client = answering(() => ({ IsTruncated: false }));
    await assert.rejects(resources({ client }).users.toArray(), {
      name: "AnswerError",
      message: "The answer to ListUsers lacks Users.",
    });
  });

  test("limit and pageSize take whole numbers", () => {
    const { users } = account([]).iam;
    assert.throws(() => users.limit(-1), { name: "RangeError", message: "limit must be a whole number, not -1." });
    assert.throws(() => users.limit(1.5), { name: "RangeError" });
    assert.throws(() => users.pageSize(0), {
      name: "RangeError",
      message: "pageSize must be a whole number of at least 1, not 0.",
    });
  });

  test("a list that knows no pages is asked once, without paging members", async () => {
    const requests: Form[] = [];
    const client = answering((form) => {
      requests.push(form);
      return { SAMLProviderList: [{ Arn: "arn:aws:iam::111122223333:saml-provider/a" }] };
    });
    const providers = await resources({ client }).samlProviders.pageSize(5).toArray();
    assert.deepEqual(
      providers.map(({ arn }) => arn),
      ["arn:aws:iam::111122223333:saml-provider/a"],
    );
    assert.deepEqual(requests, [{ Action: "ListSAMLProviders" }]);
  });

  test("a signal reaches the request of a page", async () => {
    const abortSignal = AbortSignal.abort();
    const seen: unknown[] = [];
    const collection = new Collection("ListUsers", async (_input, options) => {
      seen.push(options?.abortSignal);
      return { items: [] };
    });
    await collection.toArray({ abortSignal });
    assert.deepEqual(seen, [abortSignal]);
  });

  test("an account's users, created, paged and deleted", async () => {
    const names: string[] = [];
    const client = answering((form) => {
      const { Action, UserName = "" } = form;
      if (Action === "CreateUser") names.push(UserName);
      if (Action === "CreateUser") return { User: { UserName } };
      if (Action === "DeleteUser") names.splice(names.indexOf(UserName), 1);
      return Action === "ListUsers" ? listing(names, form) : {};
    });
    await pagedUsers(client, { pathPrefix: "/paged/" });
    assert.deepEqual(names, []);
  });
});

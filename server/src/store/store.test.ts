import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { startPostgres } from "../../test/postgres.ts";
import { accessKeyUses } from "./access-key-uses.ts";
import { accessKeys } from "./access-keys.ts";
import { accounts } from "./accounts.ts";
import { credentialReports } from "./credential-reports.ts";
import { groups } from "./groups.ts";
import { inlinePolicies } from "./inline-policies.ts";
import { policies } from "./policies.ts";
import { policyAttachments } from "./policy-attachments.ts";
import { policyUses } from "./policy-uses.ts";
import { principals } from "./principals.ts";
import { settings } from "./settings.ts";
import { signingCertificates } from "./signing-certificates.ts";
import { Conflict, openStore, type Store, StoreError, type Tx } from "./store.ts";
import { userPoolKeys } from "./user-pool-keys.ts";
import { userPools } from "./user-pools.ts";
import { users } from "./users.ts";

const account = "123456789012";
const other = "210987654321";

function aUser(userName: string, changes: Partial<Parameters<typeof users.insert>[1]> = {}) {
  return {
    account_id: account,
    user_name: userName,
    user_id: `AIDA-${userName}`,
    path: "/",
    created_at: 1_781_524_800_000,
    tags: [],
    permissions_boundary_arn: null,
    permissions_boundary_policy_id: null,
    ...changes,
  };
}

function aGroup(groupName: string) {
  const group_id = `AGPA-${groupName}`;
  return { account_id: account, group_name: groupName, group_id, path: "/", created_at: 1 };
}

function aPolicy(policyName: string, accountId = account) {
  return {
    account_id: accountId,
    policy_name: policyName,
    policy_id: `ANPA-${accountId}-${policyName}`,
    path: "/",
    description: null,
    created_at: 1,
    tags: [],
  };
}

function aPool(poolId: string, changes: Partial<Parameters<typeof userPools.insert>[1]> = {}) {
  return {
    pool_id: poolId,
    account_id: account,
    region: "eu-west-1",
    name: "pool",
    created_at: 1,
    modified_at: 1,
    configuration_json: "{}",
    tags: {},
    ...changes,
  };
}

async function found<T>(row: Promise<T | undefined>): Promise<T> {
  const value = await row;
  assert.ok(value !== undefined);
  return value;
}

/** As many turns of the event loop as let everything happen that is going to happen. */
async function someTurns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function storeTests(open: () => Promise<Store>, close: () => Promise<void>): void {
  let store: Store;

  before(async () => {
    store = await open();
  });

  beforeEach(() => store.reset());

  after(async () => {
    await store.close();
    await close();
  });

  const read = <T>(work: (tx: Tx) => T | Promise<T>) => store.read(work);
  const write = <T>(work: (tx: Tx) => T | Promise<T>) => store.write(work);

  describe("aggregates", () => {
    it("keeps settings", async () => {
      assert.equal(await read((tx) => settings.find(tx, "issuer")), undefined);
      await write((tx) => settings.set(tx, "issuer", "one"));
      await write((tx) => settings.set(tx, "issuer", "two"));
      assert.equal(await read((tx) => settings.find(tx, "issuer")), "two");
    });

    it("keeps accounts and their aliases, which are unique over all accounts", async () => {
      const first = { account_id: account, created_at: 7, alias: null, password_policy_json: null };
      await write((tx) => accounts.insert(tx, first));
      await write((tx) => accounts.insert(tx, { ...first, account_id: other }));
      assert.deepEqual(await read((tx) => accounts.find(tx, account)), first);
      await write((tx) => accounts.setAlias(tx, account, "acme"));
      assert.equal((await read((tx) => accounts.findByAlias(tx, "acme")))?.account_id, account);
      await assert.rejects(
        write((tx) => accounts.setAlias(tx, other, "acme")),
        (error: unknown) =>
          error instanceof Conflict &&
          error.table === "accounts" &&
          error.message === "a row of accounts with this key exists",
      );
      await write((tx) => accounts.setPasswordPolicy(tx, account, '{"MinimumPasswordLength":8}'));
      assert.deepEqual(await read((tx) => accounts.list(tx, "", 1)), [
        { ...first, alias: "acme", password_policy_json: '{"MinimumPasswordLength":8}' },
      ]);
      assert.deepEqual(
        (await read((tx) => accounts.list(tx, account, 10))).map((row) => row.account_id),
        [other],
      );
    });

    it("finds users by name whatever its case, and by id", async () => {
      const tags = [{ Key: "team", Value: "blüe" }];
      await write((tx) => users.insert(tx, aUser("Ann", { path: "/dev/", tags })));
      const expected = { ...aUser("Ann", { path: "/dev/", tags }), name_key: "ann" };
      assert.deepEqual(await read((tx) => users.find(tx, account, "ANN")), expected);
      assert.deepEqual(await read((tx) => users.findById(tx, "AIDA-Ann")), expected);
      assert.equal(await read((tx) => users.find(tx, other, "Ann")), undefined);
      await assert.rejects(
        write((tx) => users.insert(tx, aUser("aNN", { user_id: "AIDA-second" }))),
        new Conflict("users", undefined),
      );
    });

    it("renames, tags and deletes users, and counts them", async () => {
      await write((tx) => users.insert(tx, aUser("Ann")));
      await write((tx) => users.insert(tx, aUser("Bob")));
      await write((tx) => users.insert(tx, aUser("Ann", { account_id: other, user_id: "AIDA-other" })));
      await write((tx) => users.rename(tx, "AIDA-Ann", "Anna", "/x/"));
      await write((tx) => users.setTags(tx, "AIDA-Ann", [{ Key: "k", Value: "" }]));
      const anna = await found(read((tx) => users.find(tx, account, "anna")));
      assert.deepEqual(
        [anna.user_name, anna.path, anna.tags, anna.user_id],
        ["Anna", "/x/", [{ Key: "k", Value: "" }], "AIDA-Ann"],
      );
      assert.equal(await read((tx) => users.find(tx, account, "Ann")), undefined);
      await assert.rejects(
        write((tx) => users.rename(tx, "AIDA-Ann", "BOB", "/")),
        new Conflict("users", undefined),
      );
      assert.equal(await read((tx) => users.count(tx, account)), 2);
      await write(async (tx) => {
        await users.delete(tx, anna);
        await users.delete(tx, anna);
      });
      assert.equal(await read((tx) => users.count(tx, account)), 1);
      assert.equal(await read((tx) => users.count(tx, other)), 1);
      assert.equal(await read((tx) => users.count(tx, "000000000000")), 0);
    });

    it("lists users by page under a path, in the order of the bytes of their names", async () => {
      const names = ["a-b", "a.b", "a_b", "a+b", "a=b", "a@b", "a1", "ab", "A", "b", "Z", "a,b"];
      await write(async (tx) => {
        for (const name of names) await users.insert(tx, aUser(name, { path: name < "a=" ? "/x/y/" : "/x-y/" }));
        await users.insert(tx, aUser("foreign", { account_id: other }));
      });
      const sorted = names.toSorted((a, b) =>
        Buffer.compare(Buffer.from(a.toLowerCase()), Buffer.from(b.toLowerCase())),
      );
      const pages: string[][] = [];
      let last = "";
      for (;;) {
        const page = await read((tx) => users.list(tx, account, "/", last, 5));
        if (page.length === 0) break;
        pages.push(page.map((user) => user.user_name));
        last = page.at(-1)?.name_key ?? "";
      }
      assert.deepEqual(pages, [sorted.slice(0, 5), sorted.slice(5, 10), sorted.slice(10)]);
      const under = async (prefix: string) =>
        (await read((tx) => users.list(tx, account, prefix, "", 100))).map((user) => user.user_name);
      assert.deepEqual(
        await under("/x/"),
        sorted.filter((name) => name < "a="),
      );
      assert.deepEqual(
        await under("/x-"),
        sorted.filter((name) => name >= "a="),
      );
      assert.deepEqual(await under("/x"), sorted);
      assert.deepEqual(await under("/y"), []);
      assert.deepEqual(await read((tx) => users.list(tx, account, "/", "z", 1)), []);
      const [first] = await read((tx) => users.list(tx, account, "/", "a_", 1));
      const { tags, permissions_boundary_arn, permissions_boundary_policy_id, ...listed } = aUser("a_b", {
        path: "/x-y/",
      });
      assert.deepEqual(first, { ...listed, name_key: "a_b" });
    });

    it("counts what a permissions boundary bounds", async () => {
      const [one, two] = [aPolicy("One"), aPolicy("Two")];
      const boundary = { arn: "arn:two", policyId: two.policy_id };
      await write(async (tx) => {
        await policies.insert(tx, one, "{}");
        await policies.insert(tx, two, "{}");
        await users.insert(
          tx,
          aUser("Ann", { permissions_boundary_arn: "arn:one", permissions_boundary_policy_id: one.policy_id }),
        );
        await users.insert(tx, aUser("Bob"));
      });
      const counts = () =>
        read(async (tx) => [
          (await policies.find(tx, account, "one"))?.boundary_count,
          (await policies.find(tx, account, "two"))?.boundary_count,
        ]);
      const ann = () => found(read((tx) => users.find(tx, account, "Ann")));
      assert.deepEqual(await counts(), [1, 0]);
      const before = await ann();
      await write((tx) => users.setPermissionsBoundary(tx, before, boundary));
      const bob = await found(read((tx) => users.find(tx, account, "Bob")));
      await write((tx) => users.setPermissionsBoundary(tx, bob, boundary));
      assert.deepEqual(await counts(), [0, 2]);
      assert.equal((await ann()).permissions_boundary_arn, "arn:two");
      const bounded = async (after: string, limit: number) =>
        (await read((tx) => users.listByBoundary(tx, account, two.policy_id, after, limit))).map((row) => row.name_key);
      assert.deepEqual(await bounded("", 1), ["ann"]);
      assert.deepEqual(await bounded("ann", 5), ["bob"]);
      assert.deepEqual(await read((tx) => users.listByBoundary(tx, other, two.policy_id, "", 5)), []);
      const bounding = await ann();
      await write((tx) => users.setPermissionsBoundary(tx, bounding, null));
      assert.deepEqual(await counts(), [0, 1]);
      const lastBob = await found(read((tx) => users.find(tx, account, "Bob")));
      await write((tx) => users.delete(tx, lastBob));
      assert.deepEqual(await counts(), [0, 0]);
    });

    it("keeps access keys of users and of root apart", async () => {
      const key = (access_key_id: string, user_id: string | null, created_at: number) => ({
        access_key_id,
        account_id: account,
        user_id,
        secret_sealed: Uint8Array.of(0, 1, 255, 128),
        status: "Active",
        created_at,
        changed_at: created_at,
      });
      await write(async (tx) => {
        await accessKeys.insert(tx, key("AKIA-2", "AIDA-1", 2));
        await accessKeys.insert(tx, key("AKIA-1", "AIDA-1", 1));
        await accessKeys.insert(tx, key("AKIA-3", null, 3));
      });
      const row = await found(read((tx) => accessKeys.find(tx, "AKIA-3")));
      assert.deepEqual(
        { ...row, secret_sealed: [...row.secret_sealed] },
        {
          ...key("AKIA-3", null, 3),
          secret_sealed: [0, 1, 255, 128],
        },
      );
      const ids = async (userId: string | null) =>
        (await read((tx) => accessKeys.list(tx, account, userId))).map((listed) => listed.access_key_id);
      assert.deepEqual(await ids("AIDA-1"), ["AKIA-1", "AKIA-2"]);
      assert.deepEqual(await ids(null), ["AKIA-3"]);
      assert.equal(await read((tx) => accessKeys.count(tx, account, "AIDA-1")), 2);
      assert.equal(await read((tx) => accessKeys.count(tx, account, null)), 1);
      assert.equal(await read((tx) => accessKeys.count(tx, other, null)), 0);
      await write((tx) => accessKeys.setStatus(tx, "AKIA-1", "Inactive", 9));
      const changed = await read((tx) => accessKeys.find(tx, "AKIA-1"));
      assert.deepEqual([changed?.status, changed?.created_at, changed?.changed_at], ["Inactive", 1, 9]);
      await assert.rejects(
        write((tx) => accessKeys.insert(tx, key("AKIA-1", null, 1))),
        new Conflict("access_keys", undefined),
      );
    });

    it("notes the last use of a key as long as there is one", async () => {
      const secret_sealed = new Uint8Array(0);
      const key = { account_id: account, user_id: null, secret_sealed, status: "Active", created_at: 1, changed_at: 1 };
      await write((tx) => accessKeys.insert(tx, { access_key_id: "AKIA-1", ...key }));
      const use = { access_key_id: "AKIA-1", used_at: 1_781_524_800_123, region: "us-east-1", service: "iam" };
      await write((tx) => accessKeyUses.note(tx, use));
      await write((tx) => accessKeyUses.note(tx, { ...use, used_at: use.used_at + 1, service: "sts" }));
      const noted = { ...use, used_at: use.used_at + 1, service: "sts" };
      assert.deepEqual(await read((tx) => accessKeyUses.find(tx, "AKIA-1")), noted);
      await write((tx) => accessKeys.delete(tx, "AKIA-1"));
      assert.equal(await read((tx) => accessKeys.find(tx, "AKIA-1")), undefined);
      await write((tx) => accessKeyUses.note(tx, use));
      assert.equal(await read((tx) => accessKeyUses.find(tx, "AKIA-1")), undefined);
    });

    it("keeps groups and their members", async () => {
      await write(async (tx) => {
        for (const name of ["Ops", "dev", "Admins"]) await groups.insert(tx, aGroup(name));
        for (const name of ["Ann", "Bob", "Cid"]) await users.insert(tx, aUser(name));
      });
      assert.deepEqual(await read((tx) => groups.find(tx, account, "OPS")), { ...aGroup("Ops"), name_key: "ops" });
      assert.equal((await read((tx) => groups.findById(tx, "AGPA-dev")))?.group_name, "dev");
      await assert.rejects(
        write((tx) => groups.insert(tx, { ...aGroup("oPS"), group_id: "AGPA-x" })),
        new Conflict("groups", undefined),
      );
      const add = (group: string, user: string) =>
        write((tx) => groups.addMember(tx, account, `AGPA-${group}`, `AIDA-${user}`));
      assert.equal(await add("Ops", "Cid"), true);
      assert.equal(await add("Ops", "Cid"), false);
      await add("Ops", "Ann");
      await add("Admins", "Cid");
      await add("dev", "Cid");
      const members = async (after: string, limit: number) =>
        (await read((tx) => groups.listMembers(tx, "AGPA-Ops", after, limit))).map((user) => user.user_id);
      assert.deepEqual(await members("", 1), ["AIDA-Ann"]);
      assert.deepEqual(await members("AIDA-Ann", 10), ["AIDA-Cid"]);
      const ofCid = async (after: string, limit: number) =>
        (await read((tx) => groups.listOfUser(tx, "AIDA-Cid", after, limit))).map((group) => group.name_key);
      assert.deepEqual(await ofCid("", 2), ["admins", "dev"]);
      assert.deepEqual(await ofCid("dev", 2), ["ops"]);
      assert.deepEqual(await read((tx) => groups.idsOfUser(tx, "AIDA-Cid")), ["AGPA-Admins", "AGPA-Ops", "AGPA-dev"]);
      assert.equal(await read((tx) => groups.countOfUser(tx, "AIDA-Cid")), 3);
      assert.equal(await write((tx) => groups.removeMember(tx, "AGPA-dev", "AIDA-Cid")), true);
      assert.equal(await write((tx) => groups.removeMember(tx, "AGPA-dev", "AIDA-Cid")), false);
      assert.equal(await read((tx) => groups.countOfUser(tx, "AIDA-Cid")), 2);
      await write((tx) => groups.rename(tx, "AGPA-dev", "Z-dev", "/z/"));
      const listed = await read((tx) => groups.list(tx, account, "/", "", 10));
      assert.deepEqual(
        listed.map((group) => [group.group_name, group.path]),
        [
          ["Admins", "/"],
          ["Ops", "/"],
          ["Z-dev", "/z/"],
        ],
      );
      const [zdev] = await read((tx) => groups.list(tx, account, "/z", "", 10));
      assert.ok(zdev);
      assert.equal(zdev.name_key, "z-dev");
      await write((tx) => groups.delete(tx, zdev));
      assert.equal(await read((tx) => groups.count(tx, account)), 2);
    });

    it("keeps the versions of managed policies and never gives a number twice", async () => {
      const policy = { ...aPolicy("P"), description: "d", tags: [{ Key: "k", Value: "v" }] };
      await write((tx) => policies.insert(tx, policy, "one"));
      const load = () => found(read((tx) => policies.find(tx, account, "p")));
      assert.deepEqual(await load(), {
        ...policy,
        name_key: "p",
        updated_at: 1,
        default_version: 1,
        last_version: 1,
        attachment_count: 0,
        boundary_count: 0,
      });
      const addVersion = (document: string, asDefault: boolean, createdAt: number) =>
        write(async (tx) =>
          policies.insertVersion(tx, await found(policies.find(tx, account, "p")), { document, createdAt, asDefault }),
        );
      assert.equal(await addVersion("two", false, 5), 2);
      await write((tx) => policies.deleteVersion(tx, policy.policy_id, 2));
      assert.equal(await addVersion("three", true, 8), 3);
      const now = await load();
      assert.deepEqual([now.default_version, now.last_version, now.updated_at, now.created_at], [3, 3, 8, 1]);
      assert.deepEqual(await read((tx) => policies.listVersions(tx, policy.policy_id)), [
        { policy_id: policy.policy_id, version: 3, created_at: 8 },
        { policy_id: policy.policy_id, version: 1, created_at: 1 },
      ]);
      assert.equal(await read((tx) => policies.countVersions(tx, policy.policy_id)), 2);
      assert.equal((await read((tx) => policies.findVersion(tx, policy.policy_id, 1)))?.document, "one");
      assert.equal(await read((tx) => policies.findVersion(tx, policy.policy_id, 2)), undefined);
      await write((tx) => policies.setDefaultVersion(tx, policy.policy_id, 1));
      await write((tx) => policies.setTags(tx, policy.policy_id, []));
      const last = await found(read((tx) => policies.findById(tx, policy.policy_id, account)));
      assert.deepEqual([last.default_version, last.updated_at, last.tags], [1, 8, []]);
      await write((tx) => policies.insert(tx, aPolicy("Q"), "{}"));
      assert.equal(await read((tx) => policies.count(tx, account)), 2);
      await write((tx) => policies.delete(tx, last));
      assert.equal(await read((tx) => policies.count(tx, account)), 1);
      assert.equal(await read((tx) => policies.findVersion(tx, policy.policy_id, 1)), undefined);
    });

    it("attaches managed policies and counts each account's own uses", async () => {
      const shared = aPolicy("Shared", "aws");
      const [own, unused] = [aPolicy("Own"), aPolicy("Unused")];
      await write(async (tx) => {
        for (const policy of [shared, own, unused]) await policies.insert(tx, policy, "{}");
        await users.insert(tx, aUser("Ann", { path: "/a/" }));
        await users.insert(tx, aUser("Bob"));
        await users.insert(tx, aUser("Far", { account_id: other }));
        await groups.insert(tx, aGroup("Ops"));
      });
      const attach = (owner_id: string, owner_kind: "user" | "group", policy_id: string, account_id = account) =>
        write((tx) => policyAttachments.attach(tx, { owner_id, owner_kind, account_id, policy_id }));
      assert.equal(await attach("AIDA-Ann", "user", own.policy_id), true);
      assert.equal(await attach("AIDA-Ann", "user", own.policy_id), false);
      await attach("AIDA-Ann", "user", shared.policy_id);
      await attach("AIDA-Bob", "user", shared.policy_id);
      await attach("AGPA-Ops", "group", shared.policy_id);
      await attach("AIDA-Far", "user", shared.policy_id, other);

      const uses = async (seenFrom: string) =>
        (await read((tx) => policies.find(tx, "aws", "shared", seenFrom)))?.attachment_count;
      assert.deepEqual([await uses(account), await uses(other), await uses("aws")], [3, 1, 0]);
      const used = (accountId: string) => read((tx) => policyUses.count(tx, accountId));
      assert.deepEqual([await used(account), await used(other), await used("aws")], [2, 1, 0]);

      const ofAnn = (after: number, limit: number, prefix = "/") =>
        read((tx) => policyAttachments.listOfOwner(tx, "AIDA-Ann", prefix, after, limit));
      assert.deepEqual(await ofAnn(0, 1), [
        { policy_id: own.policy_id, account_id: account, policy_name: "Own", path: "/", position: 1 },
      ]);
      assert.deepEqual(
        (await ofAnn(1, 5)).map((attached) => [attached.account_id, attached.policy_name]),
        [["aws", "Shared"]],
      );
      assert.deepEqual(await ofAnn(0, 5, "/nowhere/"), []);
      assert.equal(await read((tx) => policyAttachments.count(tx, "AIDA-Ann")), 2);

      const owners = async (ownerKind: "user" | "group", pathPrefix = "/", after = "", accountId = account) =>
        (
          await read((tx) =>
            policyAttachments.listOfPolicy(tx, {
              accountId,
              policyId: shared.policy_id,
              ownerKind,
              pathPrefix,
              after,
              limit: 5,
            }),
          )
        ).map((owner) => owner.name);
      assert.deepEqual(await owners("user"), ["Ann", "Bob"]);
      assert.deepEqual(await owners("user", "/", "AIDA-Ann"), ["Bob"]);
      assert.deepEqual(await owners("user", "/a/"), ["Ann"]);
      assert.deepEqual(await owners("user", "/", "", other), ["Far"]);
      assert.deepEqual(await owners("group"), ["Ops"]);

      const list = async (accountId: string, usedAs?: "attachment" | "boundary", after = "") =>
        (
          await read((tx) =>
            policies.list(tx, { accountId, seenFrom: account, pathPrefix: "/", usedAs, after, limit: 5 }),
          )
        ).map((policy) => [policy.policy_name, policy.attachment_count]);
      assert.deepEqual(await list(account), [
        ["Own", 1],
        ["Unused", 0],
      ]);
      assert.deepEqual(await list(account, undefined, "own"), [["Unused", 0]]);
      assert.deepEqual(await list(account, "attachment"), [["Own", 1]]);
      assert.deepEqual(await list(account, "boundary"), []);
      assert.deepEqual(await list("aws", "attachment"), [["Shared", 3]]);

      assert.equal(await write((tx) => policyAttachments.detach(tx, account, "AIDA-Ann", own.policy_id)), true);
      assert.equal(await write((tx) => policyAttachments.detach(tx, account, "AIDA-Ann", own.policy_id)), false);
      assert.deepEqual(await list(account, "attachment"), []);
      assert.equal((await read((tx) => policies.find(tx, account, "own")))?.attachment_count, 0);
    });

    it("gathers every policy of a user, its groups' and its boundary in one statement", async () => {
      const policy = (name: string) => aPolicy(name);
      await write(async (tx) => {
        for (const name of ["OfUser", "OfGroup", "OfBoundary", "OfNobody"]) {
          await policies.insert(tx, policy(name), `${name} 1`);
        }
        const version = { document: "OfUser 2", createdAt: 2, asDefault: true };
        await policies.insertVersion(tx, await found(policies.find(tx, account, "ofuser")), version);
        await users.insert(
          tx,
          aUser("Ann", {
            permissions_boundary_arn: "arn:boundary",
            permissions_boundary_policy_id: policy("OfBoundary").policy_id,
          }),
        );
        await users.insert(tx, aUser("Bob"));
        await groups.insert(tx, aGroup("Ops"));
        await groups.insert(tx, aGroup("Strangers"));
        await groups.addMember(tx, account, "AGPA-Ops", "AIDA-Ann");
        await inlinePolicies.put(tx, { owner_id: "AIDA-Ann", policy_name: "mine", document: "inline of user" });
        await inlinePolicies.put(tx, { owner_id: "AGPA-Ops", policy_name: "ours", document: "inline of group" });
        await inlinePolicies.put(tx, { owner_id: "AGPA-Strangers", policy_name: "theirs", document: "not ours" });
        const attach = (owner_id: string, owner_kind: "user" | "group", name: string) =>
          policyAttachments.attach(tx, {
            owner_id,
            owner_kind,
            account_id: account,
            policy_id: policy(name).policy_id,
          });
        await attach("AIDA-Ann", "user", "OfUser");
        await attach("AGPA-Ops", "group", "OfGroup");
        await attach("AGPA-Strangers", "group", "OfNobody");
      });
      const ofAnn = await read((tx) => principals.policiesOf(tx, "AIDA-Ann"));
      const tuple = (row: (typeof ofAnn)[number]) =>
        [row.source, row.kind, row.owner_id, row.policy_name, row.document].join("|");
      assert.deepEqual(ofAnn.map(tuple).toSorted(), [
        "boundary|managed|AIDA-Ann|OfBoundary|OfBoundary 1",
        "group|inline|AGPA-Ops|ours|inline of group",
        "group|managed|AGPA-Ops|OfGroup|OfGroup 1",
        "own|inline|AIDA-Ann|mine|inline of user",
        "own|managed|AIDA-Ann|OfUser|OfUser 2",
      ]);
      assert.deepEqual(await read((tx) => principals.policiesOf(tx, "AIDA-Bob")), []);
      // A boundary whose policy is gone still bounds.
      const boundary = await found(read((tx) => policies.find(tx, account, "OfBoundary")));
      await write((tx) => policies.delete(tx, boundary));
      const left = (await read((tx) => principals.policiesOf(tx, "AIDA-Ann"))).filter(
        (row) => row.source === "boundary",
      );
      assert.deepEqual(left, [
        {
          source: "boundary",
          kind: "managed",
          owner_id: "AIDA-Ann",
          policy_name: "arn:boundary",
          document: null,
          policy_account_id: null,
          path: null,
        },
      ]);
    });

    it("keeps inline policies", async () => {
      const put = (policy_name: string, document: string) =>
        write((tx) => inlinePolicies.put(tx, { owner_id: "AIDA-1", policy_name, document }));
      await put("b", "1");
      await put("a", "2");
      await put("b", "3");
      const list = (after: string, limit: number) => read((tx) => inlinePolicies.list(tx, "AIDA-1", after, limit));
      assert.deepEqual(await list("", 1), [{ owner_id: "AIDA-1", policy_name: "a", document: "2" }]);
      assert.deepEqual(await list("a", 5), [{ owner_id: "AIDA-1", policy_name: "b", document: "3" }]);
      assert.equal((await read((tx) => inlinePolicies.find(tx, "AIDA-1", "b")))?.document, "3");
      assert.equal(await read((tx) => inlinePolicies.count(tx, "AIDA-1")), 2);
      assert.equal(await write((tx) => inlinePolicies.delete(tx, "AIDA-1", "a")), true);
      assert.equal(await write((tx) => inlinePolicies.delete(tx, "AIDA-1", "a")), false);
      assert.equal(await read((tx) => inlinePolicies.find(tx, "AIDA-1", "a")), undefined);
    });

    it("keeps signing certificates byte for byte, one of a kind in an account", async () => {
      const certificate = (certificate_id: string, owner_id: string, position: number) => ({
        account_id: account,
        certificate_id,
        owner_id,
        body: "-----BEGIN CERTIFICATE-----\r\nMIIB\r\n-----END CERTIFICATE-----\n",
        status: "Active",
        uploaded_at: 3,
        changed_at: 3,
        not_after: 4_102_444_800_000,
        position,
      });
      await write(async (tx) => {
        await signingCertificates.insert(tx, certificate("Z", "AIDA-1", 1));
        await signingCertificates.insert(tx, certificate("A", "AIDA-1", 2));
        await signingCertificates.insert(tx, certificate("M", account, 1));
      });
      assert.deepEqual(await read((tx) => signingCertificates.list(tx, account, "AIDA-1")), [
        certificate("Z", "AIDA-1", 1),
        certificate("A", "AIDA-1", 2),
      ]);
      assert.equal(await read((tx) => signingCertificates.count(tx, account, account)), 1);
      assert.equal(await read((tx) => signingCertificates.findOfOwner(tx, account, "AIDA-2", "Z")), undefined);
      assert.equal(await read((tx) => signingCertificates.find(tx, other, "Z")), undefined);
      const z = await found(read((tx) => signingCertificates.findOfOwner(tx, account, "AIDA-1", "Z")));
      await assert.rejects(
        write((tx) => signingCertificates.insert(tx, certificate("Z", "AIDA-2", 1))),
        new Conflict("signing_certificates", undefined),
      );
      await write((tx) => signingCertificates.setStatus(tx, z, "Inactive", 6));
      const changed = await read((tx) => signingCertificates.find(tx, account, "Z"));
      assert.deepEqual([changed?.status, changed?.uploaded_at, changed?.changed_at], ["Inactive", 3, 6]);
      await write((tx) => signingCertificates.delete(tx, z));
      assert.equal(await read((tx) => signingCertificates.find(tx, account, "Z")), undefined);
      // By its id alone, in whichever account: whoever copied it came later.
      await write(async (tx) => {
        await signingCertificates.insert(tx, { ...certificate("Z", "AIDA-1", 3), uploaded_at: 5 });
        await signingCertificates.insert(tx, { ...certificate("Z", "AIDA-9", 1), account_id: other, uploaded_at: 4 });
      });
      assert.equal((await read((tx) => signingCertificates.findFirst(tx, "Z")))?.account_id, other);
      assert.equal(await read((tx) => signingCertificates.findFirst(tx, "Y")), undefined);
    });

    it("keeps the last credential report", async () => {
      const report = { account_id: account, generated_at: 1, content: "user,arn\n" };
      await write((tx) => credentialReports.put(tx, report));
      await write((tx) => credentialReports.put(tx, { ...report, generated_at: 2 }));
      assert.deepEqual(await read((tx) => credentialReports.find(tx, account)), { ...report, generated_at: 2 });
    });

    it("keeps user pools, their keys and every certificate issued over them", async () => {
      await write(async (tx) => {
        await userPools.insert(tx, aPool("eu-west-1_b", { tags: { team: "blue" } }));
        await userPools.insert(tx, aPool("eu-west-1_A"));
        await userPools.insert(tx, aPool("us-east-1_a", { region: "us-east-1" }));
      });
      assert.deepEqual(
        await read((tx) => userPools.find(tx, "eu-west-1_b")),
        aPool("eu-west-1_b", { tags: { team: "blue" } }),
      );
      const list = async (after: string) =>
        (await read((tx) => userPools.list(tx, account, "eu-west-1", after, 1))).map((pool) => pool.pool_id);
      assert.deepEqual(await list(""), ["eu-west-1_A"]);
      assert.deepEqual(await list("eu-west-1_A"), ["eu-west-1_b"]);
      assert.equal(await read((tx) => userPools.count(tx, account, "eu-west-1")), 2);
      const change = { pool_id: "eu-west-1_A", name: "renamed", modified_at: 4, configuration_json: '{"a":1}' };
      await write((tx) => userPools.update(tx, change));
      await write((tx) => userPools.setTags(tx, "eu-west-1_A", { k: "v" }));
      assert.deepEqual(
        await read((tx) => userPools.find(tx, "eu-west-1_A")),
        aPool("eu-west-1_A", { ...change, tags: { k: "v" } }),
      );

      const sealed = Uint8Array.of(9, 0, 8);
      const pool_id = "eu-west-1_A";
      const purpose = "saml-signing";
      await write((tx) => userPoolKeys.insert(tx, { pool_id, purpose, private_key_sealed: sealed, created_at: 1 }));
      for (const certificate of ["first", "second"]) {
        await write((tx) =>
          userPoolKeys.insertCertificate(tx, { pool_id, purpose, certificate, not_before: 1, not_after: 2 }),
        );
      }
      const key = await found(read((tx) => userPoolKeys.find(tx, pool_id, purpose)));
      assert.deepEqual([...key.private_key_sealed], [9, 0, 8]);
      assert.equal(await read((tx) => userPoolKeys.find(tx, pool_id, "tokens")), undefined);
      assert.deepEqual(await read((tx) => userPoolKeys.findCertificate(tx, pool_id, purpose)), {
        pool_id,
        purpose,
        position: 2,
        certificate: "second",
        not_before: 1,
        not_after: 2,
      });
      const issued = await read((tx) => userPoolKeys.listCertificates(tx, pool_id, purpose, 0, 10));
      assert.deepEqual(
        issued.map((row) => row.certificate),
        ["first", "second"],
      );
      await write((tx) => userPools.delete(tx, pool_id));
      assert.equal(await read((tx) => userPools.find(tx, pool_id)), undefined);
      assert.equal(await read((tx) => userPoolKeys.find(tx, pool_id, purpose)), undefined);
      assert.equal(await read((tx) => userPoolKeys.findCertificate(tx, pool_id, purpose)), undefined);
    });

    it("resets to nothing at all", async () => {
      await write((tx) => users.insert(tx, aUser("Ann")));
      await write((tx) => settings.set(tx, "a", "b"));
      await store.reset();
      assert.deepEqual(
        await read(async (tx) => [
          await users.find(tx, account, "Ann"),
          await users.count(tx, account),
          await settings.find(tx, "a"),
        ]),
        [undefined, 0, undefined],
      );
    });
  });

  describe("transactions", () => {
    const value = () => read((tx) => settings.find(tx, "value"));

    it("give back what the work gives", async () => {
      assert.equal(await write(() => 5), 5);
      assert.equal(await read(() => "plain"), "plain");
    });

    it("leave nothing of work that throws", async () => {
      const refusal = new Error("refused");
      await assert.rejects(
        write(async (tx) => {
          await settings.set(tx, "value", "lost");
          throw refusal;
        }),
        (error) => error === refusal,
      );
      assert.equal(await value(), undefined);
      await write((tx) => settings.set(tx, "value", "kept"));
      assert.equal(await value(), "kept");
    });

    it("do not touch each other when they share a commit", async () => {
      const before = store.statistics();
      const outcomes = await Promise.allSettled([
        write((tx) => settings.set(tx, "one", "1")),
        write(async (tx) => {
          await settings.set(tx, "two", "2");
          await users.insert(tx, aUser("Ann"));
          throw new Error("refused");
        }),
        write(async (tx) => {
          await settings.set(tx, "three", "3");
          return settings.find(tx, "two");
        }),
        write(async (tx) => {
          await users.insert(tx, aUser("Bob"));
          await users.insert(tx, aUser("Bob"));
        }),
        write((tx) => users.insert(tx, aUser("Cid"))),
      ]);
      assert.deepEqual(
        outcomes.map((outcome) => outcome.status),
        ["fulfilled", "rejected", "fulfilled", "rejected", "fulfilled"],
      );
      assert.deepEqual(outcomes[2], { status: "fulfilled", value: undefined });
      assert.deepEqual(
        await read(async (tx) => [
          await settings.find(tx, "one"),
          await settings.find(tx, "two"),
          await settings.find(tx, "three"),
          (await users.list(tx, account, "/", "", 10)).map((user) => user.user_name),
          await users.count(tx, account),
        ]),
        ["1", undefined, "3", ["Cid"], 1],
      );
      const after = store.statistics();
      assert.equal(after.writes - before.writes, 3);
      if (store.kind !== "postgres") assert.equal(after.commits - before.commits, 1);
    });

    it("cannot be kept once a statement has failed, even where the failure was caught", async () => {
      await write((tx) => users.insert(tx, aUser("Ann")));
      const work = async (tx: Tx) => {
        await settings.set(tx, "value", "lost");
        await users.insert(tx, aUser("Ann")).catch(() => {});
      };
      await assert.rejects(write(work), new Conflict("users", undefined));
      await assert.rejects(
        write(async (tx) => {
          await work(tx);
          await settings.find(tx, "value");
        }),
        new Conflict("users", undefined),
      );
      // In company, too.
      const [alone] = await Promise.allSettled([write(work), write((tx) => settings.set(tx, "other", "kept"))]);
      assert.equal(alone.status, "rejected");
      assert.equal(await value(), undefined);
      assert.equal(await read((tx) => settings.find(tx, "other")), "kept");
    });

    it("end with their work", async () => {
      let leaked: Tx | undefined;
      await write((tx) => {
        leaked = tx;
      });
      assert.ok(leaked);
      await assert.rejects(settings.set(leaked, "value", "late"), { message: "this transaction is over" });
      assert.equal(await value(), undefined);
    });

    it("that read write nothing", async () => {
      await assert.rejects(
        read((tx) => settings.set(tx, "value", "sneaked")),
        { message: "settings.set writes, in a transaction that only reads" },
      );
      assert.equal(await value(), undefined);
    });

    it("keep a quota under 50 at once that count and then insert", async () => {
      const quota = 10;
      const attempts = Array.from({ length: 50 }, (_, number) =>
        write(async (tx) => {
          if ((await users.count(tx, account)) >= quota) throw new Error("LimitExceeded");
          await users.insert(tx, aUser(`user-${number}`));
        }),
      );
      const outcomes = await Promise.allSettled(attempts);
      const refused = outcomes.filter((outcome) => outcome.status === "rejected");
      assert.deepEqual(new Set(refused.map((outcome) => String(outcome.reason))), new Set(["Error: LimitExceeded"]));
      assert.equal(refused.length, 40);
      assert.equal(await read((tx) => users.count(tx, account)), quota);
      assert.equal((await read((tx) => users.list(tx, account, "/", "", 100))).length, quota);
    });

    it("keep a quota that only rows themselves can tell", async () => {
      const attempts = Array.from({ length: 50 }, (_, number) =>
        write(async (tx) => {
          if ((await groups.countOfUser(tx, "AIDA-1")) >= 10) throw new Error("LimitExceeded");
          await groups.addMember(tx, account, `AGPA-${number}`, "AIDA-1");
        }),
      );
      const outcomes = await Promise.allSettled(attempts);
      assert.equal(outcomes.filter((outcome) => outcome.status === "fulfilled").length, 10);
      assert.equal(await read((tx) => groups.countOfUser(tx, "AIDA-1")), 10);
    });

    it("see the row that another has just inserted, rather than collide with it", async () => {
      const create = () =>
        write(async (tx) => {
          if ((await users.find(tx, account, "Ann")) !== undefined) throw new Error("EntityAlreadyExists");
          await users.insert(tx, aUser("Ann"));
        });
      const outcomes = await Promise.allSettled(Array.from({ length: 8 }, create));
      const refused = outcomes.filter((outcome) => outcome.status === "rejected");
      assert.equal(refused.length, 7);
      assert.deepEqual(
        new Set(refused.map((outcome) => String(outcome.reason))),
        new Set(["Error: EntityAlreadyExists"]),
      );
      assert.equal(await read((tx) => users.count(tx, account)), 1);
    });

    it("show nothing that is not committed", async () => {
      const gate = Promise.withResolvers<void>();
      const reached = Promise.withResolvers<void>();
      const writing = write(async (tx) => {
        await settings.set(tx, "value", "uncommitted");
        reached.resolve();
        await gate.promise;
        throw new Error("refused");
      });
      await reached.promise;
      const reading = value();
      await someTurns();
      gate.resolve();
      await assert.rejects(writing, { message: "refused" });
      assert.equal(await reading, undefined);
    });

    it("read one snapshot, however long they take", async () => {
      await write((tx) => settings.set(tx, "value", "old"));
      const gate = Promise.withResolvers<void>();
      const reached = Promise.withResolvers<void>();
      const reading = read(async (tx) => {
        const first = await settings.find(tx, "value");
        reached.resolve();
        await gate.promise;
        return [first, await settings.find(tx, "value")];
      });
      await reached.promise;
      const writing = write((tx) => settings.set(tx, "value", "new"));
      if (store.kind === "memory") {
        await someTurns();
      } else {
        await writing;
        // Who comes later sees what was acknowledged meanwhile, twice over.
        assert.equal(await value(), "new");
        await write((tx) => settings.set(tx, "value", "newer"));
        assert.equal(await value(), "newer");
      }
      gate.resolve();
      assert.deepEqual(await reading, ["old", "old"]);
      await writing;
      assert.equal(await value(), store.kind === "memory" ? "new" : "newer");
    });

    it("of many reads and writes mixed all end", async () => {
      await Promise.all(
        Array.from({ length: 200 }, async (_, number) => {
          await write((tx) => settings.set(tx, `key-${number % 20}`, String(number)));
          assert.ok(await read((tx) => settings.find(tx, `key-${number % 20}`)));
        }),
      );
    });
  });

  describe("versions", () => {
    it("change with what may alter what was found before", async () => {
      const keys = store.watch(["access_keys", "users"]);
      const attachments = store.watch(["policy_attachments", "users"]);
      if (store.kind === "postgres") {
        // Other nodes write there.
        assert.deepEqual([keys(), attachments()], [undefined, undefined]);
        return;
      }
      const changes = async (work: (tx: Tx) => unknown) => {
        const before = [keys(), attachments()];
        await write(work).catch(() => {});
        return [keys() !== before[0], attachments() !== before[1]];
      };
      const key = { account_id: account, user_id: null, secret_sealed: new Uint8Array(1), status: "Active" };
      const attachment = { owner_id: "AIDA-Ann", owner_kind: "user", account_id: account, policy_id: "ANPA" } as const;
      assert.deepEqual(await changes((tx) => users.insert(tx, aUser("Ann"))), [false, false]);
      assert.deepEqual(
        await changes((tx) => accessKeys.insert(tx, { access_key_id: "AKIA", ...key, created_at: 1, changed_at: 1 })),
        [false, false],
      );
      const use = { access_key_id: "AKIA", used_at: 1, region: "r", service: "s" };
      assert.deepEqual(await changes((tx) => accessKeyUses.note(tx, use)), [false, false]);
      assert.deepEqual(await changes((tx) => users.find(tx, account, "Ann")), [false, false]);
      assert.deepEqual(await changes((tx) => accessKeys.setStatus(tx, "AKIA", "Inactive", 2)), [true, false]);
      assert.deepEqual(await changes((tx) => accessKeys.delete(tx, "AKIA")), [true, false]);
      assert.deepEqual(await changes((tx) => policyAttachments.attach(tx, attachment)), [false, true]);
      assert.deepEqual(await changes((tx) => users.setTags(tx, "AIDA-Ann", [])), [true, true]);
      // What a cache took in from inside a transaction that came to nothing must go, too.
      assert.deepEqual(
        await changes(async (tx) => {
          await users.setTags(tx, "AIDA-Ann", []);
          throw new Error("refused");
        }),
        [true, true],
      );
      const before = [keys(), attachments()];
      await store.reset();
      assert.ok(keys() !== before[0] && attachments() !== before[1]);
    });

    it("have changed by the time a write is acknowledged, and not before its commit", async () => {
      if (store.kind === "postgres") return;
      const version = store.watch(["settings"]);
      const before = version();
      let inside: number | undefined;
      await write(async (tx) => {
        await settings.set(tx, "value", "1");
        inside = version();
      });
      assert.equal(inside, before);
      assert.notEqual(version(), before);
    });
  });
}

describe("store in memory", () => {
  storeTests(
    () => openStore({ kind: "memory" }),
    async () => {},
  );
});

describe("store in a file", () => {
  let directory = "";
  storeTests(
    async () => {
      directory = await mkdtemp(join(tmpdir(), "countersign-store-"));
      return openStore({ kind: "file", path: join(directory, "data.db") });
    },
    () => rm(directory, { recursive: true }),
  );
});

describe("store in PostgreSQL", () => {
  let stop: () => Promise<void>;
  storeTests(
    async () => {
      const postgres = await startPostgres();
      stop = postgres.stop;
      return openStore({ kind: "postgres", url: postgres.url, schema: "store_test" });
    },
    () => stop(),
  );
});

describe("closing", () => {
  it("finishes what was begun and takes nothing more", async () => {
    const store = await openStore({ kind: "memory" });
    const begun = store.write((tx) => settings.set(tx, "value", "kept"));
    const closing = store.close();
    const closed = new StoreError("closed", "The store is closed.");
    await assert.rejects(
      store.write((tx) => settings.set(tx, "value", "late")),
      closed,
    );
    await assert.rejects(
      store.read((tx) => settings.find(tx, "value")),
      closed,
    );
    await begun;
    await closing;
    await store.close();
  });
});

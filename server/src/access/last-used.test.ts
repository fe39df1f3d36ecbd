import assert from "node:assert/strict";
import { afterEach, suite, test } from "node:test";
import { harness, startOfTest } from "../../test/harness.ts";
import { silentLog } from "../runtime/log.ts";
import { accessKeyUses } from "../store/access-key-uses.ts";
import { accessKeys } from "../store/access-keys.ts";
import { openStore } from "../store/store.ts";
import { LastUsed } from "./last-used.ts";

suite("LastUsed", async () => {
  const h = await harness();
  const { store } = h.environment;
  const key = h.root.accessKeyId;
  const written = () => store.read((tx) => accessKeyUses.find(tx, key));
  const minute = 60_000;
  afterEach(() =>
    store.write(async (tx) => {
      const row = await accessKeys.find(tx, key);
      assert.ok(row);
      // With the note of its last use.
      await accessKeys.delete(tx, key);
      await accessKeys.insert(tx, row);
    }),
  );
  const of = (lastUsed: LastUsed, id = key) => store.read((tx) => lastUsed.of(tx, id));

  test("a key that nobody used has no use", async () => {
    assert.equal(await of(new LastUsed(store, silentLog)), undefined);
  });

  test("a use is known at once, and written when it is flushed", async () => {
    const lastUsed = new LastUsed(store, silentLog);
    const use = { usedAt: startOfTest, region: "us-east-1", service: "iam" };
    lastUsed.note(key, use.usedAt, use.region, use.service);
    assert.deepEqual(await of(lastUsed), use);
    assert.equal(await written(), undefined);
    await lastUsed.flush();
    assert.deepEqual(await written(), {
      access_key_id: key,
      used_at: startOfTest,
      region: "us-east-1",
      service: "iam",
    });
    assert.deepEqual(await of(new LastUsed(store, silentLog)), use, "after a restart");
  });

  test("is written once a minute while nothing but the time changes", async () => {
    const lastUsed = new LastUsed(store, silentLog);
    const note = async (usedAt: number, region = "us-east-1", service = "iam") => {
      lastUsed.note(key, usedAt, region, service);
      await lastUsed.flush();
      const row = await written();
      return [row?.used_at, row?.region, row?.service];
    };
    await note(startOfTest);
    const { writes } = store.statistics();
    assert.deepEqual(await note(startOfTest + minute - 1), [startOfTest, "us-east-1", "iam"]);
    assert.equal(store.statistics().writes, writes);
    assert.deepEqual(await note(startOfTest + minute), [startOfTest + minute, "us-east-1", "iam"]);
    assert.deepEqual(await note(startOfTest + minute + 1, "us-east-1", "sts"), [
      startOfTest + minute + 1,
      "us-east-1",
      "sts",
    ]);
    assert.deepEqual(await note(startOfTest + minute + 2, "eu-west-1", "sts"), [
      startOfTest + minute + 2,
      "eu-west-1",
      "sts",
    ]);
    // A clock that was set back says so, too.
    assert.deepEqual(await note(startOfTest, "eu-west-1", "sts"), [startOfTest, "eu-west-1", "sts"]);
  });

  test("what another node wrote is seen, once this one has written its own", async () => {
    const [one, other] = [new LastUsed(store, silentLog), new LastUsed(store, silentLog)];
    one.note(key, startOfTest, "us-east-1", "iam");
    await one.flush();
    other.note(key, startOfTest + minute, "eu-west-1", "sts");
    await other.flush();
    assert.deepEqual(await of(one), { usedAt: startOfTest + minute, region: "eu-west-1", service: "sts" });
  });

  test("a use of a key that was deleted meanwhile leaves nothing behind", async () => {
    const lastUsed = new LastUsed(store, silentLog);
    lastUsed.note("AKIAIOSFODNN7EXAMPLE", startOfTest, "us-east-1", "iam");
    await lastUsed.flush();
    assert.equal(await store.read((tx) => accessKeyUses.find(tx, "AKIAIOSFODNN7EXAMPLE")), undefined);
    assert.equal(await of(lastUsed, "AKIAIOSFODNN7EXAMPLE"), undefined);
  });

  test("what could not be written is still due", async () => {
    const closed = await openStore({ kind: "memory" });
    await closed.close();
    const lastUsed = new LastUsed(closed, silentLog);
    lastUsed.note(key, startOfTest, "us-east-1", "iam");
    for (let attempt = 0; attempt < 2; attempt++) {
      await assert.rejects(lastUsed.flush(), { name: "StoreError", code: "closed" });
    }
  });

  test("forgets what it noted of a store that was emptied", async () => {
    const lastUsed = new LastUsed(store, silentLog);
    lastUsed.note(key, startOfTest, "us-east-1", "iam");
    lastUsed.forget();
    assert.equal(await of(lastUsed), undefined);
    await lastUsed.flush();
    assert.equal(await written(), undefined);
  });

  test("ten thousand keys are remembered, and those written give way to more", async () => {
    const lastUsed = new LastUsed(store, silentLog);
    for (let number = 0; number < 10_000; number++) lastUsed.note(`key-${number}`, startOfTest, "us-east-1", "iam");
    assert.deepEqual(await of(lastUsed, "key-0"), { usedAt: startOfTest, region: "us-east-1", service: "iam" });
    lastUsed.note(key, startOfTest, "us-east-1", "iam");
    await lastUsed.flush();
    assert.equal((await written())?.used_at, startOfTest);
    for (let number = 0; number < 10; number++) lastUsed.note(`later-${number}`, startOfTest, "us-east-1", "iam");
    assert.equal(await of(lastUsed, "key-0"), undefined);
    assert.equal((await of(lastUsed))?.usedAt, startOfTest);
  });
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { VersionedCache } from "./versioned-cache.ts";

/** A cache over a version that the test raises, and what was read for it. */
function watched(limit = 10) {
  let version: number | undefined = 1;
  const reads: string[] = [];
  const cache = new VersionedCache<string>(() => version, limit);
  return {
    cache,
    reads,
    raise: () => {
      version = (version ?? 0) + 1;
    },
    blind: () => {
      version = undefined;
    },
    load: (key: string, value: string | undefined = key.toUpperCase()) =>
      cache.load(key, async () => {
        reads.push(key);
        return value;
      }),
  };
}

describe("VersionedCache", () => {
  test("keeps what was read", async () => {
    const { cache, load } = watched();
    assert.equal(cache.get("a"), undefined);
    assert.equal(await load("a"), "A");
    assert.equal(cache.get("a"), "A");
    assert.equal(cache.get("b"), undefined);
  });

  test("forgets everything when the version rises", async () => {
    const { cache, load, raise } = watched();
    await load("a");
    await load("b");
    raise();
    assert.equal(cache.get("a"), undefined);
    await load("a", "new");
    assert.equal(cache.get("a"), "new");
    assert.equal(cache.get("b"), undefined, "of the version before");
  });

  test("forgets what is old when something newer is kept, though nobody asked in between", async () => {
    const { cache, load, raise } = watched();
    await load("a");
    raise();
    await load("b");
    assert.equal(cache.get("a"), undefined);
    assert.equal(cache.get("b"), "B");
  });

  test("does not keep what was read while the version rose", async () => {
    const { cache, raise } = watched();
    const value = await cache.load("a", async () => {
      raise();
      return "before";
    });
    assert.equal(value, "before");
    assert.equal(cache.get("a"), undefined);
  });

  test("does not keep that something is absent", async () => {
    const { cache, load, reads } = watched();
    assert.equal(await load("a", undefined), "A");
    assert.equal(await cache.load("b", async () => undefined), undefined);
    assert.equal(cache.get("b"), undefined);
    assert.equal(await load("b"), "B");
    assert.deepEqual(reads, ["a", "b"]);
  });

  test("keeps nothing where there is no version: others write, too", async () => {
    const { cache, load, blind, reads } = watched();
    await load("a");
    blind();
    assert.equal(cache.get("a"), undefined);
    assert.equal(await load("a"), "A");
    assert.equal(cache.get("a"), undefined);
    assert.deepEqual(reads, ["a", "a"]);
  });

  test("holds no more than its limit", async () => {
    const { cache, load } = watched(3);
    for (const key of ["a", "b", "c"]) await load(key);
    assert.deepEqual(
      ["a", "b", "c"].map((key) => cache.get(key)),
      ["A", "B", "C"],
    );
    await load("d");
    assert.deepEqual(
      ["a", "b", "c", "d"].map((key) => cache.get(key)),
      [undefined, undefined, undefined, "D"],
    );
  });

  test("a failure is told and leaves nothing", async () => {
    const { cache } = watched();
    const failing = cache.load("a", async () => {
      throw new Error("no store");
    });
    await assert.rejects(failing, new Error("no store"));
    assert.equal(cache.get("a"), undefined);
  });
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { generateKeyPair, type KeyObject, sign, verify } from "node:crypto";
import { describe, type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { createKeyPairs, type KeyPair, type KeyPairs, type KeyPairsOptions } from "./key-pairs.ts";

/** EC keys where only the number of pairs matters: they take a hundredth of the time. */
const ecPair = promisify(generateKeyPair);
const generate = () => ecPair("ec", { namedCurve: "P-256" });
const atOnce = { startAfter: 0, pace: 0, retryAfter: 0, generate } satisfies KeyPairsOptions;

function create(context: TestContext, options: KeyPairsOptions): KeyPairs {
  const pairs = createKeyPairs(options);
  context.after(() => pairs.close());
  return pairs;
}

/** Waits for what is sure to come; that it never does is the only failure, however slow the machine. */
async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; !condition(); turn++) {
    if (turn === 20_000) assert.fail("It never happened.");
    await sleep(1);
  }
}

async function nextReady(pairs: KeyPairs): Promise<KeyPair> {
  let pair: KeyPair | undefined;
  await until(() => {
    pair = pairs.take();
    return pair !== undefined;
  });
  assert.ok(pair);
  return pair;
}

const fingerprint = (key: KeyObject) => key.export({ type: "spki", format: "der" }).toString("base64");

describe("createKeyPairs", () => {
  test("makes RSA-2048 pairs, whose halves belong together", async (context) => {
    const pairs = create(context, {});
    const [one, other] = await Promise.all([pairs.takeOrMake(), pairs.takeOrMake()]);
    for (const { publicKey, privateKey } of [one, other]) {
      assert.equal(publicKey.type, "public");
      assert.equal(privateKey.type, "private");
      assert.equal(publicKey.asymmetricKeyType, "rsa");
      assert.deepEqual(publicKey.asymmetricKeyDetails, { modulusLength: 2048, publicExponent: 65537n });
      const text = Buffer.from("text");
      assert.equal(verify("sha256", text, publicKey, sign("sha256", text, privateKey)), true);
    }
    assert.equal(one.publicKey.equals(other.publicKey), false);
  });

  test("has none at first, and makes them unasked", async (context) => {
    const pairs = create(context, atOnce);
    assert.equal(pairs.take(), undefined);
    const pair = await nextReady(pairs);
    assert.equal(pair.publicKey.asymmetricKeyType, "ec");
  });

  test("makes for who waits before it has started by itself", async (context) => {
    const pairs = create(context, { ...atOnce, startAfter: 1_000_000 });
    assert.equal((await pairs.takeOrMake()).privateKey.type, "private");
    await sleep(20);
    assert.equal(pairs.take(), undefined);
  });

  test("never hands out a pair twice", async (context) => {
    const pairs = create(context, { ...atOnce, ready: 3, burst: 6 });
    const taken: KeyPair[] = [await nextReady(pairs)];
    const waited = await Promise.all(Array.from({ length: 20 }, () => pairs.takeOrMake()));
    while (taken.length < 20) taken.push(await nextReady(pairs));
    const all = [...taken, ...waited].map(({ publicKey }) => fingerprint(publicKey));
    assert.equal(new Set(all).size, 40);
  });

  test("makes one at a time while nobody waits, and stops at the burst", async (context) => {
    let made = 0;
    let making = 0;
    let most = 0;
    const pairs = create(context, {
      ...atOnce,
      ready: 2,
      burst: 5,
      async generate() {
        made++;
        most = Math.max(most, ++making);
        const pair = await generate();
        making--;
        return pair;
      },
    });
    await until(() => made >= 5 && making === 0);
    await sleep(50);
    assert.equal(made, 5);
    assert.equal(most, 1);
    for (let count = 0; count < 5; count++) assert.notEqual(pairs.take(), undefined);
    assert.equal(pairs.take(), undefined);
    // Drained, it fills up again.
    await until(() => made >= 10 && making === 0);
    await sleep(50);
    assert.equal(made, 10);
    assert.equal(most, 1);
  });

  test("beyond what is to be ready it waits its pace, and a low stock ends the wait", async (context) => {
    let made = 0;
    const pairs = create(context, {
      ...atOnce,
      ready: 2,
      pace: 1_000_000,
      generate() {
        made++;
        return generate();
      },
    });
    await until(() => made >= 2);
    await sleep(50);
    assert.equal(made, 2);
    assert.notEqual(pairs.take(), undefined);
    await until(() => made >= 3);
    await sleep(50);
    assert.equal(made, 3);
  });

  test("makes several at once for several who wait, up to its limit", async (context) => {
    let making = 0;
    let most = 0;
    const pairs = create(context, {
      ...atOnce,
      startAfter: 1_000_000,
      concurrency: 3,
      async generate() {
        most = Math.max(most, ++making);
        const pair = await generate();
        making--;
        return pair;
      },
    });
    await Promise.all(Array.from({ length: 9 }, () => pairs.takeOrMake()));
    assert.equal(most, 3);
  });

  test("serves those who wait in their order", async (context) => {
    const pairs = create(context, { ...atOnce, concurrency: 1 });
    const order: number[] = [];
    await Promise.all([0, 1, 2, 3].map((number) => pairs.takeOrMake().then(() => order.push(number))));
    assert.deepEqual(order, [0, 1, 2, 3]);
  });
});

describe("a generation that fails", () => {
  const failure = new Error("no entropy");

  test("is told, and tried again", async (context) => {
    const told: unknown[] = [];
    const pairs = create(context, {
      ...atOnce,
      onFailure: (error) => told.push(error),
      generate: () => (told.length < 3 ? Promise.reject(failure) : generate()),
    });
    await nextReady(pairs);
    assert.deepEqual(told, [failure, failure, failure]);
  });

  test("is the answer of the one who waited longest; the others get theirs", async (context) => {
    let calls = 0;
    const pairs = create(context, {
      ...atOnce,
      startAfter: 1_000_000,
      retryAfter: 1_000_000,
      concurrency: 1,
      generate: () => (++calls === 1 ? Promise.reject(failure) : generate()),
    });
    const results = await Promise.allSettled([pairs.takeOrMake(), pairs.takeOrMake(), pairs.takeOrMake()]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ["rejected", "fulfilled", "fulfilled"],
    );
    assert.equal(results[0]?.status === "rejected" && results[0].reason, failure);
  });

  test("is not tried again at once for the stock, but is for who asks", async (context) => {
    let calls = 0;
    const pairs = create(context, {
      ...atOnce,
      retryAfter: 1_000_000,
      generate: () => (++calls === 1 ? Promise.reject(failure) : generate()),
    });
    await until(() => calls > 0);
    assert.equal(pairs.take(), undefined);
    await sleep(20);
    assert.equal(calls, 1);
    assert.equal((await pairs.takeOrMake()).publicKey.type, "public");
  });

  test("may fail before it starts", async (context) => {
    const told: unknown[] = [];
    const pairs = create(context, {
      ...atOnce,
      onFailure: (error) => told.push(error),
      generate() {
        if (told.length === 0) throw failure;
        return generate();
      },
    });
    await nextReady(pairs);
    assert.deepEqual(told, [failure]);
  });
});

describe("close", () => {
  const stopping = new Error("No more key pairs are made: the process is stopping.");

  test("refuses who waits and who comes, and forgets what is ready", async () => {
    const pairs = createKeyPairs({ ...atOnce, startAfter: 1_000_000 });
    const waiting = pairs.takeOrMake();
    pairs.close();
    await assert.rejects(waiting, stopping);
    await assert.rejects(pairs.takeOrMake(), stopping);
    assert.equal(pairs.take(), undefined);
    pairs.close();
  });

  test("lets nothing be made any more", async () => {
    let made = 0;
    const pairs = createKeyPairs({
      ...atOnce,
      generate() {
        made++;
        return generate();
      },
    });
    await nextReady(pairs);
    pairs.close();
    const before = made;
    await sleep(50);
    assert.equal(made, before);
    assert.equal(pairs.take(), undefined);
  });

  test("drops what fails or succeeds after it", async () => {
    const told: unknown[] = [];
    let settle: ((fail: boolean) => void) | undefined;
    for (const fail of [true, false]) {
      const pairs = createKeyPairs({
        ...atOnce,
        startAfter: 1_000_000,
        onFailure: (error) => told.push(error),
        generate: async () => {
          const failed = await new Promise<boolean>((resolve) => {
            settle = resolve;
          });
          if (failed) throw new Error("late");
          return generate();
        },
      });
      const waiting = pairs.takeOrMake();
      pairs.close();
      await assert.rejects(waiting, stopping);
      settle?.(fail);
      await sleep(20);
      assert.equal(pairs.take(), undefined);
    }
    assert.deepEqual(told, []);
  });
});

test("does not keep a process alive", () => {
  const script = `import { createKeyPairs } from ${JSON.stringify(new URL("./key-pairs.ts", import.meta.url).href)};
    const pairs = createKeyPairs({ startAfter: 1_000_000_000 });
    await pairs.takeOrMake();
    console.log("taken");`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
    timeout: 30_000,
  });
  assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: "taken\n", stderr: "" });
});

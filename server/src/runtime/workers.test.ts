import assert from "node:assert/strict";
import { generateKeyPairSync, getDiffieHellman, verify } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import { suite, type TestContext, test } from "node:test";
import { createWorkers, Overload, type Workers, type WorkersOptions } from "./workers.ts";

const prime = BigInt(`0x${getDiffieHellman("modp15").getPrime("hex")}`);

function start(context: TestContext, options?: WorkersOptions): Workers {
  const workers = createWorkers(options);
  context.after(() => workers.close());
  return workers;
}

const bytes = (value: bigint) => Buffer.from(value.toString(16).padStart(768, "0"), "hex");
const number = (value: Uint8Array) => BigInt(`0x${Buffer.from(value).toString("hex")}`);

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, base % prime];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}

const isLinux = process.platform === "linux";

/** Of this process's threads (proc_pid_stat(5)); elsewhere than on Linux a thread has none. */
function niceValues(): number[] {
  if (!isLinux) return [];
  return readdirSync("/proc/self/task").map((thread) => {
    const afterName = readFileSync(`/proc/self/task/${thread}/stat`, "utf8").split(") ").at(-1) ?? "";
    return Number(afterName.split(" ")[16]);
  });
}

suite("workers", () => {
  test("powers are those of plain arithmetic, each its own asker's", async (context) => {
    const workers = start(context, { threads: 2 });
    const asked = Array.from({ length: 12 }, (_, at) => {
      const base = at % 3 === 0 ? 2n : prime - BigInt(at) ** 5n - 1n;
      return { base, exponent: 3n ** BigInt(at * 12) + 1n };
    });
    const given = await Promise.all(
      asked.map(({ base, exponent }) =>
        workers.power(bytes(base), Buffer.from(exponent.toString(16).padStart(80, "0"), "hex")),
      ),
    );
    assert.deepEqual(
      given.map(number),
      asked.map(({ base, exponent }) => power(base, exponent)),
    );
  });

  test("threads make way for the event loop, which keeps its priority", async (context) => {
    const [before, own] = [niceValues(), getPriority()];
    const workers = start(context, { threads: 2 });
    await Promise.all(Array.from({ length: 4 }, () => workers.power(Buffer.of(2), Buffer.of(5))));
    const lower = Math.min(19, own + 10);
    const count = (values: readonly number[]) => values.filter((value) => value === lower).length;
    assert.equal(count(niceValues()) - count(before), isLinux ? 2 : 0);
    assert.equal(getPriority(), own);
  });

  test("bases without a proper power are refused, and the thread goes on", async (context) => {
    const workers = start(context, { threads: 1 });
    for (const base of [0n, 1n, prime - 1n, prime, prime + 2n]) {
      await assert.rejects(workers.power(bytes(base), Buffer.of(5)), {
        name: "RangeError",
        message: "This cannot be computed.",
      });
    }
    assert.equal(number(await workers.power(Buffer.of(2), Buffer.of(5))), 32n);
  });

  test("a power of a product with a power is the same as by two powers", async (context) => {
    const workers = start(context, { threads: 1 });
    const [factor, base] = [prime + 12345n, prime - 6789n];
    const [exponent, outer] = [Buffer.of(3, 1, 4, 1, 5), Buffer.of(9, 2, 6)];
    const given = await workers.powerOfProduct({ factor: bytes(factor), base: bytes(base), exponent, outer });
    assert.equal(number(given), power((factor * power(base, number(exponent))) % prime, number(outer)));
    await assert.rejects(workers.powerOfProduct({ factor: bytes(prime), base: bytes(base), exponent, outer }), {
      name: "RangeError",
      message: "This cannot be computed.",
    });
  });

  test("what waits is told together, and one that cannot be computed spoils no other", async (context) => {
    const workers = start(context, { threads: 1 });
    const settled = await Promise.allSettled(
      Array.from({ length: 30 }, (_, at) => workers.power(bytes(at % 7 === 0 ? prime : 2n), Buffer.of(at))),
    );
    const values = settled.map((one) => (one.status === "fulfilled" ? number(one.value) : one.reason.message));
    assert.deepEqual(
      values,
      Array.from({ length: 30 }, (_, at) => (at % 7 === 0 ? "This cannot be computed." : 2n ** BigInt(at))),
    );
  });

  test("signatures are those of the key that was given, and public keys make none", async (context) => {
    const workers = start(context, { threads: 2 });
    const pairs = [1, 2].map(() => generateKeyPairSync("rsa", { modulusLength: 2048 }));
    const texts = Array.from({ length: 6 }, (_, at) => Buffer.from(`text ${at}`));
    for (const { privateKey, publicKey } of pairs) {
      const signatures = await Promise.all(texts.map((text) => workers.sign(text, privateKey)));
      for (const [at, text] of texts.entries()) {
        const isSigned = pairs.map((pair) => verify("sha256", text, pair.publicKey, signatures[at] ?? assert.fail()));
        assert.deepEqual(
          isSigned,
          pairs.map((pair) => pair.publicKey === publicKey),
        );
      }
      await assert.rejects(workers.sign(Buffer.from("text"), publicKey), {
        name: "RangeError",
        message: "This cannot be computed.",
      });
    }
  });

  test("a key that was forgotten for others is told again", async (context) => {
    const workers = start(context, { threads: 1 });
    const keys = Array.from({ length: 260 }, () => generateKeyPairSync("ed25519"));
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const text = Buffer.from("text");
    for (const round of ["first", "second"]) {
      const signature = await workers.sign(text, rsa.privateKey);
      assert.ok(verify("sha256", text, rsa.publicKey, signature), round);
      for (const { privateKey } of keys) await assert.rejects(workers.sign(text, privateKey), { name: "RangeError" });
    }
  });

  test("only so many wait; who comes later is refused, and those who wait are not", async (context) => {
    const workers = start(context, { threads: 1, longestQueue: 2 });
    const [first, second, third, fourth] = [3, 4, 5, 6].map((exponent) =>
      workers.power(Buffer.of(2), Buffer.of(exponent)),
    );
    await assert.rejects(fourth ?? assert.fail(), new Overload("2 wait for a thread already."));
    assert.deepEqual((await Promise.all([first, second, third].map((one) => one ?? assert.fail()))).map(number), [
      8n,
      16n,
      32n,
    ]);
    assert.equal(number(await workers.power(Buffer.of(2), Buffer.of(7))), 128n);
  });

  test("what is not done when it closes is refused, and so is what comes after", async () => {
    const stopping = { message: "No more is computed: the process is stopping." };
    const workers = createWorkers({ threads: 1 });
    const running = [1, 2, 3].map((exponent) => workers.power(Buffer.of(2), Buffer.of(exponent)));
    const refusals = running.map((one) => assert.rejects(one, stopping));
    await workers.close();
    await Promise.all(refusals);
    await assert.rejects(workers.power(Buffer.of(2), Buffer.of(1)), stopping);
    await workers.close();
  });
});

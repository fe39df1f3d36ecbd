import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { harness } from "../../../../test/harness.ts";
import { poolUserCodes } from "../../../store/pool-user-codes.ts";
import type { Tx } from "../../../store/store.ts";
import { Call } from "../../operation.ts";
import {
  type CodeOutcome,
  type CodeRequest,
  checkCode,
  forgetCodes,
  issueCode,
  refuseCode,
  refuseTooMany,
  requestCode,
} from "./code.ts";

const hour = 3_600_000;

suite("codes", async () => {
  const h = await harness();
  const { environment, clock } = h;
  let users = 0;
  const means = () => ({ environment, now: clock.now() });
  const write = <T>(work: (tx: Tx) => Promise<T>) => environment.store.write(work);
  /** Somebody new each time. */
  const someone = (purpose: CodeRequest["purpose"] = "sign-up"): CodeRequest => ({
    poolId: "us-east-1_Ab129faBb",
    userId: `user-${++users}`,
    purpose,
    destination: "ann@example.com",
  });
  const issue = (request: CodeRequest) => write((tx) => issueCode(means(), tx, request));
  const ask = (request: CodeRequest) => write((tx) => requestCode(means(), tx, request));
  const check = ({ userId, purpose }: CodeRequest, code: string, destination?: string) =>
    write((tx) => checkCode(means(), tx, { userId, purpose, code, destination }));
  const wrong = (code: string) => (code === "000000" ? "111111" : "000000");

  test("a code of six digits is good once", async () => {
    const request = someone();
    const code = await issue(request);
    assert.match(code, /^\d{6}$/);
    assert.equal(await check(request, wrong(code)), "mismatch");
    assert.equal(await check(request, code), "match");
    assert.equal(await check(request, code), "none");
    assert.equal(await check(someone(), code), "none");
  });

  test("eight digits, and every digit at every place", async () => {
    const request = { ...someone("sign-in one"), digits: 8 } as const;
    const seen = Array.from({ length: 8 }, () => new Set<string>());
    for (let count = 0; count < 200; count++) {
      const code = await issue(request);
      assert.match(code, /^\d{8}$/);
      [...code].forEach((digit, place) => {
        seen[place]?.add(digit);
      });
    }
    assert.deepEqual(
      seen.map((digits) => digits.size),
      [10, 10, 10, 10, 10, 10, 10, 10],
    );
  });

  test("what is not the code is no match, however like it", async () => {
    const request = someone();
    const code = await issue(request);
    for (const other of ["", code.slice(1), `${code}0`, ` ${code}`, `${code}\0`]) {
      assert.equal(await check(request, other), "mismatch");
    }
    assert.equal(await check(request, code), "match");
  });

  test("a new one replaces the one before; purposes and users have their own", async () => {
    const request = someone();
    const first = await issue(request);
    const other = await issue({ ...request, purpose: "verify-email" });
    const second = await issue(request);
    assert.notEqual(first, second);
    assert.equal(await check(request, first), "mismatch");
    assert.equal(await check(request, second), "match");
    assert.equal(await check({ ...request, purpose: "verify-email" }, other), "match");
  });

  test("lasts a day, an hour for a new password, and otherwise what is asked for", async () => {
    const at = clock.now();
    for (const [request, lifetime] of [
      [someone("sign-up"), 24 * hour],
      [someone("verify-phone_number"), 24 * hour],
      [someone("forgot-password"), hour],
      [someone("sign-in x"), 180_000],
      [{ ...someone("sign-in x"), lifetimeMs: 900_000 }, 900_000],
    ] as const) {
      clock.set(at);
      const code = await issue(request);
      clock.set(at + lifetime);
      assert.equal(await check(request, code), "expired");
      clock.set(at + lifetime - 1);
      assert.equal(await check(request, code), "match");
    }
    clock.set(at);
  });

  test("is good for the address that it was sent to", async () => {
    const request = someone("verify-email");
    const code = await issue(request);
    assert.equal(await check(request, code, "eve@example.com"), "none");
    assert.equal(await check(request, code, "ann@example.com"), "match");
  });

  test("guessing ends, even by new codes, until the hour is over", async () => {
    const at = clock.now();
    for (const [purpose, most] of [
      ["sign-up", 15],
      ["verify-email", 15],
      ["forgot-password", 10],
      ["sign-in x", 5],
    ] as const) {
      clock.set(at);
      const request = someone(purpose);
      let code = "";
      for (let failures = 0; failures < most; failures++) {
        clock.set(at + failures * 1000);
        if (failures % 4 === 0) code = await issue(request);
        assert.equal(await check(request, wrong(code)), "mismatch");
      }
      assert.equal(await check(request, code), "exhausted");
      const next = await issue(request);
      assert.equal(await check(request, next), "exhausted");
      clock.set(at + hour - 1);
      assert.equal(await check(request, next), "exhausted");
      clock.set(at + hour);
      const last = await issue(request);
      assert.equal(await check(request, last), "match");
    }
    clock.set(at);
  });

  test("a match forgets the failures before it", async () => {
    const request = someone("sign-in y");
    for (let round = 0; round < 3; round++) {
      const code = await issue(request);
      for (let failures = 0; failures < 4; failures++) assert.equal(await check(request, wrong(code)), "mismatch");
      assert.equal(await check(request, code), "match");
    }
  });

  test("who asks too often gets none for the rest of the hour", async () => {
    const at = clock.now();
    for (const [purpose, most] of [
      ["sign-up", 5],
      ["verify-phone_number", 5],
      ["forgot-password", 10],
    ] as const) {
      clock.set(at);
      const request = someone(purpose);
      let code: string | undefined;
      for (let requests = 0; requests < most; requests++) code = (await ask(request)) ?? assert.fail("refused");
      assert.equal(await ask(request), undefined);
      // The last one stays good.
      assert.equal(await check(request, code ?? ""), "match");
      assert.equal(await ask(request), undefined);
      clock.set(at + hour);
      assert.match((await ask(request)) ?? "", /^\d{6}$/);
    }
    clock.set(at);
  });

  test("what others cause is not counted as asked for", async () => {
    const request = someone();
    for (let count = 0; count < 9; count++) await issue(request);
    assert.notEqual(await ask(request), undefined);
  });

  test("is sealed, in its place", async () => {
    const [one, other] = [someone(), someone()];
    const code = await issue(one);
    await issue(other);
    const row = await environment.store.read((tx) => poolUserCodes.find(tx, one.userId, "sign-up"));
    assert.ok(row?.code_sealed);
    assert.ok(!Buffer.from(row.code_sealed).includes(code));
    // Whoever can write the database cannot move it to somebody else.
    await write((tx) => poolUserCodes.put(tx, { ...row, user_id: other.userId }));
    await assert.rejects(check(other, code), { name: "SealError", code: "tampered" });
  });

  test("goes with its purpose, its user and its pool, and when it is of no use any more", async () => {
    const at = clock.now();
    const find = ({ userId, purpose }: CodeRequest) =>
      environment.store.read((tx) => poolUserCodes.find(tx, userId, purpose));
    const first = someone();
    const second: CodeRequest = { ...first, purpose: "sign-in one" };
    await issue(first);
    await issue(second);
    await write((tx) => forgetCodes(tx, first.userId, "sign-up"));
    assert.equal(await find(first), undefined);
    assert.notEqual(await find(second), undefined);
    clock.set(at + hour);
    await issue(first);
    assert.equal(await find(second), undefined);
    await write((tx) => poolUserCodes.deleteOfUser(tx, first.userId));
    assert.equal(await find(first), undefined);
    const elsewhere = { ...someone(), poolId: "us-east-1_other" };
    await issue(first);
    await issue(elsewhere);
    await write((tx) => poolUserCodes.deleteOfPool(tx, first.poolId));
    assert.equal(await find(first), undefined);
    assert.notEqual(await find(elsewhere), undefined);
    clock.set(at);
  });

  test("refusals are AWS's", async () => {
    const refusalOf = (outcome: Exclude<CodeOutcome, "match"> | "too many") =>
      environment.store.read((tx) => {
        const facts = {} as Call["facts"]; // refusing reads nothing of the request
        const call = new Call<"CodeMismatchException" | "ExpiredCodeException" | "LimitExceededException">(
          environment,
          facts,
          0,
          tx,
        );
        try {
          return outcome === "too many" ? refuseTooMany(call) : refuseCode(call, outcome);
        } catch (error) {
          assert.ok(error instanceof Error && "code" in error);
          return [error.code, error.message];
        }
      });
    const again = ["ExpiredCodeException", "Invalid code provided, please request a code again."];
    const tooMany = ["LimitExceededException", "Attempt limit exceeded, please try after some time."];
    assert.deepEqual(await refusalOf("mismatch"), [
      "CodeMismatchException",
      "Invalid verification code provided, please try again.",
    ]);
    assert.deepEqual(await refusalOf("none"), again);
    assert.deepEqual(await refusalOf("expired"), again);
    assert.deepEqual(await refusalOf("exhausted"), tooMany);
    assert.deepEqual(await refusalOf("too many"), tooMany);
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { resources } from "../src/index.ts";
import { refusal } from "./flows.ts";
import { type Answer, answering } from "./wire.ts";

const missing: Answer = {
  status: 404,
  Code: "NoSuchEntity",
  Message: "The user with name ann cannot be found.",
};
const found: Answer = { User: { UserName: "ann", Arn: "arn:aws:iam::111122223333:user/ann" } };

/** The user ann of an account that gives these answers, the last one for ever. */
function ann(...answers: readonly [Answer, ...Answer[]]) {
  const asked = { times: 0 };
  const client = answering((form) => {
    assert.deepEqual(form, { Action: "GetUser", UserName: "ann" });
    const answer = answers[Math.min(asked.times, answers.length - 1)];
    asked.times += 1;
    return answer ?? assert.fail();
  });
  return { user: resources({ client }).user("ann"), asked };
}

suite("waiters", () => {
  test("ask until the resource is there, which then carries its attributes", async () => {
    const { user, asked } = ann(missing, missing, found);
    assert.equal(await user.waitUntilExists({ delay: 0 }), user);
    assert.equal(asked.times, 3);
    assert.equal(user.loaded?.Arn, "arn:aws:iam::111122223333:user/ann");
  });

  test("give up after as many attempts as the API model has", async () => {
    const { user, asked } = ann(missing);
    await assert.rejects(user.waitUntilExists({ delay: 0 }), (error: Error) => {
      assert.equal(error.name, "WaiterError");
      assert.equal(error.message, "Waiter UserExists failed: max attempts exceeded (20).");
      return refusal("NoSuchEntityException", "The user with name ann cannot be found.")(error.cause);
    });
    assert.equal(asked.times, 20);
  });

  test("give up after as many attempts as they are told", async () => {
    const { user, asked } = ann(missing);
    await assert.rejects(user.waitUntilExists({ delay: 0, maxAttempts: 2 }), {
      name: "WaiterError",
      waiter: "UserExists",
      attempts: 2,
    });
    assert.equal(asked.times, 2);
  });

  test("pass on an error that does not mean 'not yet', at once", async () => {
    const Message = "User: arn:aws:iam::111122223333:user/bob is not authorized to perform: iam:GetUser";
    const { user, asked } = ann({ status: 403, Code: "AccessDenied", Message });
    await assert.rejects(user.waitUntilExists({ delay: 0 }), refusal("AccessDenied", Message));
    assert.equal(asked.times, 1);
  });

  test("wait a second between attempts unless told otherwise", async (context) => {
    const { user, asked } = ann(missing, found);
    const delays: unknown[] = [];
    const { setTimeout: realSetTimeout } = globalThis;
    context.mock.method(globalThis, "setTimeout", (callback: () => void, delay?: number) => {
      delays.push(delay);
      return realSetTimeout(callback, 0);
    });
    await user.waitUntilExists();
    assert.equal(asked.times, 2);
    assert.ok(delays.includes(1000), `no pause of a second among ${delays.join(", ")}`);
  });

  test("end when their signal is aborted, also between two attempts", async (context) => {
    const { user, asked } = ann(missing);
    const controller = new AbortController();
    const reason = new Error("no longer needed");
    const { setTimeout: realSetTimeout } = globalThis;
    context.mock.method(globalThis, "setTimeout", (callback: () => void, delay?: number) => {
      if (delay === 3_600_000) setImmediate(() => controller.abort(reason));
      return realSetTimeout(callback, delay);
    });
    await assert.rejects(user.waitUntilExists({ delay: 3600, abortSignal: controller.signal }), reason);
    assert.equal(asked.times, 1);
  });

  test("ask nothing when their signal is aborted already", async () => {
    const { user, asked } = ann(found);
    const reason = new Error("no longer needed");
    await assert.rejects(user.waitUntilExists({ abortSignal: AbortSignal.abort(reason) }), reason);
    assert.equal(asked.times, 0);
  });

  test("take sensible numbers only", async () => {
    const { user } = ann(found);
    await assert.rejects(user.waitUntilExists({ delay: -1 }), {
      name: "RangeError",
      message: "delay must be seconds, not -1.",
    });
    await assert.rejects(user.waitUntilExists({ maxAttempts: 0 }), {
      name: "RangeError",
      message: "maxAttempts must be a whole number of at least 1, not 0.",
    });
  });
});

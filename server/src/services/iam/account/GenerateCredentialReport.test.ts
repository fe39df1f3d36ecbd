import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GenerateCredentialReportCommand, GetCredentialReportCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";
import { reportTask } from "./credential-report.ts";

suite("GenerateCredentialReport", async () => {
  const h = await harness();
  const generate = async (iam = h.iam) => {
    const { $metadata: _, ...answer } = await iam.send(new GenerateCredentialReportCommand({}));
    return answer;
  };
  const generatedTime = async () => (await h.iam.send(new GetCredentialReportCommand({}))).GeneratedTime?.getTime();
  const lifetime = 4 * 3_600_000;
  const started = { State: "STARTED", Description: "No report exists. Starting a new report generation task" };

  test("a user needs permission on everything, and without starts nothing", async () => {
    const mayNot = await userWithKey(h, "may-not", allow("iam:GetCredentialReport"));
    assert.deepEqual(await refused(generate(mayNot.iam)), accessDenied("may-not", "iam:GenerateCredentialReport", "*"));
    assert.equal(h.environment.tasks.isRunning(reportTask(testAccount)), false);
  });

  test("starts one report, however many ask at once, and says COMPLETE while it is good", async () => {
    const answers = await Promise.all([generate(), generate(), generate()]);
    assert.deepEqual(
      answers.filter((answer) => answer.State === "STARTED"),
      [started],
    );
    await h.environment.tasks.settled();
    assert.deepEqual(await generate(), { State: "COMPLETE" });
    assert.equal(await generatedTime(), startOfTest);
    h.clock.set(startOfTest + lifetime - 1);
    assert.deepEqual(await generate(), { State: "COMPLETE" });
    assert.equal(await generatedTime(), startOfTest);
  });

  test("starts another when the last is four hours old", async () => {
    h.clock.set(startOfTest + lifetime);
    assert.deepEqual(await generate(), {
      State: "STARTED",
      Description: "The report is older than four hours. Starting a new report generation task",
    });
    await h.environment.tasks.settled();
    assert.deepEqual(await generate(), { State: "COMPLETE" });
    assert.equal(await generatedTime(), startOfTest + lifetime);
  });

  test("says INPROGRESS while it is made", async () => {
    const slow = Promise.withResolvers<void>();
    h.environment.tasks.run(reportTask(testAccount), () => slow.promise);
    assert.deepEqual(await generate(), { State: "INPROGRESS" });
    slow.resolve();
    await h.environment.tasks.settled();
    assert.deepEqual(await generate(), { State: "COMPLETE" });
  });
});

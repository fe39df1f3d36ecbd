import { credentialReports } from "../../../store/credential-reports.ts";
import { iam } from "../iam.ts";
import { wholeAccount } from "./account.ts";
import { makeReport, reportLifetimeMs, reportTask } from "./credential-report.ts";

export const GenerateCredentialReport = iam("GenerateCredentialReport", {
  resource: () => wholeAccount,

  // The report is made behind the answer, as on AWS: this only looks whether there is one, and starts it.
  transaction: "own",

  async handle(_input, call) {
    const { environment, accountId, partition } = call;
    const { store, tasks } = environment;
    const name = reportTask(accountId);
    const wasRunning = tasks.isRunning(name);
    const report = await store.read((tx) => credentialReports.find(tx, accountId));
    // Looked at again, since of two requests at once both find no report, and only one starts the task.
    if (wasRunning || tasks.isRunning(name)) return { State: "INPROGRESS" as const };
    if (report !== undefined && call.now - report.generated_at < reportLifetimeMs)
      return { State: "COMPLETE" as const };
    tasks.run(name, () => makeReport(environment, accountId, partition));
    return {
      State: "STARTED" as const,
      // The first text is recorded from AWS; the second is the IAM API reference's for a report that is too old.
      Description:
        report === undefined
          ? "No report exists. Starting a new report generation task"
          : "The report is older than four hours. Starting a new report generation task",
    };
  },
});

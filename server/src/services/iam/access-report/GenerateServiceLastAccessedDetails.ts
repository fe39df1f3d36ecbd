import { accessReports } from "../../../store/access-reports.ts";
import { iam } from "../iam.ts";
import { makeReport, reportLifetimeMs, reportTask } from "./report.ts";
import { requireSubject } from "./subject.ts";

export const GenerateServiceLastAccessedDetails = iam("GenerateServiceLastAccessedDetails", {
  resource: (input, call) => requireSubject(call, input.Arn, ["user", "group", "role", "policy"]),

  // The report is made behind the answer, as on AWS.
  transaction: "own",

  async handle(input, call, { subject }) {
    const { environment, accountId, now } = call;
    const granularity = input.Granularity ?? "SERVICE_LEVEL";
    const JobId = call.random.uuid();
    await environment.store.write(async (tx) => {
      await accessReports.deleteOld(tx, accountId, now - reportLifetimeMs);
      await accessReports.insert(tx, {
        job_id: JobId,
        account_id: accountId,
        created_at: now,
        granularity,
        subject_json: JSON.stringify(subject),
      });
    });
    environment.tasks.run(reportTask(JobId), () => makeReport(environment, accountId, JobId, subject, granularity));
    return { JobId };
  },
});

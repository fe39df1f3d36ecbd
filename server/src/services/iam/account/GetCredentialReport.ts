import { credentialReports } from "../../../store/credential-reports.ts";
import { iam } from "../iam.ts";
import { wholeAccount } from "./account.ts";
import { reportLifetimeMs, reportTask } from "./credential-report.ts";

export const GetCredentialReport = iam("GetCredentialReport", {
  resource: () => wholeAccount,

  async handle(_input, call) {
    if (call.environment.tasks.isRunning(reportTask(call.accountId))) call.fail("CredentialReportNotReadyException");
    // AWS sends no message with these (recorded for ReportNotPresent).
    const report =
      (await credentialReports.find(call.tx, call.accountId)) ?? call.fail("CredentialReportNotPresentException");
    if (call.now - report.generated_at >= reportLifetimeMs) call.fail("CredentialReportExpiredException");
    return {
      Content: Buffer.from(report.content),
      ReportFormat: "text/csv" as const,
      GeneratedTime: new Date(report.generated_at),
    };
  },
});

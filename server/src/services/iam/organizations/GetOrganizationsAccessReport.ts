import { wholeAccount } from "../account/account.ts";
import { iam } from "../iam.ts";

export const GetOrganizationsAccessReport = iam("GetOrganizationsAccessReport", {
  resource: () => wholeAccount,

  // GenerateOrganizationsAccessReport makes no job in an account without an organization. Recorded from AWS, 2026-09.
  handle: (input, call) => call.fail("NoSuchEntityException", `Job ${input.JobId} does not exist.`),
});

import { accountResource } from "../../paging.ts";
import { iam } from "../iam.ts";

export const GenerateOrganizationsAccessReport = iam("GenerateOrganizationsAccessReport", {
  resource: (input, call) => ({
    ...accountResource(call, `access-report/${input.EntityPath}`),
    // Service Authorization Reference: the key is absent where no policy is named.
    conditions:
      input.OrganizationsPolicyId === undefined ? {} : { "iam:organizationspolicyid": [input.OrganizationsPolicyId] },
  }),

  // Recorded from AWS, 2026-09, for a path of another organization, and in an account that is in none every path is. It is
  // the path that is refused, before a job is made, and not the caller.
  handle: (_input, call) =>
    call.fail(
      "AccessDenied",
      "The organization ID in the specified entity path is different than your organization ID.",
    ),
});

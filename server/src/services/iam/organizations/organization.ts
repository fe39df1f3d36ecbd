import type { Call } from "../../operation.ts";

/**
 * What AWS answers an account that is in no organization: there is no AWS Organizations here, so no account is in one. The
 * text is the IAM API reference's for this error; what comes over the wire has not been recorded.
 */
export function refuseOutsideOrganization(call: Call<"OrganizationNotFoundException">): never {
  return call.fail(
    "OrganizationNotFoundException",
    "The request was rejected because no organization is associated with your account.",
  );
}

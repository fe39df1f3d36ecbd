import type { Call } from "../../operation.ts";
import { type PolicyResource, requireOwnArn, requirePolicy } from "./policy.ts";

/** A policy whose tags are to be changed: AWS's own have none (observed 2026-09). */
export function requireTaggablePolicy(
  call: Call<"InvalidInputException" | "NoSuchEntityException">,
  arn: string,
): Promise<PolicyResource> {
  requireOwnArn(call, arn, (resource) =>
    call.missing(resource, "InvalidInputException", "Tags not supported for policies in this domain"),
  );
  return requirePolicy(call, arn);
}

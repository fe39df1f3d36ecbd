import { type PolicyVersionRow, policies } from "../../../store/policies.ts";
import type { Call } from "../../operation.ts";
import { type PolicyResource, requirePolicy, versionNumber } from "./policy.ts";

export interface VersionResource extends PolicyResource {
  readonly version: PolicyVersionRow;
}

/** One version of a policy: of a missing policy and a missing version AWS says the same (recorded). */
export async function requireVersion(
  call: Call<"NoSuchEntityException">,
  arn: string,
  versionId: string,
): Promise<VersionResource> {
  const absent = `Policy ${arn} version ${versionId} does not exist or is not attachable.`;
  const resource = await requirePolicy(call, arn, absent);
  const number = versionNumber(versionId);
  const version =
    number === undefined ? undefined : await policies.findVersion(call.tx, resource.policy.policy_id, number);
  if (version === undefined) return call.missing(resource, "NoSuchEntityException", absent);
  return { ...resource, version };
}

import type { StatusType } from "@aws-sdk/client-iam";

/**
 * Attributes after a successful Activate or Deactivate. `Expired` stays: it is a state that AWS reports and that no caller
 * sets (observed 2026-09), so neither action ends it.
 */
export function withStatus<Carried extends { readonly Status?: StatusType | undefined }>(
  attributes: Carried,
  status: StatusType,
): Carried {
  return attributes.Status === "Expired" ? attributes : Object.freeze({ ...attributes, Status: status });
}

import { PolicyError, parsePolicy } from "../policy/document.ts";
import { type CompiledPolicy, compilePolicy } from "../policy/evaluate.ts";

/**
 * The policies of an organization, from its root down to the account: each level must allow. They allow nothing by
 * themselves. Undefined where there is no organization.
 */
export type ServiceControl = readonly (readonly CompiledPolicy[])[] | undefined;

export class ServiceControlError extends Error {
  override readonly name = "ServiceControlError";
}

/**
 * A JSON list of policy documents, which are one level: what one of them allows and none denies is allowed. On AWS
 * FullAWSAccess stands in every such list that means to deny only, and so it must here.
 */
export function readServiceControl(text: string): ServiceControl {
  let documents: unknown;
  try {
    documents = JSON.parse(text);
  } catch (error) {
    throw new ServiceControlError(error instanceof Error ? error.message : String(error));
  }
  if (!Array.isArray(documents) || documents.length === 0) {
    throw new ServiceControlError("a list of policies is wanted");
  }
  return [
    documents.map((document, index) => {
      const number = `policy ${index + 1}`;
      try {
        return compilePolicy(parsePolicy(JSON.stringify(document), "managed"), number);
      } catch (error) {
        if (!(error instanceof PolicyError)) throw error;
        throw new ServiceControlError(`${number}: ${error.message}`);
      }
    }),
  ];
}

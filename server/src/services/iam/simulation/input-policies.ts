import { PolicyError, parsePolicy } from "../../../policy/document.ts";
import { type CompiledPolicy, compilePolicy } from "../../../policy/evaluate.ts";
import type { Call } from "../../operation.ts";

/** A document that came with the request. `source` is how results name it (recorded: PolicyInputList.1, ResourcePolicy). */
export function inputPolicy(
  call: Call<"InvalidInputException">,
  document: string,
  source: string,
  kind: "identity" | "resource" = "identity",
): CompiledPolicy {
  try {
    return compilePolicy(parsePolicy(document, kind), source);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return call.fail("InvalidInputException", error.message);
  }
}

export function inputPolicies(
  call: Call<"InvalidInputException">,
  documents: readonly string[] | undefined,
  list: string,
): CompiledPolicy[] {
  return (documents ?? []).map((document, index) => inputPolicy(call, document, `${list}.${index + 1}`));
}

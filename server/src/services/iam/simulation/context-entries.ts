import type { ContextEntry } from "@aws-sdk/client-iam";
import { binaryOperators } from "../../../policy/conditions/binary.ts";
import { dateOperators } from "../../../policy/conditions/date.ts";
import { ipOperators } from "../../../policy/conditions/ip.ts";
import { numericOperators } from "../../../policy/conditions/numeric.ts";
import type { Context } from "../../../policy/evaluate.ts";
import type { Call } from "../../operation.ts";

const accepts: Readonly<Record<string, (value: string) => boolean>> = {
  string: () => true,
  numeric: (value) => numericOperators.NumericEquals?.accepts(value) === true,
  boolean: (value) => /^(true|false)$/i.test(value),
  ip: (value) => ipOperators.IpAddress?.accepts(value) === true,
  binary: (value) => binaryOperators.BinaryEquals?.accepts(value) === true,
  date: (value) => dateOperators.DateEquals?.accepts(value) === true,
};

interface Entry {
  readonly values: readonly string[];
  readonly isList: boolean;
}

/**
 * The request's keys as the simulation is told them, over those that follow from the caller. The type of an entry says
 * whether its key has one value or many, which conditions tell apart. The texts of the refusals are ours.
 */
export function contextOf(
  call: Call<"InvalidInputException">,
  entries: readonly ContextEntry[] | undefined,
  ofCaller: Readonly<Record<string, string>>,
): Context {
  const given = new Map<string, Entry>();
  for (const [key, value] of Object.entries(ofCaller)) given.set(key, { values: [value], isList: false });
  for (const { ContextKeyName: name, ContextKeyType: type, ContextKeyValues: values = [] } of entries ?? []) {
    if (name === undefined) return call.fail("InvalidInputException", "A context entry must have a ContextKeyName.");
    const isList = type === undefined ? values.length !== 1 : type.endsWith("List");
    if (!isList && values.length !== 1) {
      call.fail("InvalidInputException", `Context key ${name} of type ${type} must have one value.`);
    }
    const kind = (type ?? "string").replace(/List$/, "");
    const wrong = values.find((value) => accepts[kind]?.(value) !== true);
    if (wrong !== undefined) {
      call.fail("InvalidInputException", `Context key ${name} has a value that is not of type ${type}: ${wrong}`);
    }
    given.set(name.toLowerCase(), { values, isList });
  }
  return {
    get: (key) => given.get(key)?.values,
    isMultivalued: (key) => given.get(key)?.isList === true,
  };
}

import type { Call } from "../operation.ts";

/** A parameter's values, and whether it stands for one of them or for a list. */
export interface TemplateParameter {
  readonly isList: boolean;
  readonly values: readonly string[];
}

export type TemplateParameters = ReadonlyMap<string, TemplateParameter>;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** More than any template of AWS's could come to: the product of a few lists must not be a way to fill the memory. */
const mostStrings = 1000;

/**
 * Puts parameters into a template: `@{bucketName}` anywhere in its texts, and statements with `"@Enabled": "parameter"`,
 * which stay where that parameter says True and go with everything in them where it does not (IAM User Guide, "Policy
 * templates"; what is told of neither is recorded from AcquireRole, 2026-09).
 */
export function renderTemplate(
  call: Call<"InvalidInputException">,
  template: Json,
  parameters: TemplateParameters,
): Json {
  const parameterOf = (name: string): TemplateParameter =>
    parameters.get(name) ??
    call.fail("InvalidInputException", `Failed to render template: Parameter '${name}' not found.`);

  const renderText = (text: string): string | string[] => {
    let rendered = [""];
    let isList = false;
    for (const [index, piece] of text.split(placeholder).entries()) {
      // A pattern with one group splits into text and group in turn.
      if (index % 2 === 0) {
        rendered = rendered.map((start) => start + piece);
        continue;
      }
      const parameter = parameterOf(piece);
      isList ||= parameter.isList;
      rendered = rendered.flatMap((start) => parameter.values.map((value) => start + value));
      if (rendered.length > mostStrings) {
        // Nothing of AWS's is known that gets here; the text is ours.
        call.fail("InvalidInputException", `Failed to render template: '${text}' comes to too many values.`);
      }
    }
    return isList ? rendered : (rendered[0] ?? "");
  };

  const render = (node: Json): Json => {
    if (typeof node === "string") return renderText(node);
    if (isList(node)) {
      // A list of texts takes a list parameter's values in; a list inside a list stays one.
      return node.filter(isEnabled).flatMap((item) => (typeof item === "string" ? renderText(item) : [render(item)]));
    }
    if (typeof node !== "object" || node === null) return node;
    const members = Object.entries(node).filter(([key]) => key !== "@Enabled");
    return Object.fromEntries(members.map(([key, value]) => [key, render(value)]));
  };

  const isEnabled = (node: Json): boolean => {
    if (typeof node !== "object" || node === null || isList(node)) return true;
    const name = node["@Enabled"];
    // In any case: `true` does as `True`, which is what the parameters' descriptions ask for.
    return typeof name !== "string" || parameterOf(name).values[0]?.toLowerCase() === "true";
  };

  return render(template);
}

const placeholder = /@\{([^{}]{1,256})\}/;

function isList(node: Json): node is readonly Json[] {
  return Array.isArray(node);
}

/** The parameters that a template has a place for. */
export function parameterNames(template: Json): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: Json): void => {
    if (typeof node === "string") {
      for (const [index, piece] of node.split(placeholder).entries()) if (index % 2 === 1) names.add(piece);
    } else if (isList(node)) {
      for (const item of node) visit(item);
    } else if (typeof node === "object" && node !== null) {
      for (const [key, value] of Object.entries(node)) {
        if (key === "@Enabled" && typeof value === "string") names.add(value);
        else visit(value);
      }
    }
  };
  visit(template);
  return names;
}

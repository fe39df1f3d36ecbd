import type { PolicyDocument } from "./document.ts";
import { hasVariables, parseTemplate } from "./variables.ts";

/** The keys of the request that a document asks for, as it spells them: variables of resources, then each condition. */
export function contextKeysOf(document: PolicyDocument): string[] {
  const keys: string[] = [];
  const variables = document.version === "2012-10-17";
  const addVariables = (text: string) => {
    if (!variables || !hasVariables(text)) return;
    for (const part of parseTemplate(text) ?? []) if (part.kind === "variable") keys.push(part.name);
  };
  for (const { resources, conditions } of document.statements) {
    resources?.forEach(addVariables);
    for (const { key, values } of conditions) {
      keys.push(key);
      values.forEach(addVariables);
    }
  }
  return keys;
}

/** Each once, as first spelled: AWS compares keys without regard to case. */
export function distinctKeys(keys: Iterable<string>): string[] {
  const found = new Map<string, string>();
  for (const key of keys) if (!found.has(key.toLowerCase())) found.set(key.toLowerCase(), key);
  return [...found.values()];
}

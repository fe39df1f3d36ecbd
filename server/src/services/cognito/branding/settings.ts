/** JSON as a document of the protocol carries it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Objects member by member; anything else that is given takes the place of what was there. */
export function mergeSettings(before: JsonObject, given: JsonObject): JsonObject {
  const merged = new Map(Object.entries(before));
  for (const [name, value] of Object.entries(given)) {
    const old = merged.get(name);
    merged.set(name, isJsonObject(old) && isJsonObject(value) ? mergeSettings(old, value) : value);
  }
  // Own members all the way, so that no name, not even `__proto__`, is more than a name.
  return Object.fromEntries(merged);
}

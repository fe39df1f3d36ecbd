/**
 * The request as conditions and variables see it, by lower-case key. Undefined: the request has no such key; an empty list: it
 * has the key with no values. It is asked only for keys that a policy names, and may work them out then. A Map will do.
 */
export interface Context {
  get(key: string): readonly string[] | undefined;
  /** Tells a multivalued key with one value from a single-valued one, where AWS's own list of such keys does not do. */
  isMultivalued?(key: string): boolean;
}

/** IAM User Guide, "AWS global condition context keys" and "IAM and AWS STS condition context keys": value type. */
const multivaluedKeys = new Set([
  "aws:calledvia",
  "aws:principalorgpaths",
  "aws:principalservicenameslist",
  "aws:resourceorgpaths",
  "aws:sourceorgpaths",
  "aws:tagkeys",
  "aws:vpceorgpaths",
  "sts:transitivetagkeys",
]);

/** AWS compares the values of a multivalued key otherwise than a single value, be there but one of them. */
export function isMultivalued(context: Context, key: string, values: readonly string[]): boolean {
  if (values.length !== 1) return true;
  // `amr` is a list for every identity provider.
  return context.isMultivalued?.(key) ?? (multivaluedKeys.has(key) || key.endsWith(":amr"));
}

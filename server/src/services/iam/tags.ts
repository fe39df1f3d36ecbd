import type { Call, Tag } from "../operation.ts";
import { decodeMarker, defaultPageSize, page } from "../paging.ts";

interface GivenTag {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}

/**
 * Adds and overwrites. Tag keys are unique whatever their case, and an overwritten tag takes the case given last
 * (IAM User Guide, "Rules for tagging in IAM and AWS STS").
 */
export function mergeTags(
  call: Call<"InvalidInputException" | "LimitExceededException">,
  before: readonly Tag[],
  given: readonly GivenTag[],
  quota: number,
): readonly Tag[] {
  const merged = new Map(before.map((tag) => [tag.Key.toLowerCase(), tag]));
  const seen = new Set<string>();
  for (const { Key = "", Value = "" } of given) {
    const folded = Key.toLowerCase();
    if (seen.has(folded)) {
      return call.fail(
        "InvalidInputException",
        "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
      );
    }
    seen.add(folded);
    if (folded.startsWith("aws:")) {
      return call.fail("InvalidInputException", "Tag keys starting with 'aws:' are reserved for system use.");
    }
    merged.set(folded, { Key, Value });
  }
  if (merged.size > quota) {
    return call.fail("LimitExceededException", "The number of tags has reached the maximum limit.");
  }
  return [...merged.values()];
}

export function removeTags(before: readonly Tag[], keys: readonly string[]): readonly Tag[] {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return before.filter((tag) => !gone.has(tag.Key.toLowerCase()));
}

/** The four ListXTags operations of a page each: tags are listed in the order they were given. */
export function listTags(
  call: Call,
  tags: readonly Tag[],
  input: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
) {
  const limit = input.MaxItems ?? defaultPageSize;
  const after = decodeMarker(call, input.Marker);
  const start = after === "" ? 0 : tags.findIndex((tag) => tag.Key === after) + 1;
  const { rows, ...more } = page(tags.slice(start, start + limit + 1), limit, (tag) => tag.Key);
  return { Tags: [...rows], ...more };
}

import type { Call, Tag } from "../operation.ts";
import { decodeMarker, defaultPageSize, page } from "../paging.ts";

interface GivenTag {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}

/** How a kind of entity tells tag keys apart (IAM User Guide, "Rules for tagging in IAM and AWS STS"). */
export interface TagKeys {
  fold(key: string): string;
  /** AWS's text for a key given twice, recorded for either kind in 2026. */
  readonly givenTwice: string;
  /** The order of their lists: "sorted by tag key" (IAM API reference). */
  compare(one: string, other: string): number;
}

function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Users and roles: `Team` and `team` are one key. */
export const caselessKeys: TagKeys = {
  fold: (key) => key.toLowerCase(),
  givenTwice: "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  compare: byText,
};

/** Everything else that has tags: `Team` and `team` are two. */
export const exactKeys: TagKeys = {
  fold: (key) => key,
  givenTwice: "Duplicate tag keys found.",
  // Recorded of policies, 2026-02: a, b, z, abc.
  compare: (one, other) => one.length - other.length || byText(one, other),
};

/** Adds and overwrites. A tag that is overwritten takes the case given last (recorded from AWS, 2026-09). */
export function mergeTags(
  call: Call<"InvalidInputException" | "LimitExceededException">,
  before: readonly Tag[],
  given: readonly GivenTag[],
  quota: number,
  keys = caselessKeys,
): readonly Tag[] {
  const merged = new Map(before.map((tag) => [keys.fold(tag.Key), tag]));
  const seen = new Set<string>();
  for (const { Key = "", Value = "" } of given) {
    // Recorded from AWS, 2026-09: in any case, and before it looks for keys given twice.
    if (/^aws:/i.test(Key)) {
      return call.fail("InvalidInputException", "Tag keys beginning with aws: are reserved for system use.");
    }
    const folded = keys.fold(Key);
    if (seen.has(folded)) return call.fail("InvalidInputException", keys.givenTwice);
    seen.add(folded);
    merged.set(folded, { Key, Value });
  }
  if (merged.size > quota) {
    return call.fail("LimitExceededException", "The number of tags has reached the maximum limit.");
  }
  return [...merged.values()];
}

export function removeTags(before: readonly Tag[], gone: readonly string[], keys = caselessKeys): readonly Tag[] {
  const folded = new Set(gone.map((key) => keys.fold(key)));
  return before.filter((tag) => !folded.has(keys.fold(tag.Key)));
}

/** The ListXTags operations, a page each. */
export function listTags(
  call: Call,
  tags: readonly Tag[],
  input: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined },
  keys = caselessKeys,
) {
  const limit = input.MaxItems ?? defaultPageSize;
  const after = decodeMarker(call, input.Marker);
  const rest = tags
    .filter((tag) => after === "" || keys.compare(tag.Key, after) > 0)
    .toSorted((one, other) => keys.compare(one.Key, other.Key));
  const { rows, ...more } = page(rest, limit, (tag) => tag.Key);
  return { Tags: [...rows], ...more };
}

/** As IAM's callers write them; user pools keep theirs as a map. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

const none: readonly Tag[] = Object.freeze([]);

export function readTags(json: string): readonly Tag[] {
  return json === "[]" ? none : (JSON.parse(json) as Tag[]); // writeTags wrote it
}

export function writeTags(tags: readonly Tag[]): string {
  return JSON.stringify(tags.map(({ Key, Value }) => ({ Key, Value })));
}

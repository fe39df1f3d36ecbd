/** Names are unique whatever their case (IAM User Guide, "Names and quotas"): this is the form that is. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}

/**
 * What every text with this prefix sorts before: with the prefix itself it makes a range. The last code point there is
 * sorts after every character that a path may hold.
 */
export function endOfPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}

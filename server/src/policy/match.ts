/**
 * Wildcards: `*` is any run of characters, `?` exactly one UTF-16 unit (observed 2026-09: `?` does not match a
 * supplementary character, `??` does). Slash, brackets and backslash mean nothing here. A pattern is compiled once and
 * matched without regular expressions: the parts between stars are looked for from left to right, each once, so no
 * pattern can make a match take more than its own length times the text's, and without `?` it is one search per part.
 */

/** A pattern in pieces: what the policy's author wrote, and what a variable gave, in which nothing is a wildcard. */
export interface Piece {
  readonly text: string;
  readonly literal: boolean;
}

const tokenKind = { literal: 0, one: 1, oneButColon: 2, star: 3, starButColon: 4 } as const;

/** Text between two stars. `holes` marks the places of `?`; most parts have none. */
interface Part {
  readonly text: string;
  readonly holes: Uint8Array | undefined;
}

const globKind = { any: 0, exact: 1, prefix: 2, parts: 3, tokens: 4 } as const;

/** One shape for all kinds: matching is the hot path of every request, and engines are fastest where they see but one. */
export interface Glob {
  readonly kind: (typeof globKind)[keyof typeof globKind];
  /** Of an exact or prefix glob. */
  readonly text: string;
  readonly parts: readonly Part[];
  /** Characters that the parts need in all: a shorter text cannot match. */
  readonly length: number;
  /** Where a star may not pass a colon, the pattern's characters one by one. */
  readonly tokens: Uint8Array;
  readonly codes: Uint16Array;
}

const noTokens = new Uint8Array(0);
const noCodes = new Uint16Array(0);

function globOf(kind: Glob["kind"], text: string, parts: readonly Part[] = [], length = 0): Glob {
  return { kind, text, parts, length, tokens: noTokens, codes: noCodes };
}

const any = globOf(globKind.any, "");
const star = 0x2a;
const question = 0x3f;
const colonCode = 0x3a;

function partAt(part: Part, text: string, at: number): boolean {
  const holes = part.holes;
  if (holes === undefined) return text.startsWith(part.text, at);
  for (let index = 0; index < holes.length; index++) {
    const code = text.charCodeAt(at + index);
    const hole = holes[index];
    if (
      hole === tokenKind.literal
        ? code !== part.text.charCodeAt(index)
        : hole === tokenKind.oneButColon && code === colonCode
    )
      return false;
  }
  return true;
}

/** The leftmost place of the part within [from, limit), or -1. */
function find(part: Part, text: string, from: number, limit: number): number {
  const last = limit - part.text.length;
  if (part.holes === undefined) {
    const at = text.indexOf(part.text, from);
    return at <= last ? at : -1;
  }
  for (let at = from; at <= last; at++) if (partAt(part, text, at)) return at;
  return -1;
}

function matchParts(glob: Glob, text: string): boolean {
  const { parts } = glob;
  const first = parts[0];
  const last = parts[parts.length - 1];
  if (first === undefined || last === undefined || text.length < glob.length) return false;
  if (parts.length === 1) return text.length === glob.length && partAt(first, text, 0);
  let at = first.text.length;
  const limit = text.length - last.text.length;
  if (!partAt(first, text, 0) || !partAt(last, text, limit)) return false;
  for (let index = 1; index < parts.length - 1; index++) {
    const part = parts[index];
    if (part === undefined) return false;
    const found = find(part, text, at, limit);
    if (found < 0) return false;
    at = found + part.text.length;
  }
  return true;
}

/** Every place in the pattern that the text read so far can have led to: needed where a star may not pass a colon. */
function matchTokens(glob: Glob, text: string): boolean {
  const { tokens, codes } = glob;
  let reached = new Uint8Array(tokens.length + 1);
  let next = new Uint8Array(tokens.length + 1);
  reached[0] = 1;
  for (let at = 0; at <= text.length; at++) {
    const code = text.charCodeAt(at);
    const end = at === text.length;
    let some = false;
    for (let index = 0; index < tokens.length; index++) {
      if (reached[index] !== 1) continue;
      some = true;
      const token = tokens[index];
      if (token === tokenKind.star || token === tokenKind.starButColon) {
        reached[index + 1] = 1;
        if (token === tokenKind.star || code !== colonCode) next[index] = 1;
      } else if (token === tokenKind.literal ? code === codes[index] : token === tokenKind.one || code !== colonCode) {
        next[index + 1] = 1;
      }
    }
    if (end) return reached[tokens.length] === 1;
    if (!some) return false;
    [reached, next] = [next, reached];
    next.fill(0);
  }
  return false;
}

export function matchGlob(glob: Glob, text: string): boolean {
  switch (glob.kind) {
    case globKind.any:
      return true;
    case globKind.exact:
      return text === glob.text;
    case globKind.prefix:
      return text.startsWith(glob.text);
    case globKind.parts:
      return matchParts(glob, text);
    case globKind.tokens:
      return matchTokens(glob, text);
  }
}

function tokenize(pieces: readonly Piece[], arn: boolean): { tokens: Uint8Array; codes: Uint16Array } {
  let length = 0;
  for (const piece of pieces) length += piece.text.length;
  const tokens = new Uint8Array(length);
  const codes = new Uint16Array(length);
  let at = 0;
  for (const piece of pieces) {
    for (let index = 0; index < piece.text.length; index++, at++) {
      const code = piece.text.charCodeAt(index);
      codes[at] = code;
      if (!piece.literal && code === star) tokens[at] = tokenKind.star;
      else if (!piece.literal && code === question) tokens[at] = tokenKind.one;
    }
  }
  if (!arn) return { tokens, codes };
  // IAM User Guide, "Using wildcards in resource ARNs": wildcards stay within a segment of the ARN, but a star that ends
  // one goes past its colon. What follows the fifth colon is one segment, whatever it holds.
  let segment = 0;
  for (let index = 0; index < length && segment < 5; index++) {
    if (tokens[index] === tokenKind.literal) {
      if (codes[index] === colonCode) segment += 1;
    } else if (tokens[index] === tokenKind.one) {
      tokens[index] = tokenKind.oneButColon;
    } else if (index + 1 < length && !(tokens[index + 1] === tokenKind.literal && codes[index + 1] === colonCode)) {
      tokens[index] = tokenKind.starButColon;
    }
  }
  return { tokens, codes };
}

function compile(pieces: readonly Piece[], arn: boolean): Glob {
  const { tokens, codes } = tokenize(pieces, arn);
  const text = pieces.length === 1 ? (pieces[0]?.text ?? "") : pieces.map((piece) => piece.text).join("");
  if (tokens.includes(tokenKind.starButColon))
    return { kind: globKind.tokens, text, parts: [], length: 0, tokens, codes };
  const firstWildcard = tokens.findIndex((token) => token !== tokenKind.literal);
  if (firstWildcard < 0) return globOf(globKind.exact, text);
  if (firstWildcard === tokens.length - 1 && tokens[firstWildcard] === tokenKind.star) {
    return firstWildcard === 0 ? any : globOf(globKind.prefix, text.slice(0, -1));
  }
  const parts: Part[] = [];
  let length = 0;
  let from = 0;
  for (let index = 0; index <= tokens.length; index++) {
    if (index < tokens.length && tokens[index] !== tokenKind.star) continue;
    const holes = tokens.subarray(from, index);
    // Two stars in a row are one.
    if (index > from || parts.length === 0 || index === tokens.length) {
      parts.push({
        text: text.slice(from, index),
        holes: holes.some((token) => token !== tokenKind.literal) ? holes : undefined,
      });
      length += index - from;
    }
    from = index + 1;
  }
  return globOf(globKind.parts, "", parts, length);
}

export function compileGlob(pieces: readonly Piece[]): Glob {
  return compile(pieces, false);
}

export function compilePattern(pattern: string): Glob {
  return compile([{ text: pattern, literal: false }], false);
}

/** A Resource or NotResource pattern, in which wildcards respect the ARN's segments. */
export function compileResourceGlob(pieces: readonly Piece[]): Glob {
  return compile(pieces, true);
}

/**
 * A pattern for a whole ARN as the Arn condition operators take it: each of the six components is matched for itself.
 * Undefined where the pattern is no ARN.
 */
export function compileArn(pieces: readonly Piece[]): readonly Glob[] | undefined {
  const components: Piece[][] = [[]];
  for (const piece of pieces) {
    let rest = piece.text;
    while (components.length < 6) {
      const colon = rest.indexOf(":");
      if (colon < 0) break;
      components[components.length - 1]?.push({ text: rest.slice(0, colon), literal: piece.literal });
      components.push([]);
      rest = rest.slice(colon + 1);
    }
    components[components.length - 1]?.push({ text: rest, literal: piece.literal });
  }
  if (components.length !== 6) return undefined;
  const globs = components.map(compileGlob);
  return globs[0]?.kind === globKind.exact && globs[0].text === "arn" ? globs : undefined;
}

/** The six components of an ARN, of which the last may hold colons. */
export function splitArn(text: string): readonly string[] | undefined {
  if (!text.startsWith("arn:")) return undefined;
  const components: string[] = [];
  let from = 0;
  while (components.length < 5) {
    const colon = text.indexOf(":", from);
    if (colon < 0) return undefined;
    components.push(text.slice(from, colon));
    from = colon + 1;
  }
  components.push(text.slice(from));
  return components;
}

export function matchArn(globs: readonly Glob[], components: readonly string[]): boolean {
  for (let index = 0; index < globs.length; index++) {
    const glob = globs[index];
    const component = components[index];
    if (glob === undefined || component === undefined || !matchGlob(glob, component)) return false;
  }
  return true;
}

export function matchesEverything(glob: Glob): boolean {
  return glob.kind === globKind.any;
}

export interface ActionMatcher {
  readonly every: boolean;
  /** In lower case, as are the globs. */
  readonly names: readonly string[];
  /** The same names, where they are so many that looking one up is faster than going through them. */
  readonly index: ReadonlySet<string> | undefined;
  readonly globs: readonly Glob[];
}

const fewNames = 12;

/** Action names are matched without regard to case (IAM User Guide, "Action"). */
export function compileActions(patterns: readonly string[]): ActionMatcher {
  const names: string[] = [];
  const globs: Glob[] = [];
  for (const pattern of patterns) {
    const glob = compilePattern(pattern.toLowerCase());
    if (glob.kind === globKind.exact) names.push(glob.text);
    else globs.push(glob);
  }
  return {
    every: globs.some(matchesEverything),
    names,
    index: names.length > fewNames ? new Set(names) : undefined,
    globs,
  };
}

/** `action` in lower case. */
export function matchAction(matcher: ActionMatcher, action: string): boolean {
  if (matcher.every) return true;
  const { names, index, globs } = matcher;
  if (index !== undefined) {
    if (index.has(action)) return true;
  } else {
    for (let at = 0; at < names.length; at++) if (names[at] === action) return true;
  }
  for (let at = 0; at < globs.length; at++) {
    const glob = globs[at];
    if (glob !== undefined && matchGlob(glob, action)) return true;
  }
  return false;
}

import { escapeHtml } from "../pool-pages.ts";

/** Text that is HTML already: what `html` makes, and nothing else does. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Html | string | number | undefined | readonly Part[];

/**
 * A template whose parts are escaped, unless they are HTML of this kind themselves. Attributes are written in double quotes,
 * always; undefined is nothing.
 */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let written = texts[0] ?? "";
  for (const [at, part] of parts.entries()) written += render(part) + (texts[at + 1] ?? "");
  return new Html(written);
}

function render(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "string") return escapeHtml(part);
  return typeof part === "number" ? String(part) : part.map(render).join("");
}

/** An attribute that is there or not: ` required`. */
export function attribute(name: string, value: string | number | boolean | undefined): Html {
  if (value === undefined || value === false) return new Html("");
  return value === true ? new Html(` ${name}`) : new Html(` ${name}="${escapeHtml(String(value))}"`);
}

import type { Call } from "../../operation.ts";

/** The classes of the classic pages (developer guide, "Hosted UI (classic) branding"). */
const customizable: ReadonlySet<string> = new Set([
  "background-customizable",
  "banner-customizable",
  "errorMessage-customizable",
  "idpButton-customizable",
  "idpDescription-customizable",
  "inputField-customizable",
  "label-customizable",
  "legalText-customizable",
  "logo-customizable",
  "passwordCheck-notValid-customizable",
  "passwordCheck-valid-customizable",
  "redirect-customizable",
  "socialButton-customizable",
  "submitButton-customizable",
  "textDescription-customizable",
]);
const className = /^\.([\w-]+)(?::(?:hover|focus|active))?$/;
const declaration = /^-?[a-zA-Z][\w-]*\s*:\s*[^:;{}@\\<>]+$/;

/**
 * Refuses CSS that would style anything but those classes. The text of a class is AWS's (measured 2026-09); the others are
 * ours. The guide refuses `@` rules and script: neither can be written in what is left.
 */
export function refuseWrongCss(call: Call, css: string): void {
  const plain = withoutComments(css) ?? malformed(call);
  let at = 0;
  for (;;) {
    const open = plain.indexOf("{", at);
    if (open === -1) {
      if (plain.slice(at).trim() !== "") malformed(call);
      return;
    }
    const close = plain.indexOf("}", open);
    if (close === -1) malformed(call);
    for (const selector of plain.slice(at, open).split(",")) refuseSelector(call, selector.trim());
    for (const part of plain.slice(open + 1, close).split(";")) {
      if (part.trim() !== "" && !declaration.test(part.trim())) malformed(call);
    }
    at = close + 1;
  }
}

function refuseSelector(call: Call, selector: string): void {
  const name = className.exec(selector)?.[1];
  if (name !== undefined && customizable.has(name)) return;
  call.fail("InvalidParameterException", `The CSS class ${name ?? selector} is not in the list of allowed classes.`);
}

/** Undefined where one is not closed. */
function withoutComments(css: string): string | undefined {
  let plain = "";
  let at = 0;
  for (;;) {
    const open = css.indexOf("/*", at);
    if (open === -1) return plain + css.slice(at);
    const close = css.indexOf("*/", open + 2);
    if (close === -1) return undefined;
    plain += `${css.slice(at, open)} `;
    at = close + 2;
  }
}

function malformed(call: Call): never {
  return call.fail("InvalidParameterException", "The CSS is not valid.");
}

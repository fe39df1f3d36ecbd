/** What must not stand in XML text as it is. Lone surrogates may: in UTF-8 they become U+FFFD anyway. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const special = /[&<>"\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const specials = new RegExp(special, "g");

/**
 * Text for an XML element. A bare CR would be read back as LF (XML 1.0, 2.11), so it is written as a reference, and
 * values come back byte for byte. The control characters that XML 1.0 cannot carry in any form (2.2), such as a NUL
 * echoed in an error message, become U+FFFD: one bad character must not make the whole answer unreadable.
 */
export function escapeXml(text: string): string {
  return special.test(text) ? text.replace(specials, reference) : text;
}

function reference(character: string): string {
  switch (character) {
    case "&":
      return "&amp;";
    case "<":
      return "&lt;";
    case ">":
      return "&gt;";
    case '"':
      return "&quot;";
    case "\r":
      return "&#xD;";
    default:
      return "\ufffd";
  }
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  // An attribute's line ends and tabs are read back as blanks unless they are written as references (XML 1.0, 3.3.3).
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** For the content of an element and for the value of an attribute. */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"'\t\n\r]/g, (character) => escapes[character] ?? character);
}

/** ` Name="value"`, or nothing where there is no value. */
export function writeAttribute(name: string, value: string | undefined): string {
  return value === undefined ? "" : ` ${name}="${escapeXml(value)}"`;
}

/** As SAML writes times (core, 1.3.3): in UTC. `time` in milliseconds since the epoch. */
export function writeTime(time: number): string {
  return new Date(time).toISOString();
}

import type { Model, Shape } from "../../contract/shape.ts";

/** What a log shows where the contract says `sensitive`. */
export const redacted = "***";

/** RFC 7468, 10 and 11, and the older forms of each algorithm. */
const privateKey = /-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY-----/;

/** A copy of an input fit for the log: every value whose shape, or whose member's shape, is sensitive is replaced. */
export function redactorOf(model: Model, shapeName: string | undefined): (input: unknown, nameOf?: NameOf) => unknown {
  if (shapeName === undefined) return () => ({});
  return (input, nameOf = same) => redact(model, model.shapes[shapeName], input, nameOf);
}

/** How members of structures are shown. */
export type NameOf = (member: string) => string;

function same(member: string): string {
  return member;
}

function redact(model: Model, shape: Shape | undefined, value: unknown, nameOf: NameOf): unknown {
  if (shape === undefined || value === undefined || value === null) return undefined;
  if ("sensitive" in shape && shape.sensitive === true) return redacted;
  switch (shape.type) {
    case "structure":
      return Object.fromEntries(
        Object.entries(value).map(([name, member]) => [
          nameOf(name),
          redact(model, model.shapes[shape.members[name] ?? ""], member, nameOf),
        ]),
      );
    case "list":
      return Array.isArray(value)
        ? value.map((member) => redact(model, model.shapes[shape.member], member, nameOf))
        : undefined;
    case "map":
      return Object.fromEntries(
        Object.entries(value).map(([key, member]) => [key, redact(model, model.shapes[shape.value], member, nameOf)]),
      );
    case "string":
      // In whatever member somebody sends one by mistake, as in the place of a certificate.
      return typeof value === "string" && privateKey.test(value) ? redacted : value;
    case "blob":
      return `${value instanceof Uint8Array ? value.byteLength : 0} bytes`;
    default:
      return value;
  }
}

import type { JsonArray, JsonNode, JsonObject, Position } from "./json.ts";

/** Where a statement starts and ends, as offsets, by the rule that document.ts tells. */
export interface StatementNode {
  readonly node: JsonNode;
  readonly start: number;
  readonly end: number;
}

/** The statements of a Statement element that is one or a list; undefined where it is neither. */
export function statementNodes(element: JsonNode | undefined): readonly StatementNode[] | undefined {
  if (element?.kind === "object") return [{ node: element, start: element.start + 1, end: element.end }];
  if (element?.kind !== "array") return undefined;
  return listed(element);
}

function listed(list: JsonArray): readonly StatementNode[] {
  let start = list.start + 1;
  return list.items.map((node) => {
    const statement = { node, start, end: node.end };
    start = node.end;
    return statement;
  });
}

/** A string, or a list of strings; undefined for anything else. */
export function stringList(node: JsonNode): readonly string[] | undefined {
  if (node.kind === "string") return [node.value];
  if (node.kind !== "array") return undefined;
  const values: string[] = [];
  for (const item of node.items) {
    if (item.kind !== "string") return undefined;
    values.push(item.value);
  }
  return values;
}

function scalar(node: JsonNode): string | undefined {
  if (node.kind === "string") return node.value;
  if (node.kind === "number") return node.text;
  if (node.kind === "boolean") return String(node.value);
  return undefined;
}

/** The values of a condition key: strings, and numbers and booleans as if they were quoted. */
export function conditionValues(node: JsonNode): readonly string[] | undefined {
  if (node.kind !== "array") {
    const value = scalar(node);
    return value === undefined ? undefined : [value];
  }
  const values: string[] = [];
  for (const item of node.items) {
    const value = scalar(item);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

/** The first member whose name is not one of `names`, in the order of the text. */
export function unknownMember(object: JsonObject, names: ReadonlySet<string>): string | undefined {
  for (const { key } of object.members) if (!names.has(key)) return key;
  return undefined;
}

export type PositionOf = (offset: number) => Position;

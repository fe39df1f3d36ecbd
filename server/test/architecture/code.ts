import {
  isAsExpression,
  isCallExpression,
  isDecorator,
  isEnumDeclaration,
  isIdentifier,
  isModuleDeclaration,
  isNewExpression,
  isNoSubstitutionTemplateLiteral,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteral,
  isTaggedTemplateExpression,
  isTemplateHead,
  isTypeReferenceNode,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
} from "typescript/unstable/ast";
import type { House } from "./house.ts";
import { findText, lineOf, nodes, type Source, type Violation } from "./source.ts";

const randomness = new Set(
  "randomUUID randomBytes randomInt randomFill randomFillSync getRandomValues hrtime".split(" "),
);

/** Time and randomness are arguments everywhere but in runtime/, so that a test can know every byte of an answer. */
export function checkTimeAndRandomness({ sources }: House): Violation[] {
  return inServer(sources, /^runtime\//).flatMap((source) =>
    find(source, "time and randomness", (node) => {
      if (isPropertyAccessExpression(node)) {
        const name = `${lastName(node.expression)}.${node.name.text}`;
        return ["Date.now", "Math.random", "performance.now"].includes(name) ? `${name} outside runtime/` : undefined;
      }
      if (isNewExpression(node) && lastName(node.expression) === "Date" && !node.arguments?.length) {
        return "new Date() outside runtime/";
      }
      if (isCallExpression(node) && lastName(node.expression) === "Date") return "Date() outside runtime/";
      return isIdentifier(node) && randomness.has(node.text) ? `${node.text} outside runtime/` : undefined;
    }),
  );
}

/** Settings are read in one place, where they can be refused in words for a person. */
export function checkEnvironment({ sources }: House): Violation[] {
  return inServer(sources, /^(cli|config)\.ts$/).flatMap((source) =>
    find(source, "environment", (node) => {
      const isAccess =
        isPropertyAccessExpression(node) && isNamed(node.expression, "process") && node.name.text === "env";
      const isUnpacked =
        isVariableDeclaration(node) && isNamed(node.initializer, "process") && isObjectBindingPattern(node.name);
      return isAccess || isUnpacked ? "process.env outside cli.ts and config.ts" : undefined;
    }),
  );
}

/** One way to export, and only what erases: a source runs as it stands. */
export function checkSyntax({ sources }: House): Violation[] {
  return sources.flatMap((source) => [
    ...source.exports.flatMap(({ kind, line }) => {
      if (kind !== "default" && kind !== "*") return [];
      const what = kind === "default" ? "a default export" : "export *";
      return [{ path: source.path, line, rule: "syntax", what }];
    }),
    ...find(source, "syntax", (node) => {
      if (isEnumDeclaration(node)) return "an enum";
      // What describes a library that comes without types is none.
      if (isModuleDeclaration(node) && !isStringLiteral(node.name)) return "a namespace";
      return isDecorator(node) ? "a decorator" : undefined;
    }),
  ]);
}

/** Where the compiler is told to look away, nothing after it is known. Tests may, to send what no type allows. */
export function checkTypes({ sources }: House): Violation[] {
  return sources
    .filter(({ isTest }) => !isTest)
    .flatMap((source) => [
      ...find(source, "types", (node) => {
        if (node.kind === SyntaxKind.AnyKeyword) return "any";
        if (!isAsExpression(node)) return undefined;
        if (isAsExpression(node.expression) && node.expression.type.kind === SyntaxKind.UnknownKeyword) {
          return "as unknown as";
        }
        if (isTypeReferenceNode(node.type) && isNamed(node.type.typeName, "const")) return undefined;
        return hasReason(source, node) ? undefined : "as, without its reason on the same line";
      }),
      ...findText(source.path, source.text, "types", [
        [/@ts-(ignore|nocheck)/, "the compiler is told to look away"],
        [/@ts-expect-error\s*$/, "an expected error, without its reason on the same line"],
      ]),
    ]);
}

/** A comment on one of the lines on which the assertion stands. */
function hasReason({ tree, text }: Source, node: Node): boolean {
  const lines = text.split("\n");
  const first = lineOf(tree, node) - 1;
  const last = tree.getLineAndCharacterOfPosition(node.end).line;
  return lines.slice(first, last + 1).some((line) => line.includes("//"));
}

const notRun = new Set(["skip", "only", "todo"]);

/** A test that is written is run. */
export function checkTests({ sources }: House): Violation[] {
  return sources
    .filter(({ isTest }) => isTest)
    .flatMap((source) =>
      find(source, "tests", (node) => {
        if (!isCallExpression(node)) return undefined;
        const { expression } = node;
        if (isPropertyAccessExpression(expression) && notRun.has(expression.name.text)) {
          return `a test with .${expression.name.text}`;
        }
        if (!["test", "it", "describe", "suite"].some((name) => isNamed(expression, name))) return undefined;
        for (const argument of node.arguments) {
          if (!isObjectLiteralExpression(argument)) continue;
          for (const property of argument.properties) {
            const name = isPropertyAssignment(property) && isIdentifier(property.name) ? property.name.text : "";
            if (notRun.has(name)) return `a test with ${name}`;
          }
        }
        return undefined;
      }),
    );
}

const statement =
  /^\s*(select\s[\s\S]+\sfrom|insert\s+into|update\s+\S+\s+set|delete\s+from|(create|alter|drop)\s+(table|index))\s/i;

/** SQL is written in store/ alone. */
export function checkSql({ sources }: House): Violation[] {
  return inServer(sources, /^store\//).flatMap((source) =>
    find(source, "sql", (node) => {
      if (isTaggedTemplateExpression(node) && isNamed(node.tag, "sql")) return "sql`…` outside store/";
      const isText = isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node) || isTemplateHead(node);
      return isText && statement.test(`${node.text} `) ? "an SQL statement outside store/" : undefined;
    }),
  );
}

function isNamed(node: Node | undefined, name: string): boolean {
  return node !== undefined && isIdentifier(node) && node.text === name;
}

/** `Date` of `Date` and of `globalThis.Date`. */
function lastName(node: Node): string {
  if (isPropertyAccessExpression(node)) return node.name.text;
  return isIdentifier(node) ? node.text : "";
}

/** The server's own sources, but for those whose path below src/ matches. */
function inServer(sources: readonly Source[], except: RegExp): Source[] {
  const folder = "server/src/";
  return sources.filter(
    ({ path, isTest }) => !isTest && path.startsWith(folder) && !except.test(path.slice(folder.length)),
  );
}

function find(source: Source, rule: string, refuse: (node: Node) => string | undefined): Violation[] {
  const violations: Violation[] = [];
  for (const node of nodes(source.tree)) {
    const what = refuse(node);
    if (what !== undefined) violations.push({ path: source.path, line: lineOf(source.tree, node), rule, what });
  }
  return violations;
}

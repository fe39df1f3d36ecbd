/**
 * The house read as syntax, by TypeScript's own parser: what the rules of this folder are asked about. Nothing is
 * resolved and nothing is type checked here.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  isCallExpression,
  isClassDeclaration,
  isEnumDeclaration,
  isExportAssignment,
  isExportDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isImportDeclaration,
  isImportTypeNode,
  isInterfaceDeclaration,
  isLiteralTypeNode,
  isModuleDeclaration,
  isNamedExports,
  isNamedImports,
  isStringLiteral,
  isTypeAliasDeclaration,
  isVariableStatement,
  type Node,
  type SourceFile,
  type Statement,
  SyntaxKind,
} from "typescript/unstable/ast";
import { API } from "typescript/unstable/sync";

export const root: string = fileURLToPath(new URL("../../../", import.meta.url));

/** Path from the repository's root, with `/`, to text. */
export type Files = ReadonlyMap<string, string>;

export interface Import {
  /** As written: `../store/store.ts`, `node:fs`. */
  readonly specifier: string;
  /** For a relative specifier, the path from the repository's root. */
  readonly target: string | undefined;
  /** Whether the import is gone at run time. */
  readonly isTypeOnly: boolean;
  readonly line: number;
}

export interface Export {
  readonly name: string;
  /** `default` and `*` have rules of their own. */
  readonly kind: "const" | "function" | "class" | "type" | "other" | "default" | "*";
  readonly line: number;
}

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly isTest: boolean;
  readonly tree: SourceFile;
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
}

export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly what: string;
}

/** `server/src/policy/match.ts:3 rooms: policy/ must not import node:fs` */
export function describeViolation({ path, line, rule, what }: Violation): string {
  return `${path}:${line} ${rule}: ${what}`;
}

/** The text files of the repository: no dependencies, builds, generated models or test vectors. */
export function readRepository(): Files {
  const files = new Map<string, string>();
  const visit = (directory: string): void => {
    for (const entry of readdirSync(join(root, directory), { withFileTypes: true })) {
      const path = directory === "" ? entry.name : `${directory}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!notOurs.has(entry.name)) visit(path);
      } else if (
        /\.(ts|js|json|md|txt|yml|yaml|sh)$|(^|\/)(NOTICE|Dockerfile|run)$/.test(path) &&
        !isModel.test(path)
      ) {
        files.set(path, readFileSync(join(root, path), "utf8"));
      }
    }
  };
  visit("");
  return files;
}

const notOurs = new Set(["node_modules", "dist", "vectors", "limits", ".git", ".countersign"]);
const isModel = /^server\/src\/contract\/(iam|sts|cognito)\.json$/;

/** Parses the TypeScript among the files. */
export function parse(files: Files): Source[] {
  const paths = [...files.keys()].filter((path) => path.endsWith(".ts"));
  const project = JSON.stringify({ compilerOptions: { noLib: true, noResolve: true, types: [] }, files: paths });
  const at = (path: string) => path.slice("/house/".length);
  const text = (path: string) => (path === "/house/tsconfig.json" ? project : files.get(at(path)));
  const api = new API({
    cwd: "/house",
    // The parser sees these files and no others, wherever they came from.
    fs: {
      readFile: (path) => text(path) ?? null,
      fileExists: (path) => text(path) !== undefined,
      directoryExists: (path) => path === "/house",
      getAccessibleEntries: () => ({ files: [], directories: [] }),
      realpath: (path) => path,
    },
  });
  try {
    const program = api.updateSnapshot({ openProject: "/house/tsconfig.json" }).getProjects()[0]?.program;
    return paths.map((path) => {
      const tree = program?.getSourceFile(`/house/${path}`);
      if (tree === undefined) throw new Error(`${path} was not parsed`);
      return {
        path,
        text: tree.text,
        isTest: path.endsWith(".test.ts"),
        tree,
        imports: importsOf(path, tree),
        exports: tree.statements.flatMap((statement) => exportsOf(statement, tree)),
      };
    });
  } finally {
    api.close();
  }
}

export function lineOf(tree: SourceFile, node: Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

/** The line on which a node ends. */
export function lastLineOf(tree: SourceFile, node: Node): number {
  return tree.getLineAndCharacterOfPosition(node.getEnd()).line + 1;
}

/** Every node below, the given one included, in the order of the text. */
export function* nodes(node: Node): Generator<Node> {
  yield node;
  const children: Node[] = [];
  node.forEachChild((child) => {
    children.push(child);
  });
  for (const child of children) yield* nodes(child);
}

/** Each line that matches, with what is wrong with it. */
export function findText(
  path: string,
  text: string,
  rule: string,
  patterns: readonly (readonly [RegExp, string])[],
): Violation[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      patterns.flatMap(([pattern, what]) => (pattern.test(line) ? [{ path, line: index + 1, rule, what }] : [])),
    );
}

function importsOf(path: string, tree: SourceFile): Import[] {
  const imports: Import[] = [];
  const add = (node: Node, specifier: string, isTypeOnly: boolean) =>
    imports.push({ specifier, target: targetOf(path, specifier), isTypeOnly, line: lineOf(tree, node) });
  for (const node of nodes(tree)) {
    if (isImportDeclaration(node) && isStringLiteral(node.moduleSpecifier)) {
      const clause = node.importClause;
      const bindings = clause?.namedBindings;
      const isTypeOnly =
        clause?.phaseModifier === SyntaxKind.TypeKeyword ||
        (clause?.name === undefined &&
          bindings !== undefined &&
          isNamedImports(bindings) &&
          bindings.elements.length > 0 &&
          bindings.elements.every((element) => element.isTypeOnly));
      add(node, node.moduleSpecifier.text, isTypeOnly);
    } else if (isExportDeclaration(node) && node.moduleSpecifier && isStringLiteral(node.moduleSpecifier)) {
      add(node, node.moduleSpecifier.text, node.isTypeOnly);
    } else if (isImportTypeNode(node) && isLiteralTypeNode(node.argument) && isStringLiteral(node.argument.literal)) {
      add(node, node.argument.literal.text, true);
    } else if (isCallExpression(node) && node.expression.kind === SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      // A computed specifier could be anything: the rule that reads this refuses it by the name `?`.
      add(node, specifier !== undefined && isStringLiteral(specifier) ? specifier.text : "?", false);
    }
  }
  return imports;
}

function targetOf(path: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  return new URL(specifier, `file:///${path}`).pathname.slice(1);
}

function exportsOf(statement: Statement, tree: SourceFile): Export[] {
  const line = lineOf(tree, statement);
  if (isExportAssignment(statement)) return [{ name: "default", kind: "default", line }];
  if (isExportDeclaration(statement)) {
    const clause = statement.exportClause;
    if (clause === undefined || !isNamedExports(clause)) return [{ name: "*", kind: "*", line }];
    return clause.elements.map((element) => {
      const name = element.name.text;
      return { name, kind: name === "default" ? "default" : "other", line: lineOf(tree, element) };
    });
  }
  const modifiers = "modifiers" in statement ? (statement.modifiers as readonly Node[] | undefined) : undefined; // declarations have it, Statement does not say so
  const has = (kind: SyntaxKind) => modifiers?.some((modifier) => modifier.kind === kind) === true;
  if (!has(SyntaxKind.ExportKeyword)) return [];
  if (has(SyntaxKind.DefaultKeyword)) return [{ name: "default", kind: "default", line }];
  if (isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap((declaration) =>
      isIdentifier(declaration.name) ? [{ name: declaration.name.text, kind: "const" as const, line }] : [],
    );
  }
  if (isFunctionDeclaration(statement)) return [{ name: statement.name?.text ?? "", kind: "function", line }];
  if (isClassDeclaration(statement)) return [{ name: statement.name?.text ?? "", kind: "class", line }];
  if (isInterfaceDeclaration(statement) || isTypeAliasDeclaration(statement)) {
    return [{ name: statement.name.text, kind: "type", line }];
  }
  if (isEnumDeclaration(statement) || isModuleDeclaration(statement)) {
    return [{ name: statement.name.text, kind: "other", line }];
  }
  return [];
}

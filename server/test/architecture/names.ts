import { basename, dirname } from "node:path/posix";
import {
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isSatisfiesExpression,
  isVariableStatement,
  type ObjectLiteralElement,
} from "typescript/unstable/ast";
import type { House } from "./house.ts";
import { lastLineOf, lineOf, type Source, type Violation } from "./source.ts";

const operationFile = /^server\/src\/services\/([a-z]+)\/(?:.*\/)?([A-Z]\w*)\.ts$/;
const tableFile = /^server\/src\/services\/([a-z]+)\/operations\.ts$/;

/** A PascalCase file is one operation of AWS: named so, alone in its file, tested beside it and in its service's table. */
export function checkOperations({ sources, operations }: House): Violation[] {
  const paths = new Set(sources.map(({ path }) => path));
  const listed = new Set<string>();
  const violations: Violation[] = [];
  const add = (path: string, line: number, what: string) => violations.push({ path, line, rule: "operations", what });

  for (const source of sources) {
    const service = tableFile.exec(source.path)?.[1];
    if (service === undefined) continue;
    for (const entry of entriesOf(source)) {
      const line = lineOf(source.tree, entry);
      const name = isPropertyAssignment(entry) && isIdentifier(entry.name) ? entry.name.text : undefined;
      const last = lastLineOf(source.tree, entry);
      const file = source.imports.find((imported) => imported.line >= line && imported.line <= last);
      if (name === undefined) add(source.path, line, "the table names operations, one a line, and nothing else");
      else if (file?.target === undefined || basename(file.target) !== `${name}.ts`)
        add(source.path, line, `${name} must come from a ${name}.ts of its own`);
      else listed.add(file.target);
    }
  }

  for (const source of sources) {
    const { path, exports } = source;
    if (source.isTest) {
      const tested = path.replace(/\.test\.ts$/, ".ts");
      if (/^[A-Z]/.test(basename(path)) && !paths.has(tested)) add(path, 1, `${basename(tested)} is not beside it`);
      continue;
    }
    const [, service = "", name] = operationFile.exec(path) ?? [];
    if (name === undefined) {
      const folder = /^server\/src\/services\/([a-z]+)\//.exec(path)?.[1];
      for (const { name: exported, kind, line } of exports) {
        if (kind !== "const" || folder === undefined || !operations[folder]?.has(exported)) continue;
        add(path, line, `the operation ${exported} must stand in a ${exported}.ts of its own`);
      }
      continue;
    }
    if (!operations[service]?.has(name)) add(path, 1, `${name} is no operation of ${service}`);
    const [only] = exports;
    if (exports.length !== 1 || only?.name !== name || only.kind !== "const") {
      add(path, only?.line ?? 1, `it must export the constant ${name} and nothing else`);
    }
    if (!paths.has(`${dirname(path)}/${name}.test.ts`)) add(path, 1, `${name}.test.ts is not beside it`);
    if (!listed.has(path)) add(path, 1, `services/${service}/operations.ts does not list it`);
  }
  return violations;
}

function entriesOf({ tree }: Source): readonly ObjectLiteralElement[] {
  return tree.statements.flatMap((statement) => {
    if (!isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer }) => {
      if (initializer === undefined || !isIdentifier(name) || !name.text.endsWith("Operations")) return [];
      const table = isSatisfiesExpression(initializer) ? initializer.expression : initializer;
      return isObjectLiteralExpression(table) ? [...table.properties] : [];
    });
  });
}

/** Words that say nothing of what a thing is. */
const emptyWords = new Set(
  "manager handler helper util service impl base data info managers handlers helpers utils".split(" "),
);

/** Names that end in one of them all the same, each with its reason. */
const allowedNames: Readonly<Record<string, string>> = {
  SignedService: "a service of AWS, as the scope of a signature names it",
};

/** Kebab-case for files that are not operations; no empty word at the end of a file's or an export's name. */
export function checkNames({ sources, files, awsNames }: House): Violation[] {
  const violations: Violation[] = [];
  const add = (path: string, line: number, what: string) => violations.push({ path, line, rule: "names", what });
  for (const path of files.keys()) {
    if (!/\.(ts|js)$/.test(path)) continue;
    const stem = basename(path).replace(/(\.test|\.d)?\.(ts|js)$/, "");
    // What AWS names, checkOperations looks at.
    if (awsNames.has(stem) && path.startsWith("server/src/services/")) continue;
    for (const part of [...dirname(path).split("/"), stem]) {
      if (!/^\.?$|^[a-z0-9]+(-[a-z0-9]+)*$/.test(part)) add(path, 1, `${part} must be in kebab-case`);
    }
    if (endsInEmptyWord(stem)) add(path, 1, `${basename(path)} says nothing by its last word`);
  }
  for (const source of sources) {
    for (const { name, line } of source.exports) {
      if (awsNames.has(name) || Object.hasOwn(allowedNames, name) || !endsInEmptyWord(name)) continue;
      add(source.path, line, `${name} says nothing by its last word`);
    }
  }
  return violations;
}

function endsInEmptyWord(name: string): boolean {
  const last = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g)?.at(-1);
  return last !== undefined && emptyWords.has(last.toLowerCase());
}

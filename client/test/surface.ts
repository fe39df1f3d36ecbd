/**
 * The library's public surface as text, taken from the declarations that the TypeScript compiler emits for it.
 * `npm run api` writes it to api.txt, which is checked in, so that a change of the surface shows in a diff.
 */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const clientFolder: string = fileURLToPath(new URL("..", import.meta.url));
export const apiFile: string = join(clientFolder, "api.txt");

/** One exported declaration: its first line, its own comment, and its members with theirs. */
export interface Declaration {
  readonly name: string;
  readonly text: string;
  readonly comment: string;
  readonly members: readonly Member[];
}

export interface Member {
  readonly text: string;
  readonly comment: string;
}

export function compile(...parameters: readonly string[]): void {
  const tsc = fileURLToPath(import.meta.resolve("typescript/package.json")).replace(/package\.json$/, "bin/tsc");
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, ...parameters], { encoding: "utf8" });
  assert.equal(status, 0, stdout + stderr);
}

/** Runs with a folder that is gone afterwards. */
export function inFolder<Result>(use: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "resources-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What index.ts exports, in the order of names. */
export function publicDeclarations(): Declaration[] {
  const files = inFolder((folder) => {
    compile("-p", clientFolder, "--noEmit", "false", "--emitDeclarationOnly", "--outDir", folder);
    return new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]));
  });
  const front = files.get("index.d.ts") ?? "";
  const exported = new Set([...front.matchAll(/[{,]\s*(?:type )?(\w+)/g)].map(([, name]) => name));
  files.delete("index.d.ts");
  const declarations = [...files.values()].flatMap(declarationsIn).filter(({ name }) => exported.has(name));
  assert.deepEqual(new Set(declarations.map(({ name }) => name)), exported, "index.ts exports what no file declares");
  return declarations.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function apiText(): string {
  const lines = publicDeclarations().flatMap(({ text, members }) => [
    text,
    ...members.map((member) => `    ${member.text}`).sort(),
  ]);
  return `${lines.join("\n")}\n`;
}

// The compiler prints one declaration after the other at the left edge, each member on a line of its own, four blanks in.
function declarationsIn(text: string): Declaration[] {
  const declarations: Declaration[] = [];
  let current: { name: string; text: string; comment: string; members: Member[] } = {
    name: "",
    text: "",
    comment: "",
    members: [],
  };
  let comment = "";
  let inType = false;
  for (const block of text.split(/^(?=(?: {4})?\S)/m)) {
    const line = block.trim().replaceAll(/\s*\n\s*/g, " ");
    if (line.startsWith("/**")) {
      comment = line;
      continue;
    }
    if (inType) {
      current.text += ` ${line}`;
      inType = !line.startsWith("}");
    } else if (block.startsWith("    ")) {
      if (!/^(protected |#private)/.test(line)) current.members.push({ text: line, comment });
    } else if (line !== "}") {
      const [, kind, name = ""] = /\b(class|interface|type|function|const) (\w+)/.exec(line) ?? [];
      inType = kind === "type" && line.endsWith("{");
      const shown = line.replace(/^export (declare )?/, "");
      current = { name, text: inType ? shown : shown.replace(/ \{$/, ""), comment, members: [] };
      if (line.startsWith("export ")) declarations.push(current);
    }
    comment = "";
  }
  return declarations;
}

if (import.meta.main) writeFileSync(apiFile, apiText());

import { readdirSync, writeFileSync } from "node:fs";
import { type CompiledStatements, statements } from "./statement.ts";

/**
 * Every statement of the store, compiled. Run as a program (and format after it), this writes them to statements.json; a
 * test fails while that file is behind.
 */
export async function compileStatements(): Promise<CompiledStatements> {
  const directory = new URL("./", import.meta.url);
  for (const file of readdirSync(directory)) {
    if (/^(?!compile)[a-z-]+\.ts$/.test(file)) await import(new URL(file, directory).href);
  }
  const byName = [...statements.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return Object.fromEntries(byName.map((it) => [it.name, { source: it.source, ...it.compile() }]));
}

if (import.meta.main) {
  const text = `${JSON.stringify(await compileStatements(), null, 2)}\n`;
  writeFileSync(new URL("statements.json", import.meta.url), text);
}

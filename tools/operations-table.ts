/**
 * The tables of README.md that are printed from code: which operations answer, and which settings there are.
 * `npm run operations` prints them, `npm run operations -- --write` puts them between their markers in README.md.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { settings } from "../server/src/config.ts";
import { catalog } from "../server/src/services/catalog.ts";

const readme = new URL("../README.md", import.meta.url);

const titles: Readonly<Record<string, string>> = { iam: "IAM", sts: "STS", "cognito-idp": "Cognito user pools" };

/** How many operations of each service answer, and a mark before each one that does. */
export function operationsTable(): string {
  const services = Object.entries(catalog).map(([service, { model, operations }]) => {
    const names = Object.keys(model.operations).toSorted();
    return { title: titles[service] ?? service, names, done: names.filter((name) => Object.hasOwn(operations, name)) };
  });
  const counts = services.map(({ title, names, done }) => `| ${title} | ${done.length} | ${names.length} |`);
  const lists = services.map(({ title, names, done }) =>
    [
      `<details><summary>${title}: every operation</summary>`,
      "",
      wrapped(names.map((name) => (done.includes(name) ? `✓\u00a0${name}` : name))),
      "",
      "</details>",
    ].join("\n"),
  );
  return ["| Service | Operations that answer | Of |", "|---|---:|---:|", ...counts, "", lists.join("\n\n")].join("\n");
}

/** Every setting with its variable, its default and its meaning. */
export function settingsTable(): string {
  const rows = settings.map((setting) => {
    const flag = `--${setting.flag}${"value" in setting ? ` ${setting.value}` : ""}`;
    const variable = `COUNTERSIGN_${setting.flag.replaceAll("-", "_").toUpperCase()}`;
    const fallback = setting.fallback === "" ? "" : `\`${setting.fallback}\``;
    return `| \`${flag}\` | \`${variable}\` | ${fallback} | ${setting.meaning} |`;
  });
  return ["| Setting | Variable | Default | Meaning |", "|---|---|---|---|", ...rows].join("\n");
}

const tables: Readonly<Record<string, () => string>> = { operations: operationsTable, settings: settingsTable };

/** The text with every table in its place, between `<!-- operations -->` and `<!-- /operations -->` and the like. */
export function withTables(text: string): string {
  return Object.entries(tables).reduce((filled, [name, table]) => {
    const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [from, to] = [filled.indexOf(start), filled.indexOf(end)];
    if (from === -1 || to < from) throw new Error(`the markers ${start} and ${end} are missing`);
    return `${filled.slice(0, from + start.length)}\n${table()}\n${filled.slice(to)}`;
  }, text);
}

/** As lines of at most 120 columns, which Markdown reads as one paragraph. */
function wrapped(words: readonly string[]): string {
  const lines: string[] = [];
  let line = "";
  for (const [index, word] of words.entries()) {
    const next = index === words.length - 1 ? word : `${word},`;
    if (line !== "" && line.length + 1 + next.length > 120) {
      lines.push(line);
      line = next;
    } else line = line === "" ? next : `${line} ${next}`;
  }
  return [...lines, line].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--write")) writeFileSync(readme, withTables(readFileSync(readme, "utf8")));
  else for (const table of Object.values(tables)) console.log(`${table()}\n`);
}

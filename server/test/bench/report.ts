import { availableParallelism, cpus, release, totalmem, type } from "node:os";

/** One demand on Countersign, and how it was met. */
export interface Line {
  readonly what: string;
  readonly bound: "at least" | "at most";
  readonly target: number;
  readonly unit: string;
  /** Undefined where it was not measured; then `note` says why. */
  readonly measured: number | undefined;
  readonly note?: string;
}

/** Numbers that have no target of their own: one table, any columns. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | undefined)[])[];
}

export interface Report {
  readonly startedAt: string;
  readonly seconds: number;
  readonly quick: boolean;
  readonly machine: Readonly<Record<string, string | number>>;
  /** How much of all cores others used just before, from 0 to 1. */
  readonly busyBefore: number;
  readonly lines: Line[];
  readonly tables: Table[];
  /** What could not be run at all. */
  readonly failures: string[];
}

export function machine(): Record<string, string | number> {
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.versions.node,
  };
}

export type Verdict = "pass" | "MISS" | "not measured";

export function verdict({ measured, bound, target }: Line): Verdict {
  if (measured === undefined || Number.isNaN(measured)) return "not measured";
  return (bound === "at least" ? measured >= target : measured <= target) ? "pass" : "MISS";
}

function lineTable(lines: readonly Line[]): Table {
  return {
    title: "Targets",
    columns: ["what", "target", "measured", "verdict", "note"],
    rows: lines.map((line) => [
      line.what,
      `${line.bound === "at least" ? "≥" : "≤"} ${line.target}${line.unit}`,
      line.measured === undefined ? "" : `${number(line.measured)}${line.unit}`,
      verdict(line),
      line.note ?? "",
    ]),
  };
}

export function text(report: Report): string {
  const parts = [lineTable(report.lines), ...report.tables].map((table) => {
    const lines = padded(table).map((row) => `  ${row.join("  ")}`.trimEnd());
    return `${table.title}\n${lines.join("\n")}\n`;
  });
  if (report.failures.length > 0)
    parts.push(`Failed to run\n${report.failures.map((line) => `  ${line}`).join("\n")}\n`);
  return parts.join("\n");
}

/** Columns first, then rows, each cell as wide as its column. */
function padded(table: Table, least = 0): string[][] {
  const cells = [[...table.columns], ...table.rows.map((row) => row.map(cell))];
  const widths = table.columns.map((_, at) => Math.max(least, ...cells.map((row) => (row[at] ?? "").length)));
  return cells.map((row) => row.map((word, at) => word.padEnd(widths[at] ?? 0)));
}

export function markdown(report: Report): string {
  const { machine: facts } = report;
  const head = `# Speed

Made by \`npm run bench -- ${report.quick ? "--quick " : ""}--write\` on ${report.startedAt.slice(0, 10)}, in ${Math.round(report.seconds)} s: ${facts.cores} cores, ${facts.cpu},
${facts.memoryGiB} GiB, ${facts.system}, Node ${facts.node}. Server, client and neighbours share these cores: ratios carry over to other
machines, absolute numbers do not. Just before, other programs used ${Math.round(report.busyBefore * 100)} % of the machine.
How each number comes about is in README.md.
`;
  const parts = [lineTable(report.lines), ...report.tables].map((table) => {
    const [columns = [], ...rows] = padded(table, 3);
    const rule = columns.map((column) => "-".repeat(column.length));
    const lines = [columns, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`);
    return `## ${table.title}\n\n${lines.join("\n")}\n`;
  });
  if (report.failures.length > 0)
    parts.push(`## Failed to run\n\n${report.failures.map((line) => `- ${line}`).join("\n")}\n`);
  return [head, ...parts].join("\n");
}

function cell(value: string | number | undefined): string {
  return value === undefined ? "–" : typeof value === "number" ? number(value) : value;
}

/** Three digits that matter. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

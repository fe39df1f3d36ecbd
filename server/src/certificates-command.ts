import { parseArgs } from "node:util";
import { ConfigError, flagError } from "./config.ts";
import { findProcess, type RunningProcess, readFromProcess, shown } from "./control-request.ts";
import type { Clock } from "./runtime/clock.ts";
import type { ListedCertificate } from "./services/certificates.ts";

/** `countersign certificates`: whose certificates there are, and when they end. */
export interface CertificatesCommand {
  readonly process: RunningProcess;
  /** In seconds: only what ends so soon. */
  readonly expiring: number | undefined;
  readonly isJson: boolean;
}

const options = {
  expiring: { type: "string" },
  json: { type: "boolean" },
  data: { type: "string" },
} as const;

/** `words` are the arguments that follow the command. */
export function readCertificatesCommand(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): CertificatesCommand {
  const { expiring, json, data } = readFlags(words);
  return {
    expiring: expiring === undefined ? undefined : readTime(expiring),
    isJson: json === true,
    process: findProcess(data, environment),
  };
}

function readFlags(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, strict: true }).values;
  } catch (error) {
    throw flagError(error);
  }
}

const units: Readonly<Record<string, number>> = { h: 3_600, d: 86_400, w: 604_800 };

function readTime(text: string): number {
  const [, number = "", unit = ""] = /^(\d{1,5})([hdw])$/.exec(text) ?? [];
  const seconds = units[unit];
  if (seconds === undefined) throw new ConfigError(`--expiring must be a time such as 30d, 12h or 4w, not '${text}'`);
  return Number(number) * seconds;
}

interface Answer {
  readonly certificates: readonly ListedCertificate[];
  readonly nextToken?: string;
}

/** To read a certificate takes the server a tenth of a millisecond, in which others wait; most of what ends late is not read. */
const pageSizes = { all: "100", expiring: "500" };

/** What the command prints, a page at a time, and how many certificates are in it. */
export async function* certificatesText(
  { process, expiring, isJson }: CertificatesCommand,
  clock: Clock,
): AsyncGenerator<{ readonly text: string; readonly certificates: number }> {
  const query = new URLSearchParams({ limit: expiring === undefined ? pageSizes.all : pageSizes.expiring });
  if (expiring !== undefined) query.set("expiring", String(expiring));
  const form = isJson ? new JsonList() : new Table();
  for (;;) {
    const answer = await readFromProcess(process, clock, "certificates", query, "certificates");
    const { certificates, nextToken } = answer as Answer; // Countersign's own
    if (certificates.length > 0) yield { text: form.page(certificates), certificates: certificates.length };
    if (nextToken === undefined) break;
    query.set("after", nextToken);
  }
  yield { text: form.end(), certificates: 0 };
}

type Page = readonly ListedCertificate[];

/** One array, a line for each. */
class JsonList {
  #isEmpty = true;

  page(certificates: Page): string {
    const start = this.#isEmpty ? "[" : ",";
    this.#isEmpty = false;
    return `${start}\n${certificates.map((each) => `  ${JSON.stringify(each)}`).join(",\n")}`;
  }

  end(): string {
    return this.#isEmpty ? "[]\n" : "\n]\n";
  }
}

/** Days first, for `sort -n`. */
const headings = ["DAYS", "EXPIRES", "STATE", "KIND", "SERIAL", "OWNER"];

class Table {
  /** As wide as the first page needs: the others are not waited for. */
  #widths: readonly number[] | undefined;

  page(certificates: Page): string {
    const rows = certificates.map(cellsOf);
    const all = this.#widths === undefined ? [headings, ...rows] : rows;
    this.#widths ??= headings.map((_, at) => Math.max(...all.map((cells) => cells[at]?.length ?? 0)));
    const widths = this.#widths;
    return all.map((cells) => line(cells, widths)).join("");
  }

  end(): string {
    return this.#widths === undefined ? "No certificates.\n" : "";
  }
}

function cellsOf(certificate: ListedCertificate): readonly string[] {
  const { daysLeft, notAfter, state, kind, serialNumber, owner, provider } = certificate;
  const whose = provider === undefined ? owner : `${owner} ${provider}`;
  return [String(daysLeft), notAfter.slice(0, 10), state, kind, serialNumber, whose];
}

function line(cells: readonly string[], widths: readonly number[]): string {
  const padded = cells.map((cell, at) => (at === 0 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)));
  return `${shown(padded.join("  ").trimEnd())}\n`;
}

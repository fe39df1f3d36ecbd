import type { Call, Resource } from "./operation.ts";

const prefix = "v1:";

/**
 * One page of an IAM list. `rows` holds up to one row more than `limit`: the extra one tells that there is more. The Marker
 * names the last key of this page, so the next one is found by index, however much is stored.
 */
export function page<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
): { rows: readonly Row[]; IsTruncated: boolean; Marker?: string } {
  const last = rows[limit - 1];
  if (rows.length <= limit || last === undefined) return { rows, IsTruncated: false };
  return { rows: rows.slice(0, limit), IsTruncated: true, Marker: encodeMarker(keyOf(last)) };
}

/** IAM API reference: MaxItems is 100 where it is not given. */
export const defaultPageSize = 100;

export function encodeMarker(key: string): string {
  return Buffer.from(prefix + key).toString("base64url");
}

/** The key to go on after: "" without a Marker, since no key sorts before it. */
export function decodeMarker(call: Call, marker: string | undefined): string {
  if (marker === undefined) return "";
  // Recorded from AWS on ListVirtualMFADevices.
  return decodeKey(marker) ?? call.fail("ValidationError", "Invalid Marker.");
}

/** As `decodeMarker`, for lists whose keys are numbers from 1: 0 without a Marker. */
export function decodePosition(call: Call, marker: string | undefined): number {
  const key = decodeMarker(call, marker);
  if (key === "") return 0;
  return /^[1-9]\d{0,14}$/.test(key) ? Number(key) : call.fail("ValidationError", "Invalid Marker.");
}

/** As `page`, for lists that go on by NextToken and leave it out at the end. */
export function tokenPage<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
): { rows: readonly Row[]; NextToken?: string } {
  const { rows: shown, Marker } = page(rows, limit, keyOf);
  return Marker === undefined ? { rows: shown } : { rows: shown, NextToken: Marker };
}

/** The key to go on after: "" without a token. */
export function decodeNextToken(call: Call, token: string | undefined): string {
  if (token === undefined) return "";
  // Observed on ListUsers of a user pool, 2021.
  return (
    decodeKey(token) ??
    call.fail("InvalidParameterException", `Paging marker ${token} is invalid for request ${call.facts.requestId}`)
  );
}

/** Undefined for what `encodeMarker` did not make. */
function decodeKey(marker: string): string | undefined {
  const text = Buffer.from(marker, "base64url").toString();
  const isOurs = text.startsWith(prefix) && encodeMarker(text.slice(prefix.length)) === marker;
  return isOurs ? text.slice(prefix.length) : undefined;
}

/** For the few lists that AWS does not page: all of them, read page by page. */
export async function everyRow<Row>(
  read: (after: string, limit: number) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const last = rows.at(-1);
    const found = await read(last === undefined ? "" : keyOf(last), rowsAtOnce);
    rows.push(...found);
    if (found.length < rowsAtOnce) return rows;
  }
}

const rowsAtOnce = 500;

/** What a list of the whole account acts on. */
export function accountResource(call: Call, suffix: string): Resource {
  return { arn: `arn:${call.partition}:iam::${call.accountId}:${suffix}` };
}

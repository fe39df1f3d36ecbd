import { type CertificateDescription, describeCertificate } from "../crypto/x509/describe.ts";
import { identityProviders } from "../store/identity-providers.ts";
import { samlProviders } from "../store/saml-providers.ts";
import { serverCertificates } from "../store/server-certificates.ts";
import { signingCertificates } from "../store/signing-certificates.ts";
import type { Tx } from "../store/store.ts";
import { type UserPoolCertificateRow, userPoolKeys } from "../store/user-pool-keys.ts";
import { userPools } from "../store/user-pools.ts";
import { encryptionPurpose } from "./cognito/identity-providers/encryption-certificate.ts";
import { userPoolArn } from "./cognito/user-pools/user-pool.ts";
import type { Environment } from "./operation.ts";
import { samlProviderArn } from "./saml-provider.ts";

/** A certificate whose end somebody has to know of in time. No private keys, and nothing that is only said to be secret. */
export interface ListedCertificate {
  /** The ARN of whoever has it. */
  readonly owner: string;
  /** The identity provider, of the user pool that is the owner. */
  readonly provider?: string;
  readonly kind: CertificateKind;
  readonly use: "signing" | "encryption" | "tls";
  /**
   * `Active` and `Inactive` as IAM has it of signing certificates. Otherwise `current`, or `previous`: a user pool has a
   * newer one, but this one has not ended, and an identity provider may still hold it.
   */
  readonly state: "Active" | "Inactive" | "current" | "previous";
  /** IAM's id of a signing certificate. */
  readonly certificateId?: string;
  readonly serialNumber: string;
  readonly fingerprint256: string;
  readonly subject: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** Whole days; below zero once it has ended. */
  readonly daysLeft: number;
}

export type CertificateKind =
  /** Of IAM's users and root. */
  | "signing-certificate"
  | "server-certificate"
  /** What IAM's SAML providers sign with, by their metadata. */
  | "saml-provider"
  /** What a user pool signs its SAML requests with. */
  | "user-pool-signing"
  /** What a pool's SAML provider encrypts for. */
  | "user-pool-encryption"
  /** What a pool's SAML provider signs with, by its metadata. */
  | "identity-provider";

export interface CertificatesQuery {
  /** Only those that end within this many milliseconds, or have ended. */
  readonly within?: number | undefined;
  /** How many are read at once, about: what has several certificates is not divided. */
  readonly limit: number;
  /** As the page before has it. */
  readonly after?: string | undefined;
}

export const mostCertificatesAtOnce = 500;

type Asker = { readonly accountId: string; readonly partition: string };
type Key = readonly string[];

/** A certificate as its row has it: parsed only if it is to be shown. */
type Found = Pick<ListedCertificate, "owner" | "kind" | "use" | "state"> &
  Partial<Pick<ListedCertificate, "provider" | "certificateId">> & {
    /** PEM, or bare base64. */
    readonly certificate: string;
    /** Milliseconds; undefined where only the certificate says. */
    readonly notAfter?: number;
  };

interface Batch {
  readonly found: readonly Found[];
  /** Rows or certificates, whichever are more: what the page has cost. */
  readonly read: number;
  /** The key of the last row; undefined where there are no more. */
  readonly last: Key | undefined;
}

interface Source {
  /** Before every key. */
  readonly start: Key;
  read(tx: Tx, asker: Asker, after: Key, limit: number, now: number): Promise<Batch>;
}

/** In this order. Each goes along an index, from any key on, so that a page costs the same wherever it is. */
const sources: readonly Source[] = [
  { start: [""], read: readSigningCertificates },
  { start: [""], read: readServerCertificates },
  { start: [""], read: readSamlProviders },
  { start: ["", ""], read: readUserPools },
];

/**
 * A page of the signing and encryption certificates of an account, IAM's and those of user pools in all regions. Undefined
 * where `after` is of no page.
 */
export async function listCertificates(
  { store, clock }: Pick<Environment, "store" | "clock">,
  asker: Asker,
  { within, limit, after }: CertificatesQuery,
): Promise<{ certificates: readonly ListedCertificate[]; nextToken?: string } | undefined> {
  const from = readToken(after);
  if (from === undefined) return undefined;
  const now = clock.now();
  let { at, key } = from;
  const found: Found[] = [];
  await store.read(async (tx) => {
    // A transaction may be run again.
    ({ at, key } = from);
    found.length = 0;
    let room = limit;
    for (let source = sources[at]; source !== undefined && room > 0; source = sources[at]) {
      const { found: more, read, last } = await source.read(tx, asker, key, room, now);
      found.push(...more);
      room -= read;
      key = last ?? sources[++at]?.start ?? [];
    }
  });
  const end = within === undefined ? Number.POSITIVE_INFINITY : now + within;
  const certificates = found
    .filter(({ notAfter = 0 }) => notAfter <= end)
    .map((each) => ({ each, description: describeCertificate(each.certificate) }))
    .filter(({ description }) => description.notAfter <= end)
    .map(({ each, description }) => listed(each, description, now));
  return { certificates, ...(at < sources.length ? { nextToken: writeToken(at, key) } : {}) };
}

const day = 86_400_000;

function listed(
  { certificate: _, notAfter: __, ...found }: Found,
  { serialNumber, fingerprint256, subject, notBefore, notAfter }: CertificateDescription,
  now: number,
): ListedCertificate {
  return {
    ...found,
    serialNumber,
    fingerprint256,
    subject: subject.replaceAll("\n", ", "),
    notBefore: new Date(notBefore).toISOString(),
    notAfter: new Date(notAfter).toISOString(),
    daysLeft: Math.floor((notAfter - now) / day),
  };
}

/** `limit` rows were asked for: fewer are the last ones. */
function batch<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => Key,
  found: (row: Row) => readonly Found[],
): Batch {
  const last = rows.length < limit ? undefined : rows.at(-1);
  const certificates = rows.flatMap(found);
  return { found: certificates, read: Math.max(rows.length, certificates.length), last: last && keyOf(last) };
}

async function readSigningCertificates(tx: Tx, asker: Asker, [after = ""]: Key, limit: number): Promise<Batch> {
  const rows = await signingCertificates.listOfAccount(tx, asker.accountId, after, limit);
  return batch(
    rows,
    limit,
    (row) => [row.certificate_id],
    ({ certificate_id, body, status, not_after, path, user_name }) => [
      {
        owner: iamArn(asker, user_name === null ? "root" : `user${path ?? "/"}${user_name}`),
        kind: "signing-certificate",
        use: "signing",
        state: status === "Active" ? "Active" : "Inactive",
        certificateId: certificate_id,
        certificate: body,
        notAfter: not_after,
      },
    ],
  );
}

async function readServerCertificates(tx: Tx, asker: Asker, [after = ""]: Key, limit: number): Promise<Batch> {
  const rows = await serverCertificates.listBodies(tx, asker.accountId, after, limit);
  return batch(
    rows,
    limit,
    (row) => [row.name_key],
    ({ path, certificate_name, body, not_after }) => [
      {
        owner: iamArn(asker, `server-certificate${path}${certificate_name}`),
        kind: "server-certificate",
        use: "tls",
        state: "current",
        certificate: body,
        notAfter: not_after,
      },
    ],
  );
}

async function readSamlProviders(tx: Tx, asker: Asker, [after = ""]: Key, limit: number): Promise<Batch> {
  const rows = await samlProviders.listTrusted(tx, asker.accountId, after, limit);
  return batch(
    rows,
    limit,
    (row) => [row.name_key],
    (row) =>
      row.trusted.signingCertificates.map((certificate) => ({
        owner: samlProviderArn(asker, row),
        kind: "saml-provider",
        use: "signing",
        state: "current",
        certificate,
      })),
  );
}

/** Pools have few certificates or, with many identity providers, many: as many pools are read as fill a page. */
async function readUserPools(
  tx: Tx,
  { accountId }: Asker,
  [region = "", pool_id = ""]: Key,
  limit: number,
  now: number,
): Promise<Batch> {
  const found: Found[] = [];
  let read = 0;
  const pools = await userPools.listOfAccount(tx, accountId, { region, pool_id }, limit);
  for (const pool of pools) {
    const owner = userPoolArn(pool);
    found.push(...ofPool(owner, await userPoolKeys.listCertificatesOfPool(tx, pool.pool_id), now));
    for (const { provider_name, trusted } of await identityProviders.listTrusted(tx, pool.pool_id)) {
      for (const certificate of trusted?.signingCertificates ?? []) {
        found.push({
          owner,
          provider: provider_name,
          kind: "identity-provider",
          use: "signing",
          state: "current",
          certificate,
        });
      }
    }
    read++;
    if (found.length >= limit) break;
  }
  const last = pools[read - 1];
  const isOver = read === pools.length && pools.length < limit;
  return {
    found,
    read: Math.max(read, found.length),
    last: isOver || last === undefined ? undefined : [last.region, last.pool_id],
  };
}

/** `rows` stand by purpose, each in the order of issue: the last one of a purpose is in use. */
function ofPool(owner: string, rows: readonly UserPoolCertificateRow[], now: number): Found[] {
  const prefix = encryptionPurpose("");
  return rows.flatMap(({ purpose, certificate, not_after }, index): Found[] => {
    const isCurrent = rows[index + 1]?.purpose !== purpose;
    // Nobody misses a certificate that has ended after others took its place.
    if (!isCurrent && not_after <= now) return [];
    const common = { owner, state: isCurrent ? "current" : "previous", certificate, notAfter: not_after } as const;
    return [
      purpose.startsWith(prefix)
        ? { ...common, provider: purpose.slice(prefix.length), kind: "user-pool-encryption", use: "encryption" }
        : { ...common, kind: "user-pool-signing", use: "signing" },
    ];
  });
}

function iamArn({ partition, accountId }: Asker, resource: string): string {
  return `arn:${partition}:iam::${accountId}:${resource}`;
}

function writeToken(at: number, key: Key): string {
  return Buffer.from(JSON.stringify([at, ...key])).toString("base64url");
}

function readToken(token: string | undefined): { at: number; key: Key } | undefined {
  if (token === undefined) return { at: 0, key: sources[0]?.start ?? [] };
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(token, "base64url").toString());
  } catch {
    return undefined;
  }
  const [at, ...key]: unknown[] = Array.isArray(value) ? value : [];
  const start = typeof at === "number" ? sources[at]?.start : undefined;
  const isKey = (words: unknown[]): words is string[] => words.every((word) => typeof word === "string");
  if (typeof at !== "number" || start?.length !== key.length || !isKey(key)) return undefined;
  return { at, key };
}

import {
  isAuthority,
  type PathCertificate,
  type RevocationList,
  readPathBundle,
  readRevocationList,
} from "../../crypto/x509/path.ts";
import { CertificateError } from "../../crypto/x509/read.ts";
import { PolicyError, parsePolicy } from "../../policy/document.ts";

/**
 * IAM Roles Anywhere as far as workloads see it: CreateSession. Trust anchors and profiles, which AWS has an API of their
 * own for, are read from a file when the process starts. configuration.ts is that file, subject.ts what a certificate says
 * of who holds it, create-session.ts the operation.
 */
export interface RolesAnywhere {
  readonly trustAnchors: readonly TrustAnchor[];
  readonly profiles: readonly Profile[];
}

/** By its ARN, or by its id alone, for whatever region a workload names. */
export interface Named {
  readonly arn: string | undefined;
  readonly id: string;
}

export interface TrustAnchor extends Named {
  readonly certificates: readonly PathCertificate[];
  readonly revocation: RevocationList | undefined;
}

export interface Profile extends Named {
  readonly roleArns: ReadonlySet<string>;
  readonly sessionPolicy: string | undefined;
  readonly managedPolicyArns: readonly string[];
  readonly durationSeconds: number;
  readonly acceptRoleSessionName: boolean;
}

export class RolesAnywhereError extends Error {
  override readonly name = "RolesAnywhereError";
}

/** `{"trustAnchors": […], "profiles": […]}`, the members named as in the API reference of IAM Roles Anywhere. */
export function readRolesAnywhere(text: string): RolesAnywhere {
  const file = readObject(parse(text), "the file", ["trustAnchors", "profiles"]);
  const trustAnchors = readList(file.trustAnchors, "trustAnchors", readTrustAnchor);
  const profiles = readList(file.profiles, "profiles", readProfile);
  for (const [what, list] of [
    ["trustAnchors", trustAnchors],
    ["profiles", profiles],
  ] as const) {
    if (new Set(list.map(({ id }) => id)).size < list.length)
      throw new RolesAnywhereError(`${what}: an id comes twice`);
  }
  return { trustAnchors, profiles };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RolesAnywhereError(error instanceof Error ? error.message : String(error));
  }
}

type Members<Name extends string> = { readonly [Member in Name]?: unknown };

function readObject<const Name extends string>(value: unknown, where: string, members: readonly Name[]): Members<Name> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new RolesAnywhereError(`${where}: an object is wanted`);
  }
  // A member that nobody knows is one that somebody misspelt, and would rely on.
  const unknown = Object.keys(value).find((name) => !members.some((member) => member === name));
  if (unknown !== undefined) throw new RolesAnywhereError(`${where}: there is no '${unknown}'`);
  return value;
}

function readList<T>(value: unknown, where: string, read: (value: unknown, where: string) => T): T[] {
  if (!Array.isArray(value)) throw new RolesAnywhereError(`${where}: a list is wanted`);
  return value.map((each, index) => read(each, `${where}[${index}]`));
}

function readText(value: unknown, where: string): string {
  if (typeof value !== "string" || value === "") throw new RolesAnywhereError(`${where}: a text is wanted`);
  return value;
}

const arnOf = { trustAnchors: "trust-anchor", profiles: "profile" } as const;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function readName(kind: keyof typeof arnOf, { arn, id }: Members<"arn" | "id">, where: string): Named {
  if ((arn === undefined) === (id === undefined)) throw new RolesAnywhereError(`${where}: either arn or id is wanted`);
  if (arn === undefined) {
    const text = readText(id, `${where}.id`);
    if (!uuid.test(text)) throw new RolesAnywhereError(`${where}.id: '${text}' is no UUID`);
    return { arn: undefined, id: text };
  }
  const text = readText(arn, `${where}.arn`);
  const named = parseArn(kind, text);
  if (named === undefined) throw new RolesAnywhereError(`${where}.arn: '${text}' is no ARN of a ${arnOf[kind]}`);
  return { arn: text, id: named.id };
}

/** `arn:{partition}:rolesanywhere:{region}:{account}:trust-anchor/{uuid}`, and `profile` likewise. */
export function parseArn(
  kind: keyof typeof arnOf,
  arn: string,
): { readonly region: string; readonly accountId: string; readonly id: string } | undefined {
  const parts = /^arn:aws[a-z-]*:rolesanywhere:([a-z0-9-]{1,32}):(\d{12}):(trust-anchor|profile)\/(.{36})$/.exec(arn);
  const [, region = "", accountId = "", type, id = ""] = parts ?? [];
  return type === arnOf[kind] && uuid.test(id) ? { region, accountId, id } : undefined;
}

function readTrustAnchor(value: unknown, where: string): TrustAnchor {
  const given = readObject(value, where, ["arn", "id", "certificate", "crl"]);
  const name = readName("trustAnchors", given, where);
  const pem = readText(given.certificate, `${where}.certificate`);
  const certificates = readPem(`${where}.certificate`, () => readPathBundle(pem));
  if (certificates.length === 0) throw new RolesAnywhereError(`${where}.certificate: no certificate in PEM`);
  if (!certificates.every(isAuthority)) {
    throw new RolesAnywhereError(
      `${where}.certificate: an X.509 v3 certificate with CA:TRUE, Certificate Sign and SHA-256 or stronger is wanted`,
    );
  }
  if (given.crl === undefined) return { ...name, certificates, revocation: undefined };
  const list = readText(given.crl, `${where}.crl`);
  return {
    ...name,
    certificates,
    revocation: readPem(`${where}.crl`, () => readRevocationList(list, certificates)),
  };
}

function readPem<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    throw new RolesAnywhereError(`${where}: ${error.message}`);
  }
}

/** Seconds; CreateProfile's, API reference of IAM Roles Anywhere. */
const defaultDuration = 3_600;
export const shortestDuration = 900;
export const longestDuration = 43_200;

function readProfile(value: unknown, where: string): Profile {
  const given = readObject(value, where, [
    "arn",
    "id",
    "roleArns",
    "sessionPolicy",
    "managedPolicyArns",
    "durationSeconds",
    "acceptRoleSessionName",
  ]);
  const { durationSeconds = defaultDuration, acceptRoleSessionName = false, managedPolicyArns = [] } = given;
  if (
    typeof durationSeconds !== "number" ||
    !Number.isInteger(durationSeconds) ||
    durationSeconds < shortestDuration ||
    durationSeconds > longestDuration
  ) {
    throw new RolesAnywhereError(
      `${where}.durationSeconds: a number from ${shortestDuration} to ${longestDuration} is wanted`,
    );
  }
  if (typeof acceptRoleSessionName !== "boolean") {
    throw new RolesAnywhereError(`${where}.acceptRoleSessionName: true or false is wanted`);
  }
  return {
    ...readName("profiles", given, where),
    roleArns: new Set(readList(given.roleArns, `${where}.roleArns`, readText)),
    sessionPolicy: given.sessionPolicy === undefined ? undefined : readPolicy(given.sessionPolicy, where),
    managedPolicyArns: readList(managedPolicyArns, `${where}.managedPolicyArns`, readText),
    durationSeconds,
    acceptRoleSessionName,
  };
}

/** A policy document, or its text as AWS's API takes it. */
function readPolicy(value: unknown, where: string): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  try {
    parsePolicy(text, "session");
    return text;
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new RolesAnywhereError(`${where}.sessionPolicy: ${error.message}`);
  }
}

import { sha256 } from "../../../crypto/digest.ts";
import { PolicyError, parsePolicy } from "../../../policy/document.ts";
import { uniqueId } from "../../../runtime/ids.ts";
import { seededRandom } from "../../../runtime/random.ts";
import { policies } from "../../../store/policies.ts";
import { settings } from "../../../store/settings.ts";
import type { Store, Tx } from "../../../store/store.ts";
import { awsAccount, versionNumber } from "./policy.ts";

/** The AsOf of aws-policies.json, here because a start that has nothing to store does not read that file. */
export const awsPoliciesAsOf = "2026-08-26";

/** The form of `aws iam get-account-authorization-details --filter AWSManagedPolicy`. */
interface Catalog {
  readonly Policies: readonly CatalogPolicy[];
}

interface CatalogPolicy {
  readonly PolicyName: string;
  /** Absent where AWS's is not known: one is made of the name, the same on every server. */
  readonly PolicyId?: string;
  readonly Path: string;
  readonly Description?: string;
  readonly DefaultVersionId: string;
  readonly CreateDate: string;
  readonly UpdateDate: string;
  readonly PolicyVersionList: readonly {
    readonly VersionId: string;
    readonly CreateDate: string;
    /** The text itself, or what the CLI made of it. */
    readonly Document: string | object;
  }[];
}

/** A file of policies that cannot be used: one line, for a person. */
export class PolicyCatalogError extends Error {
  override readonly name = "PolicyCatalogError";
}

/** Catalogs as texts, which whoever wires the house reads. */
export interface PolicyCatalogs {
  /** aws-policies.json. */
  shipped(): string;
  /** The file that a start was told of. */
  readonly added: { readonly path: string; readonly text: string } | undefined;
}

/**
 * AWS's policies are rows like any other, so that attaching, listing, counting uses and deciding need no second path. They
 * are written when a database first meets these catalogs, about 10 ms with a marker; every later start reads that one row
 * and neither opens nor parses the shipped catalog. What is added is laid over it.
 */
export async function storeAwsPolicies(store: Store, { shipped, added }: PolicyCatalogs): Promise<void> {
  const marker = JSON.stringify([awsPoliciesAsOf, added === undefined ? null : sha256(added.text)]);
  if ((await store.read((tx) => settings.find(tx, markerName))) === marker) return;
  const more = added === undefined ? undefined : readCatalog(added.text, added.path);
  const own = JSON.parse(shipped()) as Catalog; // a test reads it as strictly as any other
  await store.write(async (tx) => {
    await put(tx, own);
    if (more !== undefined) await put(tx, more);
    await settings.set(tx, markerName, marker);
  });
}

const markerName = "aws_policies";

async function put(tx: Tx, catalog: Catalog): Promise<void> {
  for (const policy of catalog.Policies) {
    await policies.put(
      tx,
      {
        account_id: awsAccount,
        policy_name: policy.PolicyName,
        policy_id: policy.PolicyId ?? uniqueId(seededRandom(`AWS managed policy ${policy.PolicyName}`), "ANPA"),
        path: policy.Path,
        description: policy.Description ?? null,
        created_at: Date.parse(policy.CreateDate),
        updated_at: Date.parse(policy.UpdateDate),
        default_version: versionNumber(policy.DefaultVersionId) ?? 1,
      },
      policy.PolicyVersionList.map(({ VersionId, CreateDate, Document }) => ({
        version: versionNumber(VersionId) ?? 1,
        document: documentText(Document),
        created_at: Date.parse(CreateDate),
      })),
    );
  }
}

function documentText(document: string | object): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}

/** Refuses what is no catalog, with the member that is wrong; `path` names it. */
export function readCatalog(text: string, path: string): Catalog {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    throw new PolicyCatalogError(`${path} is no JSON`);
  }
  const list = isObject(root) ? root.Policies : undefined;
  if (!Array.isArray(list)) throw new PolicyCatalogError(`${path} has no list Policies`);
  return { Policies: list.map((policy: unknown, index) => readPolicy(policy, `${path}: Policies[${index}]`)) };
}

function readPolicy(given: unknown, where: string): CatalogPolicy {
  if (!isObject(given)) throw new PolicyCatalogError(`${where} is no object`);
  const policy = {
    PolicyName: matching(given, "PolicyName", /^[\w+=,.@-]{1,128}$/, where),
    Path: matching(given, "Path", /^\/(?:[!-~]{1,510}\/)?$/, where),
    DefaultVersionId: matching(given, "DefaultVersionId", versionIdPattern, where),
    CreateDate: matching(given, "CreateDate", datePattern, where),
    UpdateDate: matching(given, "UpdateDate", datePattern, where),
    ...(given.PolicyId === undefined ? {} : { PolicyId: matching(given, "PolicyId", /^ANPA[A-Z0-9]{12,124}$/, where) }),
    ...(given.Description === undefined ? {} : { Description: matching(given, "Description", /^.{0,1000}$/s, where) }),
  };
  const versions = given.PolicyVersionList;
  if (!Array.isArray(versions)) throw new PolicyCatalogError(`${where} has no list PolicyVersionList`);
  const list = versions.map((version: unknown, index) => readVersion(version, `${where}.PolicyVersionList[${index}]`));
  if (!list.some(({ VersionId }) => VersionId === policy.DefaultVersionId)) {
    throw new PolicyCatalogError(`${where} has no version ${policy.DefaultVersionId}, its default`);
  }
  return { ...policy, PolicyVersionList: list };
}

const versionIdPattern = /^v[1-9]\d{0,8}$/;
/** As the CLI and the SDKs write it. */
const datePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

function readVersion(given: unknown, where: string): CatalogPolicy["PolicyVersionList"][number] {
  if (!isObject(given)) throw new PolicyCatalogError(`${where} is no object`);
  const VersionId = matching(given, "VersionId", versionIdPattern, where);
  const CreateDate = matching(given, "CreateDate", datePattern, where);
  const { Document } = given;
  if (!isObject(Document) && typeof Document !== "string") throw new PolicyCatalogError(`${where} has no Document`);
  try {
    // A few of AWS's have no Version, which CreatePolicy would not take.
    parsePolicy(documentText(Document), "identity");
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new PolicyCatalogError(`${where}.Document: ${error.message}`);
  }
  return { VersionId, CreateDate, Document };
}

function matching(given: Readonly<Record<string, unknown>>, member: string, pattern: RegExp, where: string): string {
  const value = given[member];
  if (typeof value !== "string" || !pattern.test(value)) {
    throw new PolicyCatalogError(`${where}.${member} is not as AWS writes it`);
  }
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

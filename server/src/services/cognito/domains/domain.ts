import type {
  CustomDomainConfigType,
  DomainDescriptionType,
  RoutingType,
} from "@aws-sdk/client-cognito-identity-provider";
import { type PoolDomainRow, poolDomains } from "../../../store/pool-domains.ts";
import type { UserPoolRow } from "../../../store/user-pools.ts";
import type { Call } from "../../operation.ts";
import { configurationOf } from "../user-pools/user-pool.ts";

/** What CreateUserPoolDomain and UpdateUserPoolDomain both take. */
export interface DomainSettings {
  readonly ManagedLoginVersion?: number | undefined;
  readonly CustomDomainConfig?: CustomDomainConfigType | undefined;
  readonly Routing?: RoutingType | undefined;
}

const prefixPattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const customPattern = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){2,}[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const reservedWords = ["aws", "amazon", "cognito"];

/** The texts of a prefix are AWS's, reported 2020 to 2026. */
export function refuseWrongName(call: Call, domain: string, isCustom: boolean): void {
  if (isCustom) {
    if (customPattern.test(domain)) return;
    // AWS's, of which only the second half is looked at here: nothing of this server depends on DNS.
    call.fail(
      "InvalidParameterException",
      "Custom domain is not a valid subdomain: Was not able to resolve a DNS A record for the parent domain or domain parent is a top-level domain.",
    );
  }
  if (!prefixPattern.test(domain)) {
    call.fail(
      "InvalidParameterException",
      "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. Please enter a different name that follows this format: ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$",
    );
  }
  // A word between hyphens: `-awsome-` was let through, `-aws-` was not (measured 2026-09).
  const reserved = reservedWords.find((word) => domain.split("-").includes(word));
  if (reserved !== undefined) {
    call.fail("InvalidParameterException", `Domain cannot contain reserved word: ${reserved}`);
  }
}

/** What these settings make of what was there. The texts are ours but for the plan's; the rules are the API reference's. */
export function domainSettings(
  call: Call<"FeatureUnavailableInTierException">,
  pool: UserPoolRow,
  before: Pick<PoolDomainRow, "is_custom" | "managed_login_version" | "custom_config_json" | "routing_json">,
  given: DomainSettings,
): Pick<PoolDomainRow, "version" | "managed_login_version" | "custom_config_json" | "routing_json"> {
  const version = given.ManagedLoginVersion ?? before.managed_login_version;
  if (version !== 1 && version !== 2) {
    call.fail("InvalidParameterException", "ManagedLoginVersion must be 1 or 2.");
  }
  if (version === 2 && configurationOf(pool).UserPoolTier === "LITE") {
    call.fail(
      "FeatureUnavailableInTierException",
      "The following feature is not available for the LITE pricing tier configured: Managed Login Version 2",
    );
  }
  const { CustomDomainConfig, Routing } = given;
  if (before.is_custom === 0) {
    if (CustomDomainConfig !== undefined) {
      call.fail("InvalidParameterException", "CustomDomainConfig is for custom domains only.");
    }
    if (Routing !== undefined) call.fail("InvalidParameterException", "Routing is for custom domains only.");
  }
  if (CustomDomainConfig !== undefined) {
    const [, , service, region] = (CustomDomainConfig.CertificateArn ?? "").split(":", 4);
    if (service !== "acm" || region !== "us-east-1") {
      call.fail("InvalidParameterException", "CertificateArn must be the ARN of an ACM certificate in us-east-1.");
    }
  }
  if (Routing?.Failover?.SecondaryRegion === pool.region) {
    call.fail("InvalidParameterException", `${pool.region} is the primary Region of the user pool.`);
  }
  return {
    version: domainVersion(call.now),
    managed_login_version: version,
    custom_config_json:
      CustomDomainConfig === undefined ? before.custom_config_json : JSON.stringify(CustomDomainConfig),
    routing_json: Routing === undefined ? before.routing_json : JSON.stringify(Routing),
  };
}

/** `yyyymmddHHMMSS`, as observed. */
function domainVersion(now: number): string {
  return new Date(now).toISOString().slice(0, 19).replaceAll(/\D/g, "");
}

/** A domain of this very pool. */
export async function requireDomain(call: Call, pool: UserPoolRow, domain: string): Promise<PoolDomainRow> {
  const found = await poolDomains.find(call.tx, pool.region, domain);
  // AWS's, as several of its customers' programs expect it.
  return found?.pool_id === pool.pool_id
    ? found
    : call.fail("InvalidParameterException", "No such domain or user pool exists.");
}

/** What Create and Update answer. */
export function domainAnswer(row: Omit<PoolDomainRow, "pool_id">) {
  return {
    ManagedLoginVersion: row.managed_login_version,
    CloudFrontDomain: row.is_custom === 1 ? row.distribution : undefined,
    Routing: routingOf(row),
  };
}

/** Members as recorded from AWS, 2025. */
export function domainDescription(row: PoolDomainRow, accountId: string): DomainDescriptionType {
  return {
    UserPoolId: row.pool_id,
    AWSAccountId: accountId,
    Domain: row.domain,
    S3Bucket: `aws-cognito-prod-${airports[row.region] ?? row.region}-assets`,
    CloudFrontDistribution: row.distribution,
    Version: row.version,
    Status: "ACTIVE",
    CustomDomainConfig:
      row.custom_config_json === null ? undefined : (JSON.parse(row.custom_config_json) as CustomDomainConfigType), // domainSettings wrote it
    ManagedLoginVersion: row.managed_login_version,
    Routing: routingOf(row),
  };
}

function routingOf({ routing_json }: Pick<PoolDomainRow, "routing_json">): RoutingType | undefined {
  return routing_json === null ? undefined : (JSON.parse(routing_json) as RoutingType); // domainSettings wrote it
}

/** The two domains of a pool, as DescribeUserPool answers them. */
export async function domainsOfPool(call: Call, poolId: string): Promise<{ Domain?: string; CustomDomain?: string }> {
  const found = await poolDomains.listOfPool(call.tx, poolId);
  return Object.fromEntries(found.map((row) => [row.is_custom === 1 ? "CustomDomain" : "Domain", row.domain]));
}

/** By which airport AWS names a region in its buckets; iad and nrt are recorded. */
const airports: Readonly<Record<string, string>> = {
  "af-south-1": "cpt",
  "ap-east-1": "hkg",
  "ap-northeast-1": "nrt",
  "ap-northeast-2": "icn",
  "ap-northeast-3": "kix",
  "ap-south-1": "bom",
  "ap-south-2": "hyd",
  "ap-southeast-1": "sin",
  "ap-southeast-2": "syd",
  "ap-southeast-3": "cgk",
  "ap-southeast-4": "mel",
  "ca-central-1": "yul",
  "ca-west-1": "yyc",
  "eu-central-1": "fra",
  "eu-central-2": "zrh",
  "eu-north-1": "arn",
  "eu-south-1": "mxp",
  "eu-south-2": "zaz",
  "eu-west-1": "dub",
  "eu-west-2": "lhr",
  "eu-west-3": "cdg",
  "il-central-1": "tlv",
  "me-central-1": "dxb",
  "me-south-1": "bah",
  "sa-east-1": "gru",
  "us-east-1": "iad",
  "us-east-2": "cmh",
  "us-west-1": "sfo",
  "us-west-2": "pdx",
};

import { type PoolDomainRow, poolDomains } from "../../../store/pool-domains.ts";
import type { Tx } from "../../../store/store.ts";
import type { Environment, RequestFacts } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { baseUrlOf, hostUrlOf } from "../sessions/issuer.ts";

/** Where a request of a pool's domain was sent. */
export interface PoolAddress {
  readonly context: PoolContext;
  /** Absolute, no slash at its end: `http://auth.localhost:4566`, `http://localhost:4566/pools/us-east-1_x`. */
  readonly base: string;
  /** "" or "/pools/{poolId}": before every path of links and cookies. */
  readonly basePath: string;
  /** What is asked for below it: "/oauth2/authorize". */
  readonly path: string;
}

type Means = Pick<Environment, "store" | "appClients" | "issuerUrl" | "publicUrl">;
type Asked = Pick<RequestFacts, "host" | "secureTransport">;

const pathPattern = /^\/pools\/([\w-]{1,55})(\/.*)?$/;

/**
 * Which pool this is for: by path at any host, `/pools/{poolId}/…`, for those without DNS; else by the host, which is the
 * pool's own domain, or `{prefix}.auth.{region}.amazoncognito.com`, or `{domain}.localhost`, which every system resolves.
 */
export async function findPoolAddress(
  environment: Means,
  facts: Asked,
  path: string,
): Promise<PoolAddress | undefined> {
  const { store, appClients } = environment;
  const [, poolId, below = ""] = pathPattern.exec(path) ?? [];
  if (poolId !== undefined) {
    const context = await store.read((tx) => appClients.findPool(tx, poolId));
    if (context === undefined) return undefined;
    const base = `${baseUrlOf(environment, facts)}/pools/${poolId}`;
    return { context, base, basePath: base.slice(base.indexOf("/", base.indexOf("//") + 2)), path: below };
  }
  const base = hostUrlOf(environment, facts);
  const context = base && (await store.read((tx) => poolOfHost(appClients, tx, hostOf(base))));
  return base === undefined || !context ? undefined : { context, base, basePath: "", path };
}

/** Without its port. */
function hostOf(base: string): string {
  return base.slice(base.indexOf("//") + 2).replace(/:\d+$/, "");
}

async function poolOfHost(appClients: Means["appClients"], tx: Tx, host: string): Promise<PoolContext | undefined> {
  const domain = await domainOfHost(tx, host);
  return domain && (await appClients.findPool(tx, domain.pool_id));
}

/** `{prefix}.auth.{region}`, below AWS's name or this machine's. */
const prefixPattern = /^([a-z0-9-]{1,63})\.auth\.([a-z0-9-]{1,32})\.(?:amazoncognito\.com|localhost)$/;
const localEnd = ".localhost";

async function domainOfHost(tx: Tx, host: string): Promise<PoolDomainRow | undefined> {
  const [, prefix, region] = prefixPattern.exec(host) ?? [];
  if (prefix !== undefined && region !== undefined) {
    const found = await poolDomains.find(tx, region, prefix);
    return found?.is_custom === 0 ? found : undefined;
  }
  const custom = await poolDomains.findCustom(tx, host);
  if (custom !== undefined || !host.endsWith(localEnd)) return custom;
  const name = host.slice(0, -localEnd.length);
  return (await poolDomains.findPrefix(tx, name)) ?? poolDomains.findCustom(tx, name);
}

/**
 * The host that tokens of a domain name as their issuer: `{domain}.localhost` is this machine, where apps know the pool's
 * issuer as `localhost`; at any other host the issuer is found, too.
 */
export function issuerHostOf({ basePath }: PoolAddress, host: string | undefined): string | undefined {
  return basePath === "" ? host?.replace(/^.*\.(localhost(?::\d+)?)$/i, "$1") : host;
}

import type { Environment, RequestFacts } from "../../operation.ts";

/** RFC 9110, 7.2: a name, an address or an IPv6 address in brackets, and a port. Nothing that could end a URL's host. */
const hostPattern = /^(?:[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9_])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/** As clients wrote it, by what they wrote: every request of a client has the same. */
const known = new Map<string, string>();
const mostKnown = 1_000;

/**
 * What tokens of this pool name as their issuer, and where its documents are: where the operator says, or else wherever the
 * client found this server, since containers, browsers and tests know it by different names. A token says no more by it
 * than its bearer knows already: who verifies one compares it with the issuer that he trusts.
 */
export function issuerOf(environment: Naming, facts: Asked, poolId: string): string {
  return `${baseUrlOf(environment, facts)}/${poolId}`;
}

type Naming = Pick<Environment, "issuerUrl" | "publicUrl">;
type Asked = Pick<RequestFacts, "host" | "secureTransport">;

export function baseUrlOf({ issuerUrl, publicUrl }: Naming, { host, secureTransport }: Asked): string {
  if (issuerUrl !== undefined) return issuerUrl;
  const name = host === undefined ? undefined : (known.get(host) ?? checked(host));
  return name === undefined ? publicUrl() : `${secureTransport ? "https" : "http"}://${name}`;
}

/** The host that the client named, whatever the operator says, but for his word on TLS, which ends before this server. */
export function hostUrlOf(
  { issuerUrl }: Pick<Naming, "issuerUrl">,
  { host, secureTransport }: Asked,
): string | undefined {
  const name = host === undefined ? undefined : (known.get(host) ?? checked(host));
  const isSecure = secureTransport || issuerUrl?.startsWith("https:") === true;
  return name && `${isSecure ? "https" : "http"}://${name}`;
}

function checked(host: string): string | undefined {
  // A port may still be too large.
  if (!hostPattern.test(host) || !URL.canParse(`http://${host}`)) return undefined;
  if (known.size >= mostKnown) known.clear();
  const name = host.toLowerCase();
  known.set(host, name);
  return name;
}

import { type OidcProviderRow, oidcProviders } from "../../../store/oidc-providers.ts";
import { oidcProviderArn, parseOidcProviderArn } from "../../oidc-provider.ts";
import type { Call, Resource } from "../../operation.ts";

export interface OidcProviderResource extends Resource {
  readonly provider: OidcProviderRow;
}

/** `absent` words the refusal, which Delete does otherwise than the rest (both recorded 2026). */
export async function requireOidcProvider(
  call: Call<"NoSuchEntityException">,
  arn: string,
  absent = `OpenIDConnect Provider not found for arn ${arn}`,
): Promise<OidcProviderResource> {
  // The text is that of a policy's ARN: what AWS says of an OpenID Connect provider's is not known.
  const named = parseOidcProviderArn(arn) ?? call.fail("ValidationError", `ARN ${arn} is not valid.`);
  const found =
    named.accountId === call.accountId ? await oidcProviders.find(call.tx, named.accountId, named.url) : undefined;
  if (found === undefined || oidcProviderArn(call, found) !== arn) {
    return call.missing({ arn }, "NoSuchEntityException", absent);
  }
  return { arn, tags: found.tags, provider: found };
}

/**
 * What follows `oidc-provider/` in the ARN. Recorded 2026-09: letters keep their case and a slash at the end is kept; the
 * default port goes; a query or a fragment is `Unknown`.
 */
export function readUrl(call: Call<"InvalidInputException">, url: string): string {
  const invalid = () => call.fail("ValidationError", "Invalid Open ID Connect Provider URL");
  const [, scheme = "", rest = ""] = /^(https?):\/\/([!-~]+)$/.exec(url) ?? invalid();
  if (!URL.canParse(url)) return invalid();
  if (/[?#]/.test(rest)) return call.fail("InvalidInputException", "Unknown");
  const isLoopback = call.environment.issuerKeys.isLoopback(rest);
  if (isLoopback !== (scheme === "http")) return invalid();
  const [host = "", ...path] = rest.split("/");
  const name = isLoopback ? host : host.replace(/:443$/, "");
  // IAM API reference: no port. AWS's answer to another one is not known, nor to a user name.
  if (!isLoopback && !/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(name)) return invalid();
  return [name, ...path].join("/");
}

const mostThumbprints = 5;

/** In lower case, repetitions and letters beyond f included: recorded 2026-09, as both texts are. */
export function readThumbprints(call: Call<"InvalidInputException">, given: readonly string[]): readonly string[] {
  if (given.length > mostThumbprints) {
    call.fail("InvalidInputException", "Thumbprint list must contain fewer than 5 entries.");
  }
  return given.map((thumbprint) => thumbprint.toLowerCase());
}

/** Each once, in the order given (recorded 2026-09). */
export function addClientIds(
  call: Call<"LimitExceededException">,
  before: readonly string[],
  given: readonly string[],
): readonly string[] {
  const clientIds = [...new Set([...before, ...given])];
  const quota = call.environment.quotas.ClientIdsPerOpenIdConnectProvider;
  if (clientIds.length > quota) {
    call.fail("LimitExceededException", `Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${quota}`);
  }
  return clientIds;
}

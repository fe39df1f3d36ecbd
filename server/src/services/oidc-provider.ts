import type { Call } from "./operation.ts";

/*
 * What IAM, where OpenID Connect providers are made, and STS, where they are believed, both know of one.
 */

/** `url` is without its scheme, as everywhere but in what callers give. */
export function oidcProviderArn(
  call: Pick<Call, "partition">,
  provider: { readonly account_id: string; readonly url: string },
): string {
  return `arn:${call.partition}:iam::${provider.account_id}:oidc-provider/${provider.url}`;
}

/** Undefined where it is no ARN of an OpenID Connect provider. */
export function parseOidcProviderArn(arn: string): { readonly accountId: string; readonly url: string } | undefined {
  const [, accountId, url] = /^arn:[a-z-]+:iam::(\d{12}):oidc-provider\/([!-~]{1,255})$/.exec(arn) ?? [];
  return accountId === undefined || url === undefined ? undefined : { accountId, url };
}

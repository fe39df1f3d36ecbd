import type { Call } from "./operation.ts";

/*
 * What IAM, where SAML providers are made, and STS, where they are believed, both know of one.
 */

export function samlProviderArn(
  call: Pick<Call, "partition">,
  provider: { readonly account_id: string; readonly provider_name: string },
): string {
  return `arn:${call.partition}:iam::${provider.account_id}:saml-provider/${provider.provider_name}`;
}

/** Undefined where it is no ARN of a SAML provider. */
export function parseSamlProviderArn(arn: string): { readonly accountId: string; readonly name: string } | undefined {
  const [, accountId, name] = /^arn:[a-z-]+:iam::(\d{12}):saml-provider\/([\w._-]{1,128})$/.exec(arn) ?? [];
  return accountId === undefined || name === undefined ? undefined : { accountId, name };
}

/** Where the private key of this id is sealed. */
export function samlProviderKeyContext(keyId: string): string {
  return `saml_provider_keys:${keyId}`;
}

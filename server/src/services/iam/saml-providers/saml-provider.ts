import { samlId } from "../../../runtime/ids.ts";
import type { IdentityProvider } from "../../../saml/metadata.ts";
import { type SamlProviderRow, samlProviders, type TrustedOfProvider } from "../../../store/saml-providers.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call, Resource } from "../../operation.ts";
import { parseSamlProviderArn, samlProviderArn, samlProviderKeyContext } from "../../saml-provider.ts";

export interface SamlProviderResource extends Resource {
  readonly provider: SamlProviderRow;
}

/** AWS's word for a provider, recorded of Get and Delete in 2026. */
export function noSuchProvider(arn: string): string {
  return `Manifest not found for arn ${arn}`;
}

export async function requireSamlProvider(
  call: Call<"NoSuchEntityException">,
  arn: string,
): Promise<SamlProviderResource> {
  // The text is that of a policy's ARN: what AWS says of a SAML provider's is not known.
  const named = parseSamlProviderArn(arn) ?? call.fail("ValidationError", `ARN ${arn} is not valid.`);
  const found =
    named.accountId === call.accountId ? await samlProviders.find(call.tx, named.accountId, named.name) : undefined;
  // Found whatever the case; an ARN is exact, since policies compare it letter by letter.
  if (found === undefined || samlProviderArn(call, found) !== arn) {
    return call.missing({ arn }, "NoSuchEntityException", noSuchProvider(arn));
  }
  return { arn, tags: found.tags, provider: found };
}

/** Loaded when asked for: the XML library is for those who federate. Refuses with AWS's texts, recorded 2026-09. */
export async function readProviderMetadata(
  call: Call<"InvalidInputException">,
  document: string,
): Promise<TrustedOfProvider> {
  const [{ readMetadata }, { SamlError }] = await Promise.all([
    import("../../../saml/metadata.ts"),
    import("../../../saml/saml-error.ts"),
  ]);
  let providers: readonly IdentityProvider[];
  try {
    providers = readMetadata(document);
  } catch (error) {
    if (!(error instanceof SamlError)) throw error;
    return call.fail("InvalidInputException", "Could not parse metadata");
  }
  if (providers.length === 0) {
    return call.fail("InvalidInputException", "Metadata must contain at least one SAML assertion issuer");
  }
  // Neither a missing certificate nor an old one is refused, nor a validUntil in the past: recorded 2026-09.
  return {
    entityIds: providers.map(({ entityId }) => entityId),
    signingCertificates: [...new Set(providers.flatMap(({ signingCertificates }) => signingCertificates))],
  };
}

/** PKCS #8. */
export async function readProviderKey(call: Call<"InvalidInputException">, pem: string): Promise<Uint8Array> {
  const [{ readPrivateKey }, { SamlError }] = await Promise.all([
    import("../../../saml/private-key.ts"),
    import("../../../saml/saml-error.ts"),
  ]);
  try {
    return readPrivateKey(pem);
  } catch (error) {
    if (!(error instanceof SamlError)) throw error;
    // IAM User Guide, "Troubleshoot SAML federation with IAM".
    return call.fail("InvalidInputException", "Invalid private key.");
  }
}

export async function insertProviderKey(
  call: Call,
  tx: Tx,
  providerId: string,
  der: Uint8Array,
  position: number,
): Promise<void> {
  const { seal, random } = call.environment;
  const keyId = samlId(random, "SAMLPK");
  await samlProviders.insertKey(tx, {
    provider_id: providerId,
    key_id: keyId,
    private_key_sealed: seal.seal(der, samlProviderKeyContext(keyId), random.bytes(12)),
    created_at: call.now,
    position,
  });
}

/** A hundred years after it was last written, whatever the metadata says (recorded 2026-09). */
export function validUntil(now: number): number {
  const date = new Date(now);
  return date.setUTCFullYear(date.getUTCFullYear() + 100);
}

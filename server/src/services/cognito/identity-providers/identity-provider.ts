import type { IdentityProviderType, IdentityProviderTypeType } from "@aws-sdk/client-cognito-identity-provider";
import {
  type IdentityProviderRow,
  type IdentityProviderSummary,
  identityProviders,
  type StringMap,
  type TrustedOfIdentityProvider,
} from "../../../store/identity-providers.ts";
import type { Tx } from "../../../store/store.ts";
import type { UserPoolRow } from "../../../store/user-pools.ts";
import type { Call, Environment } from "../../operation.ts";
import { configurationOf, requireUserPool, type UserPoolResource } from "../user-pools/user-pool.ts";
import { findEncryptionCertificate } from "./encryption-certificate.ts";
import { oauthDetails, oauthProviderTypes } from "./oauth-details.ts";
import { samlDetails } from "./saml-details.ts";

export interface IdentityProviderResource extends UserPoolResource {
  readonly provider: IdentityProviderRow;
}

/** Policies know identity providers by their pool. */
export async function requireIdentityProvider(
  call: Call<"ResourceNotFoundException">,
  input: { readonly UserPoolId: string | undefined; readonly ProviderName: string | undefined },
): Promise<IdentityProviderResource> {
  const { UserPoolId = "", ProviderName = "" } = input;
  const found = await requireUserPool(call, UserPoolId);
  const provider = await identityProviders.find(call.tx, UserPoolId, ProviderName);
  return provider === undefined
    ? call.missing(found, "ResourceNotFoundException", noSuchIdentityProvider(ProviderName))
    : { ...found, provider };
}

/** The text is ours: AWS's is not known. */
export function noSuchIdentityProvider(name: string): string {
  return `Identity provider ${name} does not exist.`;
}

const socialTypes: ReadonlySet<string> = new Set(["Facebook", "Google", "LoginWithAmazon", "SignInWithApple"]);

/** A social provider is called by its type, and nothing else is called so. */
export function refuseWrongName(call: Call, name: string, type: string): void {
  const isFixed = socialTypes.has(type) || socialTypes.has(name) || name === "COGNITO";
  if (isFixed && name !== type) call.fail("InvalidParameterException", `Provider ${name} cannot be of type ${type}.`);
}

export interface ReadDetails {
  readonly details: StringMap;
  readonly trusted: TrustedOfIdentityProvider | undefined;
}

/** May fetch, so never in a transaction. */
export async function readDetails(call: Call, type: string, given: StringMap): Promise<ReadDetails> {
  if (type === "SAML") return samlDetails(call, given);
  return { details: await oauthDetails(call, type, given), trusted: undefined };
}

export function readMapping(call: Call, pool: UserPoolRow, type: string, given: StringMap): StringMap {
  const names = new Set(configurationOf(pool).SchemaAttributes?.map(({ Name }) => Name));
  names.add("username").delete("sub");
  const unknown = Object.keys(given).filter((name) => !names.has(name));
  if (unknown.length > 0) {
    call.fail("InvalidParameterException", `AttributeMapping contains invalid mapping: [${unknown.join(", ")}]`);
  }
  const username = oauthProviderTypes.get(type)?.username;
  return username === undefined ? given : { ...given, username: given.username ?? username };
}

const levels: ReadonlySet<string> = new Set(["Level1", "Level2", "Level3", "Level4"]);

/** API reference: OIDC only, by the pool's levels. Both texts are ours. */
export function readAcrMapping(call: Call, type: string, given: StringMap | undefined): StringMap | undefined {
  if (given === undefined) return undefined;
  if (type !== "OIDC") call.fail("InvalidParameterException", "AcrMapping is for providers of type OIDC only.");
  const wrong = Object.keys(given).find((level) => !levels.has(level));
  if (wrong !== undefined) {
    call.fail("InvalidParameterException", `Invalid AcrMapping: ${wrong} is not one of ${[...levels].join(", ")}`);
  }
  return given;
}

/** An identifier is one provider's in a pool. The texts are ours. */
export async function refuseTakenIdentifiers(
  call: Call,
  tx: Tx,
  poolId: string,
  name: string,
  identifiers: readonly string[],
): Promise<void> {
  if (new Set(identifiers).size < identifiers.length) {
    call.fail("InvalidParameterException", "Duplicate identity provider identifiers.");
  }
  for (const identifier of identifiers) {
    const owner = await identityProviders.findByIdentifier(tx, poolId, identifier);
    if (owner !== undefined && owner !== name) {
      call.fail("InvalidParameterException", `Identifier ${identifier} is in use by provider ${owner}.`);
    }
  }
}

type Sealing = Pick<Environment, "seal" | "random">;

export function sealDetails({ seal, random }: Sealing, poolId: string, name: string, details: StringMap): Uint8Array {
  return seal.seal(JSON.stringify(details), sealContext(poolId, name), random.bytes(12));
}

/** As they are kept: Apple's private key is among them. */
export function openDetails({ seal }: Pick<Sealing, "seal">, provider: IdentityProviderRow): StringMap {
  const context = sealContext(provider.pool_id, provider.provider_name);
  return JSON.parse(Buffer.from(seal.open(provider.details_sealed, context)).toString()) as StringMap; // sealDetails wrote it
}

function sealContext(poolId: string, name: string): string {
  return `identity_providers:${poolId}:${name}`;
}

export async function identityProviderShape(
  call: Pick<Call, "environment">,
  tx: Tx,
  provider: IdentityProviderRow,
): Promise<IdentityProviderType> {
  const { pool_id, provider_name, provider_type } = provider;
  // Unlike client secrets, Apple's private key is not answered (API reference, CreateIdentityProvider).
  const { private_key, ...details } = openDetails(call.environment, provider);
  const certificate =
    provider_type === "SAML" ? await findEncryptionCertificate(tx, pool_id, provider_name) : undefined;
  return {
    UserPoolId: pool_id,
    ProviderName: provider_name,
    ProviderType: typeOf(provider),
    ProviderDetails: {
      ...(certificate === undefined ? {} : { ActiveEncryptionCertificate: certificate }),
      ...details,
    },
    AttributeMapping: { ...provider.attributeMapping },
    IdpIdentifiers: await identityProviders.listIdentifiers(tx, pool_id, provider_name),
    AcrMapping: provider.acrMapping && { ...provider.acrMapping },
    LastModifiedDate: new Date(provider.modified_at),
    CreationDate: new Date(provider.created_at),
  };
}

export function typeOf(provider: Pick<IdentityProviderSummary, "provider_type">): IdentityProviderTypeType {
  return provider.provider_type as IdentityProviderTypeType; // the contract let nothing else in
}

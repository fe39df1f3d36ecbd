import type { ProviderUserIdentifierType } from "@aws-sdk/client-cognito-identity-provider";
import type { Identity } from "../../../store/pool-user-identities.ts";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Call } from "../../operation.ts";

/** Where `ProviderName` names a user of the pool itself. */
export const ownProvider = "Cognito";

/** Who the provider says that somebody is, in whatever words it says so. */
export const subjectAttribute = "Cognito_Subject";

/** One of the attribute `identities`, which is a list of these in JSON (developer guide, "Linking federated users"). */
export interface LinkedIdentity {
  readonly userId: string;
  readonly providerName: string;
  readonly providerType: string;
  readonly issuer: string | null;
  /** Whether it is the one that the user came into being by. */
  readonly primary: boolean;
  readonly dateCreated: number;
}

export function identitiesOf({ attributes }: Pick<PoolUserRow, "attributes">): LinkedIdentity[] {
  // Only this file writes the attribute.
  return attributes.identities === undefined ? [] : (JSON.parse(attributes.identities) as LinkedIdentity[]); // as `withIdentities` wrote it
}

/** The user with these identities; without any, there is no such attribute. */
export function withIdentities(user: PoolUserRow, identities: readonly LinkedIdentity[], now: number): PoolUserRow {
  const { identities: _, ...attributes } = user.attributes;
  return {
    ...user,
    attributes: identities.length === 0 ? attributes : { ...attributes, identities: JSON.stringify(identities) },
    modified_at: now,
  };
}

/** The username of a user who came from elsewhere, such as `Google_1234` (developer guide, "Adding users from IdPs"). */
export function federatedUsername(providerName: string, userId: string): string {
  return `${providerName}_${userId}`;
}

/** All three members of what names somebody. Texts are ours: the model says nothing about which must be there. */
export function requireIdentifier(
  call: Call,
  which: "DestinationUser" | "SourceUser" | "User",
  { ProviderName, ProviderAttributeName, ProviderAttributeValue }: ProviderUserIdentifierType,
): Identity {
  if (ProviderName === undefined || ProviderName === "") {
    return call.fail("InvalidParameterException", `Invalid ${which}: ProviderName is required`);
  }
  if (ProviderAttributeValue === undefined || ProviderAttributeValue === "") {
    return call.fail("InvalidParameterException", `Invalid ${which}: ProviderAttributeValue is required`);
  }
  return {
    providerName: ProviderName,
    attributeName: ProviderAttributeName || subjectAttribute,
    attributeValue: ProviderAttributeValue,
  };
}

import type { DeliveryMediumType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { AddressAttribute } from "../users/pool-user.ts";

export type Medium = DeliveryMediumType;

/** Where a message to a pool user goes. */
export interface Address {
  readonly attribute: AddressAttribute;
  readonly medium: Medium;
  readonly destination: string;
}

type Attributes = Readonly<Record<string, string>>;

const mediums = { email: "EMAIL", phone_number: "SMS" } as const satisfies Record<AddressAttribute, Medium>;

/** Where a user has both, messages of sign-up go to the phone alone (amazon-cognito-identity-js#428, floci#1839). */
const phoneFirst = ["phone_number", "email"] as const satisfies readonly AddressAttribute[];

export function addressOf(attribute: AddressAttribute, attributes: Attributes): Address | undefined {
  const destination = attributes[attribute];
  return destination ? { attribute, medium: mediums[attribute], destination } : undefined;
}

/** Where the code goes that confirms who signed up: to an address that the pool verifies. */
export function signUpAddress(
  { AutoVerifiedAttributes }: Pick<UserPoolType, "AutoVerifiedAttributes">,
  attributes: Attributes,
): Address | undefined {
  return firstOf(phoneFirst, attributes, (attribute) => AutoVerifiedAttributes?.includes(attribute) === true);
}

/**
 * Where the code goes that lets a user choose a new password: to a verified address, in the order of the pool's
 * AccountRecoverySetting, but never to the phone of a user whose second factor it is (developer guide, "Recovering user
 * accounts"). `admin_only` leaves none. Without the setting the phone comes first.
 */
export function recoveryAddress(
  { AccountRecoverySetting }: Pick<UserPoolType, "AccountRecoverySetting">,
  attributes: Attributes,
  { hasSmsMfa }: { readonly hasSmsMfa: boolean },
): Address | undefined {
  const mechanisms = AccountRecoverySetting?.RecoveryMechanisms;
  const order =
    mechanisms === undefined
      ? phoneFirst
      : mechanisms
          .toSorted((one, other) => (one.Priority ?? 0) - (other.Priority ?? 0))
          .flatMap(({ Name }) => (Name === undefined ? [] : (recoveryAttributes[Name] ?? [])));
  const mayUse = (attribute: AddressAttribute) =>
    attributes[`${attribute}_verified`] === "true" && (mechanisms === undefined || attribute === "email" || !hasSmsMfa);
  return firstOf(order, attributes, mayUse);
}

const recoveryAttributes: Readonly<Record<string, AddressAttribute>> = {
  verified_email: "email",
  verified_phone_number: "phone_number",
};

/** Where an invitation goes: by every medium that is desired, SMS where none is (API reference, AdminCreateUser). */
export function invitationAddresses(attributes: Attributes, desired: readonly Medium[] | undefined): Address[] {
  const wanted: readonly Medium[] = desired === undefined || desired.length === 0 ? ["SMS"] : desired;
  return phoneFirst
    .filter((attribute) => wanted.includes(mediums[attribute]))
    .flatMap((attribute) => addressOf(attribute, attributes) ?? []);
}

function firstOf(
  order: readonly AddressAttribute[],
  attributes: Attributes,
  mayUse: (attribute: AddressAttribute) => boolean,
): Address | undefined {
  for (const attribute of order) {
    const address = mayUse(attribute) ? addressOf(attribute, attributes) : undefined;
    if (address !== undefined) return address;
  }
  return undefined;
}

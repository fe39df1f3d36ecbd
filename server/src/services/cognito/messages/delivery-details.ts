import type { CodeDeliveryDetailsType } from "@aws-sdk/client-cognito-identity-provider";
import type { Address } from "./address.ts";

/** What an answer tells of where a code went. */
export function codeDeliveryDetails(address: Address): CodeDeliveryDetailsType {
  return {
    AttributeName: address.attribute,
    DeliveryMedium: address.medium,
    Destination: maskedDestination(address),
  };
}

/** `t***@t***` and `+*******9934` (recorded from AWS): with a star for each hidden digit of the number. */
export function maskedDestination({ medium, destination }: Pick<Address, "medium" | "destination">): string {
  if (medium === "SMS") {
    const digits = destination.replace(/^\+/, "");
    return `+${"*".repeat(Math.max(0, digits.length - 4))}${digits.slice(-4)}`;
  }
  const at = destination.lastIndexOf("@");
  return `${firstCharacter(destination.slice(0, at))}***@${firstCharacter(destination.slice(at + 1))}***`;
}

function firstCharacter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0x2a);
}

import type { SchemaAttributeType, StringAttributeConstraintsType } from "@aws-sdk/client-cognito-identity-provider";

export interface SchemaAttribute extends SchemaAttributeType {
  Name: string;
}

const text = { MinLength: "0", MaxLength: "2048" };

/** The attributes that every pool has, in the order of CreateUserPool's answer (recorded from AWS, 2023 and 2026-09). */
export const standardAttributes: readonly SchemaAttribute[] = [
  { ...string("sub", { MinLength: "1", MaxLength: "2048" }), Mutable: false, Required: true },
  string("name"),
  string("given_name"),
  string("family_name"),
  string("middle_name"),
  string("nickname"),
  string("preferred_username"),
  string("profile"),
  string("picture"),
  string("website"),
  string("email"),
  boolean("email_verified"),
  string("gender"),
  string("birthdate", { MinLength: "10", MaxLength: "10" }),
  string("zoneinfo"),
  string("locale"),
  string("phone_number"),
  boolean("phone_number_verified"),
  string("address"),
  {
    Name: "updated_at",
    AttributeDataType: "Number",
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
    NumberAttributeConstraints: { MinValue: "0" },
  },
];

/** Where federation keeps who a user is elsewhere. DescribeUserPool shows it, CreateUserPool does not. */
export const identitiesAttribute: SchemaAttribute = string("identities", {});

/** The order of DescribeUserPool (recorded from AWS, 2025 and 2026-09). */
export const describedOrder: readonly string[] = [
  ...["profile", "address", "birthdate", "gender", "preferred_username", "updated_at", "website", "picture"],
  ...["identities", "sub", "email_verified", "phone_number_verified", "phone_number", "zoneinfo", "locale", "email"],
  ...["given_name", "family_name", "middle_name", "name", "nickname"],
];

function string(Name: string, StringAttributeConstraints: StringAttributeConstraintsType = text): SchemaAttribute {
  return {
    Name,
    AttributeDataType: "String",
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
    StringAttributeConstraints,
  };
}

function boolean(Name: string): SchemaAttribute {
  return { Name, AttributeDataType: "Boolean", DeveloperOnlyAttribute: false, Mutable: true, Required: false };
}

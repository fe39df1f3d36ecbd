/**
 * attributes/: what users' attributes may be, and the operations that change them. This file holds the rules alone: the
 * schema of the pool, formats, and who may write what. A new user's attributes are `newAttributes`, a user's after an
 * update `changedAttributes`, after a deletion `remainingAttributes`; each refuses in AWS's words. Nothing is stored here.
 */
import type { AttributeType, SchemaAttributeType } from "@aws-sdk/client-cognito-identity-provider";
import type { Call } from "../../operation.ts";
import type { AppClientConfiguration } from "../app-clients/app-client.ts";
import type { Configuration } from "../user-pools/configuration.ts";
import { identitiesAttribute } from "../user-pools/standard-attributes.ts";
import type { AddressAttribute } from "../users/pool-user.ts";

/** By name, without `sub`. */
export type Attributes = Readonly<Record<string, string>>;

export const addressAttributes: readonly AddressAttribute[] = ["email", "phone_number"];

/** Nobody writes these: the service does. */
const ownAttributes: ReadonlySet<string> = new Set(["sub", "identities"]);

/** Whether an address was shown to be the user's: administrators say so, and users by a code. */
const flags: ReadonlySet<string> = new Set(["email_verified", "phone_number_verified"]);

/**
 * The attributes of a new user. AdminCreateUser lets required ones wait until the user first signs in (API reference);
 * SignUp does not. An empty value is as none.
 */
export function newAttributes(
  call: Call,
  configuration: Configuration,
  given: readonly AttributeType[] | undefined,
  { areRequired }: { readonly areRequired: boolean },
): Record<string, string> {
  const schema = schemaByName(configuration);
  const attributes: Record<string, string> = {};
  for (const { Name, Value = "" } of given ?? []) {
    if (Name !== undefined && Value !== "") attributes[Name] = Value;
  }
  const problems: [string, string][] = [];
  for (const [name, value] of Object.entries(attributes)) {
    refuseOwn(call, name);
    const attribute = schema.get(name);
    attributes[name] = normalized(attribute, value);
    const problem = problemOf(attribute, value);
    if (problem !== undefined) problems.push([name, problem]);
  }
  if (problems.length > 0) {
    // Observed on SignUp, 2019 to 2022: every line ends with a line feed.
    const lines = problems.map(([name, problem]) => `${name}: ${problem}\n`);
    call.fail("InvalidParameterException", `Attributes did not conform to the schema: ${lines.join("")}`);
  }
  const missing = areRequired ? missingAttributes(configuration, attributes) : [];
  if (missing.length > 0) {
    call.fail("InvalidParameterException", `Attributes did not conform to the schema: ${requiredTexts(missing)}`);
  }
  checkFormats(call, attributes);
  checkFlags(call, attributes, attributes);
  return inOrder(attributes);
}

/** Required by the schema, and not there. */
export function missingAttributes(configuration: Configuration, attributes: Attributes): string[] {
  return (configuration.SchemaAttributes ?? []).flatMap(({ Name, Required }) =>
    Required === true && Name !== undefined && Name !== "sub" && attributes[Name] === undefined ? [Name] : [],
  );
}

/** What AWS calls attributes inside, and tells by accident (recorded and reported, 2024 to 2026; middle_name by likeness). */
const innerNames: ReadonlyMap<string, string> = new Map([
  ["email", "emails"],
  ["phone_number", "phoneNumbers"],
  ["name", "name.formatted"],
  ["given_name", "name.givenName"],
  ["family_name", "name.familyName"],
  ["middle_name", "name.middleName"],
]);

function requiredTexts(names: readonly string[]): string {
  const inner = names.map((name) => innerNames.get(name) ?? name);
  return inner.map((name) => `${name}: The attribute ${name} is required`).join(", ");
}

const firstAttributes = [
  "email",
  "email_verified",
  "phone_number",
  "phone_number_verified",
  "family_name",
  "given_name",
];

function rankOf(name: string): number {
  const rank = firstAttributes.indexOf(name);
  if (rank >= 0) return rank;
  return name.includes(":") ? firstAttributes.length + 1 : firstAttributes.length;
}

/** As AWS answers them, whatever the order of the request (recorded 2026-09): addresses, names, others, custom ones. */
export function inOrder(attributes: Attributes): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).toSorted(([one], [other]) => rankOf(one) - rankOf(other)));
}

export interface ChangedAttributes {
  /** All of the user's, as they will be. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Those with a new value that nobody vouched for. */
  readonly unverified: readonly AddressAttribute[];
}

/**
 * A user's attributes after an update: an empty value deletes (API reference). A new address is not verified, unless the
 * update says that it is. An attribute that is not mutable is never written again; `canFillIn` is for whoever was made
 * without it and gives it at the first sign-in.
 */
export function changedAttributes(
  call: Call,
  configuration: Configuration,
  before: Attributes,
  given: readonly AttributeType[],
  { canFillIn = false }: { readonly canFillIn?: boolean } = {},
): ChangedAttributes {
  const schema = schemaByName(configuration);
  const attributes: Record<string, string> = { ...before };
  const changes: Record<string, string> = {};
  const problems: [string, string][] = [];
  // Of an attribute that is named twice the last value counts, and no other is looked at (recorded from AWS, 2026-09).
  const last = new Map(given.flatMap(({ Name, Value = "" }) => (Name === undefined ? [] : [[Name, Value] as const])));
  for (const [Name, Value] of last) {
    refuseOwn(call, Name);
    const attribute = schema.get(Name);
    const isFixed = attribute?.Mutable === false && !(canFillIn && before[Name] === undefined);
    const problem = isFixed ? "Attribute cannot be updated." : problemOf(attribute, Value);
    if (problem !== undefined) problems.push([Name, problem]);
    else if (Value === "" && attribute?.Required === true) problems.push([Name, cannotBeDeleted]);
    changes[Name] = normalized(attribute, Value);
  }
  refuseProblems(call, problems);
  for (const [name, value] of Object.entries(changes)) {
    if (value === "") forget(attributes, name);
    else attributes[name] = value;
  }
  checkFormats(call, changes);
  if (changes.preferred_username) refuseAddressAsName(call, configuration, changes.preferred_username);
  checkFlags(call, changes, attributes);
  const unverified: AddressAttribute[] = [];
  for (const name of addressAttributes) {
    const isNew = attributes[name] !== undefined && attributes[name] !== before[name];
    if (!isNew) continue;
    const flag = `${name}_verified`;
    if (changes[flag] === undefined || changes[flag] === "") attributes[flag] = "false";
    if (attributes[flag] !== "true") unverified.push(name);
  }
  return { attributes: inOrder(attributes), unverified };
}

export const cannotBeDeleted = "Required attribute cannot be deleted.";

/** A user's attributes without these. One that the user does not have is no error. */
export function remainingAttributes(
  call: Call,
  configuration: Configuration,
  before: Attributes,
  names: readonly string[],
): Record<string, string> {
  const schema = schemaByName(configuration);
  const attributes: Record<string, string> = { ...before };
  for (const name of names) {
    refuseOwn(call, name);
    const problem = deletionProblem(name, schema.get(name));
    if (problem !== undefined) call.fail("InvalidParameterException", `Invalid user attributes: ${problem}`);
    forget(attributes, name);
  }
  return attributes;
}

/** Recorded from AWS, 2026-09, for a custom attribute; standard ones go by their own names here. */
function deletionProblem(name: string, attribute: SchemaAttributeType | undefined): string | undefined {
  if (attribute === undefined) return `Type for attribute {${name}} could not be determined`;
  if (attribute.Required === true) return requiredTexts([name]);
  if (attribute.Mutable !== false) return undefined;
  const inner = name.startsWith("custom:") ? `Custom.User.${name.slice("custom:".length)}` : name;
  return `${inner}: This attribute does not satisfy the mutability validation defined in the schema.`;
}

/** A flag says something of an address: without one it goes, too. */
export function forget(attributes: Record<string, string>, name: string): void {
  delete attributes[name];
  if (addressAttributes.some((address) => address === name)) delete attributes[`${name}_verified`];
}

/** Recorded from AWS, 2026-09: every line ends with a line feed. */
function refuseProblems(call: Call, problems: readonly (readonly [string, string])[]): void {
  if (problems.length === 0) return;
  call.fail("InvalidParameterException", problems.map(([name, problem]) => `user.${name}: ${problem}\n`).join(""));
}

function refuseOwn(call: Call, name: string): void {
  if (ownAttributes.has(name)) refuseFixed(call, name);
}

/** Recorded from AWS, 2026-09. */
function refuseFixed(call: Call, name: string): never {
  return call.fail("InvalidParameterException", `Cannot modify the non-mutable attribute ${name}`);
}

/**
 * A client writes what its WriteAttributes name; without any, whatever is there, custom attributes too, which the API
 * reference passes over and the CDK's documentation and reports of 2021 say. Never what only administrators write.
 */
export function requireWritable(
  call: Call<"NotAuthorizedException">,
  { WriteAttributes }: AppClientConfiguration,
  names: Iterable<string | undefined>,
): void {
  const writable = WriteAttributes && new Set(WriteAttributes);
  for (const name of names) {
    if (name === undefined) continue;
    if (ownAttributes.has(name) || flags.has(name)) refuseFixed(call, name);
    if (name.startsWith("dev:") || (writable !== undefined && !writable.has(name))) {
      // Observed on SignUp, 2016 to 2024.
      call.fail("NotAuthorizedException", "A client attempted to write unauthorized attribute");
    }
  }
}

/** What a client may show to the user, and write into an id token: `sub` always. */
export function readableAttributes(
  { ReadAttributes }: Pick<AppClientConfiguration, "ReadAttributes">,
  attributes: readonly AttributeType[],
): AttributeType[] {
  const readable = ReadAttributes && new Set(ReadAttributes);
  return attributes.filter(
    ({ Name = "" }) => Name === "sub" || (!Name.startsWith("dev:") && (readable === undefined || readable.has(Name))),
  );
}

/** A configuration is read once and never changed, and its schema is asked of every user. */
const schemas = new WeakMap<readonly SchemaAttributeType[], ReadonlyMap<string, SchemaAttributeType>>();

export function schemaByName({ SchemaAttributes = [] }: Configuration): ReadonlyMap<string, SchemaAttributeType> {
  const known = schemas.get(SchemaAttributes);
  if (known !== undefined) return known;
  const schema = new Map<string, SchemaAttributeType>();
  for (const attribute of [...SchemaAttributes, identitiesAttribute]) {
    if (attribute.Name !== undefined) schema.set(attribute.Name, attribute);
  }
  schemas.set(SchemaAttributes, schema);
  return schema;
}

const doesNotExist = "Attribute does not exist in the schema.";
const wholeNumber = /^-?\d{1,309}$/;
const dateTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * What keeps a value from being of this attribute. Of a birthdate AWS looks at nothing but its ten characters (reports of
 * 2017 and 2022). The texts on strings are AWS's; those on other types are ours.
 */
export function problemOf(attribute: SchemaAttributeType | undefined, value: string): string | undefined {
  if (attribute === undefined) return doesNotExist;
  if (value === "") return undefined;
  switch (attribute.AttributeDataType) {
    case "Number": {
      if (!wholeNumber.test(value)) return "Attribute must be a number.";
      const { MinValue, MaxValue } = attribute.NumberAttributeConstraints ?? {};
      if (isLimit(MinValue) && Number(value) < Number(MinValue)) return `Number must be no less than ${MinValue}`;
      return isLimit(MaxValue) && Number(value) > Number(MaxValue)
        ? `Number must be no greater than ${MaxValue}`
        : undefined;
    }
    case "Boolean":
      return isBoolean(value) ? undefined : "Attribute must be true or false.";
    case "DateTime":
      return dateTime.test(value) ? undefined : "Attribute must be a date or a time of ISO 8601.";
    default: {
      const { MinLength, MaxLength } = attribute.StringAttributeConstraints ?? {};
      if (isLimit(MinLength) && value.length < Number(MinLength)) {
        return `String must be no shorter than ${MinLength} characters`;
      }
      return isLimit(MaxLength) && value.length > Number(MaxLength)
        ? `String must be no longer than ${MaxLength} characters`
        : undefined;
    }
  }
}

function isLimit(limit: string | undefined): boolean {
  return limit !== undefined && limit !== "";
}

function isBoolean(value: string): boolean {
  return value === "true" || value === "false" || /^(true|false)$/i.test(value);
}

/** `True` is how some languages write it. */
export function normalized(attribute: SchemaAttributeType | undefined, value: string): string {
  return attribute?.AttributeDataType === "Boolean" ? value.toLowerCase() : value;
}

const emailFormat = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;
const phoneFormat = /^\+[1-9]\d{1,14}$/;

export function isEmail(text: string): boolean {
  return emailFormat.test(text);
}

/** E.164. */
export function isPhoneNumber(text: string): boolean {
  return phoneFormat.test(text);
}

function checkFormats(call: Call, { email = "", phone_number = "" }: Attributes): void {
  if (email !== "" && !isEmail(email)) call.fail("InvalidParameterException", "Invalid email address format.");
  if (phone_number !== "" && !isPhoneNumber(phone_number)) {
    call.fail("InvalidParameterException", "Invalid phone number format.");
  }
}

/** A name cannot look like an address that is an alias. Texts as reported from AWS, 2018 to 2026-09. */
export function refuseAddressAsName(call: Call, { AliasAttributes = [] }: Configuration, name: string): void {
  if (AliasAttributes.includes("email") && isEmail(name)) {
    call.fail(
      "InvalidParameterException",
      "Username cannot be of email format, since user pool is configured for email alias.",
    );
  }
  if (AliasAttributes.includes("phone_number") && isPhoneNumber(name)) {
    call.fail(
      "InvalidParameterException",
      "Username cannot be of phone number format, since user pool is configured for phone number alias.",
    );
  }
}

/** Nothing is verified that is not there. */
function checkFlags(call: Call, changes: Attributes, after: Attributes): void {
  if ((changes.email_verified ?? "") !== "" && after.email === undefined) {
    call.fail("InvalidParameterException", "Email is required to verify/un-verify an email");
  }
  if ((changes.phone_number_verified ?? "") !== "" && after.phone_number === undefined) {
    call.fail("InvalidParameterException", "Phone number is required to verify/un-verify a phone number");
  }
}

import type { SchemaAttributeType } from "@aws-sdk/client-cognito-identity-provider";
import type { IdentityProviderRow } from "../../../store/identity-providers.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import {
  type Attributes,
  addressAttributes,
  cannotBeDeleted,
  forget,
  inOrder,
  isEmail,
  isPhoneNumber,
  missingAttributes,
  normalized,
  problemOf,
  schemaByName,
} from "../attributes/attribute-rules.ts";
import { FederationError } from "./federation-error.ts";

/** What an identity provider says of somebody, by its own names. */
export type Claims = ReadonlyMap<string, readonly string[]>;

interface Source {
  readonly context: ClientContext;
  readonly provider: IdentityProviderRow;
  readonly claims: Claims;
}

type Problem = readonly [name: string, problem: string];

/**
 * Of somebody who was not here before. Where a required attribute is missing, nobody is asked about the user (reports of
 * 2017 to 2025).
 */
export function firstAttributes(source: Source): Record<string, string> {
  const given = mapped(source);
  for (const [name, value] of given) if (value === "") given.delete(name);
  const attributes = changed(source, {}, given, () => undefined);
  const missing = missingAttributes(source.context.configuration, attributes);
  if (missing.length === 0) return attributes;
  if (source.provider.provider_type === "SAML") {
    refuse(missing.map((name): Problem => [name, "The attribute is required"]));
  }
  throw new FederationError("invalid_request", `attributes required: [${missing.join(", ")}]`);
}

/**
 * Of somebody who is here. Each attribute is written that the provider has a value for, though it be the same one, so
 * one that is not mutable is refused (developer guide, "Things to know about mappings"); an empty value deletes.
 */
export function refreshedAttributes(source: Source, before: Attributes): Record<string, string> {
  return changed(source, before, mapped(source), ({ Mutable, Required }, value) => {
    if (Mutable === false) return "Attribute cannot be updated.";
    return value === "" && Required === true ? cannotBeDeleted : undefined;
  });
}

/** The username comes from who the user is, and the others are nobody's to write. */
const unmapped: ReadonlySet<string> = new Set(["username", "sub", "identities"]);

/** What the app's client may not write is left out, without a word (developer guide, as above). */
function mapped({ context, provider, claims }: Source): Map<string, string> {
  const { WriteAttributes } = context.clientConfiguration;
  const writable = WriteAttributes && new Set(WriteAttributes);
  const found = new Map<string, string>();
  for (const [name, claim] of Object.entries(provider.attributeMapping ?? {})) {
    const values = claims.get(claim);
    if (values === undefined || unmapped.has(name)) continue;
    // No client writes whether an address is verified; who may write the address says it here.
    if (writable?.has(name.replace(/_verified$/, "")) === false) continue;
    found.set(name, flattened(values));
  }
  return found;
}

/** One text of several values: `[a,b]`, each as in a form (developer guide, "Attribute mapping"). */
export function flattened(values: readonly string[]): string {
  const [only = ""] = values;
  if (values.length < 2) return only;
  return `[${values.map((value) => new URLSearchParams([["", value]]).toString().slice(1)).join(",")}]`;
}

type Rule = (attribute: SchemaAttributeType, value: string) => string | undefined;

function changed(
  { context }: Source,
  before: Attributes,
  given: ReadonlyMap<string, string>,
  rule: Rule,
): Record<string, string> {
  const schema = schemaByName(context.configuration);
  const attributes: Record<string, string> = { ...before };
  const problems: Problem[] = [];
  for (const [name, value] of given) {
    const attribute = schema.get(name);
    const problem = problemOf(attribute, value) ?? rule(attribute ?? {}, value);
    if (problem !== undefined) problems.push([name, problem]);
    if (value === "") forget(attributes, name);
    else attributes[name] = normalized(attribute, value);
  }
  if (problems.length > 0) refuse(problems);
  checkFormats(given);
  for (const address of addressAttributes) {
    const flag = `${address}_verified`;
    if (attributes[address] === undefined) delete attributes[flag];
    // "By default, mapped email addresses are unverified", at each sign-in again (developer guide; reports of 2020).
    else if (given.has(address) && !given.get(flag)) attributes[flag] = "false";
  }
  return inOrder(attributes);
}

/** Reported from AWS, 2017 to 2024: every line ends with a line feed, and the last with a blank besides. */
function refuse(problems: readonly Problem[]): never {
  const lines = problems.map(([name, problem]) => `${name}: ${problem}\n`);
  throw new FederationError("invalid_request", `Invalid user attributes: ${lines.join("")} `);
}

function checkFormats(given: ReadonlyMap<string, string>): void {
  const email = given.get("email") || undefined;
  const phoneNumber = given.get("phone_number") || undefined;
  // As of users of the pool's own.
  if (email !== undefined && !isEmail(email)) {
    throw new FederationError("invalid_request", "Invalid email address format. ");
  }
  if (phoneNumber !== undefined && !isPhoneNumber(phoneNumber)) {
    throw new FederationError("invalid_request", "Invalid phone number format. ");
  }
}

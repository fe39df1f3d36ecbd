import type { PoolContext } from "../app-clients/app-client.ts";
import { schemaByName } from "../attributes/attribute-rules.ts";

/** An attribute that a page asks for. */
export interface Field {
  readonly name: string;
  readonly type: "String" | "Number" | "DateTime" | "Boolean";
  readonly maxLength: number;
}

/** What names a user who signs in. */
export type NameKind = "username" | "email" | "phoneNumber" | "emailOrPhone";

export function nameKind({ configuration }: PoolContext): NameKind {
  const { UsernameAttributes = [] } = configuration;
  if (UsernameAttributes.length === 0) return "username";
  if (UsernameAttributes.length > 1) return "emailOrPhone";
  return UsernameAttributes[0] === "email" ? "email" : "phoneNumber";
}

/** Far beyond what anybody types. */
const longestValue = 2048;

export function fieldsOf(context: PoolContext, names: readonly string[]): Field[] {
  const schema = schemaByName(context.configuration);
  return names.map((name) => {
    const { AttributeDataType = "String", StringAttributeConstraints } = schema.get(name) ?? {};
    const most = Number(StringAttributeConstraints?.MaxLength ?? longestValue);
    return { name, type: AttributeDataType, maxLength: Math.min(most || longestValue, longestValue) };
  });
}

/**
 * What a sign-up asks for besides the username: the attributes that the pool requires, and an address for the code where
 * none of them is one.
 */
export function signUpFields(context: PoolContext): Field[] {
  const { SchemaAttributes = [], UsernameAttributes, AutoVerifiedAttributes = [] } = context.configuration;
  const required = SchemaAttributes.flatMap(({ Name, Required }) =>
    Required === true && Name !== undefined && Name !== "sub" ? [Name] : [],
  );
  // The username is that one, where it is all that it can be.
  const isName = (name: string) => UsernameAttributes?.length === 1 && UsernameAttributes[0] === name;
  const asked = required.filter((name) => !isName(name));
  const reaches = (name: string) => asked.includes(name) || isName(name);
  const [address] = AutoVerifiedAttributes;
  if (address !== undefined && UsernameAttributes === undefined && !AutoVerifiedAttributes.some(reaches)) {
    asked.push(address);
  }
  return fieldsOf(context, asked);
}

/** What NEW_PASSWORD_REQUIRED wants besides the password, as the challenge names it: `userAttributes.name`. */
export function missingFields(context: PoolContext, parameters: Readonly<Record<string, string>>): Field[] {
  const names = JSON.parse(parameters.requiredAttributes ?? "[]") as string[]; // afterFirstFactor wrote it
  return fieldsOf(
    context,
    names.map((name) => name.replace(/^userAttributes\./, "")),
  );
}

/** Factors that can begin a sign-in in the pool. */
export function firstFactors({ configuration }: PoolContext): ReadonlySet<string> {
  return new Set<string>(configuration.Policies.SignInPolicy?.AllowedFirstAuthFactors ?? ["PASSWORD"]);
}

/** Whether users can confirm themselves, by a code to an address. */
export function sendsCodes({ configuration }: PoolContext): boolean {
  return (configuration.AutoVerifiedAttributes ?? []).length > 0;
}

export function allowsSignUp({ configuration }: PoolContext): boolean {
  return configuration.AdminCreateUserConfig?.AllowAdminCreateUserOnly !== true;
}

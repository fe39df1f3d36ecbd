import type {
  NumberAttributeConstraintsType,
  SchemaAttributeType,
  StringAttributeConstraintsType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Call } from "../../operation.ts";
import {
  describedOrder,
  identitiesAttribute,
  type SchemaAttribute,
  standardAttributes,
} from "./standard-attributes.ts";

const standardNames: ReadonlySet<string | undefined> = new Set(standardAttributes.map(({ Name }) => Name));
const longestString = 2048;

/**
 * The schema of a new pool: the standard attributes as the caller changed them, then the caller's own. Texts of refusals
 * are AWS's, seen between 2020 and 2026-09, but for those that are said to be ours.
 */
export function newSchema(call: Call, given: readonly SchemaAttributeType[] = []): SchemaAttribute[] {
  const changed = new Map<string, SchemaAttribute>();
  const custom = new Map<string, SchemaAttribute>();
  for (const [index, attribute] of given.entries()) {
    const { Name } = attribute;
    if (Name === undefined) {
      return call.fail(
        "InvalidParameterException",
        `1 validation error detected: Value null at 'schema.${index + 1}.member.name' failed to satisfy constraint: Member must not be null`,
      );
    }
    const isStandard = standardNames.has(Name);
    const made = isStandard ? standardAttribute(call, Name, attribute) : customAttribute(call, Name, attribute);
    const others = isStandard ? changed : custom;
    if (others.has(made.Name)) {
      // That of a standard attribute is ours.
      const kind = isStandard ? "standard" : "custom";
      call.fail(
        "InvalidParameterException",
        `Duplicate ${kind} attribute names ${made.Name} are not allowed in a user pool schema.`,
      );
    }
    others.set(made.Name, made);
  }
  return [...standardAttributes.map((attribute) => changed.get(attribute.Name) ?? attribute), ...custom.values()];
}

/** What AddCustomAttributes adds to a schema: every one of them the caller's own, whatever its name. */
export function newCustomAttributes(
  call: Call,
  schema: readonly SchemaAttributeType[],
  given: readonly SchemaAttributeType[],
): SchemaAttribute[] {
  const taken = new Set(schema.map(({ Name }) => Name));
  return given.map((attribute) => {
    if (attribute.Name === undefined) {
      // Ours: the name of an attribute may be left out as far as the model says.
      return call.fail("InvalidParameterException", "Attribute name is required.");
    }
    const made = customAttribute(call, attribute.Name, attribute);
    if (taken.has(made.Name)) {
      // As reported by users of Terraform, 2019.
      call.fail("InvalidParameterException", `${made.Name}: Existing attribute already has name ${made.Name}.`);
    }
    taken.add(made.Name);
    return made;
  });
}

/** How many of a schema's attributes are the pool's own. */
export function countCustomAttributes(schema: readonly SchemaAttributeType[]): number {
  return schema.filter(({ Name }) => !standardNames.has(Name)).length;
}

/** As DescribeUserPool shows it; the pool's own attributes come last. */
export function describedSchema(schema: readonly SchemaAttributeType[]): SchemaAttributeType[] {
  const byName = new Map(schema.map((attribute) => [attribute.Name, attribute]));
  byName.set(identitiesAttribute.Name, identitiesAttribute);
  const standard = describedOrder.flatMap((name) => byName.get(name) ?? []);
  return [...standard, ...schema.filter(({ Name }) => !standardNames.has(Name))];
}

function standardAttribute(call: Call, name: string, given: SchemaAttributeType): SchemaAttribute {
  const standard = standardAttributes.find(({ Name }) => Name === name);
  if (standard === undefined) throw new Error(`${name} is not a standard attribute`);
  const isRetyped = given.AttributeDataType !== undefined && given.AttributeDataType !== standard.AttributeDataType;
  if (isRetyped || given.DeveloperOnlyAttribute === true) {
    call.fail(
      "InvalidParameterException",
      `You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute ${name}`,
    );
  }
  // Who a user is never changes, whatever a schema says.
  if (name === "sub") return standard;
  return {
    ...standard,
    Mutable: given.Mutable ?? standard.Mutable,
    Required: given.Required ?? standard.Required,
    ...constraintsOf(call, name, given, standard),
  };
}

function customAttribute(call: Call, name: string, given: SchemaAttributeType): SchemaAttribute {
  if (given.AttributeDataType === undefined) {
    return call.fail(
      "InvalidParameterException",
      "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.",
    );
  }
  if (given.Required === true) {
    call.fail("InvalidParameterException", "Required custom attributes are not supported currently.");
  }
  const DeveloperOnlyAttribute = given.DeveloperOnlyAttribute ?? false;
  // The prefix is the service's, even where the name already has it.
  const Name = `${DeveloperOnlyAttribute ? "dev:" : ""}custom:${name}`;
  const attribute = {
    Name,
    AttributeDataType: given.AttributeDataType,
    DeveloperOnlyAttribute,
    Mutable: given.Mutable ?? true,
    Required: false,
  };
  // Without any, a string has constraints that say nothing, a number has none.
  const none = given.AttributeDataType === "String" ? { StringAttributeConstraints: {} } : {};
  return { ...attribute, ...constraintsOf(call, Name, { ...given, ...attribute }, none) };
}

type Constraints = Pick<SchemaAttributeType, "StringAttributeConstraints" | "NumberAttributeConstraints">;

/** Those that belong to the attribute's type. Others are not looked at. */
function constraintsOf(
  call: Call,
  name: string,
  given: SchemaAttributeType,
  standard: SchemaAttributeType,
): Constraints {
  const { StringAttributeConstraints, NumberAttributeConstraints } = given;
  const type = given.AttributeDataType ?? standard.AttributeDataType;
  if (type === "String" && StringAttributeConstraints !== undefined) {
    checkString(call, name, StringAttributeConstraints);
    return { StringAttributeConstraints };
  }
  if (type === "Number" && NumberAttributeConstraints !== undefined) {
    checkNumber(call, name, NumberAttributeConstraints);
    return { NumberAttributeConstraints };
  }
  const { StringAttributeConstraints: asString, NumberAttributeConstraints: asNumber } = standard;
  return {
    ...(asString === undefined ? {} : { StringAttributeConstraints: asString }),
    ...(asNumber === undefined ? {} : { NumberAttributeConstraints: asNumber }),
  };
}

function checkString(call: Call, name: string, { MinLength, MaxLength }: StringAttributeConstraintsType): void {
  const least = readLimit(call, name, "StringAttributeConstraints", MinLength);
  const most = readLimit(call, name, "StringAttributeConstraints", MaxLength);
  if (Math.max(least ?? 0, most ?? 0) > longestString) {
    call.fail(
      "InvalidParameterException",
      `user.${name}: String attributes cannot have a length of more than ${longestString}`,
    );
  }
  if (least === undefined || most === undefined || least <= most) return;
  call.fail(
    "InvalidParameterException",
    standardNames.has(name)
      ? `user.${name}: Max length cannot be less than min length.`
      : `Attribute ${name} cannot have a max length shorter than it's min length`,
  );
}

function checkNumber(call: Call, name: string, { MinValue, MaxValue }: NumberAttributeConstraintsType): void {
  const least = readLimit(call, name, "NumberAttributeConstraints", MinValue);
  const most = readLimit(call, name, "NumberAttributeConstraints", MaxValue);
  if (least === undefined || most === undefined || least <= most) return;
  call.fail(
    "InvalidParameterException",
    standardNames.has(name)
      ? `user.${name}: Max value cannot be less than min value.`
      : `Attribute ${name} cannot have a max value smaller than it's min value`,
  );
}

const digits = /^\d+$/;

/** Limits travel as text: whole, not negative, and at most 2^1023 (API reference). */
function readLimit(
  call: Call,
  name: string,
  constraints: "StringAttributeConstraints" | "NumberAttributeConstraints",
  limit: string | undefined,
): number | undefined {
  if (limit === undefined || limit === "") return undefined;
  const value = digits.test(limit) ? Number(limit) : Number.NaN;
  return value <= 2 ** 1023
    ? value
    : call.fail("InvalidParameterException", `Invalid ${constraints} for schema attribute ${name}`);
}

import type { LimitDefinitionType, LimitType } from "@aws-sdk/client-cognito-identity-provider";
import { accountProperties } from "../../../store/account-properties.ts";
import type { Call } from "../../operation.ts";

/** Requests per second (developer guide, "Quotas in Amazon Cognito", 2026). */
const freeLimits: ReadonlyMap<string, number> = new Map([
  ["UserAuthentication", 120],
  ["UserCreation", 50],
  ["UserFederation", 25],
  ["UserAccountRecovery", 30],
  ["UserRead", 120],
  ["UserUpdate", 25],
  ["UserToken", 120],
  ["UserResourceRead", 50],
  ["UserResourceUpdate", 25],
  ["UserList", 30],
  ["UserPoolRead", 15],
  ["UserPoolUpdate", 15],
  ["UserPoolResourceRead", 20],
  ["UserPoolResourceUpdate", 15],
  ["UserPoolClientRead", 15],
  ["UserPoolClientUpdate", 15],
  ["ClientAuthentication", 150],
]);

export interface ApiCategory {
  readonly name: string;
  readonly free: number;
}

/** The texts are ours: AWS's are not known. */
export function requireCategory(call: Call<"ResourceNotFoundException">, definition: LimitDefinitionType): ApiCategory {
  const { Category: name, ...others } = definition.Attributes ?? {};
  if (name === undefined || Object.keys(others).length > 0) {
    return call.fail("InvalidParameterException", "Attributes must hold Category and nothing else.");
  }
  const free = freeLimits.get(name);
  if (free === undefined) return call.fail("ResourceNotFoundException", `There is no API category ${name}.`);
  return { name, free };
}

/** An account's, in a region. */
function propertyName(call: Call, { name }: ApiCategory): string {
  return `cognito-limit:${call.region}:${name}`;
}

export async function provisionedLimit(call: Call, category: ApiCategory): Promise<LimitType> {
  const value = await accountProperties.find(call.tx, call.accountId, propertyName(call, category));
  return limitShape(category, value === undefined ? category.free : Number(value));
}

export async function setProvisionedLimit(call: Call, category: ApiCategory, value: number): Promise<LimitType> {
  await accountProperties.set(call.tx, call.accountId, propertyName(call, category), String(value));
  return limitShape(category, value);
}

function limitShape({ name, free }: ApiCategory, value: number): LimitType {
  return {
    LimitDefinition: { LimitClass: "API_CATEGORY", Attributes: { Category: name } },
    ProvisionedLimitValue: value,
    FreeLimitValue: free,
  };
}

import type { LimitDefinitionType, LimitType } from "@aws-sdk/client-cognito-identity-provider";
import { accountProperties } from "../../../store/account-properties.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import { type CategoryName, rates } from "../rate-categories.ts";

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
  const free = isCategory(name) ? rates[name] : undefined;
  if (free === undefined) return call.fail("ResourceNotFoundException", `There is no API category ${name}.`);
  return { name, free };
}

function isCategory(name: string): name is CategoryName {
  return Object.hasOwn(rates, name);
}

/** An account's, in a region. */
function propertyName({ region }: { readonly region: string }, { name }: { readonly name: string }): string {
  return `cognito-limit:${region}:${name}`;
}

/** Undefined where nobody chose another than the free one. */
export async function provisionedRate(
  tx: Tx,
  accountId: string,
  region: string,
  name: CategoryName,
): Promise<number | undefined> {
  const value = await accountProperties.find(tx, accountId, propertyName({ region }, { name }));
  return value === undefined ? undefined : Number(value);
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

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { CreatePolicyCommand, type CreatePolicyCommandInput, type Policy } from "@aws-sdk/client-iam";
import { uniqueId } from "../src/runtime/ids.ts";
import { storeAwsPolicies } from "../src/services/iam/managed-policies/aws-policies.ts";
import { policies } from "../src/store/policies.ts";
import { allow, type Harness, startOfTest, testAccount } from "./harness.ts";

/** A document that allows one action on everything. */
export function document(action = "s3:GetObject"): string {
  return JSON.stringify(allow(action));
}

/** A valid document of this many characters, white space not counted. */
export function documentOfSize(size: number): string {
  const empty = JSON.stringify(allow("s3:Get"));
  return JSON.stringify(allow(`s3:Get${"x".repeat(size - empty.length)}`));
}

/** As a policy's ARN in the test account: `ownArn("team/readers")`. */
export function ownArn(pathAndName: string): string {
  return `arn:aws:iam::${testAccount}:policy/${pathAndName}`;
}

export async function createPolicy(
  h: Harness,
  PolicyName: string,
  more: Partial<CreatePolicyCommandInput> = {},
): Promise<Policy & { readonly Arn: string }> {
  const { Policy } = await h.iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: document(), ...more }));
  assert.ok(Policy?.Arn);
  return { ...Policy, Arn: Policy.Arn };
}

/** One of AWS's own, as a catalog of them would put it into the store; gives its ARN. */
export async function insertAwsPolicy(h: Harness, name: string, path = "/", action = "s3:GetObject"): Promise<string> {
  const { store, random } = h.environment;
  await store.write((tx) =>
    policies.insert(
      tx,
      {
        account_id: "aws",
        policy_name: name,
        policy_id: uniqueId(random, "ANPA"),
        path,
        description: `AWS's ${name}`,
        created_at: startOfTest - 86_400_000,
        tags: [],
      },
      document(action),
    ),
  );
  return `arn:aws:iam::aws:policy${path}${name}`;
}

/** AWS's policies as a start stores them. */
export function storeShippedPolicies(h: Harness): Promise<void> {
  const file = new URL("../src/services/iam/managed-policies/aws-policies.json", import.meta.url);
  return storeAwsPolicies(h.environment.store, { shipped: () => readFileSync(file, "utf8"), added: undefined });
}

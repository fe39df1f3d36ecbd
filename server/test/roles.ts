import assert from "node:assert/strict";
import { CreateRoleCommand, type CreateRoleCommandInput, CreateServiceLinkedRoleCommand } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, type AssumeRoleCommandInput } from "@aws-sdk/client-sts";
import { uniqueId } from "../src/runtime/ids.ts";
import { inlinePolicies } from "../src/store/inline-policies.ts";
import { type RoleRow, roles } from "../src/store/roles.ts";
import { type Clients, type Credentials, type Harness, startOfTest, testAccount } from "./harness.ts";

/** `trustOf({ AWS: "arn:…" })`: a trust policy that lets these principals assume the role and tag its sessions. */
export function trustOf(
  Principal: object,
  Condition?: object,
  Action: string | string[] = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
): object {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action, ...(Condition && { Condition }) }],
  };
}

/** The account itself, which leaves to its policies who may. */
export const accountTrust = trustOf({ AWS: `arn:aws:iam::${testAccount}:root` });

export interface Role {
  readonly arn: string;
  readonly roleId: string;
  readonly roleName: string;
}

/** Through the API, as clients make one. */
export async function createRole(h: Harness, RoleName: string, more: Partial<CreateRoleCommandInput> = {}) {
  const AssumeRolePolicyDocument = JSON.stringify(accountTrust);
  const { Role } = await h.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, ...more }));
  assert.ok(Role);
  return Role;
}

/** One that belongs to a service: AWSServiceRoleForBatch. */
export async function createServiceLinkedRole(h: Harness): Promise<string> {
  const { Role } = await h.iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: "batch.amazonaws.com" }));
  return Role?.RoleName ?? "";
}

export interface RoleOptions {
  /** accountTrust where it is absent. */
  readonly trust?: object;
  /** Its one inline policy. */
  readonly policy?: object;
  readonly row?: Partial<Omit<RoleRow, "name_key">>;
}

export async function roleWith(h: Harness, roleName: string, options: RoleOptions = {}): Promise<Role> {
  const { trust = accountTrust, policy, row } = options;
  const { store, random } = h.environment;
  const role = {
    account_id: testAccount,
    role_name: roleName,
    role_id: uniqueId(random, "AROA"),
    path: "/",
    created_at: startOfTest,
    trust_document: JSON.stringify(trust),
    description: null,
    max_session_duration: 3_600,
    tags: [],
    permissions_boundary_arn: null,
    permissions_boundary_policy_id: null,
    service_name: null,
    ...row,
  };
  await store.write(async (tx) => {
    await roles.insert(tx, role);
    if (policy !== undefined) {
      const document = JSON.stringify(policy);
      await inlinePolicies.put(tx, { owner_id: role.role_id, policy_name: "inline", document });
    }
  });
  return { arn: `arn:aws:iam::${role.account_id}:role${role.path}${roleName}`, roleId: role.role_id, roleName };
}

/** `await assume(h, ann.sts, role)`: what a session of the role signs with, and clients that sign so. */
export async function assume(
  h: Harness,
  sts: Clients["sts"],
  role: Pick<Role, "arn">,
  more: Partial<AssumeRoleCommandInput> = {},
): Promise<Clients & { credentials: Credentials }> {
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: "session", ...more }),
  );
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken,
  };
  return { ...h.as(credentials), credentials };
}

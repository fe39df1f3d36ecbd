import { uniqueId } from "../../../runtime/ids.ts";
import { accountProperties } from "../../../store/account-properties.ts";
import { policyAttachments } from "../../../store/policy-attachments.ts";
import { roles } from "../../../store/roles.ts";
import type { Call } from "../../operation.ts";
import { accountResource } from "../../paging.ts";
import { requirePermission } from "../../permission.ts";
import { iam } from "../iam.ts";
import { findPolicyByArn, invalidArn } from "../managed-policies/policy.ts";
import { wholeAccount } from "./account.ts";
import { roleManagerEnabled, roleManagerNamespace } from "./account-property.ts";

/* All texts, and what is let through, recorded from AWS, 2026-09. */
export const PutAccountProperties = iam("PutAccountProperties", {
  resource: (input) => ({
    ...wholeAccount,
    conditions: { "iam:accountpropertynamespaces": [...new Set(Object.keys(input.Properties).map(namespaceOf))] },
  }),

  async handle(input, call) {
    const keys = Object.keys(input.Properties);
    const bare = keys.find((key) => !key.includes("/"));
    if (bare !== undefined) {
      call.fail("InvalidInputException", `Property key must be in format Namespace/PropertyName: ${bare}`);
    }
    const [namespace = "", ...others] = new Set(keys.map(namespaceOf));
    if (others.length > 0) call.fail("InvalidInputException", "All properties must belong to the same namespace");
    if (namespace !== roleManagerNamespace) {
      call.fail("InvalidInputException", `Unsupported namespace: ${namespace}`);
    }
    // Other properties of the namespace are taken, and forgotten.
    const enabled = Object.hasOwn(input.Properties, roleManagerEnabled)
      ? input.Properties[roleManagerEnabled]
      : undefined;
    if (enabled === undefined) {
      return call.fail("InvalidInputException", "RoleManager namespace requires Enabled property");
    }
    if (enabled !== "true" && enabled !== "false") {
      call.fail("InvalidInputException", "Enabled must be 'true' or 'false'");
    }
    if (enabled === "true") await requireServiceLinkedRole(call);
    await accountProperties.set(call.tx, call.accountId, roleManagerEnabled, enabled);
  },
});

function namespaceOf(key: string): string {
  return key.split("/", 1)[0] ?? "";
}

const serviceName = "role-manager.iam.amazonaws.com";
const linkedRole = { name: "AWSServiceRoleForIAMRoleManager", path: `/aws-service-role/${serviceName}/` };

/** The permission is asked for even where the role is there already; switching off leaves the role. */
async function requireServiceLinkedRole(call: Call<"InvalidInputException">): Promise<void> {
  const { arn } = accountResource(call, `role${linkedRole.path}${linkedRole.name}`);
  await requirePermission(call, "iam:CreateServiceLinkedRole", {
    arn,
    conditions: { "iam:awsservicename": [serviceName] },
  });
  const existing = await roles.find(call.tx, call.accountId, linkedRole.name);
  if (existing?.service_name === serviceName) return;
  if (existing !== undefined) {
    // As CreateServiceLinkedRole says of a name that somebody else has.
    call.fail(
      "InvalidInputException",
      `Service role name ${linkedRole.name} has been taken in this account, please try a different suffix.`,
    );
  }
  const role = {
    account_id: call.accountId,
    role_name: linkedRole.name,
    role_id: uniqueId(call.random, "AROA"),
    path: linkedRole.path,
    created_at: call.now,
    trust_document: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: serviceName }, Action: "sts:AssumeRole" }],
    }),
    description: null,
    max_session_duration: 3600,
    tags: [],
    permissions_boundary_arn: null,
    permissions_boundary_policy_id: null,
    service_name: serviceName,
  };
  await roles.insert(call.tx, role);
  // Not among those that are shipped, since nobody can assume this role here; a catalog of one's own may have it.
  const policyArn = `arn:${call.partition}:iam::aws:policy/aws-service-role/AWSIAMRoleManagerServiceRolePolicy`;
  const policy = await findPolicyByArn(call, policyArn, () => invalidArn(call, policyArn));
  if (policy === undefined) return;
  await policyAttachments.attach(call.tx, {
    owner_id: role.role_id,
    owner_kind: "role",
    account_id: call.accountId,
    policy_id: policy.policy_id,
  });
}

import { accountProperties } from "../../../store/account-properties.ts";
import { roles } from "../../../store/roles.ts";
import type { Call } from "../../operation.ts";
import { accountResource } from "../../paging.ts";
import { requirePermission } from "../../permission.ts";
import { iam } from "../iam.ts";
import { linkedRolePath, makeServiceLinkedRole } from "../service-linked-roles/service-linked-role.ts";
import { serviceRole } from "../service-linked-roles/service-role.ts";
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

const roleManagerService = "role-manager.iam.amazonaws.com";

function namespaceOf(key: string): string {
  return key.split("/", 1)[0] ?? "";
}

/** The permission is asked for even where the role is there already; switching off leaves the role. */
async function requireServiceLinkedRole(call: Call<"InvalidInputException">): Promise<void> {
  const service = roleManagerService;
  const kind = serviceRole(service);
  if (kind === undefined) throw new Error(`${service} has no service-linked role`);
  const { arn } = accountResource(call, `role${linkedRolePath(service)}${kind.role}`);
  await requirePermission(call, "iam:CreateServiceLinkedRole", {
    arn,
    conditions: { "iam:awsservicename": [service] },
  });
  const existing = await roles.find(call.tx, call.accountId, kind.role);
  if (existing?.service_name !== service) await makeServiceLinkedRole(call, { service, kind, name: kind.role });
}

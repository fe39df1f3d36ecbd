import type { PolicyGrantingServiceAccess } from "@aws-sdk/client-iam";
import { compiledPolicy } from "../../../access/policies-of.ts";
import type { PolicyDocument } from "../../../policy/document.ts";
import { groups } from "../../../store/groups.ts";
import { principals } from "../../../store/principals.ts";
import { decodePosition, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { policyArn } from "../managed-policies/policy.ts";
import { grantsSome } from "./granted-services.ts";
import { requireSubject, type Subject } from "./subject.ts";

export const ListPoliciesGrantingServiceAccess = iam("ListPoliciesGrantingServiceAccess", {
  resource: (input, call) => requireSubject(call, input.Arn, ["user", "group", "role"]),

  async handle(input, call, { subject }) {
    const after = decodePosition(call, input.Marker);
    const name = /[^/]*$/.exec(subject.arn)?.[0] ?? "";
    const held: { document: PolicyDocument; shape: PolicyGrantingServiceAccess }[] = [];
    for (const row of await principals.policiesOf(call.tx, subject.id)) {
      if (row.source === "boundary") continue;
      const { document } = compiledPolicy(call.environment.policies, row.document, row.policy_name);
      const { policy_account_id: account_id, path, policy_name } = row;
      if (account_id !== null && path !== null) {
        const PolicyArn = policyArn(call, { account_id, path, policy_name });
        // IAM API reference: a managed policy names no entity, as it may be attached to many.
        held.push({ document, shape: { PolicyName: policy_name, PolicyType: "MANAGED" as const, PolicyArn } });
        continue;
      }
      const isOwn = row.source === "own";
      const group = isOwn ? undefined : await groups.findById(call.tx, row.owner_id);
      held.push({
        document,
        shape: {
          PolicyName: policy_name,
          PolicyType: "INLINE" as const,
          EntityType: isOwn ? ownerType(subject) : ("GROUP" as const),
          EntityName: group?.group_name ?? name,
        },
      });
    }
    const namespaces = input.ServiceNamespaces.slice(after).map((namespace, index) => ({
      namespace,
      position: after + index + 1,
    }));
    const { rows, ...more } = page(namespaces, defaultPageSize, ({ position }) => String(position));
    return {
      PoliciesGrantingServiceAccess: rows.map(({ namespace }) => ({
        ServiceNamespace: namespace,
        Policies: held
          .filter(({ document }) => grantsSome(document, namespace.toLowerCase()))
          .map(({ shape }) => shape),
      })),
      ...more,
    };
  },
});

function ownerType({ kind }: Subject): "USER" | "GROUP" | "ROLE" {
  return kind === "role" ? "ROLE" : kind === "group" ? "GROUP" : "USER";
}

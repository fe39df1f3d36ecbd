import { uniqueId } from "../../../runtime/ids.ts";
import { policyAttachments } from "../../../store/policy-attachments.ts";
import { roles } from "../../../store/roles.ts";
import { iam } from "../iam.ts";
import { findPolicyByArn } from "../managed-policies/policy.ts";
import { createdRole, roleArn } from "../roles/role.ts";
import { serviceRole } from "./service-role.ts";

export const CreateServiceLinkedRole = iam("CreateServiceLinkedRole", {
  resource(input, call) {
    const name = roleNameOf(input.AWSServiceName, input.CustomSuffix) ?? "*";
    return {
      arn: roleArn(call, `/aws-service-role/${input.AWSServiceName}/`, name),
      conditions: { "iam:awsservicename": [input.AWSServiceName] },
    };
  },

  async handle(input, call) {
    const { AWSServiceName, CustomSuffix } = input;
    const service = serviceRole(AWSServiceName);
    const name = roleNameOf(AWSServiceName, CustomSuffix);
    if (service === undefined || name === undefined) {
      // The text is ours: AWS's is not known.
      return call.fail("InvalidInputException", `No service-linked role is known for ${AWSServiceName}`);
    }
    if (CustomSuffix !== undefined && !service.suffix) {
      // Recorded from AWS, 2025-03, as the next one.
      call.fail("InvalidInputException", `Custom suffix is not allowed for ${AWSServiceName}`);
    }
    if ((await roles.find(call.tx, call.accountId, name)) !== undefined) {
      call.fail(
        "InvalidInputException",
        `Service role name ${name} has been taken in this account, please try a different suffix.`,
      );
    }
    const role = {
      account_id: call.accountId,
      role_name: name,
      role_id: uniqueId(call.random, "AROA"),
      path: `/aws-service-role/${AWSServiceName}/`,
      created_at: call.now,
      trust_document: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: AWSServiceName }, Action: "sts:AssumeRole" }],
      }),
      description: input.Description ?? null,
      max_session_duration: 3_600,
      tags: [],
      permissions_boundary_arn: null,
      permissions_boundary_policy_id: null,
      service_name: AWSServiceName,
    };
    await roles.insert(call.tx, role);
    // Few of these policies are shipped: they speak of services that are not here, whose roles nobody can assume here.
    const arn = `arn:${call.partition}:iam::aws:policy/aws-service-role/${service.policy}`;
    const policy = await findPolicyByArn(call, arn, () =>
      call.fail("InvalidInputException", `ARN ${arn} is not valid.`),
    );
    if (policy !== undefined) {
      await policyAttachments.attach(call.tx, {
        owner_id: role.role_id,
        owner_kind: "role",
        account_id: call.accountId,
        policy_id: policy.policy_id,
      });
    }
    // This answer has lists, and every later one has none (recorded from AWS, 2026-09).
    const asMade = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Action: ["sts:AssumeRole"], Effect: "Allow", Principal: { Service: [AWSServiceName] } }],
    });
    return { Role: await createdRole(call, { ...role, trust_document: asMade }) };
  },
});

function roleNameOf(service: string, suffix: string | undefined): string | undefined {
  const name = serviceRole(service)?.role;
  return name === undefined || suffix === undefined ? name : `${name}_${suffix}`;
}

import { iam } from "../iam.ts";
import { createdRole, roleArn } from "../roles/role.ts";
import { linkedRolePath, makeServiceLinkedRole } from "./service-linked-role.ts";
import { serviceRole } from "./service-role.ts";

export const CreateServiceLinkedRole = iam("CreateServiceLinkedRole", {
  resource(input, call) {
    const name = roleNameOf(input.AWSServiceName, input.CustomSuffix) ?? "*";
    return {
      arn: roleArn(call, linkedRolePath(input.AWSServiceName), name),
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
      // Recorded from AWS, 2025-03.
      call.fail("InvalidInputException", `Custom suffix is not allowed for ${AWSServiceName}`);
    }
    const role = await makeServiceLinkedRole(call, {
      service: AWSServiceName,
      kind: service,
      name,
      description: input.Description,
    });
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

import { iam } from "../iam.ts";
import { inputPolicies } from "./input-policies.ts";
import { simulate } from "./simulate.ts";

export const SimulateCustomPolicy = iam("SimulateCustomPolicy", {
  transaction: "read",

  resource: () => ({ arn: "*" }),

  handle(input, call) {
    const boundary = input.PermissionsBoundaryPolicyInputList;
    const levels = input.OrderedOrganizationPolicyInputList;
    return simulate(call, input, {
      identity: inputPolicies(call, input.PolicyInputList, "PolicyInputList"),
      boundary:
        boundary === undefined || boundary.length === 0
          ? undefined
          : inputPolicies(call, boundary, "PermissionsBoundaryPolicyInputList"),
      serviceControl:
        levels === undefined || levels.length === 0
          ? undefined
          : levels.map((level) =>
              inputPolicies(call, level.ServiceControlPolicyInputList, "ServiceControlPolicyInputList"),
            ),
    });
  },
});

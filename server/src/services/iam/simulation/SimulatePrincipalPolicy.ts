import { iam } from "../iam.ts";
import { inputPolicies } from "./input-policies.ts";
import { policiesOfSource, requirePolicySource } from "./policy-source.ts";
import { simulate } from "./simulate.ts";

export const SimulatePrincipalPolicy = iam("SimulatePrincipalPolicy", {
  transaction: "read",

  resource: (input, call) => requirePolicySource(call, input.PolicySourceArn),

  async handle(input, call, source) {
    const own = await policiesOfSource(call, source, input.PolicyExclusionList);
    const given = input.PermissionsBoundaryPolicyInputList;
    const isFreeOfOrganization = input.PolicyExclusionList?.some(({ PolicyType }) => PolicyType === "scp") === true;
    // IAM API reference: who calls is whose policies are simulated, unless told otherwise; a boundary that is given takes
    // the place of the principal's own.
    return simulate(
      call,
      { ...input, CallerArn: input.CallerArn ?? input.PolicySourceArn },
      {
        identity: [...own.identity, ...inputPolicies(call, input.PolicyInputList, "PolicyInputList")],
        boundary:
          given === undefined || given.length === 0
            ? own.boundary
            : inputPolicies(call, given, "PermissionsBoundaryPolicyInputList"),
        serviceControl: isFreeOfOrganization ? undefined : call.environment.serviceControl,
      },
    );
  },
});

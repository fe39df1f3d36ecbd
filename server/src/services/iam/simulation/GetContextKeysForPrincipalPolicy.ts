import { contextKeysOf, distinctKeys } from "../../../policy/context-keys.ts";
import { iam } from "../iam.ts";
import { inputPolicies } from "./input-policies.ts";
import { policiesOfSource, requirePolicySource } from "./policy-source.ts";

export const GetContextKeysForPrincipalPolicy = iam("GetContextKeysForPrincipalPolicy", {
  resource: (input, call) => requirePolicySource(call, input.PolicySourceArn),

  async handle(input, call, source) {
    const { identity } = await policiesOfSource(call, source);
    const given = inputPolicies(call, input.PolicyInputList, "PolicyInputList");
    return {
      ContextKeyNames: distinctKeys([...identity, ...given].flatMap(({ document }) => contextKeysOf(document))),
    };
  },
});

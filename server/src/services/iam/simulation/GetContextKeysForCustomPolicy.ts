import { contextKeysOf, distinctKeys } from "../../../policy/context-keys.ts";
import { iam } from "../iam.ts";
import { inputPolicies } from "./input-policies.ts";

export const GetContextKeysForCustomPolicy = iam("GetContextKeysForCustomPolicy", {
  resource: () => ({ arn: "*" }),

  handle: (input, call) => ({
    ContextKeyNames: distinctKeys(
      inputPolicies(call, input.PolicyInputList, "PolicyInputList").flatMap(({ document }) => contextKeysOf(document)),
    ),
  }),
});

import { uniqueId } from "../../../runtime/ids.ts";
import { policies } from "../../../store/policies.ts";
import { iam } from "../iam.ts";
import { documentSize, validateDocument } from "../policy-document.ts";
import { exactKeys, mergeTags } from "../tags.ts";
import { policyArn, policyListItem } from "./policy.ts";

export const CreatePolicy = iam("CreatePolicy", {
  resource: (input, call) => ({
    arn: policyArn(call, {
      account_id: call.accountId,
      path: input.Path ?? "/",
      policy_name: input.PolicyName,
    }),
  }),

  async handle(input, call) {
    const { quotas } = call.environment;
    const tags = mergeTags(call, [], input.Tags ?? [], quotas.TagsPerPolicy, exactKeys);
    validateDocument(call, input.PolicyDocument, "managed");
    if (documentSize(input.PolicyDocument) > quotas.PolicySize) {
      call.fail("LimitExceededException", `Cannot exceed quota for PolicySize: ${quotas.PolicySize}`);
    }
    if ((await policies.find(call.tx, call.accountId, input.PolicyName)) !== undefined) {
      call.fail(
        "EntityAlreadyExistsException",
        `A policy called ${input.PolicyName} already exists. Duplicate names are not allowed.`,
      );
    }
    const policy = {
      account_id: call.accountId,
      policy_name: input.PolicyName,
      policy_id: uniqueId(call.random, "ANPA"),
      path: input.Path ?? "/",
      description: input.Description ?? null,
      created_at: call.now,
      tags,
    };
    await policies.insert(call.tx, policy, input.PolicyDocument);
    if ((await policies.count(call.tx, call.accountId)) > quotas.PoliciesPerAccount) {
      call.fail("LimitExceededException", `Cannot exceed quota for PoliciesPerAccount: ${quotas.PoliciesPerAccount}`);
    }
    const listed = {
      ...policy,
      name_key: "",
      updated_at: call.now,
      default_version: 1,
      attachment_count: 0,
      boundary_count: 0,
    };
    // Observed on AWS: the description is kept but not echoed here.
    return { Policy: { ...policyListItem(call, listed), ...(tags.length === 0 ? {} : { Tags: [...tags] }) } };
  },
});

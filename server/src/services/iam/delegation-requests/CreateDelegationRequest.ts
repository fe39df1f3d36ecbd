import { delegationRequests } from "../../../store/delegation-requests.ts";
import { policies } from "../../../store/policies.ts";
import type { Call } from "../../operation.ts";
import { iam } from "../iam.ts";
import { findPolicyByArn } from "../managed-policies/policy.ts";
import { type Json, parameterNames, renderTemplate, type TemplateParameter } from "../policy-template.ts";
import {
  type AskedPermissions,
  checkPolicy,
  delegationRequestResource,
  unassignedLifetime,
} from "./delegation-request.ts";

/** API reference: "only SNS topic ARNs are accepted". */
const topicArn = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:(\d{12}):[\w.-]{1,256}$/;

/** IAM User Guide, "Policy templates": "The final rendered policy has a maximum size limit of 2048 characters". */
const longestPolicy = 2048;

/*
 * On AWS only partners may call this, with templates that AWS registered for them by mail. Here every account may, and a
 * template is a managed policy of the account, or of AWS's, whose document may have @{parameters}: that is our choice.
 * No console is here to link to, so the answer has no ConsoleDeepLink.
 */
export const CreateDelegationRequest = iam("CreateDelegationRequest", {
  resource(input, call) {
    const conditions: Record<string, readonly string[]> = {
      "iam:delegationduration": [String(input.SessionDuration)],
      "iam:notificationchannel": [input.NotificationChannel],
    };
    const { PolicyTemplateArn } = input.Permissions;
    if (PolicyTemplateArn !== undefined) conditions["iam:templatearn"] = [PolicyTemplateArn];
    return { ...delegationRequestResource(call, "*"), conditions };
  },

  async handle(input, call) {
    const { tx, accountId } = call;
    // IAM User Guide: "The SNS topic must be in one of your registered AWS accounts."
    if (topicArn.exec(input.NotificationChannel)?.[1] !== accountId) {
      call.fail(
        "InvalidInputException",
        `The notification channel ${input.NotificationChannel} is not the ARN of an SNS topic of this account.`,
      );
    }
    const asked = askedPermissions(call, input.Permissions);
    const policy = await renderPolicy(call, asked);
    if ((await delegationRequests.findByWorkflow(tx, accountId, input.RequestorWorkflowId)) !== undefined) {
      call.fail(
        "EntityAlreadyExistsException",
        `A delegation request with the requestor workflow id ${input.RequestorWorkflowId} already exists.`,
      );
    }
    const requestId = call.random.uuid();
    await delegationRequests.insert(tx, {
      request_id: requestId,
      requestor_account: accountId,
      workflow_id: input.RequestorWorkflowId,
      owner_account: input.OwnerAccountId ?? null,
      owner_arn: null,
      approver_arn: null,
      state: "UNASSIGNED",
      created_at: call.now,
      updated_at: call.now,
      expires_at: call.now + unassignedLifetime,
      description: input.Description,
      request_message: input.RequestMessage ?? null,
      redirect_url: input.RedirectUrl ?? null,
      notification_channel: input.NotificationChannel,
      session_duration: input.SessionDuration,
      only_send_by_owner: input.OnlySendByOwner === undefined ? null : Number(input.OnlySendByOwner),
      permissions_json: JSON.stringify(asked),
      policy,
      notes: null,
      rejection_reason: null,
      access_expires_at: null,
    });
    return { DelegationRequestId: requestId };
  },
});

type Given = {
  readonly PolicyTemplateArn?: string | undefined;
  readonly Parameters?:
    | readonly {
        readonly Name?: string | undefined;
        readonly Values?: readonly string[] | undefined;
        readonly Type?: "string" | "stringList" | undefined;
      }[]
    | undefined;
};

function askedPermissions(call: Call<"InvalidInputException">, given: Given): AskedPermissions {
  if (given.PolicyTemplateArn === undefined) {
    return call.fail("InvalidInputException", "The permissions of a delegation request must name a policy template.");
  }
  const Parameters = given.Parameters?.map(({ Name, Values, Type }) => {
    if (Name === undefined || Values === undefined) {
      return call.fail("InvalidInputException", "Every policy parameter must have a name and values.");
    }
    return { Name, Values, ...(Type && { Type }) };
  });
  return { PolicyTemplateArn: given.PolicyTemplateArn, ...(Parameters && { Parameters }) };
}

async function renderPolicy(call: Call<"InvalidInputException">, asked: AskedPermissions): Promise<string> {
  const arn = asked.PolicyTemplateArn;
  const unknown = () => call.fail("InvalidInputException", `The policy template ${arn} does not exist.`);
  const found = await findPolicyByArn(call, arn, unknown);
  const version = found && (await policies.findVersion(call.tx, found.policy_id, found.default_version));
  if (version === undefined) return unknown();
  const template = JSON.parse(version.document) as Json; // CreatePolicy parsed it
  const names = parameterNames(template);
  const parameters = new Map<string, TemplateParameter>();
  for (const { Name, Values, Type } of asked.Parameters ?? []) {
    // The texts of rendering are those recorded of role templates.
    if (!names.has(Name)) {
      call.fail("InvalidInputException", `Failed to render template: Unrecognized parameter: ${Name}`);
    }
    const isList = Type === "stringList";
    if (!isList && Values.length !== 1) {
      call.fail("ValidationError", `${Name} replacement value must contain exactly one value, got ${Values.length}`);
    }
    parameters.set(Name, { isList, values: Values });
  }
  const policy = JSON.stringify(renderTemplate(call, template, parameters));
  if (policy.length > longestPolicy) {
    call.fail("InvalidInputException", `The rendered policy must not be longer than ${longestPolicy} characters.`);
  }
  checkPolicy(call, policy);
  return policy;
}

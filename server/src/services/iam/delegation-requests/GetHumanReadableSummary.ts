import { parsePolicy } from "../../../policy/document.ts";
import type { DelegationRequestRow } from "../../../store/delegation-requests.ts";
import { stateAt } from "../../delegated-access.ts";
import type { Call } from "../../operation.ts";
import { iam } from "../iam.ts";
import { isOwnerOrUnowned, requireDelegationRequest } from "./delegation-request.ts";

const entityArn = /^arn:aws[a-z-]*:iam::(?:\d{12})?:delegation-request\/([\w-]{16,128})$/;

/** summaryContentType. */
const longestSummary = 10_000;

export const GetHumanReadableSummary = iam("GetHumanReadableSummary", {
  // API reference: whoever may get the request may get this, and the rules are those of GetDelegationRequest.
  resource(input, call) {
    const requestId =
      entityArn.exec(input.EntityArn)?.[1] ??
      call.fail("InvalidInputException", `The entity ${input.EntityArn} is not a delegation request.`);
    return requireDelegationRequest(call, requestId, isOwnerOrUnowned(call));
  },

  // AWS has a language model write it, in the languages of its console. Here it is put together from the request, in
  // English, and is there at once.
  handle(input, call, { request }) {
    const Locale = input.Locale ?? "en";
    if (!/^en\b/i.test(Locale)) return { Locale, SummaryState: "NOT_SUPPORTED" as const };
    return { Locale, SummaryState: "AVAILABLE" as const, SummaryContent: summary(call, request) };
  },
});

function summary(call: Call, request: DelegationRequestRow): string {
  const target = request.owner_account === null ? "an account" : `account ${request.owner_account}`;
  const lines = [
    `Account ${request.requestor_account} asks for temporary access to ${target}, for ${hours(request.session_duration)} from when its token is sent: ${request.description}`,
    ...(request.request_message === null ? [] : [`Message: ${request.request_message}`]),
    `State: ${stateAt(request, call.now)}`,
    ...parsePolicy(request.policy, "identity").statements.map((statement) => {
      const actions = `${statement.notAction ? "every action except " : ""}${statement.actions.join(", ")}`;
      const resources = `${statement.notResource ? "every resource except " : ""}${(statement.resources ?? []).join(", ")}`;
      const verb = statement.effect === "Allow" ? "Allows" : "Denies";
      const limits = statement.conditions.map(({ operator, key, values }) => `${key} ${operator} ${values.join(", ")}`);
      return `${verb} ${actions} on ${resources}${limits.length === 0 ? "" : `, if ${limits.join(" and ")}`}`;
    }),
  ];
  return lines.join("\n").slice(0, longestSummary);
}

function hours(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const parts = [
    [Math.floor(minutes / 60), "hour"],
    [minutes % 60, "minute"],
    [seconds % 60, "second"],
  ] as const;
  return parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count} ${unit}${count === 1 ? "" : "s"}`])).join(" ");
}

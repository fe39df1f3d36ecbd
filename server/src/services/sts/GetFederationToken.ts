import { authorize } from "../../access/authorize.ts";
import { issueCredentials, packGiven, refuseSession, sessionTags } from "../session.ts";
import { sts } from "./sts.ts";

/** STS API reference: 12 hours unless asked otherwise; root gets one hour at most. Seconds. */
const defaultDuration = 43_200;
const rootDuration = 3_600;

export const GetFederationToken = sts("GetFederationToken", {
  resource(input, call) {
    refuseSession(call, "GetFederationToken");
    return { arn: `arn:${call.partition}:sts::${call.accountId}:federated-user/${input.Name}` };
  },

  // Nothing is written: what a session is travels sealed inside its token.
  transaction: "read",

  async handle(input, call, resource) {
    const { caller } = call;
    const tags = sessionTags(call, input.Tags);
    if (tags.length > 0) {
      const question = { action: "sts:TagSession", resource, now: call.now, requestTags: tags };
      await authorize(call.environment, call.tx, call.facts, question);
    }
    const { packed, size } = packGiven(call, { policy: input.Policy, policyArns: input.PolicyArns }, tags);
    const asked = input.DurationSeconds ?? defaultDuration;
    const issued = issueCredentials(
      call,
      {
        accountId: caller.accountId,
        principal: {
          kind: "federated",
          name: input.Name,
          userId: caller.kind === "root" ? undefined : caller.userId,
        },
        packed,
      },
      caller.kind === "root" ? Math.min(asked, rootDuration) : asked,
      input.MinimumSessionTokenSize,
    );
    return {
      ...issued,
      FederatedUser: { FederatedUserId: `${caller.accountId}:${input.Name}`, Arn: resource.arn },
      // Recorded from AWS: 0 where there is nothing to pack, unlike AssumeRole's, which is then absent.
      PackedPolicySize: size ?? 0,
    };
  },
});

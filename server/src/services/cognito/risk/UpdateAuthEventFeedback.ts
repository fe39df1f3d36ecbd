import { cognito } from "../cognito.ts";
import { noSuchUserPool } from "../user-pools/user-pool.ts";
import { requirePoolUser } from "../users/pool-user.ts";
import { giveFeedback, isFeedbackToken } from "./auth-event.ts";
import { requireThreatProtection } from "./risk-configuration.ts";

export const UpdateAuthEventFeedback = cognito("UpdateAuthEventFeedback", {
  // The token is what lets the user in: it came in the message about the event.
  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const { environment, tx } = call;
    const context = await environment.appClients.findPool(tx, input.UserPoolId);
    if (context === undefined) return call.fail("ResourceNotFoundException", noSuchUserPool(input.UserPoolId));
    requireThreatProtection(call, context.configuration);
    const user = await requirePoolUser(call, tx, context, input.Username);
    if (!isFeedbackToken(environment, user.user_id, input.EventId, input.FeedbackToken)) {
      // The text is ours.
      call.fail("NotAuthorizedException", "Invalid feedback token.");
    }
    await giveFeedback(call, tx, user, input.EventId, input.FeedbackValue, "User");
    return {};
  },
});

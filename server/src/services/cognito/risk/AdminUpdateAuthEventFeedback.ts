import { cognito } from "../cognito.ts";
import { requireUserOfPool } from "../users/user-of-pool.ts";
import { giveFeedback } from "./auth-event.ts";
import { requireThreatProtection } from "./risk-configuration.ts";

export const AdminUpdateAuthEventFeedback = cognito("AdminUpdateAuthEventFeedback", {
  resource: (input, call) => requireUserOfPool(call, input.UserPoolId, input.Username),

  async handle(input, call, { configuration, user }) {
    requireThreatProtection(call, configuration);
    await giveFeedback(call, call.tx, user, input.EventId, input.FeedbackValue, "Admin");
    return {};
  },
});

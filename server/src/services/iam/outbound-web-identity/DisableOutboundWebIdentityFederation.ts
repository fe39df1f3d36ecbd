import { outboundIssuers } from "../../../store/outbound-issuers.ts";
import { iam } from "../iam.ts";
import { disabled } from "./outbound-web-identity.ts";

export const DisableOutboundWebIdentityFederation = iam("DisableOutboundWebIdentityFederation", {
  resource: () => ({ arn: "*" }),

  async handle(_input, call) {
    const issuer = await outboundIssuers.find(call.tx, call.accountId);
    if (issuer?.isEnabled !== true) return call.fail("FeatureDisabledException", disabled);
    await outboundIssuers.setEnabled(call.tx, call.accountId, false);
  },
});

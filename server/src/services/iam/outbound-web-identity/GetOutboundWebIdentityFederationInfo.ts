import { outboundIssuers } from "../../../store/outbound-issuers.ts";
import { issuerIdentifier } from "../../outbound-issuer.ts";
import { iam } from "../iam.ts";
import { disabled } from "./outbound-web-identity.ts";

export const GetOutboundWebIdentityFederationInfo = iam("GetOutboundWebIdentityFederationInfo", {
  resource: () => ({ arn: "*" }),

  async handle(_input, call) {
    const issuer = await outboundIssuers.find(call.tx, call.accountId);
    if (issuer?.isEnabled !== true) return call.fail("FeatureDisabledException", disabled);
    return { IssuerIdentifier: issuerIdentifier(call.environment, issuer.issuer_id), JwtVendingEnabled: true };
  },
});

import { outboundIssuers } from "../../../store/outbound-issuers.ts";
import { issuerIdentifier, makeIssuerKeys } from "../../outbound-issuer.ts";
import { iam } from "../iam.ts";

export const EnableOutboundWebIdentityFederation = iam("EnableOutboundWebIdentityFederation", {
  resource: () => ({ arn: "*" }),

  // The keys of the issuer are made outside any transaction.
  transaction: "own",

  async handle(_input, call) {
    const { environment, accountId, now } = call;
    const before = await environment.store.read((tx) => outboundIssuers.find(tx, accountId));
    const newId = environment.random.uuid();
    const keys = before === undefined ? await makeIssuerKeys(environment, newId, now) : [];
    const issuerId = await environment.store.write(async (tx) => {
      const current = await outboundIssuers.find(tx, accountId);
      if (current?.isEnabled) {
        // The text is ours, after the one of an account where it is disabled.
        return call.fail(
          "FeatureEnabledException",
          "Outbound web identity federation is already enabled for your account",
        );
      }
      if (current === undefined) {
        await outboundIssuers.insert(tx, { account_id: accountId, issuer_id: newId }, keys);
        return newId;
      }
      // An account has one issuer for good: services elsewhere have come to trust its name.
      await outboundIssuers.setEnabled(tx, accountId, true);
      return current.issuer_id;
    });
    return { IssuerIdentifier: issuerIdentifier(environment, issuerId) };
  },
});

import { verifyMfa } from "../mfa.ts";
import { issueCredentials, refuseSession, requireBothOfMfa } from "../session.ts";
import { sts } from "./sts.ts";

/** STS API reference: 12 hours unless asked otherwise; root gets one hour at most. Seconds. */
const defaultDuration = 43_200;
const rootDuration = 3_600;

export const GetSessionToken = sts("GetSessionToken", {
  // STS API reference: no permissions are required to call it.
  resource: () => ({ arn: "*", public: true as const }),

  // What a session is travels sealed inside its token: nothing is written but the use of an MFA device.
  transaction: "own",

  async handle(input, call) {
    const { caller } = call;
    refuseSession(call, "GetSessionToken");
    const mfa = requireBothOfMfa(call, input);
    if (mfa !== undefined) await verifyMfa(call, mfa.serialNumber, mfa.tokenCode);
    const asked = input.DurationSeconds ?? defaultDuration;
    return issueCredentials(
      call,
      {
        accountId: caller.accountId,
        principal: caller.kind === "root" ? { kind: "root" } : { kind: "user", userId: caller.userId },
        mfaAt: mfa === undefined ? undefined : call.now,
      },
      caller.kind === "root" ? Math.min(asked, rootDuration) : asked,
      input.MinimumSessionTokenSize,
    );
  },
});

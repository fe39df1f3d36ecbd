import { sealSessionToken } from "../../access/session-token.ts";
import { accessKeyId, secretAccessKey } from "../../runtime/ids.ts";
import { sts } from "./sts.ts";

/** STS API reference: 12 hours unless asked otherwise; root gets one hour at most. Seconds. */
const defaultDuration = 43_200;
const rootDuration = 3_600;

export const GetSessionToken = sts("GetSessionToken", {
  // STS API reference: no permissions are required to call it.
  resource: () => ({ arn: "*", public: true as const }),

  // Nothing is written: what a session is travels sealed inside its token.
  transaction: "read",

  handle(input, call) {
    const { caller, random } = call;
    if (caller.session !== undefined) call.fail("AccessDenied", "Cannot call GetSessionToken with session credentials");
    // All three texts reported from AWS, the two blanks of the last one included.
    if ((input.SerialNumber === undefined) !== (input.TokenCode === undefined)) {
      call.fail(
        "AccessDenied",
        "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
      );
    }
    if (input.SerialNumber !== undefined) {
      // No device is registered, so none is associated with the caller.
      call.fail(
        "AccessDenied",
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
      );
    }
    const asked = input.DurationSeconds ?? defaultDuration;
    const seconds = caller.kind === "root" ? Math.min(asked, rootDuration) : asked;
    const issuedAt = call.now;
    const token = {
      accessKeyId: accessKeyId(random, "ASIA", caller.accountId),
      secretAccessKey: secretAccessKey(random),
      accountId: caller.accountId,
      userId: caller.kind === "root" ? undefined : caller.userId,
      issuedAt,
      expiresAt: issuedAt + seconds * 1000,
      mfa: false,
    };
    return {
      Credentials: {
        AccessKeyId: token.accessKeyId,
        SecretAccessKey: token.secretAccessKey,
        SessionToken: sealSessionToken(call.environment.seal, token, random.bytes(12)),
        Expiration: new Date(token.expiresAt),
      },
    };
  },
});

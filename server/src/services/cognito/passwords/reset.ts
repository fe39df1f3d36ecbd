import type { CodeDeliveryDetailsType } from "@aws-sdk/client-cognito-identity-provider";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { refuseTooMany, requestCode } from "../codes/code.ts";
import { type Address, recoveryAddress } from "../messages/address.ts";
import { customMessage } from "../messages/custom-message.ts";
import { sendCode } from "../messages/outbox.ts";
import { mfaPreferences } from "../mfa/mfa.ts";

type ResetCall = Call<
  | "NotAuthorizedException"
  | "LimitExceededException"
  | "UnexpectedLambdaException"
  | "UserLambdaValidationException"
  | "InvalidLambdaResponseException"
>;

/** Who was given a temporary password signs in with it, or is invited again (distributed-load-testing-on-aws#1). */
const unresettable: ReadonlySet<string> = new Set(["FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER"]);

/** Where the code goes that lets a user choose a new password. */
function recoveryOf({ configuration }: PoolContext, user: PoolUserRow): Address | undefined {
  return recoveryAddress(configuration, user.attributes, {
    // A phone that is the second factor cannot stand in for the first.
    hasSmsMfa: mfaPreferences(user).SMS_MFA?.enabled === true,
  });
}

export function canRecover(context: PoolContext, user: PoolUserRow): boolean {
  return user.enabled && !unresettable.has(user.status) && recoveryOf(context, user) !== undefined;
}

/** The same, with the reason why not; texts reported from AWS. */
export function requireRecovery(call: ResetCall, context: PoolContext, user: PoolUserRow): Address {
  if (!user.enabled) call.fail("NotAuthorizedException", "User is disabled.");
  if (unresettable.has(user.status)) {
    call.fail("NotAuthorizedException", "User password cannot be reset in the current state.");
  }
  return (
    recoveryOf(context, user) ??
    call.fail(
      "InvalidParameterException",
      "Cannot reset password for the user as there is no registered/verified email or phone_number",
    )
  );
}

/** Sends the code. `alsoWrite` goes into the same commit. */
export async function sendResetCode(
  call: ResetCall,
  context: PoolContext,
  user: PoolUserRow,
  address: Address,
  from: {
    readonly clientId?: string | undefined;
    readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
  },
  alsoWrite?: (tx: Tx) => Promise<void>,
): Promise<CodeDeliveryDetailsType> {
  const kind = "ForgotPassword";
  const { medium, destination } = address;
  const custom = await customMessage(call, context, user, { kind, medium, ...from });
  const sent = await call.environment.store.write(async (tx) => {
    const code = await requestCode(call, tx, {
      poolId: user.pool_id,
      userId: user.user_id,
      purpose: "forgot-password",
      destination,
    });
    if (code === undefined) return undefined;
    await alsoWrite?.(tx);
    return sendCode(call, tx, { context, user, kind, address, code, clientId: from.clientId, custom });
  });
  return sent ?? refuseTooMany(call);
}

import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Call } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { eventAttributes } from "../users/pool-user.ts";

/** Reported from AWS: whoever confirms, only those who wait for it can be confirmed. */
export function requireUnconfirmed(call: Call<"NotAuthorizedException">, { status }: PoolUserRow): void {
  if (status !== "UNCONFIRMED") {
    call.fail("NotAuthorizedException", `User cannot be confirmed. Current status is ${status}`);
  }
}

/** Tells the pool's trigger that a user is confirmed, or has chosen a new password by a code. It is done: a refusal comes too late to undo it. */
export async function afterConfirmation(
  {
    environment,
    facts,
  }: Call<"UnexpectedLambdaException" | "UserLambdaValidationException" | "InvalidLambdaResponseException">,
  { pool }: PoolContext,
  user: PoolUserRow,
  what: "ConfirmSignUp" | "ConfirmForgotPassword",
  from: {
    readonly clientId?: string | undefined;
    readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
  },
): Promise<void> {
  await environment.triggers.invoke(pool, "PostConfirmation", {
    triggerSource: `PostConfirmation_${what}`,
    userName: user.username,
    clientId: from.clientId,
    userAgent: facts.userAgent,
    request: { userAttributes: eventAttributes(user), clientMetadata: from.clientMetadata },
  });
}

import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import { type AuthSession, openAuthSession, refuseSession, sealAuthSession, sessionEnd } from "./auth-session.ts";
import { allowsFlow } from "./flows.ts";

/** How far somebody who signs up has come: the code that confirms the user is also a first factor. */
export type SignUpStage = "SIGN_UP" | "CONFIRMED_SIGN_UP";

/**
 * What SignUp hands on to ConfirmSignUp, and that to InitiateAuth, so that who confirms is signed in at once (API
 * reference, SignUp and ConfirmSignUp, Session). Undefined where the client does not allow USER_AUTH.
 */
export function signUpSession(
  call: Call,
  context: ClientContext,
  user: Pick<PoolUserRow, "user_id" | "username">,
  stage: SignUpStage,
): string | undefined {
  if (!allowsFlow(context.clientConfiguration, "USER_AUTH")) return undefined;
  return sealAuthSession(call.environment, {
    id: call.random.uuid(),
    clientId: context.client.client_id,
    username: user.username,
    userId: user.user_id,
    challenge: stage,
    expiresAt: sessionEnd(call, context),
    flow: "USER_AUTH",
  });
}

/** The session of this user at this stage. */
export async function openSignUpSession(
  call: Call<"NotAuthorizedException">,
  tx: Tx,
  context: ClientContext,
  user: Pick<PoolUserRow, "user_id"> | undefined,
  text: string,
  stage: SignUpStage,
): Promise<AuthSession> {
  const { session } = await openAuthSession(call, tx, context, text, [stage]);
  return session.userId === user?.user_id ? session : refuseSession(call);
}

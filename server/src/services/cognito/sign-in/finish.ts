import { signInFailures } from "../../../store/sign-in-failures.ts";
import type { Tx } from "../../../store/store.ts";
import { newDeviceMetadata, tracksDevices } from "../devices/device.ts";
import { issueTokens } from "../sessions/issue.ts";
import { lockKey } from "./attempts.ts";
import { useAuthSession } from "./auth-session.ts";
import { deviceChallenge, isDeviceProved, noteDeviceUse } from "./devices.ts";
import { claimedOf, type Step, toldOf, type UserAttempt } from "./sign-in.ts";
import { recordSignIn } from "./threats.ts";

/**
 * Whether someone who has proved to be the user may sign in at all. Only then, since who has not proved it must not learn
 * how the user stands.
 */
export function requireActive({ call, user }: UserAttempt): void {
  if (!user.enabled) call.fail("NotAuthorizedException", "User is disabled.");
  if (user.status === "UNCONFIRMED") call.fail("UserNotConfirmedException", "User is not confirmed.");
  if (user.status === "RESET_REQUIRED") {
    call.fail("PasswordResetRequiredException", "Password reset required for the user");
  }
}

/** Every factor that is asked for stands; a device that says it is known proves it last. */
export async function finish(attempt: UserAttempt): Promise<Step> {
  return (await deviceChallenge(attempt)) ?? complete(attempt);
}

/** Nothing is left to prove. */
export async function complete(attempt: UserAttempt): Promise<Step> {
  const { call, context, user, session, clientMetadata, failures } = attempt;
  const { environment, facts, now } = call;
  const isProved = isDeviceProved(attempt);
  // A page has nowhere to keep a device's key.
  const mayTrack = tracksDevices(context) && !isProved && !attempt.isHosted;
  const metadata = mayTrack ? newDeviceMetadata(environment, context) : undefined;
  const { userAttributes, userNotFound: _, ...base } = toldOf(attempt);
  await environment.triggers.invoke(context.pool, "PostAuthentication", {
    ...base,
    triggerSource: "PostAuthentication_Authentication",
    request: { userAttributes, newDeviceUsed: metadata !== undefined, clientMetadata },
  });
  const eventId = call.random.uuid();
  const alsoWrite = async (tx: Tx) => {
    if (session !== undefined) await useAuthSession(call, tx, session);
    if (failures !== undefined) await signInFailures.delete(tx, lockKey(environment, claimedOf(attempt)));
    if (isProved) await noteDeviceUse(call, tx, attempt);
    await recordSignIn(attempt, tx, "Pass", { eventId });
  };
  if (attempt.isHosted) return { signedIn: { user, alsoWrite } };
  const tokens = await issueTokens(environment, facts, {
    context,
    eventId,
    user,
    now,
    triggerSource: session?.triggerSource ?? "TokenGeneration_Authentication",
    clientMetadata,
    deviceKey: isProved ? attempt.deviceKey : metadata?.DeviceKey,
    alsoWrite,
  });
  return {
    AuthenticationResult: { ...tokens, ...(metadata === undefined ? {} : { NewDeviceMetadata: metadata }) },
    ChallengeParameters: {},
  };
}

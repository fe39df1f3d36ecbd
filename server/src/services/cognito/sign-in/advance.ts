import { missingAttributes } from "../attributes/attribute-rules.ts";
import { attributeList } from "../users/pool-user.ts";
import { deviceChallenge } from "./devices.ts";
import { finish, requireActive } from "./finish.ts";
import { secondFactor } from "./mfa.ts";
import { challenge, type Step, type UserAttempt, useUp } from "./sign-in.ts";
import { weigh } from "./threats.ts";

/** What comes after a first factor that stands: a new password, a second factor, or tokens. */
export async function afterFirstFactor(known: UserAttempt): Promise<Step> {
  requireActive(known);
  const attempt = await weigh(known);
  const { call, user, context } = attempt;
  if (user.status === "FORCE_CHANGE_PASSWORD") {
    if (user.password_expires_at !== null && call.now >= user.password_expires_at) {
      call.fail("NotAuthorizedException", "Temporary password has expired and must be reset by an administrator.");
    }
    const named = attributeList(user).map(({ Name = "", Value = "" }) => [Name, Value] as const);
    const missing = missingAttributes(context.configuration, user.attributes);
    const { step } = challenge(attempt, "NEW_PASSWORD_REQUIRED", {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(missing.map((name) => `userAttributes.${name}`)),
      // Who a user is cannot be given here, so it is not shown (recorded from AWS).
      userAttributes: JSON.stringify(Object.fromEntries(named.filter(([name]) => name !== "sub"))),
    });
    await useUp(attempt);
    return step;
  }
  return (await deviceChallenge(attempt, true)) ?? (await secondFactor(attempt)) ?? finish(attempt);
}

import type { AuthFactorType } from "@aws-sdk/client-cognito-identity-provider";
import { poolUserPasskeys } from "../../../store/pool-user-passkeys.ts";
import { poolUserTotp } from "../../../store/pool-user-totp.ts";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { mfaShape } from "../users/mfa-shape.ts";
import { poolFactors } from "./mfa.ts";

/** What the pool allows, as the first factor or the second, and the user has. */
async function configuredFactors(tx: Tx, context: PoolContext, user: PoolUserRow): Promise<AuthFactorType[]> {
  const { configuration } = context;
  const first = new Set(configuration.Policies.SignInPolicy?.AllowedFirstAuthFactors ?? ["PASSWORD"]);
  const second = poolFactors(configuration);
  const found: AuthFactorType[] = [];
  if (first.has("PASSWORD") && user.password_sealed !== null) found.push("PASSWORD");
  if ((first.has("EMAIL_OTP") || second.has("EMAIL_OTP")) && user.attributes.email !== undefined) {
    found.push("EMAIL_OTP");
  }
  if ((first.has("SMS_OTP") || second.has("SMS_MFA")) && user.attributes.phone_number !== undefined) {
    found.push("SMS_OTP");
  }
  if (first.has("WEB_AUTHN") && (await poolUserPasskeys.list(tx, user.user_id, "", 1)).length > 0) {
    found.push("WEB_AUTHN");
  }
  if (second.has("SOFTWARE_TOKEN_MFA") && (await poolUserTotp.find(tx, user.user_id)) !== undefined) {
    found.push("SOFTWARE_TOKEN");
  }
  return found;
}

/** The answer of GetUserAuthFactors and its twin. */
export async function authFactors(tx: Tx, context: PoolContext, user: PoolUserRow) {
  return {
    Username: user.username,
    ...mfaShape(user),
    ConfiguredUserAuthFactors: await configuredFactors(tx, context, user),
  };
}

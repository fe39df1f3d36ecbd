import type { CodeDeliveryDetailsType } from "@aws-sdk/client-cognito-identity-provider";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import { type ClientContext, requirePublicClient, requireSecretHash } from "../app-clients/app-client.ts";
import { isEmail, isPhoneNumber } from "../attributes/attribute-rules.ts";
import { codeDeliveryDetails } from "../messages/delivery-details.ts";
import { findPoolUser } from "./pool-user.ts";

/** Whom an unsigned request speaks of: it names an app client and a user, and knows the client's secret where there is one. */
export interface PublicUser {
  readonly context: ClientContext;
  /** Undefined where there is nobody of this name, which not every client may learn. */
  readonly user: PoolUserRow | undefined;
}

export async function findPublicUser(
  call: Call<"ResourceNotFoundException" | "NotAuthorizedException">,
  tx: Tx,
  input: { readonly ClientId: string; readonly Username: string; readonly SecretHash?: string | undefined },
): Promise<PublicUser> {
  const context = await requirePublicClient(call, tx, input.ClientId);
  requireSecretHash(call, context, input.Username, input.SecretHash);
  return { context, user: await findPoolUser(tx, context, input.Username) };
}

/** Whether the client asked that strangers do not learn who is a user (PreventUserExistenceErrors). */
export function hidesUsers({ clientConfiguration }: Pick<ClientContext, "clientConfiguration">): boolean {
  return clientConfiguration.PreventUserExistenceErrors === "ENABLED";
}

/** What the operations that take a username and a client say of a user who is not there (aws-sdk-ios#4837, 2023). */
export function noSuchPublicUser(call: Call<"UserNotFoundException">): never {
  return call.fail("UserNotFoundException", "Username/client id combination not found.");
}

/**
 * What a client that hides its users is told when no code was sent: an address that looks like any other (developer guide,
 * "Managing user existence error responses"), always the same for a username, which a key of this server makes it. A name
 * that is an address is where a code to a user of that name would have gone.
 */
export function simulatedDelivery(
  call: Call,
  { pool, configuration }: ClientContext,
  username: string,
): CodeDeliveryDetailsType {
  const digest = call.environment.seal.mac(`${pool.pool_id} ${username}`, "simulated delivery");
  const letter = (at: number) => String.fromCharCode(0x61 + ((digest[at] ?? 0) % 26));
  const digits = Array.from(digest.subarray(2, 6), (byte) => byte % 10).join("");
  const { AutoVerifiedAttributes = [] } = configuration;
  if (isEmail(username)) return codeDeliveryDetails({ attribute: "email", medium: "EMAIL", destination: username });
  if (isPhoneNumber(username)) {
    return codeDeliveryDetails({ attribute: "phone_number", medium: "SMS", destination: username });
  }
  const isPhone = AutoVerifiedAttributes[0] === "phone_number";
  return codeDeliveryDetails(
    isPhone
      ? { attribute: "phone_number", medium: "SMS", destination: `+1555555${digits}` }
      : { attribute: "email", medium: "EMAIL", destination: `${letter(0)}@${letter(1)}` },
  );
}

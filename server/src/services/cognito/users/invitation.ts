import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { type Address, invitationAddresses, type Medium } from "../messages/address.ts";
import { type Content, compose } from "../messages/compose.ts";
import { customMessage } from "../messages/custom-message.ts";
import { queueMessage } from "../messages/outbox.ts";

/** Messages that tell a new user the name and the temporary password to sign in with, ready to be sent. */
export interface Invitation {
  readonly context: PoolContext;
  readonly user: PoolUserRow;
  readonly messages: readonly { readonly address: Address; readonly content: Content }[];
}

const kind = "AdminCreateUser";

/** By every medium that is asked for and the user has an address of; none where there is no such address. */
export async function planInvitation(
  call: Call<"UnexpectedLambdaException" | "UserLambdaValidationException" | "InvalidLambdaResponseException">,
  context: PoolContext,
  user: PoolUserRow,
  invited: {
    /** What the user signs in with, which is the address where usernames are addresses. */
    readonly username: string;
    readonly password: string;
    readonly mediums?: readonly Medium[] | undefined;
    readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
  },
): Promise<Invitation> {
  const { username, password, mediums, clientMetadata } = invited;
  const messages = [];
  for (const address of invitationAddresses(user.attributes, mediums)) {
    const { medium } = address;
    const custom = await customMessage(call, context, user, { kind, medium, clientMetadata });
    const content = compose(call.environment, context, { kind, medium, username, code: password }, custom);
    messages.push({ address, content });
  }
  return { context, user, messages };
}

export async function sendInvitation(call: Call, tx: Tx, { context, user, messages }: Invitation): Promise<void> {
  for (const message of messages) await queueMessage(call, tx, { context, user, kind, ...message });
}

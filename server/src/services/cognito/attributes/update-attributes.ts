import type { AttributeType, CodeDeliveryDetailsType } from "@aws-sdk/client-cognito-identity-provider";
import { poolUserPendingAttributes } from "../../../store/pool-user-pending-attributes.ts";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Call } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { issueCode } from "../codes/code.ts";
import { type Address, addressOf } from "../messages/address.ts";
import type { CustomMessage } from "../messages/compose.ts";
import { customMessage } from "../messages/custom-message.ts";
import { sendCode } from "../messages/outbox.ts";
import { updatePoolUser } from "../users/aliases.ts";
import { type AddressAttribute, rereadPoolUser } from "../users/pool-user.ts";
import { type Attributes, changedAttributes } from "./attribute-rules.ts";

export type UpdateCall = Call<
  | "AliasExistsException"
  | "UserNotFoundException"
  | "UnexpectedLambdaException"
  | "UserLambdaValidationException"
  | "InvalidLambdaResponseException"
>;

interface Update {
  readonly given: readonly AttributeType[];
  /** Undefined where an administrator updates: then a verified address may be taken from another user. */
  readonly clientId?: string | undefined;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/**
 * What UpdateUserAttributes and AdminUpdateUserAttributes do: a new address of an attribute that the pool verifies is sent
 * a code, unless the administrator vouches for it, and where the pool requires that it be verified first, the old one
 * stays until it is. Answers where codes went.
 */
export async function updateAttributes(
  call: UpdateCall,
  context: PoolContext,
  user: PoolUserRow,
  { given, clientId, clientMetadata }: Update,
): Promise<CodeDeliveryDetailsType[]> {
  const { environment, now } = call;
  const { pool, configuration } = context;
  const planned = plan(call, context, user, given);
  const custom = new Map<AddressAttribute, CustomMessage | undefined>();
  for (const { attribute, medium } of planned.sent) {
    const occasion = { kind: "UpdateUserAttribute" as const, medium, clientId, clientMetadata };
    custom.set(attribute, await customMessage(call, context, user, occasion));
  }
  // The other user who has the address already is better known in a pool whose usernames are addresses.
  const moves = clientId === undefined && configuration.UsernameAttributes === undefined;
  return environment.store.write(async (tx) => {
    const before = await rereadPoolUser(call, tx, user);
    const { attributes, pending, decided, sent } = plan(call, context, before, given);
    for (const name of decided) await poolUserPendingAttributes.delete(tx, user.user_id, name);
    for (const [name, value] of Object.entries(pending)) {
      await poolUserPendingAttributes.put(tx, { user_id: user.user_id, pool_id: pool.pool_id, name, value });
    }
    await updatePoolUser(call, tx, context, before, { ...before, attributes, modified_at: now }, moves);
    const details: CodeDeliveryDetailsType[] = [];
    for (const address of sent) {
      const { attribute, destination } = address;
      const purpose = `verify-${attribute}` as const;
      const code = await issueCode(call, tx, { poolId: pool.pool_id, userId: user.user_id, purpose, destination });
      const message = { context, user: before, kind: "UpdateUserAttribute" as const, address, code, clientId };
      details.push(await sendCode(call, tx, { ...message, custom: custom.get(attribute) }));
    }
    return details;
  });
}

interface Plan {
  readonly attributes: Attributes;
  /** Addresses that wait until they are verified. */
  readonly pending: Attributes;
  /** Addresses for which nothing waits any more. */
  readonly decided: readonly AddressAttribute[];
  /** Where codes go. */
  readonly sent: readonly Address[];
}

function plan(call: Call, { configuration }: PoolContext, before: PoolUserRow, given: readonly AttributeType[]): Plan {
  const { attributes: changed, unverified } = changedAttributes(call, configuration, before.attributes, given);
  const attributes: Record<string, string> = { ...changed };
  const pending: Record<string, string> = {};
  const sent: Address[] = [];
  const waits = configuration.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
  for (const name of unverified) {
    const address = addressOf(name, changed);
    if (address !== undefined && configuration.AutoVerifiedAttributes?.includes(name)) sent.push(address);
    if (!waits.includes(name)) continue;
    pending[name] = changed[name] ?? "";
    for (const kept of [name, `${name}_verified`]) {
      const value = before.attributes[kept];
      if (value === undefined) delete attributes[kept];
      else attributes[kept] = value;
    }
  }
  const named = new Set(given.map(({ Name }) => Name));
  const decided = (["email", "phone_number"] as const).filter((name) => named.has(name) && pending[name] === undefined);
  return { attributes, pending, decided, sent };
}

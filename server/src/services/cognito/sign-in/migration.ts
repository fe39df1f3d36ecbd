import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import { newAttributes } from "../attributes/attribute-rules.ts";
import { makeVerifier } from "../passwords/verifier.ts";
import type { StringMap } from "../triggers/events.ts";
import { syncAliases, takenAlias } from "../users/aliases.ts";
import { attributesWithUsername, newPoolUser } from "../users/new-pool-user.ts";
import { findPoolUser } from "../users/pool-user.ts";
import type { SignInCall } from "./sign-in.ts";

export function canMigrate({ environment }: SignInCall, { pool }: ClientContext): boolean {
  return environment.triggers.has(pool, "UserMigration");
}

/**
 * Lets the pool's function vouch for somebody who is not here yet, who then is, with the password that was given: the
 * pool's own policy is not asked (developer guide, "Migrate user Lambda trigger").
 */
export async function migrateUser(
  call: SignInCall,
  context: ClientContext,
  username: string,
  password: string,
  validationData: StringMap | undefined,
): Promise<PoolUserRow> {
  const { environment, facts } = call;
  const clientId = context.client.client_id;
  const answer = await environment.triggers.invoke(context.pool, "UserMigration", {
    triggerSource: "UserMigration_Authentication",
    userName: username,
    clientId,
    userAgent: facts.userAgent,
    request: { password, validationData },
  });
  if (answer === undefined) return call.fail("UserNotFoundException", "User does not exist.");
  const { configuration } = context;
  const given = Object.entries(answer.userAttributes).filter(([name]) => name !== "username" && name !== "sub");
  const attributes = attributesWithUsername(
    call,
    configuration,
    username,
    newAttributes(
      call,
      configuration,
      given.map(([Name, Value]) => ({ Name, Value })),
      { areRequired: false },
    ),
  );
  const userId = call.random.uuid();
  const status = answer.finalUserStatus ?? "CONFIRMED";
  const draft = newPoolUser(call, context, userId, { username, attributes, status, password: undefined });
  const user: PoolUserRow = {
    ...draft,
    password_sealed: await makeVerifier(environment, draft, password),
    password_set_at: call.now,
  };
  return environment.store.write(async (tx) => {
    // Two sign-ins at once bring one user here.
    const there = await findPoolUser(tx, context, username);
    if (there !== undefined) return there;
    const options = { now: call.now, moves: answer.forceAliasCreation };
    const taken = await syncAliases(tx, context, undefined, user, options);
    if (taken !== undefined) call.fail("AliasExistsException", takenAlias(taken.name));
    await poolUsers.insert(tx, user);
    return user;
  });
}

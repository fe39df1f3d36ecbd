import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Call } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import { makeVerifier } from "../passwords/verifier.ts";
import type { StringMap } from "../triggers/events.ts";
import { syncAliases, takenAlias } from "./aliases.ts";
import { attributesOfNewUser, newPoolUser } from "./new-pool-user.ts";
import { findPoolUser, noSuchPoolUser } from "./pool-user.ts";

/** What brings somebody here: a sign-in with a password, or a forgotten one. */
export type MigrationReason =
  | { readonly password: string; readonly validationData: StringMap | undefined }
  | { readonly password?: undefined; readonly clientMetadata: StringMap | undefined };

export function canMigrate({ environment }: Call, { pool }: ClientContext): boolean {
  return environment.triggers.has(pool, "UserMigration");
}

/**
 * Lets the pool's function vouch for somebody who is not here yet, who then is, with the password that was given: the
 * pool's own policy is not asked (developer guide, "Migrate user Lambda trigger").
 */
export async function migrateUser(
  call: Call<"UserNotFoundException">,
  context: ClientContext,
  username: string,
  reason: MigrationReason,
): Promise<PoolUserRow> {
  const { environment, facts } = call;
  const { password, ...request } = reason;
  const answer = await environment.triggers.invoke(context.pool, "UserMigration", {
    triggerSource: password === undefined ? "UserMigration_ForgotPassword" : "UserMigration_Authentication",
    userName: username,
    clientId: context.client.client_id,
    userAgent: facts.userAgent,
    request: { password, ...request },
  });
  if (answer === undefined) return call.fail("UserNotFoundException", noSuchPoolUser);
  const given = Object.entries(answer.userAttributes)
    .filter(([name]) => name !== "username" && name !== "sub")
    .map(([Name, Value]) => ({ Name, Value }));
  const attributes = attributesOfNewUser(call, context.configuration, username, given, { areRequired: false });
  const draft = newPoolUser(call, context, call.random.uuid(), {
    username,
    attributes,
    // Who forgot the password chooses a new one next, by the code that follows.
    status: answer.finalUserStatus ?? (password === undefined ? "RESET_REQUIRED" : "CONFIRMED"),
    password: undefined,
  });
  const user: PoolUserRow =
    password === undefined
      ? draft
      : {
          ...draft,
          password_sealed: await makeVerifier(environment, draft, password),
          password_set_at: call.now,
        };
  return environment.store.write(async (tx) => {
    // Two requests at once bring one user here.
    const there = await findPoolUser(tx, context, username);
    if (there !== undefined) return there;
    const options = { now: call.now, moves: answer.forceAliasCreation };
    const taken = await syncAliases(tx, context, undefined, user, options);
    if (taken !== undefined) call.fail("InvalidParameterException", takenAlias(taken));
    await poolUsers.insert(tx, user);
    return user;
  });
}

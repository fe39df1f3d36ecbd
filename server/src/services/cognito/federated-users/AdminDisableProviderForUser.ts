import { identityProviders } from "../../../store/identity-providers.ts";
import { poolUserIdentities } from "../../../store/pool-user-identities.ts";
import { poolUsers } from "../../../store/pool-users.ts";
import { cognito } from "../cognito.ts";
import { nameKey, noSuchPoolUser } from "../users/pool-user.ts";
import { requirePool } from "../users/user-of-pool.ts";
import { federatedUsername, identitiesOf, ownProvider, requireIdentifier, withIdentities } from "./identities.ts";

export const AdminDisableProviderForUser = cognito("AdminDisableProviderForUser", {
  resource: (input, call) => requirePool(call, input.UserPoolId),

  async handle({ User }, call, { pool, configuration }) {
    const { tx, now } = call;
    const { pool_id } = pool;
    const identity = requireIdentifier(call, "User", User);
    const { providerName, attributeValue } = identity;
    if (providerName !== ownProvider) {
      if ((await identityProviders.find(tx, pool_id, providerName)) === undefined) {
        // The text is ours.
        call.fail(
          "InvalidParameterException",
          `Invalid User: the provider ${providerName} does not exist for User Pool ${pool_id}.`,
        );
      }
      const linked = await poolUserIdentities.find(tx, pool_id, identity);
      const user = linked === undefined ? undefined : await poolUsers.findById(tx, linked);
      if (user !== undefined) {
        const left = identitiesOf(user).filter(
          (one) => one.providerName !== providerName || one.userId !== attributeValue,
        );
        await poolUserIdentities.delete(tx, pool_id, identity);
        await poolUsers.update(tx, user, withIdentities(user, left, now));
        return;
      }
    }
    // A user of the pool can no longer use a password; one who came from elsewhere can no longer come (API reference).
    const username = providerName === ownProvider ? attributeValue : federatedUsername(providerName, attributeValue);
    const user = await poolUsers.find(tx, pool_id, nameKey(configuration, username));
    if (user === undefined) return call.fail("UserNotFoundException", noSuchPoolUser);
    const none = { password_sealed: null, password_set_at: null, password_expires_at: null };
    await poolUsers.update(tx, user, {
      ...user,
      ...(providerName === ownProvider ? none : { enabled: false }),
      modified_at: now,
    });
  },
});

import { identityProviders } from "../../../store/identity-providers.ts";
import { type Identity, poolUserIdentities } from "../../../store/pool-user-identities.ts";
import { type PoolUserRow, poolUsers } from "../../../store/pool-users.ts";
import type { Call } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { cognito } from "../cognito.ts";
import { nameKey, noSuchPoolUser } from "../users/pool-user.ts";
import { requirePool } from "../users/user-of-pool.ts";
import { federatedUsername, identitiesOf, ownProvider, requireIdentifier, withIdentities } from "./identities.ts";

export const AdminLinkProviderForUser = cognito("AdminLinkProviderForUser", {
  resource: (input, call) => requirePool(call, input.UserPoolId),

  async handle({ DestinationUser, SourceUser }, call, context) {
    const { tx, now } = call;
    const { pool_id } = context.pool;
    const source = requireIdentifier(call, "SourceUser", SourceUser);
    const destination = requireIdentifier(call, "DestinationUser", DestinationUser);
    if (source.providerName === ownProvider) {
      // Reported in 2023 and 2024.
      call.fail(
        "InvalidParameterException",
        "Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, only as a DestinationUser",
      );
    }
    const provider = await identityProviders.find(tx, pool_id, source.providerName);
    // The text is ours.
    if (provider === undefined) {
      return call.fail(
        "InvalidParameterException",
        `Invalid SourceUser: the provider ${source.providerName} does not exist for User Pool ${pool_id}.`,
      );
    }
    const user = await findNamed(call, context, destination);
    if (user === undefined) return call.fail("UserNotFoundException", noSuchPoolUser);
    if ((await findNamed(call, context, source)) !== undefined) {
      // Reported in 2018.
      call.fail(
        "InvalidParameterException",
        "Merging is not currently supported, provide a SourceUser that has not been signed up in order to link",
      );
    }
    const linked = await poolUserIdentities.find(tx, pool_id, source);
    if (linked === user.user_id) return;
    if (linked !== undefined) {
      // The code is AWS's, as reported in 2018. The text is ours.
      call.fail("AliasExistsException", "SourceUser is already linked to a different user.");
    }
    const most = call.environment.quotas.LinkedIdentitiesPerPoolUser;
    if ((await poolUserIdentities.countOfUser(tx, user.user_id)) >= most) {
      // The text is ours.
      call.fail("LimitExceededException", `Cannot link more than ${most} identities to a user.`);
    }
    await poolUserIdentities.insert(tx, user, source);
    const identity = {
      userId: source.attributeValue,
      providerName: source.providerName,
      providerType: provider.provider_type,
      issuer: null,
      primary: false,
      dateCreated: now,
    };
    await poolUsers.update(tx, user, withIdentities(user, [...identitiesOf(user), identity], now));
  },
});

/** A user of the pool by username, or one who came from elsewhere by what the provider calls them. */
function findNamed(
  call: Call,
  { pool, configuration }: PoolContext,
  { providerName, attributeValue }: Identity,
): Promise<PoolUserRow | undefined> {
  const username = providerName === ownProvider ? attributeValue : federatedUsername(providerName, attributeValue);
  return poolUsers.find(call.tx, pool.pool_id, nameKey(configuration, username));
}

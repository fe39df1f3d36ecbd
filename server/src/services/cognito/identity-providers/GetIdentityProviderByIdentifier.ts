import { identityProviders } from "../../../store/identity-providers.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { identityProviderShape } from "./identity-provider.ts";

export const GetIdentityProviderByIdentifier = cognito("GetIdentityProviderByIdentifier", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const name = await identityProviders.findByIdentifier(call.tx, pool.pool_id, input.IdpIdentifier);
    const provider = name === undefined ? undefined : await identityProviders.find(call.tx, pool.pool_id, name);
    if (provider === undefined) {
      // The text is ours: AWS's is not known.
      return call.fail(
        "ResourceNotFoundException",
        `Identity provider with identifier ${input.IdpIdentifier} does not exist.`,
      );
    }
    return { IdentityProvider: await identityProviderShape(call, call.tx, provider) };
  },
});

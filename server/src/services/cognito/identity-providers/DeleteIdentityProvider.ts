import { identityProviders } from "../../../store/identity-providers.ts";
import { userPoolKeys } from "../../../store/user-pool-keys.ts";
import { cognito } from "../cognito.ts";
import { encryptionPurpose } from "./encryption-certificate.ts";
import { requireIdentityProvider } from "./identity-provider.ts";

export const DeleteIdentityProvider = cognito("DeleteIdentityProvider", {
  resource: (input, call) => requireIdentityProvider(call, input),

  async handle(_input, call, { provider }) {
    const { pool_id, provider_name } = provider;
    await identityProviders.delete(call.tx, pool_id, provider_name);
    await userPoolKeys.delete(call.tx, pool_id, encryptionPurpose(provider_name));
  },
});

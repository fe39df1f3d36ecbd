import { cognito } from "../cognito.ts";
import { identityProviderShape, requireIdentityProvider } from "./identity-provider.ts";

export const DescribeIdentityProvider = cognito("DescribeIdentityProvider", {
  resource: (input, call) => requireIdentityProvider(call, input),

  handle: async (_input, call, { provider }) => ({
    IdentityProvider: await identityProviderShape(call, call.tx, provider),
  }),
});

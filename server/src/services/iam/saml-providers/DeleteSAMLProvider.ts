import { samlProviders } from "../../../store/saml-providers.ts";
import { iam } from "../iam.ts";
import { requireSamlProvider } from "./saml-provider.ts";

export const DeleteSAMLProvider = iam("DeleteSAMLProvider", {
  resource: (input, call) => requireSamlProvider(call, input.SAMLProviderArn),

  // Roles that trust it stay, and trust nobody by it (IAM API reference).
  async handle(_input, call, { provider }) {
    await samlProviders.delete(call.tx, provider);
  },
});

import { cognito } from "../cognito.ts";
import { brandingShape, requireBranding } from "./managed-login-branding.ts";

export const DescribeManagedLoginBranding = cognito("DescribeManagedLoginBranding", {
  resource: (input, call) => requireBranding(call, input.UserPoolId, input.ManagedLoginBrandingId),

  handle: async (input, call, { branding }) => ({
    ManagedLoginBranding: await brandingShape(call.tx, branding, input.ReturnMergedResources),
  }),
});

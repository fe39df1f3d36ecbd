import { managedLoginBrandings } from "../../../store/managed-login-brandings.ts";
import { cognito } from "../cognito.ts";
import { requireBranding } from "./managed-login-branding.ts";

export const DeleteManagedLoginBranding = cognito("DeleteManagedLoginBranding", {
  resource: (input, call) => requireBranding(call, input.UserPoolId, input.ManagedLoginBrandingId),

  async handle(_input, call, { branding }) {
    await managedLoginBrandings.delete(call.tx, branding.branding_id);
  },
});

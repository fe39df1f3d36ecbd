import { managedLoginBrandings } from "../../../store/managed-login-brandings.ts";
import { requireClientOfPool } from "../app-clients/app-client.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { brandingShape } from "./managed-login-branding.ts";

export const DescribeManagedLoginBrandingByClient = cognito("DescribeManagedLoginBrandingByClient", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    await requireClientOfPool(call, call.tx, pool.pool_id, input.ClientId);
    const branding = await managedLoginBrandings.findByClient(call.tx, input.ClientId);
    if (branding === undefined) {
      // The text is ours: AWS's is not known.
      return call.fail(
        "ResourceNotFoundException",
        `Managed login branding does not exist for user pool client ${input.ClientId}.`,
      );
    }
    return { ManagedLoginBranding: await brandingShape(call.tx, branding, input.ReturnMergedResources) };
  },
});

import { managedLoginBrandings } from "../../../store/managed-login-brandings.ts";
import { requireClientOfPool } from "../app-clients/app-client.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { brandingShape, readAssets, readSettings, refuseBoth } from "./managed-login-branding.ts";

export const CreateManagedLoginBranding = cognito("CreateManagedLoginBranding", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const { tx, now } = call;
    const { ClientId, UseCognitoProvidedValues } = input;
    const settings = readSettings(call, input.Settings, UseCognitoProvidedValues);
    if (settings === undefined && UseCognitoProvidedValues !== true) refuseBoth(call);
    const assets = readAssets(call, input.Assets);
    await requireClientOfPool(call, tx, pool.pool_id, ClientId);
    // Both texts are ours.
    if ((await managedLoginBrandings.findByClient(tx, ClientId)) !== undefined) {
      call.fail(
        "ManagedLoginBrandingExistsException",
        `Managed login branding already exists for user pool client ${ClientId}.`,
      );
    }
    const quota = call.environment.quotas.ManagedLoginBrandingsPerUserPool;
    if ((await managedLoginBrandings.count(tx, pool.pool_id)) >= quota) {
      call.fail("LimitExceededException", `Cannot exceed the quota of ${quota} managed login branding styles.`);
    }
    const branding = {
      branding_id: call.random.uuid(),
      pool_id: pool.pool_id,
      client_id: ClientId,
      settings_json: settings === undefined ? null : JSON.stringify(settings),
      created_at: now,
      modified_at: now,
    };
    await managedLoginBrandings.insert(tx, branding);
    await managedLoginBrandings.setAssets(tx, branding.branding_id, assets);
    return { ManagedLoginBranding: await brandingShape(tx, branding) };
  },
});

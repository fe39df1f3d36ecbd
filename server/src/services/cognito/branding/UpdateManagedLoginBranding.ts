import { managedLoginBrandings } from "../../../store/managed-login-brandings.ts";
import { cognito } from "../cognito.ts";
import {
  brandingShape,
  mergeAssets,
  readAssets,
  readSettings,
  requireBranding,
  settingsOf,
} from "./managed-login-branding.ts";
import { mergeSettings } from "./settings.ts";

export const UpdateManagedLoginBranding = cognito("UpdateManagedLoginBranding", {
  resource(input, call) {
    // The model calls both optional, and there is nothing to do without them.
    const require = (name: string): never =>
      call.fail(
        "InvalidParameterException",
        `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
      );
    return requireBranding(
      call,
      input.UserPoolId ?? require("userPoolId"),
      input.ManagedLoginBrandingId ?? require("managedLoginBrandingId"),
    );
  },

  async handle(input, call, { branding }) {
    const { tx } = call;
    const { UseCognitoProvidedValues } = input;
    const given = readSettings(call, input.Settings, UseCognitoProvidedValues);
    const assets = readAssets(call, input.Assets);
    const isReset = UseCognitoProvidedValues === true;
    const before = isReset ? undefined : settingsOf(branding);
    const settings = given === undefined ? before : mergeSettings(before ?? {}, given);
    const updated = {
      ...branding,
      settings_json: settings === undefined ? null : JSON.stringify(settings),
      modified_at: call.now,
    };
    await managedLoginBrandings.update(tx, updated);
    const kept = isReset ? [] : await managedLoginBrandings.listAssets(tx, branding.branding_id);
    await managedLoginBrandings.setAssets(tx, branding.branding_id, mergeAssets(kept, assets));
    return { ManagedLoginBranding: await brandingShape(tx, updated) };
  },
});

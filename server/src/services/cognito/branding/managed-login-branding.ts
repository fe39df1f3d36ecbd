import type { AssetType, ManagedLoginBrandingType } from "@aws-sdk/client-cognito-identity-provider";
import {
  type ManagedLoginAssetRow,
  type ManagedLoginBrandingRow,
  managedLoginBrandings,
} from "../../../store/managed-login-brandings.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import { requireUserPool, type UserPoolResource } from "../user-pools/user-pool.ts";
import { defaultSettings } from "./default-settings.ts";
import { isJsonObject, type Json, type JsonObject, mergeSettings } from "./settings.ts";

export interface BrandingResource extends UserPoolResource {
  readonly branding: ManagedLoginBrandingRow;
}

/** Policies know styles by their pool. */
export async function requireBranding(
  call: Call<"ResourceNotFoundException">,
  poolId: string,
  brandingId: string,
): Promise<BrandingResource> {
  const found = await requireUserPool(call, poolId);
  const branding = await managedLoginBrandings.find(call.tx, brandingId);
  if (branding?.pool_id === poolId) return { ...found, branding };
  // The text is ours: AWS's is not known.
  return call.missing(
    found,
    "ResourceNotFoundException",
    `Managed login branding ${brandingId} does not exist for user pool ${poolId}.`,
  );
}

const sections: ReadonlySet<string> = new Set(Object.keys(defaultSettings));

/** Undefined where none are given. The first text is AWS's (measured 2026-09), the others are ours. */
export function readSettings(call: Call, given: unknown, useDefaults: boolean | undefined): JsonObject | undefined {
  if (useDefaults === true && given !== undefined) refuseBoth(call);
  if (given === undefined) return undefined;
  const settings = given as Json; // the codec reads documents as JSON
  if (!isJsonObject(settings)) return call.fail("InvalidParameterException", "settings must be a JSON object");
  const unknown = Object.keys(settings).find((name) => !sections.has(name));
  if (unknown !== undefined) call.fail("InvalidParameterException", `settings has no section ${unknown}`);
  return settings;
}

export function refuseBoth(call: Call): never {
  return call.fail(
    "InvalidParameterException",
    "useCognitoProvidedValues or settings should be specified (but not both)",
  );
}

/** One image for each place and color mode. The texts are ours. */
export function readAssets(call: Call, given: readonly AssetType[] = []): ManagedLoginAssetRow[] {
  const taken = new Set<string>();
  return given.map(({ Category = "", ColorMode = "", Extension = "", Bytes, ResourceId = "" }) => {
    const place = `${Category} ${ColorMode}`;
    if (taken.has(place)) call.fail("InvalidParameterException", `There is more than one asset for ${place}`);
    taken.add(place);
    const isIcon = Extension === "ICO";
    if (isIcon !== (Category === "FAVICON_ICO") || (Category === "FAVICON_SVG" && Extension !== "SVG")) {
      call.fail("InvalidParameterException", `An asset of category ${Category} cannot be of extension ${Extension}`);
    }
    if (Bytes === undefined || Bytes.byteLength === 0) {
      return call.fail("InvalidParameterException", `The asset for ${place} has no bytes`);
    }
    return { category: Category, color_mode: ColorMode, extension: Extension, bytes: Bytes, resource_id: ResourceId };
  });
}

/** What is not given again stays (API reference, UpdateManagedLoginBranding). */
export function mergeAssets(
  before: readonly ManagedLoginAssetRow[],
  given: readonly ManagedLoginAssetRow[],
): ManagedLoginAssetRow[] {
  const place = (asset: ManagedLoginAssetRow) => `${asset.category} ${asset.color_mode}`;
  const merged = new Map([...before, ...given].map((asset) => [place(asset), asset]));
  return [...merged.values()];
}

/** With `merged`, what is not set of its own is shown as the default style has it. */
export async function brandingShape(
  tx: Tx,
  branding: ManagedLoginBrandingRow,
  merged = false,
): Promise<ManagedLoginBrandingType> {
  const own = settingsOf(branding);
  const assets = await managedLoginBrandings.listAssets(tx, branding.branding_id);
  return {
    ManagedLoginBrandingId: branding.branding_id,
    UserPoolId: branding.pool_id,
    UseCognitoProvidedValues: own === undefined,
    Settings: merged ? mergeSettings(defaultSettings, own ?? {}) : own,
    Assets: assets.map(
      (asset) =>
        ({
          Category: asset.category,
          ColorMode: asset.color_mode,
          Extension: asset.extension,
          Bytes: asset.bytes,
          ResourceId: asset.resource_id || undefined,
        }) as AssetType, // the contract let no other words in
    ),
    CreationDate: new Date(branding.created_at),
    LastModifiedDate: new Date(branding.modified_at),
  } as ManagedLoginBrandingType; // its document type has no readonly members
}

export function settingsOf(branding: ManagedLoginBrandingRow): JsonObject | undefined {
  const { settings_json } = branding;
  return settings_json === null ? undefined : (JSON.parse(settings_json) as JsonObject); // Create and Update wrote it
}

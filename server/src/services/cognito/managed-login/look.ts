import { type ManagedLoginAssetPlace, managedLoginBrandings } from "../../../store/managed-login-brandings.ts";
import { poolDomains } from "../../../store/pool-domains.ts";
import type { Tx } from "../../../store/store.ts";
import type { Environment } from "../../operation.ts";
import type { ClientContext, PoolContext } from "../app-clients/app-client.ts";
import { defaultSettings } from "../branding/default-settings.ts";
import { settingsOf } from "../branding/managed-login-branding.ts";
import { isJsonObject, type Json, type JsonObject, mergeSettings } from "../branding/settings.ts";
import { findUiCustomization } from "../branding/ui-customization.ts";

export type Mode = "light" | "dark";

/** How the pages of a client look. */
export interface Look {
  /** Changes when what follows does; undefined where nobody set anything. */
  readonly revision: string | undefined;
  readonly scheme: Mode | "both";
  /** Of SetUICustomization, checked when it was set: for the classes of the classic pages. */
  readonly css?: string | undefined;
  /** CSS values by the names of the pages' variables, of what a style of managed login says. */
  readonly light: Readonly<Record<string, string>>;
  readonly dark: Readonly<Record<string, string>>;
  readonly images: ReadonlySet<ImageName>;
}

export type ImageName = "logo" | "logo-dark" | "background" | "background-dark" | "icon";

export interface Image {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const plainLook: Look = { revision: undefined, scheme: "both", light: {}, dark: {}, images: new Set() };

/**
 * Domains of version 1 have the classic look, others the style that their client has; without one, and for pools without a
 * domain, whatever was set.
 */
export function findLook({ store }: Pick<Environment, "store">, { pool, client }: ClientContext): Promise<Look> {
  return store.read(async (tx) => {
    const style = await findStyle(tx, pool.pool_id, client.client_id);
    if (style !== undefined) return styledLook(style);
    const classic = await findUiCustomization(tx, pool.pool_id, client.client_id);
    if (classic === undefined) return plainLook;
    return {
      ...plainLook,
      revision: String(classic.modified_at),
      // It was written for a page that is light.
      scheme: classic.css === null ? "both" : "light",
      css: classic.css ?? undefined,
      images: new Set(classic.image === null ? [] : ["logo"]),
    };
  });
}

/** The client whose pages are shown; undefined for one of another pool. */
export async function findShownClient(
  { store, appClients }: Pick<Environment, "store" | "appClients">,
  { pool }: PoolContext,
  clientId: string,
): Promise<ClientContext | undefined> {
  const context = await store.read((tx) => appClients.find(tx, clientId));
  return context?.pool.pool_id === pool.pool_id ? context : undefined;
}

export function findImage(
  { store }: Pick<Environment, "store">,
  { pool, client }: ClientContext,
  name: string,
): Promise<Image | undefined> {
  return store.read(async (tx) => {
    const style = await findStyle(tx, pool.pool_id, client.client_id);
    if (style === undefined) {
      const classic = name === "logo" ? await findUiCustomization(tx, pool.pool_id, client.client_id) : undefined;
      if (classic?.image == null) return undefined;
      return { type: classic.image_name?.endsWith("png") ? "image/png" : "image/jpeg", bytes: classic.image };
    }
    const place = imagesOf(style).get(name as ImageName); // of any other there is none
    const asset = place && (await managedLoginBrandings.findAsset(tx, style.brandingId, place));
    return asset && { type: types[asset.extension] ?? "application/octet-stream", bytes: asset.bytes };
  });
}

const types: Readonly<Record<string, string>> = {
  ICO: "image/x-icon",
  JPEG: "image/jpeg",
  PNG: "image/png",
  SVG: "image/svg+xml",
  WEBP: "image/webp",
};

interface Style {
  readonly brandingId: string;
  readonly modifiedAt: number;
  readonly settings: JsonObject;
  readonly places: readonly ManagedLoginAssetPlace[];
}

async function findStyle(tx: Tx, poolId: string, clientId: string): Promise<Style | undefined> {
  const branding = await managedLoginBrandings.findByClient(tx, clientId);
  if (branding === undefined) return undefined;
  const domains = await poolDomains.listOfPool(tx, poolId);
  const isClassic = domains.length > 0 && domains.every(({ managed_login_version }) => managed_login_version === 1);
  if (isClassic) return undefined;
  return {
    brandingId: branding.branding_id,
    modifiedAt: branding.modified_at,
    settings: mergeSettings(defaultSettings, settingsOf(branding) ?? {}),
    places: await managedLoginBrandings.listPlaces(tx, branding.branding_id),
  };
}

function styledLook(style: Style): Look {
  const { settings, modifiedAt } = style;
  const scheme = at(settings, "categories.global.colorSchemeMode");
  return {
    revision: String(modifiedAt),
    scheme: scheme === "DARK" ? "dark" : scheme === "LIGHT" ? "light" : "both",
    light: valuesOf(settings, "lightMode"),
    dark: valuesOf(settings, "darkMode"),
    images: new Set(imagesOf(style).keys()),
  };
}

/** Those that the settings show. */
function imagesOf({ settings, places }: Style): ReadonlyMap<ImageName, ManagedLoginAssetPlace> {
  const images = new Map<ImageName, ManagedLoginAssetPlace>();
  const find = (category: string, ...modes: readonly string[]) =>
    places.find((place) => place.category === category && modes.includes(place.color_mode));
  const add = (name: ImageName, place: ManagedLoginAssetPlace | undefined) => {
    if (place !== undefined) images.set(name, place);
  };
  if (at(settings, "components.form.logo.enabled") === true) {
    add("logo", find("FORM_LOGO", "LIGHT", "DYNAMIC") ?? find("FORM_LOGO", "DARK"));
    add("logo-dark", find("FORM_LOGO", "DARK"));
  }
  if (at(settings, "components.pageBackground.image.enabled") === true) {
    add("background", find("PAGE_BACKGROUND", "LIGHT", "DYNAMIC"));
    add("background-dark", find("PAGE_BACKGROUND", "DARK"));
  }
  add("icon", find("FAVICON_SVG", "LIGHT", "DYNAMIC") ?? find("FAVICON_ICO", "LIGHT", "DYNAMIC"));
  return images;
}

/** Where the settings have the colors that the pages use: `*` stands for the mode. */
const colors: Readonly<Record<string, string>> = {
  page: "components.pageBackground.*.color",
  card: "components.form.*.backgroundColor",
  "card-border": "components.form.*.borderColor",
  heading: "components.pageText.*.headingColor",
  text: "components.pageText.*.bodyColor",
  label: "componentClasses.inputLabel.*.textColor",
  hint: "componentClasses.inputDescription.*.textColor",
  "input-background": "componentClasses.input.*.defaults.backgroundColor",
  "input-border": "componentClasses.input.*.defaults.borderColor",
  link: "componentClasses.link.*.defaults.textColor",
  "link-hover": "componentClasses.link.*.hover.textColor",
  focus: "componentClasses.focusState.*.borderColor",
  line: "componentClasses.divider.*.borderColor",
  primary: "components.primaryButton.*.defaults.backgroundColor",
  "primary-text": "components.primaryButton.*.defaults.textColor",
  "primary-hover": "components.primaryButton.*.hover.backgroundColor",
  "primary-hover-text": "components.primaryButton.*.hover.textColor",
  secondary: "components.idpButton.standard.*.defaults.backgroundColor",
  "secondary-text": "components.idpButton.standard.*.defaults.textColor",
  "secondary-border": "components.idpButton.standard.*.defaults.borderColor",
  "secondary-hover": "components.idpButton.standard.*.hover.backgroundColor",
  "error-background": "components.alert.*.error.backgroundColor",
  "error-border": "components.alert.*.error.borderColor",
};

/** In pixels, the same for both modes. */
const lengths: Readonly<Record<string, string>> = {
  "card-radius": "components.form.borderRadius",
  "button-radius": "componentClasses.buttons.borderRadius",
  "input-radius": "componentClasses.input.borderRadius",
};

/** Whatever is no color and no length is left out: settings are anybody's JSON, and these are written into CSS. */
function valuesOf(settings: JsonObject, mode: "lightMode" | "darkMode"): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, path] of Object.entries(colors)) {
    const value = at(settings, path.replace("*", mode));
    if (typeof value === "string" && /^(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$/.test(value)) values[name] = `#${value}`;
  }
  for (const [name, path] of Object.entries(lengths)) {
    const value = at(settings, path);
    if (typeof value === "number" && value >= 0 && value <= 100) values[name] = `${value}px`;
  }
  return values;
}

function at(settings: JsonObject, path: string): Json | undefined {
  let found: Json | undefined = settings;
  for (const name of path.split(".")) found = isJsonObject(found) ? found[name] : undefined;
  return found;
}

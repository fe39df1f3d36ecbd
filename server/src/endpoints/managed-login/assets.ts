import type { ClientContext } from "../../services/cognito/app-clients/app-client.ts";
import {
  findImage,
  findLook,
  findShownClient,
  type ImageName,
  type Look,
} from "../../services/cognito/managed-login/look.ts";
import type { Environment } from "../../services/operation.ts";
import { type HttpResponse, plain } from "../http.ts";
import type { PoolEndpoint, PoolRequest } from "../pool-domain.ts";
import { passkeyScript } from "./passkey-script.ts";
import { darkWherePreferred, stylesheet } from "./style.ts";

const style = stylesheet + darkWherePreferred();

/** Names one text or another, so that browsers may keep each for good (FNV-1a). */
function revisionOf(text: string): string {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return (sum >>> 0).toString(36);
}

const styleRevision = revisionOf(style);
const scriptRevision = revisionOf(passkeyScript);

interface Shown {
  readonly basePath: string;
  readonly clientId: string | undefined;
  readonly look: Look | undefined;
}

export const styleUrl = (basePath: string): string => `${basePath}/managed-login/style.css?v=${styleRevision}`;
export const scriptUrl = (basePath: string): string => `${basePath}/managed-login/passkeys.js?v=${scriptRevision}`;
export const iconUrl = (basePath: string): string => `${basePath}/managed-login/icon.svg`;
export const brandUrl = (shown: Shown): string => `${shown.basePath}/managed-login/brand.css?${ofClient(shown)}`;
export const imageUrl = (shown: Shown, name: ImageName): string =>
  `${shown.basePath}/managed-login/image?${ofClient(shown)}&name=${name}`;

function ofClient({ clientId = "", look }: Shown): string {
  return `client_id=${encodeURIComponent(clientId)}&v=${look?.revision ?? ""}`;
}

const forGood = ["cache-control", "public, max-age=31536000, immutable"];

function kept(type: string, body: string): HttpResponse {
  return { status: 200, headers: ["content-type", type, ...forGood], body };
}

/** A keyhole. */
const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#2f4fd8"/><circle cx="16" cy="13" r="4.5" fill="#fff"/><path d="m16 14 3.5 10h-7z" fill="#fff"/></svg>';

/** One of these, by its route. */
export function assetEndpoint(environment: Environment, route: string): PoolEndpoint {
  if (route.endsWith("/style.css")) return async () => kept("text/css; charset=utf-8", style);
  if (route.endsWith("/passkeys.js")) return async () => kept("text/javascript; charset=utf-8", passkeyScript);
  if (route.endsWith("/icon.svg")) return async () => kept("image/svg+xml", icon);
  return route.endsWith("/brand.css") ? brandEndpoint(environment) : imageEndpoint(environment);
}

/** What a client's look is, on top of the pages' own: colors first, then the classes that SetUICustomization has. */
function brandEndpoint(environment: Environment): PoolEndpoint {
  return async (request) => {
    const context = await clientOf(environment, request);
    if (context === undefined) return plain(404, "Not found\n");
    const look = await findLook(environment, context);
    const shown = { basePath: request.address.basePath, clientId: context.client.client_id, look };
    const declarations = (values: Readonly<Record<string, string>>) =>
      Object.entries(values).map(([name, value]) => `--${name}: ${value};`);
    const rules = (mode: "light" | "dark") => {
      const image = look.images.has(mode === "dark" ? "background-dark" : "background");
      const name = mode === "dark" ? "background-dark" : "background";
      const background = image ? [`--page-image: url("${imageUrl(shown, name)}");`] : [];
      return `{${[...declarations(look[mode]), ...background].join("")}}`;
    };
    const styled = Object.keys(look.light).length > 0;
    const css = styled
      ? `:root ${rules("light")}\n.dark ${rules("dark")}\n@media (prefers-color-scheme: dark) { .both ${rules("dark")} }\n${page}`
      : "";
    return kept("text/css; charset=utf-8", css + (look.css ?? ""));
  };
}

/** A style has its own background, and no glow. */
const page = "body { background: var(--page-image, none) center / cover no-repeat fixed var(--page); }\n";

/** An image that an administrator uploaded. SVG can hold scripts, which run where somebody opens it by itself. */
function imageEndpoint(environment: Environment): PoolEndpoint {
  return async (request) => {
    const context = await clientOf(environment, request);
    const image = context && (await findImage(environment, context, request.query.get("name") ?? ""));
    if (image === undefined) return plain(404, "Not found\n");
    const policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
    return {
      ...kept(image.type, ""),
      headers: [...kept(image.type, "").headers, "content-security-policy", policy],
      bytes: image.bytes,
    };
  };
}

async function clientOf(environment: Environment, { address, query }: PoolRequest): Promise<ClientContext | undefined> {
  return findShownClient(environment, address.context, query.get("client_id") ?? "");
}

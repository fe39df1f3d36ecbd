import type { ContextDataType, UserContextDataType } from "@aws-sdk/client-cognito-identity-provider";
import { isAddress } from "../../../runtime/addresses.ts";
import type { Call } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";

/** Where a request of a pool user came from, as far as anybody says. */
export interface Origin {
  readonly ip: string;
  readonly deviceName?: string | undefined;
  /** As AWS's script for browsers and phones names it. */
  readonly deviceId?: string | undefined;
  /** Two letters. */
  readonly country?: string | undefined;
  readonly timezone?: string | undefined;
}

/** What requests of users and of administrators say besides. */
export interface GivenContext {
  readonly UserContextData?: UserContextDataType | undefined;
  readonly ContextData?: ContextDataType | undefined;
}

/**
 * Administrators speak for somebody else, and say of whom. A user's own word for an address counts only of a client that has
 * a secret and was allowed it (API reference, EnablePropagateAdditionalUserContextData), since anybody could say anything.
 */
export function originOf(
  { facts }: Pick<Call, "facts">,
  { clientConfiguration, secrets }: Pick<ClientContext, "clientConfiguration" | "secrets">,
  { UserContextData, ContextData }: GivenContext,
): Origin {
  if (ContextData !== undefined) {
    const headers = new Map<string, string>();
    for (const { headerName, headerValue } of ContextData.HttpHeaders ?? []) {
      headers.set((headerName ?? "").toLowerCase(), headerValue ?? "");
    }
    return {
      ip: addressOr(ContextData.IpAddress, facts.sourceIp),
      deviceName: deviceName(headers.get("user-agent")),
      country: countryOf(headers.get(countryHeader)),
      ...readEncodedData(ContextData.EncodedData),
    };
  }
  const isTrusted = secrets.length > 0 && clientConfiguration.EnablePropagateAdditionalUserContextData === true;
  return {
    ip: addressOr(isTrusted ? UserContextData?.IpAddress : undefined, facts.sourceIp),
    deviceName: deviceName(facts.userAgent),
    country: countryOf(facts.country),
    ...readEncodedData(UserContextData?.EncodedData),
  };
}

/** CloudFront's, which says where the viewer is; whatever stands before this server must set it or take it away. */
export const countryHeader = "cloudfront-viewer-country";

function countryOf(text: string | undefined): string | undefined {
  return text !== undefined && /^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : undefined;
}

function addressOr(given: string | undefined, otherwise: string): string {
  return given !== undefined && isAddress(given) ? given : otherwise.slice(0, 128);
}

const browsers = [
  ["Edge", /\bEdg(?:e|A|iOS)?\/(\d{1,5})/],
  ["Opera", /\bOPR\/(\d{1,5})/],
  ["Firefox", /\b(?:Firefox|FxiOS)\/(\d{1,5})/],
  ["Chrome", /\b(?:Chrome|CriOS)\/(\d{1,5})/],
  ["Safari", /\bVersion\/(\d{1,5})[\d.]{0,20} (?:Mobile\/\w{1,20} )?Safari\//],
] as const;

const systems = [
  ["iOS", /\b(?:iPhone|iPad|iPod)\b/],
  ["Android", /\bAndroid\b/],
  ["Windows", /\bWindows\b/],
  ["Mac OS X", /\bMac OS X\b/],
  ["Linux", /\bLinux\b/],
] as const;

/** A browser and its system as AWS shows them, `Chrome 126, Windows`; of other clients, the first word they say. */
export function deviceName(userAgent: string | undefined): string | undefined {
  if (userAgent === undefined || userAgent === "") return undefined;
  const text = userAgent.slice(0, 512);
  for (const [browser, pattern] of browsers) {
    const [, major] = pattern.exec(text) ?? [];
    if (major === undefined) continue;
    const system = systems.find(([, its]) => its.test(text))?.[0] ?? "Other";
    return `${browser} ${major}, ${system}`;
  }
  return text.split(" ", 1)[0]?.slice(0, 100);
}

const longestEncoded = 16_384;

/**
 * What AWS's script collects: base64 of JSON, with JSON in its `payload`. Its signature is made with the client's id, which
 * is no secret, so it is not looked at: this is a word of the client like any other.
 */
function readEncodedData(encoded: string | undefined): Pick<Origin, "deviceId" | "timezone"> {
  if (encoded === undefined || encoded.length > longestEncoded) return {};
  try {
    const { payload } = record(JSON.parse(Buffer.from(encoded, "base64").toString()));
    const { contextData } = record(JSON.parse(typeof payload === "string" ? payload : "{}"));
    const { DeviceId, ClientTimezone } = record(contextData);
    return { deviceId: shortText(DeviceId), timezone: shortText(ClientTimezone) };
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {}; // an object has members
}

function shortText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value.slice(0, 128) : undefined;
}

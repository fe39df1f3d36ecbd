import type { Claims } from "./mapped-attributes.ts";
import type { TokenResponse } from "./oidc-exchange.ts";
import type { JsonClaims } from "./oidc-id-token.ts";
import type { OidcProvider } from "./oidc-provider.ts";

/** More than anybody maps, and few enough to look at. */
const mostClaims = 500;

/**
 * What a provider says of its user, in texts: its tokens, which can be mapped as they are, what its address for attributes
 * answers, and what the ID token says, which counts where both speak (developer guide, "How user pools process claims").
 */
export function claimsOf({ accessToken, idToken }: TokenResponse, ...sources: readonly JsonClaims[]): Claims {
  const claims = new Map<string, readonly string[]>();
  if (accessToken !== undefined) claims.set("access_token", [accessToken]);
  if (idToken !== undefined) claims.set("id_token", [idToken]);
  for (const source of sources) {
    for (const [name, value] of Object.entries(source).slice(0, mostClaims)) {
      const texts = textsOf(value);
      if (texts !== undefined) claims.set(name, texts);
    }
  }
  return claims;
}

function textsOf(value: unknown): readonly string[] | undefined {
  if (value === null || value === undefined) return undefined;
  return Array.isArray(value) ? value.map(textOf) : [textOf(value)];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** People API, `people.get`, personFields. Others in a mapping are the ID token's, and a fault to this API. */
const personFields: ReadonlySet<string> = new Set([
  ...["addresses", "ageRanges", "biographies", "birthdays", "emailAddresses", "genders", "locales", "locations"],
  ...["names", "nicknames", "occupations", "organizations", "phoneNumbers", "photos", "relations", "skills", "urls"],
]);

/** What to ask a provider for that wants to be told; empty where it need not be asked. */
export function fieldsOf({ type, row, subjectClaim }: OidcProvider): readonly string[] {
  const mapped = [...new Set([subjectClaim, ...Object.values(row.attributeMapping ?? {})])];
  if (type === "Google") return mapped.filter((claim) => personFields.has(claim));
  return mapped.filter((claim) => /^[a-z_]{1,64}$/.test(claim) && !tokens.has(claim));
}

/** Of each field of a person the value that is primary, as a text (People API, `Person`). */
export function personClaims(person: JsonClaims): JsonClaims {
  const claims: [string, string][] = [];
  for (const [field, entries] of Object.entries(person)) {
    if (!personFields.has(field) || !Array.isArray(entries)) continue;
    const entry = entries.find((one) => isPrimary(one)) ?? entries[0];
    const text = typeof entry === "object" && entry !== null ? textOfEntry({ ...entry }) : undefined;
    if (text !== undefined) claims.push([field, text]);
  }
  return Object.fromEntries(claims);
}

function isPrimary(entry: unknown): boolean {
  if (typeof entry !== "object" || entry === null || !("metadata" in entry)) return false;
  const { metadata } = entry;
  return typeof metadata === "object" && metadata !== null && "primary" in metadata && metadata.primary === true;
}

function textOfEntry(entry: JsonClaims): string | undefined {
  const { date } = entry;
  if (typeof date === "object" && date !== null) {
    const { year, month, day }: JsonClaims = { ...date };
    // Who keeps the year to himself has no birthdate of OpenID Connect Core, 5.1.
    if (typeof year !== "number" || typeof month !== "number" || typeof day !== "number") return undefined;
    return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  }
  const value = entry.value ?? entry.canonicalForm ?? entry.displayName ?? entry.formattedValue ?? entry.url;
  return typeof value === "string" && value !== "" ? value : undefined;
}

const tokens: ReadonlySet<string> = new Set(["access_token", "id_token"]);

const longestUser = 2_048;

/**
 * The name that Apple has the browser bring at the first sign-in, and never again. The browser could bring any other: it is
 * a name, and proves nothing; the address is the ID token's.
 */
export function appleNames(user: string | null): JsonClaims {
  if (user === null || user.length > longestUser) return {};
  let value: unknown;
  try {
    value = JSON.parse(user);
  } catch {
    return {};
  }
  if (typeof value !== "object" || value === null || !("name" in value)) return {};
  const { name } = value;
  if (typeof name !== "object" || name === null) return {};
  const { firstName, lastName }: JsonClaims = { ...name };
  const parts = [firstName, lastName].filter((part): part is string => typeof part === "string" && part !== "");
  return {
    ...(typeof firstName === "string" ? { firstName } : {}),
    ...(typeof lastName === "string" ? { lastName } : {}),
    ...(parts.length === 0 ? {} : { name: parts.join(" ") }),
  };
}

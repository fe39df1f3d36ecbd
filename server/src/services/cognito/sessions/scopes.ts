/** Scopes that OpenID Connect has (Core, 5.4), as AWS understands them. */
export const openId = "openid";

const byScope: Readonly<Record<string, readonly string[]>> = {
  email: ["email", "email_verified"],
  phone: ["phone_number", "phone_number_verified"],
  profile: [
    "name",
    "family_name",
    "given_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "updated_at",
  ],
};

/**
 * Which attributes these scopes let an app know, of those that it may read: all, where `openid` comes without any of the
 * other three; else what those name, and custom attributes with `profile` (developer guide, "userInfo endpoint"). Who a
 * federated user is elsewhere goes without saying, as AWS's own ID tokens show.
 */
export function attributeFilter(scopes: readonly string[]): (name: string) => boolean {
  const limiting = scopes.filter((scope) => Object.hasOwn(byScope, scope));
  if (limiting.length === 0) return () => true;
  const names = new Set(limiting.flatMap((scope) => byScope[scope] ?? []));
  const isProfile = limiting.includes("profile");
  return (name) =>
    names.has(name) || name === "sub" || name === "identities" || (isProfile && /^(?:custom|dev):/.test(name));
}

/**
 * Whether the client may read what `email` and `phone` are about: where it may not, AWS gives no tokens (developer guide,
 * "Token endpoint", invalid_grant).
 */
export function mayReadScopes(scopes: readonly string[], readAttributes: readonly string[] | undefined): boolean {
  if (readAttributes === undefined) return true;
  return ["email", "phone"].every(
    (scope) => !scopes.includes(scope) || (byScope[scope] ?? []).every((name) => readAttributes.includes(name)),
  );
}

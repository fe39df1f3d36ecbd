import { sha1 } from "../../crypto/digest.ts";
import type { VerifiedAssertion } from "../../saml/response.ts";
import type { Call, Tag } from "../operation.ts";
import { isSessionTag, mostSessionTags } from "./federated-session.ts";

/*
 * What an assertion means to STS: IAM User Guide, "Configure SAML assertions for the authentication response" and
 * "Available keys for SAML-based AWS STS federation".
 */

type SamlCall = Call<"InvalidIdentityTokenException">;

export interface SamlClaims {
  readonly roleSessionName: string;
  readonly sourceIdentity: string | undefined;
  /** Seconds. */
  readonly sessionDuration: number | undefined;
  readonly tags: readonly Tag[];
  readonly transitiveTagKeys: readonly string[];
  readonly subjectType: string;
  readonly nameQualifier: string;
  /** Condition keys of the request, and those that the session keeps. */
  readonly conditions: Readonly<Record<string, readonly string[]>>;
  readonly lastingConditions: Readonly<Record<string, readonly string[]>>;
}

const prefix = "https://aws.amazon.com/SAML/Attributes/";
const principalTag = `${prefix}PrincipalTag:`;
const nameIdFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:";
const sessionName = /^[\w+=,.@-]{2,64}$/;

/** Attributes that are condition keys besides, by their X.500 names. */
const attributeKeys: Readonly<Record<string, string>> = {
  "urn:oid:1.3.6.1.4.1.5923.1.1.1.1": "saml:edupersonaffiliation",
  "urn:oid:1.3.6.1.4.1.5923.1.1.1.2": "saml:edupersonnickname",
  "urn:oid:1.3.6.1.4.1.5923.1.1.1.3": "saml:edupersonorgdn",
  "urn:oid:1.3.6.1.4.1.5923.1.1.1.4": "saml:edupersonorgunitdn",
  "urn:oid:1.3.6.1.4.1.5923.1.1.1.5": "saml:edupersonprimaryaffiliation",
  "urn:oid:1.3.6.1.4.1.5923.1.1.1.6": "saml:edupersonprincipalname",
  "urn:oid:1.3.6.1.4.1.5923.1.1.1.7": "saml:edupersonentitlement",
  "urn:oid:1.3.6.1.4.1.5923.1.1.1.8": "saml:edupersonprimaryorgunitdn",
  "urn:oid:1.3.6.1.4.1.5923.1.1.1.9": "saml:edupersonscopedaffiliation",
  "urn:oid:1.3.6.1.4.1.5923.1.1.1.10": "saml:edupersontargetedid",
  "urn:oid:1.3.6.1.4.1.5923.1.1.1.11": "saml:edupersonassurance",
  "urn:oid:1.3.6.1.4.1.5923.1.2.1.2": "saml:eduorghomepageuri",
  "urn:oid:1.3.6.1.4.1.5923.1.2.1.3": "saml:eduorgidentityauthnpolicyuri",
  "urn:oid:1.3.6.1.4.1.5923.1.2.1.4": "saml:eduorglegalname",
  "urn:oid:1.3.6.1.4.1.5923.1.2.1.5": "saml:eduorgsuperioruri",
  "urn:oid:1.3.6.1.4.1.5923.1.2.1.6": "saml:eduorgwhitepagesuri",
  "urn:oid:2.5.4.3": "saml:cn",
  "urn:oid:2.5.4.4": "saml:surname",
  "urn:oid:2.5.4.42": "saml:givenname",
  "urn:oid:2.5.4.45": "saml:x500uniqueidentifier",
  "urn:oid:0.9.2342.19200300.100.1.1": "saml:uid",
  "urn:oid:0.9.2342.19200300.100.1.3": "saml:mail",
  "urn:oid:0.9.2342.19200300.100.1.45": "saml:organizationstatus",
};

/** `arn` of the role and of the provider, as asked for; `provider` is what both are held by. */
export function readSamlClaims(
  call: SamlCall,
  assertion: VerifiedAssertion,
  arns: { readonly role: string; readonly provider: string },
  provider: { readonly account_id: string; readonly provider_name: string },
): SamlClaims {
  const { attributes, subject, recipient, issuer } = assertion;
  requireRole(call, attributes.get(`${prefix}Role`) ?? [], arns);
  const roleSessionName = single(call, attributes, "RoleSessionName");
  if (roleSessionName === undefined) invalid(call, "RoleSessionName is required in AuthnResponse");
  if (!sessionName.test(roleSessionName)) {
    return invalid(call, "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}");
  }
  const sourceIdentity = single(call, attributes, "SourceIdentity");
  if (sourceIdentity !== undefined && (!sessionName.test(sourceIdentity) || /^aws:/i.test(sourceIdentity))) {
    invalid(call, 'Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"');
  }
  // Recorded 2026-09: without a Format, or one that is empty, the response is none.
  if (subject.format === undefined) return invalid(call, "Invalid base64 SAMLResponse");
  const subjectType = subject.format.startsWith(nameIdFormat)
    ? subject.format.slice(nameIdFormat.length)
    : subject.format;
  const doc = `${provider.account_id}/${provider.provider_name}`;
  const nameQualifier = sha1(issuer + doc);
  return {
    roleSessionName,
    sourceIdentity,
    sessionDuration: readDuration(call, single(call, attributes, "SessionDuration")),
    ...readTags(call, attributes),
    subjectType,
    nameQualifier,
    conditions: {
      ...Object.fromEntries(
        [...attributes].flatMap(([name, values]) => {
          const key = Object.hasOwn(attributeKeys, name) ? attributeKeys[name] : undefined;
          return key === undefined ? [] : [[key, values]];
        }),
      ),
      // The guide: the Recipient, and not the Audience.
      "saml:aud": [recipient],
      "saml:iss": [issuer],
      "saml:doc": [doc],
    },
    lastingConditions: {
      "saml:sub": [subject.nameId],
      "saml:sub_type": [subjectType],
      "saml:namequalifier": [nameQualifier],
    },
  };
}

function invalid(call: SamlCall, message: string): never {
  return call.fail("InvalidIdentityTokenException", message);
}

/** A comma between the two, in either order. */
function requireRole(call: SamlCall, values: readonly string[], arns: { role: string; provider: string }): void {
  const isAsked = (value: string) => {
    const pair = value.split(",").map((arn) => arn.trim());
    return pair.length === 2 && pair.includes(arns.role) && pair.includes(arns.provider);
  };
  if (!values.some(isAsked)) {
    // Recorded 2026-09.
    invalid(call, "SAML Assertion doesn't contain the requested Role and Metadata in the attributes");
  }
}

function single(call: SamlCall, attributes: VerifiedAssertion["attributes"], name: string): string | undefined {
  const values = attributes.get(prefix + name);
  if (values === undefined) return undefined;
  // The text is ours.
  if (values.length > 1) invalid(call, `${name} in AuthnResponse must have one value`);
  return values[0]?.trim() || undefined;
}

/** From 15 minutes to 12 hours. The text is ours. */
function readDuration(call: SamlCall, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = /^\d{3,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(seconds >= 900 && seconds <= 43_200)) {
    return invalid(call, "SessionDuration in AuthnResponse must be between 900 and 43200");
  }
  return seconds;
}

function readTags(
  call: SamlCall,
  attributes: VerifiedAssertion["attributes"],
): Pick<SamlClaims, "tags" | "transitiveTagKeys"> {
  const tags: Tag[] = [];
  for (const [name, values] of attributes) {
    if (!name.startsWith(principalTag)) continue;
    const [Value = "", ...others] = values;
    const tag = { Key: name.slice(principalTag.length), Value };
    // The text is ours.
    if (others.length > 0 || !isSessionTag(tag)) return invalid(call, "A PrincipalTag in AuthnResponse is invalid");
    tags.push(tag);
  }
  const transitiveTagKeys = attributes.get(`${prefix}TransitiveTagKeys`) ?? [];
  const keys = new Set(tags.map(({ Key }) => Key.toLowerCase()));
  if (tags.length > mostSessionTags) return invalid(call, "There are too many PrincipalTags in AuthnResponse");
  if (!transitiveTagKeys.every((key) => keys.has(key.toLowerCase()))) {
    // Recorded of AssumeRole, for the same fault.
    return invalid(call, "The specified transitive tag key must be included in the requested tags.");
  }
  return { tags, transitiveTagKeys };
}

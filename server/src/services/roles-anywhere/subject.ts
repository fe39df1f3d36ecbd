import type { Name, PathCertificate } from "../../crypto/x509/path.ts";
import type { Tag } from "../operation.ts";

/** STS API reference, Tag: what else a certificate holds is left out (IAM Roles Anywhere User Guide, "Trust model"). */
const tagValue = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const longestTagValue = 256;

/** Several values of a kind are one, with slashes between, in the order of the certificate. */
function attributesOf({ attributes }: Name): Map<string, string> {
  const joined = new Map<string, string>();
  for (const { type, value } of attributes) {
    const before = joined.get(type);
    joined.set(type, before === undefined ? value : `${before}/${value}`);
  }
  return joined;
}

/** The default attribute mappings of a profile: subject, issuer, and the first alternative name of each kind. */
export function principalTags({ subjectName, issuerName, alternative }: PathCertificate): readonly Tag[] {
  const { dns, uri, directory } = alternative;
  const found: [key: string, value: string | undefined][] = [
    ["x509SAN/DNS", dns],
    ["x509SAN/URI", uri],
  ];
  for (const [prefix, name] of [
    ["x509Subject", subjectName],
    ["x509Issuer", issuerName],
    ["x509SAN/Name", directory],
  ] as const) {
    for (const [type, value] of name === undefined ? [] : attributesOf(name)) found.push([`${prefix}/${type}`, value]);
  }
  return found.flatMap(([Key, Value]) =>
    Value !== undefined && Value.length <= longestTagValue && tagValue.test(Value) ? [{ Key, Value }] : [],
  );
}

/** In lower-case hexadecimal digits, an even number of them. */
export function serialNumberOf({ serialNumber }: PathCertificate): string {
  const digits = serialNumber.toLowerCase().replace(/^0+(?=.)/, "");
  return digits.length % 2 === 0 ? digits : `0${digits}`;
}

/** CreateSession, `sourceIdentity`; as long as AssumeRole takes one. */
const sourceIdentity = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u;
const longestSourceIdentity = 64;
const longestPrefixed = 61;

/**
 * "Source identity rules" of the User Guide's "Trust model". Undefined for a common name that no source identity can be,
 * about which the guide says nothing.
 */
export function sourceIdentityOf(certificate: PathCertificate): string | undefined {
  const commonName = attributesOf(certificate.subjectName).get("CN") ?? "";
  if (commonName === "") return `ID=${serialNumberOf(certificate)}`;
  if (commonName.length > longestSourceIdentity || !sourceIdentity.test(commonName)) return undefined;
  return commonName.length <= longestPrefixed ? `CN=${commonName}` : commonName;
}

import { FetchError } from "../../../runtime/fetch-error.ts";
import { fetchPublic } from "../../../runtime/fetch-public.ts";
import type { IdentityProvider, SamlEndpoint } from "../../../saml/metadata.ts";
import type { StringMap, TrustedOfIdentityProvider } from "../../../store/identity-providers.ts";
import type { Call } from "../../operation.ts";

const redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const bounds = { timeoutMs: 5_000, bytes: 524_288 };
const switches = ["IDPSignout", "IDPInit", "EncryptedResponses"];
/** The addresses are taken from the metadata, whatever is said; Terraform's users say them. */
const keys: ReadonlySet<string> = new Set([
  ...switches,
  "MetadataFile",
  "MetadataURL",
  "RequestSigningAlgorithm",
  "SLORedirectBindingURI",
  "SSORedirectBindingURI",
]);
/** Developer guide, "Things to know about SAML IdPs": of a signing certificate, in base64. */
const longestCertificate = 4_096;

/** Whoever asks: an operation, or the upkeep of what it has made. */
type Asking = Pick<Call, "environment" | "now" | "fail">;

export interface SamlDetails {
  readonly details: StringMap;
  readonly trusted: TrustedOfIdentityProvider;
}

/**
 * ProviderDetails of a SAML provider as they are kept, and what its metadata says. Texts are AWS's, reported 2018 to
 * 2026-09, but for those that are said to be ours. Fetches where a URL is given, so never in a transaction.
 */
export async function samlDetails(call: Asking, given: StringMap): Promise<SamlDetails> {
  const { MetadataURL, MetadataFile, RequestSigningAlgorithm } = given;
  const refuse = (message: string): never => call.fail("InvalidParameterException", message);
  if (!MetadataURL && !MetadataFile) refuse("At least one of the MetadataURL or MetadataFile should be provided.");
  if (MetadataURL && MetadataFile) refuse("Only one of the MetadataURL or MetadataFile should be provided.");
  // AWS's, reported 2024 of an ActiveEncryptionCertificate: an update must leave out what Describe answered.
  const unknown = Object.keys(given).find((key) => !keys.has(key));
  if (unknown !== undefined) refuse(`${unknown} is not a valid key for SAML identity provider details.`);
  for (const name of switches) {
    const value = given[name];
    // Ours.
    if (value !== undefined && !/^(?:true|false)$/i.test(value)) refuse(`${name} must be true or false.`);
  }
  if (RequestSigningAlgorithm !== undefined && RequestSigningAlgorithm !== "rsa-sha256") {
    // Ours.
    refuse("RequestSigningAlgorithm must be rsa-sha256.");
  }
  const { trusted, ends } = await readProvider(call, MetadataFile || (await fetchMetadata(call, MetadataURL ?? "")));
  const signIn = redirectLocation(trusted.singleSignOn);
  if (signIn === undefined) return refuse("No SingleSignOn Http redirect binding location found in metadata.");
  // Ours: a provider that signs with nothing could never sign anybody in.
  if (ends.length === 0) refuse("No signing certificate found in metadata.");
  if (trusted.signingCertificates.some((pem) => pem.replaceAll(/-----.*-----|\n/g, "").length > longestCertificate)) {
    // Ours.
    refuse(`A signing certificate in the metadata is longer than ${longestCertificate} characters.`);
  }
  if (ends.every((end) => end <= call.now)) refuse("Signing certificates are expired");
  const signOut = redirectLocation(trusted.singleLogout);
  const { SLORedirectBindingURI, ...details } = given;
  return {
    details: {
      ...details,
      ...(signOut === undefined ? {} : { SLORedirectBindingURI: signOut }),
      SSORedirectBindingURI: signIn,
    },
    trusted,
  };
}

function redirectLocation(endpoints: readonly SamlEndpoint[]): string | undefined {
  return endpoints.find(({ binding, location }) => binding === redirect && location !== "")?.location;
}

async function fetchMetadata(call: Asking, text: string): Promise<string> {
  const unreachable = () => call.fail("InvalidParameterException", `Error retrieving metadata from ${text}`);
  if (!URL.canParse(text)) return unreachable();
  const url = new URL(text);
  const { issuerKeys } = call.environment;
  try {
    const { status, body } = await fetchPublic(url, { ...bounds, ...issuerKeys.allowedAt(url) });
    if (status === 200) return body;
    return call.fail(
      "InvalidParameterException",
      `Non-ok status code ${status} returned from remote metadata source ${text}`,
    );
  } catch (error) {
    if (error instanceof FetchError) return unreachable();
    throw error;
  }
}

/** Loaded when asked for: the XML library is for those who federate. */
async function readProvider(
  call: Asking,
  text: string,
): Promise<{ readonly trusted: TrustedOfIdentityProvider; readonly ends: readonly number[] }> {
  const [{ readMetadata }, { endOfCertificate }, { SamlError }] = await Promise.all([
    import("../../../saml/metadata.ts"),
    import("../../../saml/trusted-keys.ts"),
    import("../../../saml/saml-error.ts"),
  ]);
  let providers: readonly IdentityProvider[];
  try {
    providers = readMetadata(text);
  } catch (error) {
    if (!(error instanceof SamlError)) throw error;
    // Ours.
    return call.fail("InvalidParameterException", "The metadata is not well-formed SAML 2.0 metadata.");
  }
  const [provider, another] = providers;
  if (provider === undefined || another !== undefined) {
    // Ours.
    return call.fail("InvalidParameterException", "The metadata must describe one identity provider.");
  }
  const { entityId, signingCertificates, singleSignOn, singleLogout } = provider;
  return {
    trusted: { entityId, signingCertificates, singleSignOn, singleLogout },
    ends: signingCertificates.map(endOfCertificate),
  };
}

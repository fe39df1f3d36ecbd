import { refusal, type ServiceException } from "../contract/service-exception.ts";

/** What a request must be signed for, and the protocol that words the refusal. */
export interface SignedService {
  readonly service: string;
  readonly protocol: "query" | "json";
}

/** One refusal, two protocols: the JSON services' words for the Query services' codes. */
const jsonCodes: Readonly<Record<string, string>> = {
  MissingAuthenticationToken: "MissingAuthenticationTokenException",
  IncompleteSignature: "IncompleteSignatureException",
  SignatureDoesNotMatch: "InvalidSignatureException",
  InvalidClientTokenId: "UnrecognizedClientException",
  ExpiredToken: "ExpiredTokenException",
  MalformedQueryString: "SerializationException",
};

/** The JSON services' own words; all other texts are the same (pattern of AWS's JSON services). */
const jsonMissingToken = "Missing Authentication Token";

export function refuse({ protocol }: SignedService, code: string, message?: string): ServiceException {
  if (protocol === "query") return refusal(code, message);
  return refusal(jsonCodes[code] ?? code, code === "MissingAuthenticationToken" ? jsonMissingToken : message);
}

/** AWS ends this sentence with a period for an unknown key and without one for a broken token (observed). */
export function invalidToken(service: SignedService, fault: "unknown" | "broken"): ServiceException {
  const stop = fault === "unknown" || service.protocol === "json" ? "." : "";
  return refuse(service, "InvalidClientTokenId", `The security token included in the request is invalid${stop}`);
}

export function expiredToken(service: SignedService): ServiceException {
  return refuse(service, "ExpiredToken", "The security token included in the request is expired");
}

/** Of a key, or a certificate, that is not Active. */
export function retiredKey(service: SignedService): ServiceException {
  return refuse(service, "InvalidClientTokenId", "The AWS access key provided does not exist in our records.");
}

export function wrongSignature(service: SignedService): ServiceException {
  return refuse(
    service,
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
  );
}

import { type PolicyDocument, PolicyError, parsePolicy } from "../../policy/document.ts";
import type { Call } from "../operation.ts";

/** Checks a document that is about to be stored; AWS's text tells what is wrong with it. */
export function validateDocument(
  call: Call<"MalformedPolicyDocumentException">,
  document: string,
  kind: "managed" | "identity" | "trust",
): PolicyDocument {
  try {
    return parsePolicy(document, kind);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return call.fail("MalformedPolicyDocumentException", error.message);
  }
}

/** IAM User Guide, quotas: "IAM doesn't count white space when calculating the size of a policy". */
export function documentSize(document: string): number {
  return document.replaceAll(/\s+/g, "").length;
}

/** As answers carry documents: RFC 3986 percent-encoding, which SDKs and the CLI take off again. */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

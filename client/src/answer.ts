import { AnswerError } from "./errors.ts";

/** A member that the API model promises, out of an answer that the SDK types as possibly lacking it. */
export function answered<Value>(value: Value | undefined, operation: string, member: string): Value {
  if (value === undefined) throw new AnswerError(operation, `lacks ${member}`);
  return value;
}

/** What a Get answer holds apart from the SDK's own note about the exchange. */
export function attributesOf<Output extends { $metadata: unknown }>(output: Output): Omit<Output, "$metadata"> {
  const { $metadata, ...attributes } = output;
  return attributes;
}

/**
 * A policy document as JSON text. AWS answers with the document percent-encoded (RFC 3986), which boto3 undoes and the
 * SDK for JavaScript does not. JSON text starts with a brace, encoded JSON text never does.
 */
export function documentText(operation: string, document: string): string {
  if (document.trimStart().startsWith("{")) return document;
  try {
    return decodeURIComponent(document);
  } catch {
    throw new AnswerError(operation, "holds a policy document that is not percent-encoded JSON");
  }
}

/** An inline policy's answer with its document as text. */
export function withPolicyText<Shape extends { PolicyDocument: string | undefined }>(
  operation: string,
  shape: Shape,
): Shape {
  const document = answered(shape.PolicyDocument, operation, "PolicyDocument");
  return { ...shape, PolicyDocument: documentText(operation, document) };
}

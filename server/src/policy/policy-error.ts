/** A document that IAM would refuse: the code and the text are AWS's own. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";
  readonly code = "MalformedPolicyDocument";
}

/** A refusal is an ordinary answer to a caller's document: no stack is collected for it. */
export function malformed(message: string): PolicyError {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return new PolicyError(message);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

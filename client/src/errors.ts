/**
 * An attribute was read from a resource that carries none and that, as in boto3, has no `load()`. boto3 calls it
 * ResourceLoadException.
 *
 * Signing certificates, access keys and MFA devices are such resources: they know their attributes only when they come
 * from a collection or from the action that created them.
 *
 * @example
 * ```ts
 * import { ResourceLoadError } from "@countersign/resources";
 *
 * try {
 *   await iam.signingCertificate("ann", "VC5FZ2Q4ZFGPUJ3RPVSSXL5AWVQ5XKCK").get("Status");
 * } catch (error) {
 *   if (error instanceof ResourceLoadError) console.log(error.resource);
 * }
 * ```
 */
export class ResourceLoadError extends Error {
  /** The error's class, as it is printed. */
  override readonly name: string = "ResourceLoadError";
  /** The resource that was read, as its `toString()` shows it. */
  readonly resource: string;

  constructor(resource: string) {
    super(
      `${resource} carries no attributes and has no load(). Take it from a collection, or keep the resource that the creating action returned.`,
    );
    this.resource = resource;
  }
}

/**
 * The service accepted an operation, but its answer lacks something that IAM promises, so no resource can be made of it.
 * What the operation did is done.
 *
 * @example
 * ```ts
 * import { AnswerError } from "@countersign/resources";
 *
 * try {
 *   await iam.createUser({ UserName: "ann" });
 * } catch (error) {
 *   if (error instanceof AnswerError) console.log(`${error.operation} was performed all the same`);
 * }
 * ```
 */
export class AnswerError extends Error {
  /** The error's class, as it is printed. */
  override readonly name: string = "AnswerError";
  /** The IAM operation that answered. */
  readonly operation: string;

  constructor(operation: string, fault: string) {
    super(`The answer to ${operation} ${fault}.`);
    this.operation = operation;
  }
}

/**
 * A waiter asked as often as it may, and the resource still was not there. `cause` is the last refusal.
 *
 * @example
 * ```ts
 * import { WaiterError } from "@countersign/resources";
 *
 * try {
 *   await iam.user("ann").waitUntilExists({ maxAttempts: 3 });
 * } catch (error) {
 *   if (error instanceof WaiterError) console.log(error.waiter, error.attempts);
 * }
 * ```
 */
export class WaiterError extends Error {
  /** The error's class, as it is printed. */
  override readonly name: string = "WaiterError";
  /** The waiter's name in the AWS API model, such as `UserExists`. */
  readonly waiter: string;
  /** How often it asked. */
  readonly attempts: number;

  constructor(waiter: string, attempts: number, cause: unknown) {
    super(`Waiter ${waiter} failed: max attempts exceeded (${attempts}).`, { cause });
    this.waiter = waiter;
    this.attempts = attempts;
  }
}

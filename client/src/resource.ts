/**
 * client/: boto3's IAM resource vocabulary over the AWS SDK's IAMClient. It owns no protocol: each action sends one SDK
 * command. A resource = identifiers + attributes it may carry + actions + references + collections. This file is what
 * all resources share, collection.ts the paging, one file per resource the rest; index.ts is the only front.
 * Resource files import each other in circles (a user has groups, a group has users): they use each other inside
 * methods only, and extend nothing but the classes of this file, so the order of loading does not matter.
 * Names: those of boto3 in camelCase; wire members (`UserName`, `CertificateBody`) as AWS writes them.
 */

import type { IAMClient } from "@aws-sdk/client-iam";
import { ResourceLoadError } from "./errors.ts";

/**
 * What may be said about a single request; handed to the SDK client as it is.
 *
 * @example
 * ```ts
 * await iam.user("ann").delete({ abortSignal: AbortSignal.timeout(5000) });
 * ```
 */
export interface RequestOptions {
  /** Gives the request up. */
  readonly abortSignal?: AbortSignal;
  /** Milliseconds after which the SDK's request handler gives up. */
  readonly requestTimeout?: number;
}

/**
 * An AWS structure as the API model promises it: required members are there (the SDK types them as possibly undefined).
 *
 * @example
 * ```ts
 * import type { User } from "@aws-sdk/client-iam";
 * import type { Attributes } from "@countersign/resources";
 *
 * const arnOf = (user: Attributes<User>): string => user.Arn;
 * ```
 */
export type Attributes<Shape extends object> = {
  readonly [Member in keyof Shape]: Partial<Pick<Shape, Member>> extends Pick<Shape, Member>
    ? Shape[Member]
    : Exclude<Shape[Member], undefined>;
};

/**
 * The input of an action: an operation's request without the members that the resource fills itself.
 *
 * @example
 * ```ts
 * import type { CreateUserRequest } from "@aws-sdk/client-iam";
 * import type { Input } from "@countersign/resources";
 *
 * const input: Input<CreateUserRequest, "UserName"> = { Path: "/staff/" };
 * await iam.user("ann").create(input);
 * ```
 */
export type Input<Request extends object, Filled extends keyof Request = never> = Attributes<Omit<Request, Filled>>;

function promised<Shape extends object>(shape: Shape): Attributes<Shape> {
  return Object.freeze({ ...shape }) as Attributes<Shape>; // the API model marks these members required, the SDK's types loosen them
}

/**
 * What every resource has: the SDK client it speaks through, and the identifiers it was made from.
 *
 * @example
 * ```ts
 * import type { Resource } from "@countersign/resources";
 *
 * const show = (resource: Resource): string => `${resource.kind} ${JSON.stringify(resource.identifiers)}`;
 * console.log(show(iam.user("ann")));
 * ```
 */
export abstract class Resource {
  // Private fields, so that printing a resource shows its identifiers and not a whole client.
  readonly #client: IAMClient;
  readonly #identifiers: Readonly<Record<string, string>>;

  constructor(client: IAMClient, identifiers: Readonly<Record<string, string>>) {
    for (const [name, value] of Object.entries(identifiers)) {
      // AWS reads an absent UserName as "the caller": without this check iam.user(undefined) would act on one's own user.
      if (typeof value !== "string" || value === "") {
        throw new TypeError(`Required identifier ${name} is not set.`);
      }
    }
    this.#client = client;
    this.#identifiers = Object.freeze({ ...identifiers });
  }

  /**
   * The resource's name in boto3, such as `SigningCertificate`.
   *
   * @example
   * ```ts
   * const { kind } = iam.user("ann"); // User
   * ```
   */
  abstract get kind(): string;

  /**
   * The SDK client that all requests of this resource go through.
   *
   * @example
   * ```ts
   * import { TagUserCommand } from "@aws-sdk/client-iam";
   *
   * const Tags = [{ Key: "team", Value: "press" }];
   * await iam.client.send(new TagUserCommand({ UserName: "ann", Tags }));
   * ```
   */
  get client(): IAMClient {
    return this.#client;
  }

  /**
   * The identifiers by name, without secrets.
   *
   * @example
   * ```ts
   * const { name } = iam.user("ann").identifiers;
   * ```
   */
  get identifiers(): Readonly<Record<string, string>> {
    return this.#identifiers;
  }

  /**
   * Such as `iam.SigningCertificate(userName="ann", id="VC5F…")`; never shows a secret.
   *
   * @example
   * ```ts
   * console.log(`${iam.user("ann")}`); // iam.User(name="ann")
   * ```
   */
  toString(): string {
    const identifiers = Object.entries(this.#identifiers).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    return `iam.${this.kind}(${identifiers.join(", ")})`;
  }
}

/**
 * A resource that may carry attributes: it does when it comes from a collection or from the action that created it.
 *
 * @example
 * ```ts
 * for await (const key of iam.user("ann").accessKeys) {
 *   console.log(key.id, await key.get("Status"));
 * }
 * ```
 */
export abstract class DescribedResource<Shape extends object> extends Resource {
  #attributes: Attributes<Shape> | undefined;

  constructor(client: IAMClient, identifiers: Readonly<Record<string, string>>, attributes: Shape | undefined) {
    super(client, identifiers);
    if (attributes !== undefined) this.carry(promised(attributes));
  }

  /**
   * The attributes that the resource carries now, if any; sends nothing. boto3 calls it `meta.data`.
   *
   * @example
   * ```ts
   * const user = iam.user("ann");
   * if (user.loaded === undefined) await user.load();
   * ```
   */
  get loaded(): Attributes<Shape> | undefined {
    return this.#attributes;
  }

  /**
   * All attributes that the resource carries; it loads them first if it carries none. AWS leaves members out of lists and
   * of answers to creation (tags, for one): `load()` brings them all.
   *
   * @throws {ResourceLoadError} if it carries none and has no `load()`
   *
   * @example
   * ```ts
   * const { Arn, CreateDate } = await iam.user("ann").attributes();
   * ```
   */
  async attributes(options?: RequestOptions): Promise<Attributes<Shape>> {
    return this.#attributes ?? (await this.read(options));
  }

  /**
   * One attribute. The resource is loaded first if it does not carry that attribute.
   *
   * @throws {ResourceLoadError} if it carries no attributes and has no `load()`
   *
   * @example
   * ```ts
   * const arn: string = await iam.user("ann").get("Arn");
   * ```
   */
  async get<Member extends keyof Attributes<Shape>>(
    member: Member,
    options?: RequestOptions,
  ): Promise<Attributes<Shape>[Member]> {
    const carried = this.#attributes;
    if (carried !== undefined && (carried[member] !== undefined || this.complete)) return carried[member];
    return (await this.read(options))[member];
  }

  /** Whether a member that is not carried is known to be absent. Without a load, nothing more can be learned. */
  protected get complete(): boolean {
    return true;
  }

  protected carry(attributes: Attributes<Shape>): void {
    this.#attributes = attributes;
  }

  /** What is carried is no longer true. */
  protected forget(): void {
    this.#attributes = undefined;
  }

  /** Forgets what is carried once the action ends, also when it fails: a lost answer may belong to a performed action. */
  protected async changing<Answer>(action: Promise<Answer>): Promise<Answer> {
    try {
      return await action;
    } finally {
      this.forget();
    }
  }

  protected async read(_options?: RequestOptions): Promise<Attributes<Shape>> {
    throw new ResourceLoadError(this.toString());
  }
}

/**
 * A resource that IAM can fetch by its identifiers.
 *
 * @example
 * ```ts
 * const user = await iam.user("ann").load();
 * console.log(user.loaded?.Arn);
 * ```
 */
export abstract class LoadableResource<Shape extends object> extends DescribedResource<Shape> {
  #complete = false;
  #reading: Promise<Attributes<Shape>> | undefined;
  /** Counts forget(), so that a load that began before a change is not carried after it. */
  #age = 0;

  /** Fetches the attributes from IAM. */
  protected abstract fetch(options?: RequestOptions): Promise<Shape>;

  /**
   * Fetches all attributes, whether or not some are carried.
   *
   * @example
   * ```ts
   * const user = await iam.user("ann").load();
   * ```
   */
  async load(options?: RequestOptions): Promise<this> {
    await this.#read(options);
    return this;
  }

  /**
   * The same as `load()`, under boto3's other name for it.
   *
   * @example
   * ```ts
   * const user = await iam.user("ann").load();
   * await user.reload();
   * ```
   */
  async reload(options?: RequestOptions): Promise<this> {
    return await this.load(options);
  }

  protected override get complete(): boolean {
    return this.#complete;
  }

  protected override forget(): void {
    super.forget();
    this.#reading = undefined;
    this.#age += 1;
  }

  protected override async read(options?: RequestOptions): Promise<Attributes<Shape>> {
    // Reads with options are not shared: one caller's abort must not fail another's read.
    if (options !== undefined) return await this.#read(options);
    if (this.#reading === undefined) {
      const reading = this.#read().finally(() => {
        if (this.#reading === reading) this.#reading = undefined;
      });
      this.#reading = reading;
    }
    return await this.#reading;
  }

  #read(options?: RequestOptions): Promise<Attributes<Shape>> {
    const age = this.#age;
    return this.fetch(options).then((shape) => {
      const attributes = promised(shape);
      if (age === this.#age) {
        this.#complete = true;
        this.carry(attributes);
      }
      return attributes;
    });
  }
}

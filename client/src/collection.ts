import { AnswerError } from "./errors.ts";
import type { RequestOptions } from "./resource.ts";

/** Where a page begins and how long it may be, as IAM's lists take it. */
export interface PageInput {
  /** Where the page before said that this one begins. */
  readonly Marker?: string;
  /** How many items the page may have. */
  readonly MaxItems?: number;
}

/** One answer of a list, made into resources. */
export interface Page<Item> {
  /** The page's resources. */
  readonly items: readonly Item[];
  /** Whether another page follows. */
  readonly IsTruncated?: boolean | undefined;
  /** Where that page begins. */
  readonly Marker?: string | undefined;
}

/** Fetches one page of a list. */
export type PageFetch<Item, Filter extends object> = (
  input: Partial<Filter> & PageInput,
  options: RequestOptions | undefined,
) => Promise<Page<Item>>;

interface Settings<Filter extends object> {
  readonly filter: Partial<Filter>;
  readonly limit?: number;
  readonly pageSize?: number;
}

/**
 * The resources of a list, fetched page by page while they are read. A collection is a description and can be read any
 * number of times; `filter`, `limit` and `pageSize` give a new one. Items carry what the list says of them.
 *
 * `Filter` names the members of the list's request that `filter` takes; with none, there is nothing to filter by.
 * boto3 has no batch actions on IAM's collections, so neither has this.
 *
 * @example
 * ```ts
 * for await (const user of iam.users.filter({ PathPrefix: "/staff/" }).limit(10)) {
 *   console.log(user.name, await user.get("Arn"));
 * }
 * ```
 */
export class Collection<Item, Filter extends object = Record<never, never>> implements AsyncIterable<Item> {
  readonly #operation: string;
  readonly #fetch: PageFetch<Item, Filter>;
  #settings: Settings<Filter> = { filter: {} };

  /** Of the lists of IAM, the resources make their collections themselves; `operation` is for error messages. */
  constructor(operation: string, fetch: PageFetch<Item, Filter>) {
    this.#operation = operation;
    this.#fetch = fetch;
  }

  /**
   * The whole collection, as it stands. boto3 has the word; `for await` over the collection itself does the same.
   *
   * @example
   * ```ts
   * for await (const group of iam.groups.all()) console.log(group.name);
   * ```
   */
  all(): Collection<Item, Filter> {
    return this.#with({});
  }

  /**
   * Only the resources that IAM selects by these request members. Further calls add members.
   *
   * @example
   * ```ts
   * const own = await iam.policies.filter({ Scope: "Local", OnlyAttached: true }).toArray();
   * ```
   */
  filter(parameters: keyof Filter extends never ? never : Partial<Filter>): Collection<Item, Filter> {
    return this.#with({ filter: { ...this.#settings.filter, ...parameters } });
  }

  /**
   * At most `count` resources. No page is fetched beyond the one that holds the last of them.
   *
   * @example
   * ```ts
   * const [first] = await iam.users.limit(1).toArray();
   * ```
   */
  limit(count: number): Collection<Item, Filter> {
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`limit must be a whole number, not ${count}.`);
    return this.#with({ limit: count });
  }

  /**
   * Asks IAM for pages of at most `count` resources (`MaxItems`; IAM takes 1 to 1000, and 100 if not told).
   *
   * @example
   * ```ts
   * for await (const role of iam.roles.pageSize(1000)) console.log(role.name);
   * ```
   */
  pageSize(count: number): Collection<Item, Filter> {
    if (!Number.isSafeInteger(count) || count < 1) {
      throw new RangeError(`pageSize must be a whole number of at least 1, not ${count}.`);
    }
    return this.#with({ pageSize: count });
  }

  /**
   * The pages as IAM delimits them, each fetched when it is asked for.
   *
   * @example
   * ```ts
   * for await (const page of iam.users.pageSize(50).pages()) console.log(page.length);
   * ```
   */
  async *pages(options?: RequestOptions): AsyncGenerator<readonly Item[], void, undefined> {
    const { filter, limit = Number.POSITIVE_INFINITY, pageSize } = this.#settings;
    let wanted = limit;
    let marker: string | undefined;
    while (wanted > 0) {
      const position: PageInput = {
        ...(marker !== undefined && { Marker: marker }),
        ...(pageSize !== undefined && { MaxItems: pageSize }),
      };
      const page = await this.#fetch({ ...filter, ...position }, options);
      const items = page.items.slice(0, wanted);
      wanted -= items.length;
      yield items;
      if (page.IsTruncated !== true) return;
      // Without a new marker the next request would be this one again, for ever.
      if (page.Marker === undefined || page.Marker === marker) {
        throw new AnswerError(this.#operation, "is truncated but has no new Marker");
      }
      marker = page.Marker;
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) yield* page;
  }

  /**
   * All resources of the collection at once.
   *
   * @example
   * ```ts
   * const certificates = await iam.user("ann").signingCertificates.toArray();
   * ```
   */
  async toArray(options?: RequestOptions): Promise<Item[]> {
    const items: Item[] = [];
    for await (const page of this.pages(options)) items.push(...page);
    return items;
  }

  #with(settings: Partial<Settings<Filter>>): Collection<Item, Filter> {
    const collection = new Collection(this.#operation, this.#fetch);
    collection.#settings = { ...this.#settings, ...settings };
    return collection;
  }
}

import { FetchError } from "../runtime/fetch-error.ts";
import { fetchJson } from "../runtime/fetch-json.ts";

/** unreachable: try again later; unusable: there is no key set where one should be. */
export class IssuerError extends Error {
  override readonly name = "IssuerError";
  readonly code: "unreachable" | "unusable";

  constructor(code: "unreachable" | "unusable", message: string) {
    super(message);
    this.code = code;
  }
}

const bounds = { timeoutMs: 5_000, bytes: 65_536 };
/** How long a key set serves, and how soon it is asked for again when a token names a key that is not in it. */
const lifetimeMs = 600_000;
const pauseMs = 30_000;
/** How long an issuer that failed is left alone: whoever sends tokens must not make this server knock all the time. */
const failurePauseMs = 5_000;
const mostIssuers = 1_000;

interface Known {
  readonly keySet: unknown;
  readonly fetchedAt: number;
}

interface Failure {
  readonly error: IssuerError;
  readonly failedAt: number;
}

/** What this server publishes itself. */
export interface OwnKeySets {
  readonly publicUrl: () => string;
  /** A user pool's key set as JSON; undefined where there is no such pool. */
  readonly keySet: (poolId: string, now: number) => string | undefined | Promise<string | undefined>;
}

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?(?:\/|$)/i;

/**
 * The key sets of OpenID Connect issuers (OpenID Connect Discovery, 4), as each publishes them. An issuer is known by its
 * URL without the scheme, as IAM knows providers. The keys of user pools here are not fetched: they are known.
 */
export class IssuerKeys {
  /** Ranges in which identity providers may be asked although they are not public. */
  readonly #privateNetworks: readonly string[];
  readonly #allowLoopback: boolean;
  readonly #own: OwnKeySets | undefined;
  readonly #known = new Map<string, Known>();
  readonly #failures = new Map<string, Failure>();
  readonly #underWay = new Map<string, Promise<unknown>>();

  /** With `allowLoopback` issuers on this machine are spoken to without TLS: for tests of federation. */
  constructor(options: {
    readonly allowLoopback: boolean;
    readonly privateNetworks?: readonly string[];
    readonly own?: OwnKeySets;
  }) {
    this.#privateNetworks = options.privateNetworks ?? [];
    this.#allowLoopback = options.allowLoopback;
    this.#own = options.own;
  }

  /** What `iss` says in the tokens of a provider. */
  issuerOf(url: string): string {
    return `${this.isLoopback(url) ? "http" : "https"}://${url}`;
  }

  /** Whether this URL without its scheme is one that is spoken to without TLS. */
  isLoopback(url: string): boolean {
    return this.#allowLoopback && loopback.test(url);
  }

  /** What may be asked although it is not public, for `fetchPublic`. */
  allowedAt({ host }: URL): { readonly allowLoopback: boolean; readonly privateNetworks: readonly string[] } {
    return { allowLoopback: this.isLoopback(host), privateNetworks: this.#privateNetworks };
  }

  /** `isEnough` looks whether the kept set will do; if not, it is fetched again, but not again and again. */
  async find(url: string, now: number, isEnough: (keySet: unknown) => boolean): Promise<unknown> {
    const own = await this.#findOwn(url, now);
    return own ?? this.#keep(url, now, isEnough, () => this.#discover(url));
  }

  /** As `find`, of the key set that is at this very address, which an identity provider of a user pool was made with. */
  findAt(uri: string, now: number, isEnough: (keySet: unknown) => boolean): Promise<unknown> {
    return this.#keep(uri, now, isEnough, () => this.#fetchAt(uri));
  }

  async #keep(
    url: string,
    now: number,
    isEnough: (keySet: unknown) => boolean,
    fetchKeySet: () => Promise<unknown>,
  ): Promise<unknown> {
    const known = this.#known.get(url);
    if (known !== undefined) {
      // A clock that was set back makes it old, too.
      const age = Math.abs(now - known.fetchedAt);
      if (age < pauseMs || (age < lifetimeMs && isEnough(known.keySet))) return known.keySet;
    }
    const failure = this.#failures.get(url);
    if (failure !== undefined && Math.abs(now - failure.failedAt) < failurePauseMs) throw failure.error;
    let work = this.#underWay.get(url);
    if (work === undefined) {
      work = this.#fetch(url, now, fetchKeySet).finally(() => this.#underWay.delete(url));
      this.#underWay.set(url, work);
    }
    return work;
  }

  /** Of a pool here, by the name that this server gives itself or as something on this machine. */
  async #findOwn(url: string, now: number): Promise<unknown> {
    if (this.#own === undefined) return undefined;
    const [, at, poolId] = /^(.+)\/([\w-]{1,55})$/.exec(url) ?? [];
    if (at === undefined || poolId === undefined) return undefined;
    const isNearby = this.isLoopback(url) && !at.includes("/");
    if (!isNearby && at !== this.#own.publicUrl().replace(/^https?:\/\//, "")) return undefined;
    const keySet = await this.#own.keySet(poolId, now);
    return keySet === undefined ? undefined : JSON.parse(keySet);
  }

  async #fetch(url: string, now: number, fetchKeySet: () => Promise<unknown>): Promise<unknown> {
    try {
      const keySet = await fetchKeySet();
      if (this.#known.size >= mostIssuers) this.#known.clear();
      this.#known.set(url, { keySet, fetchedAt: now });
      this.#failures.delete(url);
      return keySet;
    } catch (error) {
      const failed = error instanceof FetchError ? new IssuerError(error.code, error.message) : error;
      if (!(failed instanceof IssuerError)) throw error;
      if (this.#failures.size >= mostIssuers) this.#failures.clear();
      this.#failures.set(url, { error: failed, failedAt: now });
      throw failed;
    }
  }

  async #discover(url: string): Promise<unknown> {
    const issuer = this.issuerOf(url);
    const document = await this.#fetchJson(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`);
    if (!isRecord(document) || document.issuer !== issuer || typeof document.jwks_uri !== "string") {
      throw new IssuerError("unusable", "The discovery document is not the issuer's.");
    }
    return this.#fetchAt(document.jwks_uri);
  }

  #fetchAt(uri: string): Promise<unknown> {
    return this.#fetchJson(this.#checked(uri));
  }

  #fetchJson(url: string): Promise<unknown> {
    return fetchJson(url, { ...bounds, ...this.allowedAt(new URL(url)) });
  }

  #checked(uri: string): string {
    const isAllowed =
      uri.startsWith("https://") || (uri.startsWith("http://") && this.isLoopback(uri.slice("http://".length)));
    if (!isAllowed || !URL.canParse(uri)) throw new IssuerError("unusable", "The key set is nowhere it may be.");
    return uri;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

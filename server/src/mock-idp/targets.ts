/** Where a browser may be sent with an answer, besides what metadata of service providers says. */
export class Targets {
  readonly #origins: ReadonlySet<string>;

  /** Origins that the operator has named, as `https://app.example.com`. */
  constructor(origins: readonly string[]) {
    this.#origins = new Set(origins.map((origin) => new URL(origin).origin));
  }

  /**
   * This machine's own ports, and the origins that were named: an identity provider that sent people anywhere would be an
   * open redirector, on whosever machine it runs.
   */
  allows(url: string | undefined): url is string {
    if (url === undefined || !URL.canParse(url)) return false;
    const { protocol, origin, hostname, username, password, hash } = new URL(url);
    const isWeb = protocol === "http:" || protocol === "https:";
    if (!isWeb || username !== "" || password !== "" || hash !== "") return false;
    return this.#origins.has(origin) || loopback.test(hostname);
  }
}

/** RFC 6761, 6.3: names under `localhost` are this machine's. */
const loopback = /^(?:(?:[a-z0-9-]+\.)*localhost|127\.0\.0\.1|\[::1\])$/;

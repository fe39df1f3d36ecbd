/** A browser without a screen: redirects, forms, and cookies as browsers send them, SameSite=Lax among them. */

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly path: string;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

function plain(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? "");
}

export class Visitor {
  readonly #isEnd: (url: URL) => boolean;
  #cookies: Cookie[] = [];

  /** `isEnd` tells the addresses at which to stop, because nobody answers there: those of apps. */
  constructor(isEnd: (url: URL) => boolean) {
    this.#isEnd = isEnd;
  }

  /** What a click on a link to this address, or typing it, leads to. */
  open(url: string | URL): Promise<Page> {
    return this.#follow(new URL(url), undefined);
  }

  /** Sends the one form of a page, as it stands or filled in. */
  submit(page: Page, filled: Readonly<Record<string, string>> = {}): Promise<Page> {
    const { action, fields } = formOf(page);
    const isSameSite = action.hostname === page.url.hostname;
    return this.#follow(action, new URLSearchParams({ ...fields, ...filled }), isSameSite);
  }

  cookie(name: string): string | undefined {
    return this.#cookies.find((cookie) => cookie.name === name)?.value;
  }

  async #follow(start: URL, form: URLSearchParams | undefined, isSameSite = true): Promise<Page> {
    let url = start;
    let body = form;
    for (let steps = 0; steps < 20; steps++) {
      const headers = new Headers();
      // Lax: not with what another site posts.
      if (body === undefined || isSameSite) headers.set("cookie", this.#cookiesFor(url));
      const response = await fetch(url, {
        method: body === undefined ? "GET" : "POST",
        headers,
        redirect: "manual",
        ...(body === undefined ? {} : { body }),
      });
      for (const cookie of response.headers.getSetCookie()) this.#keep(url, cookie);
      const location = response.headers.get("location");
      if (location === null) {
        return { url, status: response.status, body: await response.text(), headers: response.headers };
      }
      await response.arrayBuffer();
      url = new URL(location, url);
      body = undefined;
      if (this.#isEnd(url)) return { url, status: response.status, body: "", headers: response.headers };
    }
    throw new Error("redirected again and again");
  }

  #cookiesFor(url: URL): string {
    return this.#cookies
      .filter(({ host, path }) => host === url.host && url.pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
  }

  #keep({ host }: URL, text: string): void {
    const [pair = "", ...attributes] = text.split("; ");
    const [name = "", value = ""] = pair.split("=");
    const path = attributes.find((attribute) => attribute.startsWith("Path="))?.slice("Path=".length) ?? "/";
    this.#cookies = this.#cookies.filter(
      (cookie) => cookie.name !== name || cookie.host !== host || cookie.path !== path,
    );
    if (!attributes.includes("Max-Age=0")) this.#cookies.push({ name, value, host, path });
  }
}

export function formOf({ url, status, body }: Page): { readonly action: URL; readonly fields: Record<string, string> } {
  const [, action] = /<form[^>]* action="([^"]*)"/.exec(body) ?? [];
  if (action === undefined) throw new Error(`no form at ${url} (${status}): ${body}`);
  const inputs = [...body.matchAll(/<input[^>]* name="([^"]*)"[^>]* value="([^"]*)"/g)];
  const fields = inputs.map(([, name = "", value = ""]) => [plain(name), plain(value)]);
  return { action: new URL(plain(action), url), fields: Object.fromEntries(fields) };
}

/**
 * A browser without JavaScript, as far as the sign-in pages need one: cookies, redirects, links, and forms that are sent
 * with all that they carry.
 */
import type { HttpResponse } from "../src/endpoints/http.ts";
import type { Harness } from "./harness.ts";

interface Form {
  readonly action: string;
  readonly content: string;
  /** What the form has filled in already. */
  readonly values: ReadonlyMap<string, string>;
}

export class PageVisitor {
  readonly host: string;
  readonly cookies = new Map<string, string>();
  /** Each Set-Cookie as it came. */
  readonly setCookies: string[] = [];
  readonly #send: Harness["send"];

  constructor({ send }: Pick<Harness, "send">, host: string) {
    this.#send = send;
    this.host = host;
  }

  get(url: string): Promise<Page> {
    return this.#ask("GET", url);
  }

  post(url: string, values: Readonly<Record<string, string>>): Promise<Page> {
    return this.#ask("POST", url, new URLSearchParams(values).toString());
  }

  async #ask(method: string, url: string, body?: string): Promise<Page> {
    const { pathname, search } = new URL(url, `http://${this.host}`);
    const headers = new Map([
      ["host", this.host],
      ["cookie", [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ")],
      [
        "user-agent",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
      ],
    ]);
    if (body !== undefined) headers.set("content-type", "application/x-www-form-urlencoded");
    const answer = await this.#send({
      method,
      path: pathname,
      query: search.slice(1),
      headers,
      body: Buffer.from(body ?? ""),
    });
    const page = new Page(this, `${pathname}${search}`, answer);
    for (const cookie of page.all("set-cookie")) this.#keep(cookie);
    const next = page.header("location");
    if (next === undefined) return page;
    const target = new URL(next, `http://${this.host}`);
    // To an app, or to nobody: the test looks at where.
    return target.host === this.host ? this.get(target.href) : page;
  }

  #keep(cookie: string): void {
    this.setCookies.push(cookie);
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (/; Max-Age=0(?:;|$)/.test(cookie)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

export class Page {
  readonly path: string;
  readonly status: number;
  readonly html: string;
  readonly forms: readonly Form[];
  readonly #visitor: PageVisitor;
  readonly #headers: readonly string[];

  constructor(visitor: PageVisitor, path: string, { status, headers, body }: HttpResponse) {
    this.#visitor = visitor;
    this.#headers = headers;
    this.path = path;
    this.status = status;
    this.html = body;
    this.forms = [...body.matchAll(/<form method="post" action="([^"]*)"[^>]*>(.*?)<\/form>/gs)].map(
      ([, action = "", content = ""]) => ({ action: decode(action), content, values: valuesIn(content) }),
    );
  }

  header(name: string): string | undefined {
    return this.all(name)[0];
  }

  all(name: string): string[] {
    return this.#headers.filter((_, at) => at % 2 === 1 && this.#headers[at - 1]?.toLowerCase() === name);
  }

  get title(): string {
    return this.#text(/<h1>(.*?)<\/h1>/s);
  }

  /** What was wrong; empty where nothing was. */
  get fault(): string {
    return this.#text(/<div class="errorMessage-customizable" id="fault"[^>]*>(.*?)<\/div>/s);
  }

  get notice(): string {
    return this.#text(/<div class="notice"[^>]*>(.*?)<\/div>/s);
  }

  /** All that is read, in order. */
  get text(): string {
    return decode(this.html.replace(/<head>.*<\/head>/s, "").replace(/<[^>]*>/g, " "))
      .replace(/\s+/g, " ")
      .trim();
  }

  #text(pattern: RegExp): string {
    return decode((pattern.exec(this.html)?.[1] ?? "").replace(/<[^>]*>/g, " "))
      .replace(/\s+/g, " ")
      .trim();
  }

  /** The address of a link by its text. */
  link(text: string): string {
    for (const [, href = "", content = ""] of this.html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([^<]*)<\/a>/g)) {
      if (decode(content) === text) return decode(href);
    }
    throw new Error(`there is no link ${text} on ${this.title}`);
  }

  /** The form that leads to this path, or the first. */
  form(path?: string): Form {
    const found = this.forms.find(({ action }) => path === undefined || action.startsWith(`${path}?`));
    if (found === undefined) throw new Error(`there is no form ${path ?? ""} on ${this.title}: ${this.text}`);
    return found;
  }

  /** Sends a form, with these values in place of what it has. A name that it does not ask for is a mistake of the test. */
  async send(values: Readonly<Record<string, string>>, path?: string): Promise<Page> {
    const form = this.form(path);
    for (const name of Object.keys(values)) {
      if (!form.content.includes(` name="${name}"`)) throw new Error(`${this.title} does not ask for ${name}`);
    }
    return this.#visitor.post(form.action, { ...Object.fromEntries(form.values), ...values });
  }
}

function valuesIn(content: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const [tag] of content.matchAll(/<input [^>]*>/g)) {
    const name = /\bname="([^"]*)"/.exec(tag)?.[1];
    if (name !== undefined) values.set(decode(name), decode(/\bvalue="([^"]*)"/.exec(tag)?.[1] ?? ""));
  }
  return values;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

function decode(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? "");
}

/** The mock identity provider on a port of its own, and as much of a browser as its pages need. */
import assert from "node:assert/strict";
import { after } from "node:test";
import { readMockIdpCommand, type StartedMockIdp, startMockIdp } from "../src/mock-idp-command.ts";
import { systemClock } from "../src/runtime/clock.ts";
import { silentLog } from "../src/runtime/log.ts";
import { systemRandom } from "../src/runtime/random.ts";

/** Runs until the tests of the calling file or suite are over. Its clock is the machine's: so are those of its clients. */
export async function startedMockIdp(...words: readonly string[]): Promise<StartedMockIdp> {
  const command = readMockIdpCommand(["--port", "0", ...words]);
  const started = await startMockIdp(command, { clock: systemClock, random: systemRandom(), log: silentLog });
  after(() => started.stop());
  return started;
}

export interface BrowserPage {
  readonly status: number;
  readonly location: string | undefined;
  readonly text: string;
  readonly url: string;
}

/** Keeps cookies, follows nothing by itself, and fills in forms. */
export class TestBrowser {
  readonly #cookies = new Map<string, string>();

  async open(url: string, form?: Readonly<Record<string, string>>): Promise<BrowserPage> {
    const response = await fetch(url, {
      redirect: "manual",
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    const location = response.headers.get("location") ?? undefined;
    return { status: response.status, location, text: await response.text(), url };
  }

  /** Submits the one form of a page, with these fields besides the hidden ones. */
  submit(page: BrowserPage, fields: Readonly<Record<string, string>>): Promise<BrowserPage> {
    const { action, hidden } = formOf(page);
    return this.open(new URL(action, page.url).href, { ...hidden, ...fields });
  }
}

/** What the one form of a page posts, and where. */
export function formOf({ text }: BrowserPage): { readonly action: string; readonly hidden: Record<string, string> } {
  const forms = [...text.matchAll(/<form method="post" action="([^"]*)">/g)];
  assert.equal(forms.length, 1, text);
  const inputs = text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  return {
    action: unescaped(forms[0]?.[1] ?? ""),
    hidden: Object.fromEntries([...inputs].map(([, name = "", value = ""]) => [name, unescaped(value)])),
  };
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replaceAll(/&(\w+);/g, (whole, name) => entities[name] ?? whole);
}

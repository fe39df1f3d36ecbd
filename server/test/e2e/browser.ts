/** Chromium without a screen, for tests of pages. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after } from "node:test";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** CHROMIUM names it, or it is where Debian has it. */
export const executablePath: string = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Why there is none; undefined where there is. */
export function missingBrowser(): string | undefined {
  return existsSync(executablePath) ? undefined : `there is no Chromium at ${executablePath}: CHROMIUM may name it`;
}

/** One for the tests of the calling file. It asks nobody for anything but what pages ask for. */
export async function launchBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  after(() => browser.close());
  return browser;
}

export interface Window {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the pages' own policies have refused, and what their scripts threw: to be empty. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** A window that shares nothing with others. Closing it asserts that no page broke its own rules. */
export async function openWindow(browser: Browser, options: BrowserContextOptions = {}): Promise<Window> {
  const context = await browser.newContext({ viewport: { width: 900, height: 760 }, ...options });
  const complaints: string[] = [];
  await context.addInitScript(
    `document.addEventListener("securitypolicyviolation", (event) => {
       console.error("refused by policy: " + event.violatedDirective + " " + event.blockedURI);
     });`,
  );
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (/refused by policy|Content Security Policy/i.test(message.text())) complaints.push(message.text());
  });
  return {
    page,
    context,
    complaints,
    async close() {
      await context.close();
      assert.deepEqual(complaints, []);
    },
  };
}

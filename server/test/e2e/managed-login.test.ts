/** The sign-in pages as people see them: in Chromium, against a server with a socket. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, suite, test } from "node:test";
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  CreateUserPoolDomainCommand,
  SetUICustomizationCommand,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Page } from "playwright-core";
import { readConfig } from "../../src/config.ts";
import { start } from "../../src/main.ts";
import { shiftedClock } from "../../src/runtime/clock.ts";
import { silentLog } from "../../src/runtime/log.ts";
import { codeOf } from "../pool-factors.ts";
import { launchBrowser, missingBrowser, openWindow, type Window } from "./browser.ts";
import { rootKey } from "./process.ts";

const reason = missingBrowser();
if (reason === undefined) suite("the sign-in pages in a browser", inBrowser);
else console.log(`The sign-in pages are not tested in a browser: ${reason}`);

const password = "Secret-word-1";

async function startApp(): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<title>App</title><h1>Back at the app</h1>");
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("listening on no port");
  return `http://localhost:${address.port}/callback`;
}

async function inBrowser(): Promise<void> {
  const clock = shiftedClock();
  const config = readConfig(["--memory", "--port", "0"], {
    AWS_ACCESS_KEY_ID: rootKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
  });
  const running = await start(config, { log: silentLog, clock });
  after(() => running.stop());
  const { endpoint } = running;
  const cognito = new CognitoIdentityProviderClient({ endpoint, region: "us-east-1", credentials: rootKey });
  after(() => cognito.destroy());
  const callbackUrl = await startApp();
  const browser = await launchBrowser();

  /** A pool at `http://{domain}.localhost:{port}`, and where the app sends its users. */
  async function poolAt(
    domain: string,
    given: {
      readonly pool?: Partial<CreateUserPoolCommandInput>;
      readonly client?: Partial<CreateUserPoolClientCommandInput>;
      readonly mfa?: Partial<SetUserPoolMfaConfigCommandInput>;
    } = {},
  ) {
    const { UserPool } = await cognito.send(
      new CreateUserPoolCommand({ PoolName: "people", AutoVerifiedAttributes: ["email"], ...given.pool }),
    );
    const UserPoolId = UserPool?.Id ?? "";
    if (given.mfa !== undefined) await cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...given.mfa }));
    await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: domain }));
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({
        UserPoolId,
        ClientName: "web",
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ["code"],
        AllowedOAuthScopes: ["openid", "email"],
        CallbackURLs: [callbackUrl],
        SupportedIdentityProviders: ["COGNITO"],
        ...given.client,
      }),
    );
    const base = new URL(endpoint);
    base.hostname = `${domain}.localhost`;
    return {
      UserPoolId,
      url(path: string, more: Readonly<Record<string, string>> = {}): string {
        const client_id = UserPoolClient?.ClientId ?? "";
        const query = { client_id, response_type: "code", scope: "openid", redirect_uri: callbackUrl, ...more };
        return `${base.origin}${path}?${new URLSearchParams(query)}`;
      },
      async addUser(Username: string): Promise<void> {
        const email = [
          { Name: "email", Value: `${Username}@example.com` },
          { Name: "email_verified", Value: "true" },
        ];
        await cognito.send(
          new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: "SUPPRESS", UserAttributes: email }),
        );
        await cognito.send(
          new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: password, Permanent: true }),
        );
      },
    };
  }

  async function codeSentTo(to: string): Promise<string> {
    const { readOutbox } = await import("../../src/services/cognito/messages/outbox.ts");
    const { messages } = await readOutbox(running.environment, "000000000000", { to, limit: 1 });
    return /\b\d{6,8}\b/.exec(messages[0]?.message ?? "")?.[0] ?? "";
  }

  /** Runs in a window of its own, which must have had nothing to complain of. */
  async function inWindow(run: (window: Window) => Promise<void>, options: Parameters<typeof openWindow>[1] = {}) {
    const window = await openWindow(browser, options);
    try {
      await run(window);
    } catch (error) {
      const { page } = window;
      throw new Error(`at ${page.url()}: ${await page.innerText("body").catch(() => "nothing")}`, { cause: error });
    }
    await window.close();
  }

  async function fill(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value);
  }

  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
  const heading = (page: Page) => page.getByRole("heading", { level: 1 }).innerText();

  async function atApp(page: Page): Promise<void> {
    await page.waitForURL((url) => url.href.startsWith(`${callbackUrl}?code=`));
    assert.equal(await heading(page), "Back at the app");
  }

  test("somebody signs up, confirms with the code, and is at the app", () =>
    inWindow(async ({ page }) => {
      const pool = await poolAt("signup");
      await page.goto(pool.url("/oauth2/authorize"));
      await page.getByRole("link", { name: "Create an account" }).click();
      await fill(page, {
        Username: "ann",
        "Email address": "ann@example.com",
        Password: password,
        "Repeat the password": password,
      });
      await press(page, "Create an account");
      assert.equal(await heading(page), "Confirm your account");
      await fill(page, { Code: await codeSentTo("ann@example.com") });
      await press(page, "Confirm");
      await atApp(page);
    }));

  test("a wrong password is told, a forgotten one replaced", () =>
    inWindow(async ({ page }) => {
      const pool = await poolAt("passwords");
      await pool.addUser("ann");
      await page.goto(pool.url("/login"));
      await fill(page, { Username: "ann", Password: "Wrong-word-1" });
      await press(page, "Sign in");
      assert.equal(await page.getByRole("alert").innerText(), "The name or the password is not right.");
      assert.equal(await page.getByLabel("Password").inputValue(), "");
      await page.locator("#password:focus").waitFor();
      await page.getByRole("link", { name: "Forgot your password?" }).click();
      await fill(page, { Username: "ann" });
      await press(page, "Send a code");
      const next = "Another-word-2";
      await fill(page, {
        Code: await codeSentTo("ann@example.com"),
        "New password": next,
        "Repeat the password": next,
      });
      await press(page, "Change password");
      assert.equal(
        await page.getByRole("status").innerText(),
        "Your password was changed. You can sign in with it now.",
      );
      await fill(page, { Password: next });
      await press(page, "Sign in");
      await atApp(page);
    }));

  test("an authenticator app is set up, and asked the next time", () =>
    inWindow(async ({ page }) => {
      const mfa = { MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: true } } as const;
      const pool = await poolAt("codes", { mfa });
      await pool.addUser("ann");
      const signIn = async () => {
        await page.goto(pool.url("/login"));
        await fill(page, { Username: "ann", Password: password });
        await press(page, "Sign in");
      };
      await signIn();
      assert.equal(await heading(page), "Set up an authenticator app");
      assert.ok(await page.getByRole("img", { name: "QR code for an authenticator app" }).isVisible());
      const secret = (await page.locator(".key").innerText()).replaceAll(/\s/g, "");
      await fill(page, { Code: codeOf({ clock }, secret) });
      await press(page, "Continue");
      await atApp(page);
      await signIn();
      assert.equal(await heading(page), "Verify it’s you");
      // Each code is good once.
      await fill(page, { Code: codeOf({ clock }, secret, 1) });
      await press(page, "Continue");
      await atApp(page);
    }));

  test("a passkey is added, and signs in without a password", () =>
    inWindow(async ({ page, context }) => {
      const pool = await poolAt("keys", {
        pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } } },
      });
      await pool.addUser("ann");
      const devtools = await context.newCDPSession(page);
      await devtools.send("WebAuthn.enable");
      const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
        options: {
          protocol: "ctap2",
          transport: "internal",
          hasResidentKey: true,
          hasUserVerification: true,
          isUserVerified: true,
          automaticPresenceSimulation: true,
        },
      });
      await page.goto(pool.url("/login"));
      await fill(page, { Username: "ann", Password: password });
      await press(page, "Sign in");
      await atApp(page);
      await page.goto(pool.url("/passkeys/add"));
      await press(page, "Add a passkey");
      await atApp(page);
      const { credentials } = await devtools.send("WebAuthn.getCredentials", { authenticatorId });
      assert.deepEqual(
        credentials.map(({ rpId }) => rpId),
        ["keys.localhost"],
      );
      await page.goto(pool.url("/login"));
      await fill(page, { Username: "ann" });
      await press(page, "Sign in with a passkey");
      await atApp(page);

      // As where somebody cancels: browsers tell pages no more than that.
      await page.addInitScript(
        'navigator.credentials.get = () => Promise.reject(new DOMException("cancelled", "NotAllowedError"));',
      );
      await page.goto(pool.url("/login"));
      await fill(page, { Username: "ann" });
      await press(page, "Sign in with a passkey");
      await page.getByRole("alert").waitFor();
      assert.equal(
        await page.getByRole("alert").innerText(),
        "That did not work, or was cancelled. You can try again.",
      );
    }));

  test("the keyboard is enough, and shows where it is", () =>
    inWindow(async ({ page }) => {
      const pool = await poolAt("keyboard");
      await pool.addUser("ann");
      await page.goto(pool.url("/login"));
      const focused = () =>
        page.evaluate<string>("document.activeElement.id || document.activeElement.textContent.trim()");
      const outline = () => page.evaluate<string>("getComputedStyle(document.activeElement).outlineStyle");
      // Where typing goes is the browser's to do, once it has shown the page.
      const isReady = () => page.locator("#username:focus").waitFor();
      await isReady();
      const order: string[] = [];
      for (let at = 0; at < 5; at++) {
        order.push(await focused());
        assert.equal(await outline(), "solid", order.at(-1) ?? "");
        await page.keyboard.press("Tab");
      }
      assert.deepEqual(order, ["username", "password", "Forgot your password?", "Sign in", "Create an account"]);
      await page.reload();
      await isReady();
      await page.keyboard.type("ann");
      await page.keyboard.press("Tab");
      await page.keyboard.type(password);
      await page.keyboard.press("Enter");
      await atApp(page);
    }));

  const paths = ["/login", "/signup", "/confirmUser", "/forgotPassword", "/confirmForgotPassword", "/error"];

  test("nothing is wider than a screen of 320 pixels, in long languages too", () =>
    inWindow(
      async ({ page }) => {
        const pool = await poolAt("narrow", {
          pool: { Schema: [{ Name: "birthdate", Required: true }] },
          client: { CallbackURLs: [callbackUrl] },
        });
        for (const lang of ["en", "de", "fr", "ja"]) {
          for (const path of paths) {
            await page.goto(pool.url(path, { lang }));
            const width = await page.evaluate<number>("document.documentElement.scrollWidth");
            assert.ok(width <= 320, `${path} in ${lang} is ${width} pixels wide`);
          }
        }
      },
      { viewport: { width: 320, height: 640 } },
    ));

  for (const colorScheme of ["light", "dark"] as const) {
    test(`text stands out from what is behind it, where browsers are ${colorScheme}`, () =>
      inWindow(
        async ({ page }) => {
          const pool = await poolAt(`contrast-${colorScheme}`);
          for (const path of paths) {
            await page.goto(pool.url(path));
            if (path === "/signup") {
              await fill(page, { Username: "ann", "Email address": "ann@example.com" });
              await fill(page, { Password: "weak", "Repeat the password": "weak" });
              await press(page, "Create an account");
              await page.getByRole("alert").waitFor();
            }
            assert.deepEqual(await page.evaluate<string[]>(weakContrasts), [], path);
          }
        },
        { colorScheme },
      ));
  }

  test("the customer's CSS is applied, and its image shown", () =>
    inWindow(async ({ page }) => {
      const pool = await poolAt("brand");
      await cognito.send(
        new SetUICustomizationCommand({
          UserPoolId: pool.UserPoolId,
          CSS: ".submitButton-customizable { background-color: #123456; } .label-customizable { font-weight: 300; }",
          ImageFile: Buffer.from(onePixel, "base64"),
        }),
      );
      await page.goto(pool.url("/login"));
      const style = (selector: string, name: string) =>
        page.evaluate<string>(`getComputedStyle(document.querySelector(${JSON.stringify(selector)}))["${name}"]`);
      assert.equal(await style(".submitButton-customizable", "background-color"), "rgb(18, 52, 86)");
      assert.equal(await style(".label-customizable", "font-weight"), "300");
      assert.equal(await page.evaluate<number>('document.querySelector(".logo-customizable").naturalWidth'), 1);
    }));
}

const onePixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Each text with too little contrast (WCAG 2.2, 1.4.3: 4.5 to 1), with how much. */
const weakContrasts = `(() => {
  const channel = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = ([red, green, blue]) =>
    0.2126 * channel(red / 255) + 0.7152 * channel(green / 255) + 0.0722 * channel(blue / 255);
  const behind = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = parts(getComputedStyle(at).backgroundColor);
      if (color.length < 4 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const element of document.querySelectorAll("body *")) {
    const says = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
    if (!says || element.getClientRects().length === 0) continue;
    const one = luminance(parts(getComputedStyle(element).color));
    const other = luminance(behind(element));
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) weak.push(element.textContent.trim() + ": " + ratio.toFixed(2));
  }
  return weak;
})()`;

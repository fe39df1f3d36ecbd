import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateIdentityProviderCommand,
  CreateManagedLoginBrandingCommand,
  SetUICustomizationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness } from "../../../test/harness.ts";
import { callback, hostedPool } from "../../../test/hosted-pool.ts";
import { createClient, createSomebody, password } from "../../../test/pool-users.ts";

const h = await harness();
const pool = await hostedPool(h, "pages");
await createSomebody(h, pool.UserPoolId, "ann");
const paths = ["/login", "/signup", "/confirmUser", "/forgotPassword", "/confirmForgotPassword"];
/** PNG's first bytes. */
const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1);

suite("what every page says to the browser", () => {
  test("no script, no frame, nothing from elsewhere, and that nobody keeps it", async () => {
    for (const path of paths) {
      const page = await pool.visitor().get(pool.url(path));
      assert.equal(page.status, 200, path);
      assert.equal(
        page.header("content-security-policy"),
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      assert.equal(page.header("x-frame-options"), "DENY");
      assert.equal(page.header("x-content-type-options"), "nosniff");
      assert.equal(page.header("referrer-policy"), "same-origin");
      assert.match(page.header("cache-control") ?? "", /no-store/);
      assert.ok(!page.html.includes("<script"));
      assert.ok(!/ (?:style|on\w+)=/.test(page.html));
    }
  });

  test("every input has a label, and every page its language and one heading", async () => {
    for (const path of paths) {
      const { html } = await pool.visitor().get(pool.url(path));
      const labelled = new Set([...html.matchAll(/<label [^>]*for="([^"]+)"/g)].map(([, id]) => id));
      for (const [tag] of html.matchAll(/<input [^>]*>/g)) {
        if (/type="hidden"/.test(tag)) continue;
        assert.ok(labelled.has(/id="([^"]+)"/.exec(tag)?.[1]), `${path}: ${tag}`);
        assert.match(tag, / autocomplete="[a-z -]+"/);
        assert.match(tag, / maxlength="\d+"/);
      }
      assert.match(html, /<html lang="en"/);
      assert.equal(html.match(/<h1>/g)?.length, 1);
      assert.equal(html.match(/<main>/g)?.length, 1);
    }
  });
});

suite("forms that are not ours", () => {
  test("are refused without the browser's cookie, with another's, and with a token of another page or client", async () => {
    const visitor = pool.visitor();
    const page = await visitor.get(pool.url("/login"));
    const values = { ...Object.fromEntries(page.form().values), username: "ann", password };
    const signup = await visitor.get(pool.url("/signup"));
    const elsewhere = await hostedPool(h, "elsewhere");
    const other = elsewhere.visitor();
    const foreign = await other.get(elsewhere.url("/login"));
    const stranger = pool.visitor();
    await stranger.get(pool.url("/login"));
    const refused = [
      await pool.visitor().post(pool.url("/login"), values),
      await stranger.post(pool.url("/login"), values),
      await visitor.post(pool.url("/login"), { ...values, token: "" }),
      await visitor.post(pool.url("/login"), { ...values, token: signup.form("/signup").values.get("token") ?? "" }),
      await visitor.post(pool.url("/login"), { ...values, token: foreign.form().values.get("token") ?? "" }),
    ];
    for (const answer of refused) {
      assert.equal(answer.status, 403);
      assert.equal(answer.title, "Something went wrong");
      assert.equal(answer.header("location"), undefined);
      assert.match(answer.link("Back to sign-in"), /^\/login\?/);
    }
    assert.equal((await visitor.post(pool.url("/login"), values)).status, 303);
  });
});

suite("requests that no page is shown for", () => {
  test("of a client that is not there, or a redirect_uri that is not its own, go nowhere", async () => {
    for (const [more, message] of [
      [{ client_id: "nobody" }, "Client does not exist."],
      [{ redirect_uri: "https://evil.example/" }, "redirect_mismatch"],
      [{ redirect_uri: `${callback}/` }, "redirect_mismatch"],
    ] as const) {
      for (const path of paths) {
        const page = await pool.visitor().get(pool.url(path, more));
        assert.equal(page.status, 400);
        assert.equal(page.header("location"), undefined);
        assert.match(page.text, new RegExp(`Go back to the app and try again\\. ${message}$`));
      }
    }
  });

  test("of a client whose request is wrong go back to the app, with its state", async () => {
    const page = await pool.visitor().get(pool.url("/login", { scope: "unknown" }));
    assert.equal(page.header("location"), `${callback}?error=invalid_scope&state=of+the+app`);
  });

  test("a step that nobody is at begins the sign-in", async () => {
    for (const path of ["/mfa", "/changePassword", "/passkeys/add"]) {
      const page = await pool.visitor().get(pool.url(path));
      assert.equal(page.title, "Sign in");
      assert.match(page.path, /^\/login\?client_id=/);
    }
  });

  test("the page of errors shows codes and nothing that could mislead", async () => {
    const shown = async (error: string) => (await pool.visitor().get(`/error?${new URLSearchParams({ error })}`)).text;
    assert.match(await shown("server_error"), /server_error$/);
    assert.match(await shown("Call 555-0100 now"), /Go back to the app and try again\.$/);
  });
});

suite("languages", () => {
  test("the app's choice is remembered, and others fall back to English", async () => {
    const visitor = pool.visitor();
    const german = await visitor.get(pool.url("/login", { lang: "de" }));
    assert.equal(german.title, "Anmelden");
    assert.match(german.html, /<html lang="de"/);
    assert.equal((await visitor.get(pool.url("/signup"))).title, "Konto erstellen");
    const wrong = await german.send({ username: "ann", password: "Wrong-word-1" });
    assert.equal(wrong.fault, "Name oder Passwort ist falsch.");
    assert.equal((await pool.visitor().get(pool.url("/login", { lang: "xx" }))).title, "Sign in");
  });

  test("are those of AWS", async () => {
    const titles = new Map<string, string>();
    for (const lang of ["de", "en", "es", "fr", "id", "it", "ja", "ko", "pt-BR", "zh-CN", "zh-TW"]) {
      const page = await pool.visitor().get(pool.url("/login", { lang }));
      assert.match(page.html, new RegExp(`<html lang="${lang}"`));
      titles.set(page.title, lang);
    }
    assert.equal(titles.size, 11);
  });
});

suite("identity providers", () => {
  test("have a button each, which begins the sign-in there", async () => {
    const federated = await hostedPool(h, "federated");
    await h.cognito.send(
      new CreateIdentityProviderCommand({
        UserPoolId: federated.UserPoolId,
        ProviderName: "Google",
        ProviderType: "Google",
        ProviderDetails: { client_id: "us", client_secret: "secret", authorize_scopes: "openid" },
      }),
    );
    const client = { AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ["code" as const] };
    const { ClientId } = await createClient(h, federated.UserPoolId, {
      ...client,
      AllowedOAuthScopes: ["openid"],
      CallbackURLs: [callback],
      SupportedIdentityProviders: ["Google"],
    });
    const page = await federated.visitor().get(federated.url("/login", { client_id: ClientId, scope: "openid" }));
    const link = new URL(page.link("Continue with Google"), "http://pool.test");
    assert.equal(link.pathname, "/oauth2/authorize");
    assert.equal(link.searchParams.get("identity_provider"), "Google");
    assert.equal(link.searchParams.get("state"), "of the app");
    // The client's users are not the pool's own.
    assert.equal(page.forms.length, 0);
  });
});

suite("the look", () => {
  test("of the classic pages is the customer's CSS and image, on AWS's classes", async () => {
    const classic = await hostedPool(h, "classic");
    const css = ".submitButton-customizable { background-color: #123456; } /* </style><script> */";
    await h.cognito.send(new SetUICustomizationCommand({ UserPoolId: classic.UserPoolId, CSS: css, ImageFile: png }));
    const visitor = classic.visitor();
    const page = await visitor.get(classic.url("/login"));
    for (const name of ["banner", "logo", "label", "inputField", "submitButton", "background", "redirect"]) {
      assert.match(page.html, new RegExp(`class="[^"]*\\b${name}-customizable`));
    }
    const [, brand = ""] = /<link rel="stylesheet" href="([^"]*brand\.css[^"]*)"/.exec(page.html) ?? [];
    const style = await visitor.get(brand.replaceAll("&amp;", "&"));
    assert.equal(style.header("content-type"), "text/css; charset=utf-8");
    assert.equal(style.html, css);
    const [, image = ""] = /<img class="logo-customizable[^"]*" src="([^"]*)"/.exec(page.html) ?? [];
    const { pathname, search } = new URL(image.replaceAll("&amp;", "&"), "http://pool.test");
    const answer = await h.send({ path: pathname, query: search.slice(1), headers: new Map([["host", classic.host]]) });
    assert.deepEqual(Buffer.from(answer.bytes ?? ""), Buffer.from(png));
    assert.ok(answer.headers.includes("image/png"));
  });

  test("of managed login is its style's colors and logo", async () => {
    const styled = await hostedPool(h, "styled", { version: 2, pool: { UserPoolTier: "ESSENTIALS" } });
    await h.cognito.send(
      new CreateManagedLoginBrandingCommand({
        UserPoolId: styled.UserPoolId,
        ClientId: styled.ClientId,
        Settings: {
          categories: { global: { colorSchemeMode: "DARK" } },
          components: {
            primaryButton: {
              lightMode: { defaults: { backgroundColor: "123456ff", textColor: "red;} body{display:none}" } },
            },
            form: { logo: { enabled: true } },
          },
        },
        Assets: [{ Category: "FORM_LOGO", ColorMode: "LIGHT", Extension: "SVG", Bytes: Buffer.from("<svg/>") }],
      }),
    );
    const visitor = styled.visitor();
    const page = await visitor.get(styled.url("/login"));
    assert.match(page.html, /<html lang="en" class="dark"/);
    const [, brand = ""] = /href="([^"]*brand\.css[^"]*)"/.exec(page.html) ?? [];
    const style = await visitor.get(brand.replaceAll("&amp;", "&"));
    assert.match(style.html, /--primary: #123456ff;/);
    assert.ok(!style.html.includes("display:none"));
    const [, image = ""] = /<img class="logo-customizable[^"]*" src="([^"]*)"/.exec(page.html) ?? [];
    const logo = await visitor.get(image.replaceAll("&amp;", "&"));
    assert.equal(logo.header("content-type"), "image/svg+xml");
    // Opened by itself, an image of this kind could run scripts.
    assert.equal(logo.header("content-security-policy"), "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  });

  test("of a client is nobody's who asks another pool for it", async () => {
    const query = `client_id=${pool.ClientId}&name=logo`;
    for (const path of ["/managed-login/brand.css", "/managed-login/image"]) {
      const other = await hostedPool(h, path.includes("brand") ? "other-a" : "other-b");
      const { status } = await h.send({ path, query, headers: new Map([["host", other.host]]) });
      assert.equal(status, 404);
    }
  });

  test("the pages' own files may be kept for good", async () => {
    const page = await pool.visitor().get(pool.url("/login"));
    const [, url = ""] = /href="([^"]*style\.css[^"]*)"/.exec(page.html) ?? [];
    const style = await pool.visitor().get(url);
    assert.equal(style.header("cache-control"), "public, max-age=31536000, immutable");
    assert.match(style.html, /prefers-color-scheme: dark/);
  });
});

suite("pools without a domain of their own", () => {
  test("have their pages below their path", async () => {
    const visitor = pool.visitor();
    const base = `/pools/${pool.UserPoolId}`;
    const page = await visitor.get(`${base}${pool.url("/login")}`);
    assert.ok(page.form().action.startsWith(`${base}/login?`));
    assert.match(visitor.setCookies[0] ?? "", new RegExp(`; Path=${base}/; HttpOnly; SameSite=Lax$`));
    const done = await page.send({ username: "ann", password });
    assert.equal(done.status, 303);
    assert.ok(done.header("location")?.startsWith(`${callback}?code=`));
  });
});

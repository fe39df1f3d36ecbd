import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminConfirmSignUpCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  CreateTermsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness } from "../../../test/harness.ts";
import { callback, hostedPool, newestMessage } from "../../../test/hosted-pool.ts";
import type { Page } from "../../../test/page-visitor.ts";
import { createSomebody, createUser, password } from "../../../test/pool-users.ts";

const words = { password, password_again: password };

function isAtApp(page: Page): boolean {
  return page.status === 303 && page.header("location")?.startsWith(`${callback}?code=`) === true;
}

suite("signing up at the pages", async () => {
  const h = await harness();
  const pool = await hostedPool(h, "joining", { client: { GenerateSecret: true } });

  async function signUp(username: string, more: Readonly<Record<string, string>> = {}): Promise<Page> {
    const page = await pool.visitor().get(pool.url("/signup"));
    return page.send({ username, "attribute.email": `${username}@example.com`, ...words, ...more });
  }

  test("asks for an address, sends it a code, and with the code the user is signed in", async () => {
    const page = await signUp("ann");
    assert.equal(page.title, "Confirm your account");
    assert.match(page.text, /We sent a code to a\*\*\*@e\*\*\*\./);
    const { code } = await newestMessage(h, "ann@example.com");
    const wrong = await page.send({ code: code === "000000" ? "000001" : "000000" }, "/confirmUser");
    assert.equal(wrong.fault, "That code is not right, or is too old. You can ask for a new one.");
    const again = await wrong.send({}, "/resendcode");
    assert.equal(again.notice, "We sent a code to a***@e***.");
    const newer = await newestMessage(h, "ann@example.com");
    assert.equal(newer.count, 2);
    assert.ok(isAtApp(await again.send({ code: newer.code }, "/confirmUser")));
    const { UserStatus, UserAttributes } = await h.cognito.send(
      new AdminGetUserCommand({ UserPoolId: pool.UserPoolId, Username: "ann" }),
    );
    assert.equal(UserStatus, "CONFIRMED");
    assert.equal(UserAttributes?.find(({ Name }) => Name === "email_verified")?.Value, "true");
    // The same form once more signs nobody in.
    const repeated = await again.send({ code: newer.code }, "/confirmUser");
    assert.equal(repeated.fault, "That code is not right, or is too old. You can ask for a new one.");
  });

  test("in another browser the code confirms, but does not sign in", async () => {
    await signUp("bob");
    const { code } = await newestMessage(h, "bob@example.com");
    const other = await pool.visitor().get(pool.url("/confirmUser"));
    const page = await other.send({ username: "bob", code });
    assert.equal(page.title, "Sign in");
    assert.equal(page.notice, "Your account is confirmed. You can sign in now.");
    assert.ok(isAtApp(await page.send({ password })));
  });

  test("who signs in before confirming is led to do so, once the password is right", async () => {
    await signUp("carl");
    const login = await pool.visitor().get(pool.url("/login"));
    const wrong = await login.send({ username: "carl", password: "Wrong-word-1" });
    assert.equal(wrong.fault, "The name or the password is not right.");
    const page = await login.send({ username: "carl", password });
    assert.equal(page.title, "Confirm your account");
    const sent = await page.send({}, "/resendcode");
    const { code } = await newestMessage(h, "carl@example.com");
    assert.ok(isAtApp(await sent.send({ code }, "/confirmUser")));
  });

  test("says what is wrong with what was filled in", async () => {
    await createSomebody(h, pool.UserPoolId, "taken");
    const of = async (username: string, more: Readonly<Record<string, string>>) => (await signUp(username, more)).fault;
    assert.equal(await of("taken", {}), "There is an account of this name already.");
    assert.equal(await of("", {}), "Please fill in all that is needed.");
    assert.equal(await of("dora", { "attribute.email": "" }), "Please fill in all that is needed.");
    assert.equal(await of("dora", { password_again: "Other-word-1" }), "The two passwords are not the same.");
    assert.equal(await of("dora", { password: "weak", password_again: "weak" }), "The password is not good enough.");
    assert.equal(await of("dora", { password: "", password_again: "" }), "The password is not good enough.");
    assert.equal(
      await of("dora", { "attribute.email": "nowhere" }),
      "Something is not as it should be. Invalid email address format.",
    );
  });

  test("shows what it was given as text, whatever it looks like, and passwords never", async () => {
    const hostile = `"><script>alert(1)</script>`;
    const page = await signUp(hostile, { "attribute.email": "nowhere" });
    assert.ok(!page.html.includes("<script"));
    assert.ok(page.html.includes('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"'));
    assert.ok(!page.html.includes(password));
  });

  test("links to the terms that the client has, in the page's language", async () => {
    await h.cognito.send(
      new CreateTermsCommand({
        UserPoolId: pool.UserPoolId,
        ClientId: pool.ClientId,
        TermsName: "terms-of-use",
        TermsSource: "LINK",
        Enforcement: "NONE",
        Links: { "cognito:default": "https://example.com/terms", "cognito:german": "javascript:alert(1)" },
      }),
    );
    const page = await pool.visitor().get(pool.url("/signup"));
    assert.equal(page.link("Terms of use"), "https://example.com/terms");
    const german = await pool.visitor().get(pool.url("/signup", { lang: "de" }));
    assert.ok(!german.html.includes("javascript:"));
  });

  test("a code for nobody, and for somebody who is confirmed, is refused alike", async () => {
    await createSomebody(h, pool.UserPoolId, "known");
    const confirm = async (username: string) => {
      const page = await (await pool.visitor().get(pool.url("/confirmUser"))).send({ username, code: "123456" });
      const sent = await page.send({}, "/resendcode");
      return [page.fault, sent.notice.replace(/\S+$/, "")];
    };
    assert.deepEqual(await confirm("nobody"), await confirm("known"));
  });
});

suite("pools that say who may sign up", async () => {
  const h = await harness();

  test("not everybody, where administrators make the users", async () => {
    const pool = await hostedPool(h, "closed", { pool: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } } });
    const login = await pool.visitor().get(pool.url("/login"));
    assert.ok(!login.text.includes("Create an account"));
    const page = await pool.visitor().get(pool.url("/signup"));
    assert.equal(page.title, "Sign in");
    assert.equal(page.fault, "Accounts cannot be created here.");
    // A form that was open before the pool was closed.
    const visitor = pool.visitor();
    const { values } = (await visitor.get(pool.url("/login"))).form();
    const sent = await visitor.post(pool.url("/signup"), { ...Object.fromEntries(values), username: "eve", ...words });
    assert.equal(sent.status, 403);
  });

  test("by an address, where that is the name", async () => {
    const pool = await hostedPool(h, "addressed", { pool: { UsernameAttributes: ["email"] } });
    const page = await pool.visitor().get(pool.url("/signup"));
    assert.match(page.html, /<label [^>]*for="username">Email address<\/label>/);
    assert.ok(!page.html.includes("attribute.email"));
    const confirm = await page.send({ username: "ann@example.com", ...words });
    const { code } = await newestMessage(h, "ann@example.com");
    assert.ok(isAtApp(await confirm.send({ code }, "/confirmUser")));
    const login = await pool.visitor().get(pool.url("/login"));
    assert.ok(isAtApp(await login.send({ username: "ann@example.com", password })));
  });

  test("only with an administrator, where no address is verified", async () => {
    const pool = await hostedPool(h, "waiting", { pool: { AutoVerifiedAttributes: [] } });
    const page = await (await pool.visitor().get(pool.url("/signup"))).send({ username: "ann", ...words });
    assert.match(page.text, /An administrator has to confirm it/);
    await h.cognito.send(new AdminConfirmSignUpCommand({ UserPoolId: pool.UserPoolId, Username: "ann" }));
    const login = await pool.visitor().get(pool.url("/login"));
    assert.ok(isAtApp(await login.send({ username: "ann", password })));
  });
});

suite("links in messages", async () => {
  const h = await harness();
  const pool = await hostedPool(h, "linked", {
    pool: { VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_LINK" } },
  });

  async function follow(link: string | undefined): Promise<string> {
    const { host, pathname, search } = new URL(link ?? "http://nowhere.test");
    const { status, body } = await h.send({
      path: pathname,
      query: search.slice(1),
      headers: new Map([["host", host]]),
    });
    const [, said = ""] = /role="(?:status|alert)"><p>(.*?)<\/p>/.exec(body) ?? [];
    return `${status} ${said}`;
  }

  test("confirm the user wherever they are followed, once", async () => {
    const page = await pool.visitor().get(pool.url("/signup"));
    await page.send({ username: "ann", "attribute.email": "ann@example.com", ...words });
    const { link } = await newestMessage(h, "ann@example.com");
    assert.match(link ?? "", /^http:\/\/countersign\.test\/confirmUser\?client_id=/);
    assert.equal(await follow(link), "200 Your account is confirmed. You can sign in now.");
    const { UserStatus } = await h.cognito.send(
      new AdminGetUserCommand({ UserPoolId: pool.UserPoolId, Username: "ann" }),
    );
    assert.equal(UserStatus, "CONFIRMED");
    assert.equal(await follow(link), "400 That code is not right, or is too old. You can ask for a new one.");
  });

  test("that are not whole, or name nobody, tell nothing", async () => {
    const base = `http://countersign.test/confirmUser?client_id=${pool.ClientId}`;
    const expired = "400 That code is not right, or is too old. You can ask for a new one.";
    assert.equal(await follow(`${base}&user_name=nobody&confirmation_code=123456`), expired);
    assert.equal(await follow(`${base}&user_name=&confirmation_code=123456`), "400 Please fill in all that is needed.");
    const { status } = await h.send({ path: "/confirmUser", query: "client_id=nobody&confirmation_code=1" });
    assert.equal(status, 404);
  });
});

suite("forgotten passwords at the pages", async () => {
  const h = await harness();
  const pool = await hostedPool(h, "forgetful", { client: { GenerateSecret: true } });
  await createSomebody(h, pool.UserPoolId, "ann");

  async function forgot(username: string): Promise<Page> {
    return (await pool.visitor().get(pool.url("/forgotPassword"))).send({ username });
  }

  test("are replaced by a code", async () => {
    const login = await pool.visitor().get(pool.url("/login"));
    assert.match(login.link("Forgot your password?"), /^\/forgotPassword\?client_id=/);
    const page = await forgot("ann");
    assert.equal(page.title, "Choose a new password");
    assert.equal(page.notice, "If there is an account of this name, we sent a code to a***@e***.");
    const { code } = await newestMessage(h, "ann@example.com");
    const next = { password: "Another-word-2", password_again: "Another-word-2" };
    const wrong = await page.send({ code: "1", ...next });
    assert.equal(wrong.fault, "That code is not right, or is too old. You can ask for a new one.");
    const weak = await page.send({ code, password: "weak", password_again: "weak" });
    assert.equal(weak.fault, "The password is not good enough.");
    const different = await page.send({ code, ...next, password_again: "Another-word-3" });
    assert.equal(different.fault, "The two passwords are not the same.");
    const changed = await page.send({ code, ...next });
    assert.equal(changed.notice, "Your password was changed. You can sign in with it now.");
    assert.ok(isAtApp(await changed.send({ password: next.password })));
    const used = await page.send({ code, ...next });
    assert.equal(used.fault, "That code is not right, or is too old. You can ask for a new one.");
  });

  test("of nobody, of somebody disabled, and of somebody whom no code can reach look alike", async () => {
    await createSomebody(h, pool.UserPoolId, "disabled");
    await h.cognito.send(new AdminDisableUserCommand({ UserPoolId: pool.UserPoolId, Username: "disabled" }));
    await createSomebody(h, pool.UserPoolId, "invited", { isTemporary: true });
    await createSomebody(h, pool.UserPoolId, "known");
    const seen = new Set<string>();
    for (const username of ["nobody", "disabled", "invited", "known"]) {
      const page = await forgot(username);
      const weak = await page.send({ code: "123456", password: "weak", password_again: "weak" });
      const wrong = await page.send({ code: "123456", ...words });
      const shown = page.text.replace(/\w\*\*\*@\w\*\*\*/, "");
      seen.add(JSON.stringify([page.status, page.title, shown, weak.fault, wrong.fault]));
    }
    assert.deepEqual([...seen], [...seen].slice(0, 1));
    // Nor does asking, or guessing, too often tell.
    for (let times = 0; times < 25; times++) {
      const [nobody, known] = [await forgot("nobody"), await forgot("known")];
      assert.equal(known.title, nobody.title);
      const guess = (page: Page) => page.send({ code: "123456", ...words });
      assert.equal((await guess(known)).fault, (await guess(nobody)).fault);
    }
  });
});

suite("pools whose users go by their addresses", async () => {
  const h = await harness();
  const pool = await hostedPool(h, "by-address", { pool: { UsernameAttributes: ["email"] } });

  test("show where a code would have gone, whether there is a user or not", async () => {
    await createUser(h, pool.UserPoolId, "ann@example.com", { attributes: { email: "ann@example.com" } });
    for (const username of ["ann@example.com", "amy@example.com"]) {
      const page = await (await pool.visitor().get(pool.url("/forgotPassword"))).send({ username });
      assert.equal(page.notice, "If there is an account of this name, we sent a code to a***@e***.");
    }
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminResetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../test/harness.ts";
import { callback, hostedPool, newestMessage } from "../../../test/hosted-pool.ts";
import type { Page } from "../../../test/page-visitor.ts";
import { codeOf, setMfa, totpOptional } from "../../../test/pool-factors.ts";
import { createSomebody, createUser, password } from "../../../test/pool-users.ts";
import { readQrSvg } from "../../../test/qr.ts";

/** Where the app is told, and what. */
function told(page: Page): { readonly at: string; readonly code: string | null; readonly state: string | null } {
  const url = new URL(page.header("location") ?? "http://nowhere.test/");
  return { at: url.origin + url.pathname, code: url.searchParams.get("code"), state: url.searchParams.get("state") };
}

function assertSignedIn(page: Page): string {
  const { at, code, state } = told(page);
  assert.equal(page.status, 303, page.text);
  assert.equal(at, callback);
  assert.equal(state, "of the app");
  assert.match(code ?? "", /^[0-9a-f-]{36}$/);
  return code ?? "";
}

suite("signing in at the pages", async () => {
  const h = await harness();
  const pool = await hostedPool(h, "people", { client: { GenerateSecret: true } });
  await createSomebody(h, pool.UserPoolId, "ann");

  async function login(visitor = pool.visitor()): Promise<Page> {
    return visitor.get(pool.url("/login"));
  }

  test("goes from the app's request through the form to the app, and tokens follow", async () => {
    const visitor = pool.visitor();
    const page = await visitor.get(pool.url("/oauth2/authorize"));
    assert.equal(page.title, "Sign in");
    assert.match(page.path, /^\/login\?/);
    const code = assertSignedIn(await page.send({ username: "ann", password }));
    const secret = Buffer.from(`${pool.ClientId}:${pool.ClientSecret}`).toString("base64");
    const answer = await h.send({
      method: "POST",
      path: "/oauth2/token",
      headers: new Map([
        ["host", pool.host],
        ["authorization", `Basic ${secret}`],
        ["content-type", "application/x-www-form-urlencoded"],
      ]),
      body: Buffer.from(
        new URLSearchParams({ grant_type: "authorization_code", code, redirect_uri: callback }).toString(),
      ),
    });
    assert.equal(answer.status, 200, answer.body);
    const { id_token: idToken } = JSON.parse(answer.body) as { id_token: string };
    const claims = JSON.parse(Buffer.from(idToken.split(".")[1] ?? "", "base64url").toString());
    assert.equal(claims["cognito:username"], "ann");
    assert.equal(claims.email, "ann@example.com");
  });

  test("leaves a session with the browser, which signs in to the next app at once", async () => {
    const visitor = pool.visitor();
    assertSignedIn(await (await login(visitor)).send({ username: "ann", password }));
    const cookie = visitor.setCookies.find((text) => text.startsWith("cognito="));
    assert.match(cookie ?? "", /^cognito=[\w-]+; Path=\/; Max-Age=3600; HttpOnly; SameSite=Lax$/);
    assert.equal(told(await visitor.get(pool.url("/oauth2/authorize"))).at, callback);
    await h.cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId: pool.UserPoolId, Username: "ann" }));
    h.clock.set(h.clock.now() + 1000);
    assert.equal((await visitor.get(pool.url("/oauth2/authorize"))).title, "Sign in");
  });

  test("says the same of a wrong password and of nobody, and never shows what was typed", async () => {
    const wrong = await (await login()).send({ username: "ann", password: "Wrong-word-1" });
    const nobody = await (await login()).send({ username: "bob", password: "Wrong-word-1" });
    for (const page of [wrong, nobody]) {
      assert.equal(page.status, 400);
      assert.equal(page.fault, "The name or the password is not right.");
      assert.ok(!page.html.includes("Wrong-word-1"));
      assert.equal(page.header("location"), undefined);
    }
    const shape = (page: Page) => page.html.replaceAll(/ann|bob|value="[^"]*"/g, "");
    assert.equal(shape(wrong), shape(nobody));
    assert.equal(wrong.form().values.get("username"), "ann");
  });

  test("asks for what is missing, and takes no name that could be none", async () => {
    for (const values of [
      { username: "", password },
      { username: "ann", password: "" },
      { username: "a".repeat(129), password },
      { username: "ann", password: "p".repeat(257) },
      { username: "an\u0000n", password },
    ]) {
      const page = await (await login()).send(values);
      assert.equal(page.fault, "Please fill in all that is needed.");
    }
  });

  test("locks after five wrong passwords, somebody and nobody alike", async () => {
    await createSomebody(h, pool.UserPoolId, "carl");
    for (const username of ["carl", "nobody"]) {
      for (let times = 0; times < 5; times++) {
        const page = await (await login()).send({ username, password: "Wrong-word-1" });
        assert.equal(page.fault, "The name or the password is not right.");
      }
      const locked = await (await login()).send({ username, password });
      assert.equal(locked.fault, "Too many attempts. Wait a while, then try again.");
    }
    h.clock.set(h.clock.now() + 1_001);
    assertSignedIn(await (await login()).send({ username: "carl", password }));
  });

  test("tells who is disabled, once the password is right", async () => {
    await createSomebody(h, pool.UserPoolId, "dora");
    await h.cognito.send(new AdminDisableUserCommand({ UserPoolId: pool.UserPoolId, Username: "dora" }));
    const wrong = await (await login()).send({ username: "dora", password: "Wrong-word-1" });
    assert.equal(wrong.fault, "The name or the password is not right.");
    const right = await (await login()).send({ username: "dora", password });
    assert.equal(right.fault, "This account is disabled.");
  });

  test("sends who must reset the password to do so", async () => {
    await createSomebody(h, pool.UserPoolId, "eve");
    await h.cognito.send(new AdminResetUserPasswordCommand({ UserPoolId: pool.UserPoolId, Username: "eve" }));
    const page = await (await login()).send({ username: "eve", password });
    assert.equal(page.title, "Reset your password");
    assert.equal(page.notice, "Your password has to be changed before you can sign in.");
    assert.equal(page.form("/forgotPassword").values.get("username"), "eve");
  });
});

suite("a temporary password", async () => {
  const h = await harness();
  const pool = await hostedPool(h, "invited", {
    pool: { Schema: [{ Name: "family_name", Required: true, Mutable: true }] },
  });

  test("is replaced by one of the user's own, with the attributes that are missing", async () => {
    await createSomebody(h, pool.UserPoolId, "ann", { isTemporary: true });
    const page = await (await pool.visitor().get(pool.url("/login"))).send({ username: "ann", password });
    assert.equal(page.title, "Choose a new password");
    const next = { password: "Another-word-2", password_again: "Another-word-2", "attribute.family_name": "<b>Smith" };
    const without = await page.send({ ...next, "attribute.family_name": "" });
    assert.equal(without.fault, "Please fill in all that is needed.");
    const different = await without.send({ ...next, password_again: "Another-word-3" });
    assert.equal(different.fault, "The two passwords are not the same.");
    assert.equal(different.form().values.get("attribute.family_name"), "<b>Smith");
    assert.ok(!different.html.includes("<b>Smith") && !different.html.includes("Another-word"));
    const weak = await different.send({ ...next, password: "weak", password_again: "weak" });
    assert.equal(weak.fault, "The password is not good enough.");
    assertSignedIn(await weak.send(next));
    const { UserStatus, UserAttributes } = await h.cognito.send(
      new AdminGetUserCommand({ UserPoolId: pool.UserPoolId, Username: "ann" }),
    );
    assert.equal(UserStatus, "CONFIRMED");
    assert.equal(UserAttributes?.find(({ Name }) => Name === "family_name")?.Value, "<b>Smith");
  });

  test("that has expired is no use", async () => {
    await createSomebody(h, pool.UserPoolId, "bob", { isTemporary: true });
    h.clock.set(h.clock.now() + 8 * 86_400_000);
    const page = await (await pool.visitor().get(pool.url("/login"))).send({ username: "bob", password });
    assert.equal(page.fault, "Your temporary password has expired. Ask an administrator for a new one.");
  });
});

suite("second factors at the pages", async () => {
  const h = await harness();
  const pool = await hostedPool(h, "factors");
  const { UserPoolId } = pool;
  await setMfa(h, UserPoolId, { ...totpOptional, MfaConfiguration: "ON" });

  async function afterPassword(username: string): Promise<Page> {
    return (await pool.visitor().get(pool.url("/login"))).send({ username, password });
  }

  function secretOn(page: Page): string {
    return /<code class="key">([A-Z2-7 ]+)<\/code>/.exec(page.html)?.[1]?.replaceAll(" ", "") ?? "";
  }

  test("an authenticator app is set up, and asked from then on", async () => {
    await createSomebody(h, UserPoolId, "ann");
    const setUp = await afterPassword("ann");
    assert.equal(setUp.title, "Set up an authenticator app");
    const secret = secretOn(setUp);
    const [svg = ""] = /<svg class="qr" [^>]*role="img".*?<\/svg>/s.exec(setUp.html) ?? [];
    assert.equal(readQrSvg(svg), `otpauth://totp/example:ann?secret=${secret}&issuer=example`);
    const wrong = await setUp.send({ answer: "000000" });
    assert.equal(wrong.fault, "That code is not right.");
    assert.equal(secretOn(wrong), secret);
    assertSignedIn(await wrong.send({ answer: codeOf(h, secret) }));

    h.clock.set(h.clock.now() + 60_000);
    const asked = await afterPassword("ann");
    assert.equal(asked.title, "Verify it’s you");
    const mistyped = await asked.send({ answer: "000000" });
    assert.equal(mistyped.fault, "That code is not right.");
    const [first = "", second = ""] = codeOf(h, secret).match(/.{3}/g) ?? [];
    assertSignedIn(await mistyped.send({ answer: `${first} ${second}` }));
    const used = await (await afterPassword("ann")).send({ answer: codeOf(h, secret) });
    assert.equal(used.fault, "This code was used already. Wait for the next one.");
  });

  test("a step is good once, for its own browser, and not for long", async () => {
    await createSomebody(h, UserPoolId, "bob");
    const page = await afterPassword("bob");
    const code = codeOf(h, secretOn(page));
    const step = page.form().values.get("step") ?? "";
    // With a cookie and a token of its own, another browser gets nowhere with this one's step.
    const other = pool.visitor();
    const foreign = await (await other.get(pool.url("/login"))).send({ username: "bob", password });
    const taken = await other.post(foreign.form().action, {
      ...Object.fromEntries(foreign.form().values),
      step,
      answer: code,
    });
    assert.equal(taken.title, "Sign in");
    assert.equal(taken.fault, "That took too long. Please sign in again.");

    h.clock.set(h.clock.now() + 181_000);
    const late = await page.send({ answer: codeOf(h, secretOn(page)) });
    assert.equal(late.title, "Sign in");
    assert.equal(late.fault, "That took too long. Please sign in again.");
  });

  test("what a page carries is of no use to the API", async () => {
    await createSomebody(h, UserPoolId, "carl");
    const page = await afterPassword("carl");
    const refusal = await refused(
      h.cognito.send(
        new RespondToAuthChallengeCommand({
          ClientId: pool.ClientId,
          ChallengeName: "MFA_SETUP",
          Session: page.form().values.get("step")?.slice(0, 2048) ?? "",
          ChallengeResponses: { USERNAME: "carl" },
        }),
      ),
    );
    assert.deepEqual(refusal, {
      code: "NotAuthorizedException",
      message: "Invalid session for the user.",
      status: 400,
    });
  });

  test("are chosen from where there are several", async () => {
    await createSomebody(h, UserPoolId, "dora");
    const setUp = await afterPassword("dora");
    const secret = secretOn(setUp);
    assertSignedIn(await setUp.send({ answer: codeOf(h, secret) }));
    await setMfa(h, UserPoolId, {
      ...totpOptional,
      MfaConfiguration: "ON",
      EmailMfaConfiguration: { Message: "Your code is {####}", Subject: "Code" },
    });
    h.clock.set(h.clock.now() + 60_000);
    const choice = await afterPassword("dora");
    assert.equal(choice.title, "Choose how to verify");
    const none = await choice.send({ answer: "SMS_MFA" });
    assert.equal(none.fault, "Something is not as it should be. SMS_MFA is not one of the factors to choose from.");
    const email = await none.send({ answer: "EMAIL_OTP" });
    assert.match(email.text, /We sent a code to d\*\*\*@e\*\*\*\./);
    assertSignedIn(await email.send({ answer: (await newestMessage(h, "dora@example.com")).code }));
    const app = await (await afterPassword("dora")).send({ answer: "SOFTWARE_TOKEN_MFA" });
    assertSignedIn(await app.send({ answer: codeOf(h, secret) }));
  });
});

suite("signing in without a password", async () => {
  const h = await harness();
  const pool = await hostedPool(h, "wordless", {
    pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } } },
  });
  await createSomebody(h, pool.UserPoolId, "ann");

  test("a code by email is the only factor, and nobody is sent one though it looks so", async () => {
    const page = await (await pool.visitor().get(pool.url("/login"))).send({ username: "ann", factor: "EMAIL_OTP" });
    assert.equal(page.title, "Verify it’s you");
    const { code, count } = await newestMessage(h, "ann@example.com");
    assert.match(code, /^\d{8}$/);
    assertSignedIn(await page.send({ answer: code }));
    const nobody = await (await pool.visitor().get(pool.url("/login"))).send({ username: "bob", factor: "EMAIL_OTP" });
    assert.equal(nobody.title, "Verify it’s you");
    assert.match(nobody.text, /We sent a code to \w\*\*\*@\w\*\*\*\./);
    assert.equal((await nobody.send({ answer: code })).fault, "That code is not right.");
    assert.equal((await newestMessage(h, "ann@example.com")).count, count);
  });

  test("a factor that the pool does not allow is not taken", async () => {
    const page = await pool.visitor().get(pool.url("/login"));
    const { values, action } = page.form();
    assert.ok(!page.html.includes("SMS_OTP"));
    const visitor = pool.visitor();
    const own = await visitor.get(pool.url("/login"));
    const answer = await visitor.post(action, {
      ...Object.fromEntries(values),
      token: own.form().values.get("token") ?? "",
      username: "ann",
      factor: "SMS_OTP",
    });
    assert.equal(answer.fault, "Please fill in all that is needed.");
  });

  test("a user who only was invited has no other way in", async () => {
    await createUser(h, pool.UserPoolId, "carl", { attributes: { email: "carl@example.com", email_verified: "true" } });
    const page = await (await pool.visitor().get(pool.url("/login"))).send({ username: "carl", password });
    assert.equal(page.fault, "The name or the password is not right.");
  });
});

suite("too many sign-ins", async () => {
  const h = await harness({ rateLimits: true });
  const pool = await hostedPool(h, "busy");

  test("are refused as they are at the API", async () => {
    const visitor = pool.visitor();
    const page = await visitor.get(pool.url("/login"));
    const faults = new Map<string, number>();
    for (let times = 0; times < 125; times++) {
      const { fault } = await page.send({ username: `nobody${times}`, password });
      faults.set(fault, (faults.get(fault) ?? 0) + 1);
    }
    // As many as the category UserAuthentication lets through in a second.
    assert.deepEqual(Object.fromEntries(faults), {
      "The name or the password is not right.": 120,
      "Too many requests. Wait a while, then try again.": 5,
    });
  });
});

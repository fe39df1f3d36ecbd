import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AdminUserGlobalSignOutCommand } from "@aws-sdk/client-cognito-identity-provider";
import { Authenticator } from "../../../test/authenticator.ts";
import { harness } from "../../../test/harness.ts";
import { callback, type HostedPool, hostedPool } from "../../../test/hosted-pool.ts";
import type { Page, PageVisitor } from "../../../test/page-visitor.ts";
import { createSomebody, password } from "../../../test/pool-users.ts";
import { poolUserPasskeys } from "../../store/pool-user-passkeys.ts";
import { poolUsers } from "../../store/pool-users.ts";

const h = await harness();
const passkeys = {
  pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD" as const, "WEB_AUTHN" as const] } } },
};
const pool = await hostedPool(h, "keys", passkeys);
const origin = "http://keys.localhost:4566";
await createSomebody(h, pool.UserPoolId, "ann");

function optionsOn(page: Page): string {
  const [, text = ""] = /data-options="([^"]*)"/.exec(page.html) ?? [];
  return text.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

async function signedIn(it: HostedPool = pool): Promise<PageVisitor> {
  const visitor = it.visitor();
  const page = await (await visitor.get(it.url("/login"))).send({ username: "ann", password });
  assert.equal(page.status, 303);
  return visitor;
}

async function addPasskey(id: string): Promise<Authenticator> {
  const authenticator = new Authenticator(id);
  const page = await (await signedIn()).get(pool.url("/passkeys/add"));
  const credential = authenticator.create(JSON.parse(optionsOn(page)), { origin });
  const done = await page.send({ answer: JSON.stringify(credential) });
  assert.ok(done.header("location")?.startsWith(`${callback}?code=`), done.text);
  return authenticator;
}

suite("adding a passkey at the page", () => {
  test("is for whoever is signed in with this browser, on the page's own site", async () => {
    const authenticator = await addPasskey("one");
    const page = await (await pool.visitor().get(pool.url("/login"))).send({ username: "ann", factor: "WEB_AUTHN" });
    assert.equal(page.title, "Sign in with a passkey");
    assert.equal(JSON.parse(optionsOn(page)).rpId, "keys.localhost");
    const done = await page.send({ answer: JSON.stringify(authenticator.get(optionsOn(page), { origin })) });
    assert.ok(done.header("location")?.startsWith(`${callback}?code=`), done.text);
  });

  test("the pages with the script allow their own, and no other", async () => {
    const page = await (await signedIn()).get(pool.url("/passkeys/add"));
    assert.match(page.header("content-security-policy") ?? "", /^default-src 'none'; script-src 'self'; style-src/);
    const [, url = ""] = /<script src="([^"]*)" defer><\/script>/.exec(page.html) ?? [];
    const script = await pool.visitor().get(url);
    assert.equal(script.header("content-type"), "text/javascript; charset=utf-8");
  });

  test("of another site, made with an old page, or of no sense is refused", async () => {
    const visitor = await signedIn();
    const page = await visitor.get(pool.url("/passkeys/add"));
    const evil = new Authenticator("evil").create(JSON.parse(optionsOn(page)), {
      origin: "http://evil.localhost:4566",
    });
    const refused = await page.send({ answer: JSON.stringify(evil) });
    assert.equal(refused.fault, "This passkey cannot be used.");
    assert.equal(
      (await page.send({ answer: "{" })).fault,
      "Something is not as it should be. Credential is not valid.",
    );
    const late = new Authenticator("late").create(JSON.parse(optionsOn(page)), { origin });
    h.clock.set(h.clock.now() + 181_000);
    assert.equal((await page.send({ answer: JSON.stringify(late) })).fault, "This passkey cannot be used.");
  });

  test("whoever came into being by an identity provider adds none: it would outlast what the provider says", async () => {
    const { Attributes = [] } = await createSomebody(h, pool.UserPoolId, "fay");
    const sub = Attributes.find(({ Name }) => Name === "sub")?.Value ?? "";
    const visitor = pool.visitor();
    assert.equal((await (await visitor.get(pool.url("/login"))).send({ username: "fay", password })).status, 303);
    const before = await visitor.get(pool.url("/passkeys/add"));
    assert.notEqual(optionsOn(before), "");
    await h.environment.store.write(async (tx) => {
      const user = await poolUsers.findById(tx, sub);
      assert.ok(user !== undefined);
      await poolUsers.update(tx, user, { ...user, status: "EXTERNAL_PROVIDER" });
    });
    assert.equal((await visitor.get(pool.url("/passkeys/add"))).title, "Sign in");
    const credential = new Authenticator("fay").create(JSON.parse(optionsOn(before)), { origin });
    assert.equal((await before.send({ answer: JSON.stringify(credential) })).title, "Sign in");
    const kept = await h.environment.store.read((tx) => poolUserPasskeys.list(tx, sub, "", 20));
    assert.deepEqual(kept, []);
  });

  test("a session that has ended adds none", async () => {
    const visitor = await signedIn();
    const page = await visitor.get(pool.url("/passkeys/add"));
    const credential = new Authenticator("gone").create(JSON.parse(optionsOn(page)), { origin });
    await h.cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId: pool.UserPoolId, Username: "ann" }));
    const answer = await page.send({ answer: JSON.stringify(credential) });
    assert.equal(answer.title, "Sign in");
    h.clock.set(h.clock.now() + 1000);
  });
});

suite("signing in with a passkey at the page", () => {
  test("takes the challenge of this very page, once, and the passkey of this user", async () => {
    const authenticator = await addPasskey("two");
    const stranger = new Authenticator("stranger");
    const ask = async () =>
      (await pool.visitor().get(pool.url("/login"))).send({ username: "ann", factor: "WEB_AUTHN" });
    const wrong = "The name or the password is not right.";
    const one = await ask();
    const other = await ask();
    const answerOf = (page: Page) => JSON.stringify(authenticator.get(optionsOn(page), { origin }));
    assert.equal((await one.send({ answer: answerOf(other) })).fault, wrong);
    const again = await one.send({ answer: answerOf(one) });
    assert.equal(again.fault, "That took too long. Please sign in again.");
    const foreign = await ask();
    const theirs = JSON.stringify(stranger.get(optionsOn(foreign), { origin }));
    assert.equal((await foreign.send({ answer: theirs })).fault, wrong);
  });

  test("of somebody who has none is a choice among what there is", async () => {
    await createSomebody(h, pool.UserPoolId, "bob");
    const page = await (await pool.visitor().get(pool.url("/login"))).send({ username: "bob", factor: "WEB_AUTHN" });
    assert.equal(page.title, "Choose how to sign in");
    const asked = await page.send({ answer: "PASSWORD" });
    const done = await asked.send({ answer: password });
    assert.equal(done.status, 303);
  });

  test("is not offered where browsers would refuse it", async () => {
    const named = await hostedPool(h, "unnamed", passkeys);
    const page = await named.visitor().get(named.url("/login"));
    assert.match(page.text, /Sign in with a passkey/);
    const { body } = await h.send({
      path: `/pools/${named.UserPoolId}/login`,
      query: named.url("").slice(1),
      headers: new Map([["host", "127.0.0.1:4566"]]),
    });
    assert.match(body, /<h1>Sign in<\/h1>/);
    assert.ok(!body.includes("passkey"));
  });
});

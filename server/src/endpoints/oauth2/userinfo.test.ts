import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminDisableUserCommand,
  AdminUserGlobalSignOutCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, startOfTest } from "../../../test/harness.ts";
import { DomainVisitor, poolOnDomain, signedInBrowser, tokensFor } from "../../../test/pool-domain.ts";
import { signIn } from "../../../test/pool-sessions.ts";

const path = "/oauth2/userInfo";
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

suite("userInfo", async () => {
  const h = await harness();
  const user = {
    email: "somebody@example.com",
    email_verified: "true",
    phone_number: "+15555550100",
    phone_number_verified: "false",
    name: 'Some "Body" <b>',
    "custom:team": "a",
  };
  const pool = { Schema: [{ Name: "team", AttributeDataType: "String" as const, Mutable: true }] };

  test("answers what the scopes give, as texts", async () => {
    const it = await poolOnDomain(h, { pool, user });
    const browser = await signedInBrowser(h, it);
    const app = new DomainVisitor(h, it.host);
    const infoOf = async (scope: string) => {
      const { access_token } = await tokensFor(browser, it, { scope });
      const answer = await app.get(path, bearer(access_token));
      assert.equal(answer.status, 200, answer.body);
      const posted = await app.post(path, bearer(access_token));
      assert.equal(posted.body, answer.body);
      assert.equal(answer.headers.get("content-type"), "application/json;charset=UTF-8");
      assert.equal(answer.headers.get("access-control-allow-origin"), "*");
      return answer.json;
    };
    const whoever = { sub: it.sub, username: "somebody" };
    assert.deepEqual(await infoOf("openid"), { ...whoever, ...user });
    assert.deepEqual(await infoOf("openid email"), {
      ...whoever,
      email: user.email,
      email_verified: "true",
    });
    assert.deepEqual(await infoOf("openid phone aws.cognito.signin.user.admin"), {
      ...whoever,
      phone_number: user.phone_number,
      phone_number_verified: "false",
    });
    assert.deepEqual(await infoOf("openid profile"), { ...whoever, name: user.name, "custom:team": "a" });
  });

  test("leaves out what the client may not read", async () => {
    const it = await poolOnDomain(h, { pool, user, client: { ReadAttributes: ["name"] } });
    const { access_token } = await tokensFor(await signedInBrowser(h, it), it, { scope: "openid" });
    const { json } = await new DomainVisitor(h, it.host).get(path, bearer(access_token));
    assert.deepEqual(json, { sub: it.sub, name: user.name, username: "somebody" });
  });

  test("refuses a request without a token", async () => {
    const it = await poolOnDomain(h);
    const app = new DomainVisitor(h, it.host);
    for (const headers of [
      {},
      { authorization: "" },
      { authorization: "Basic eDp5" },
      { authorization: "Bearer a b" },
    ]) {
      const answer = await app.get(path, { headers });
      assert.equal(answer.status, 400);
      assert.equal(
        answer.headers.get("www-authenticate"),
        'error="invalid_request", error_description="Bad OAuth2 request at UserInfo Endpoint"',
      );
    }
  });

  test("refuses tokens of the API, ID tokens, those of other pools, and those that are over", async () => {
    const it = await poolOnDomain(h);
    const other = await poolOnDomain(h);
    const app = new DomainVisitor(h, it.host);
    const refusal = async (token: string, why: string, visitor = app) => {
      const answer = await visitor.get(path, bearer(token));
      assert.equal(answer.status, 401, why);
      assert.equal(
        answer.headers.get("www-authenticate"),
        'error="invalid_token", error_description="Access token is expired, disabled, or deleted, or the user has globally signed out."',
      );
    };
    const browser = await signedInBrowser(h, it);
    const { access_token, id_token, refresh_token } = await tokensFor(browser, it);
    assert.equal((await app.get(path, bearer(access_token))).status, 200);
    await refusal((await signIn(h, it.ClientId, it.sub)).AccessToken, "of the API");
    const less = await tokensFor(browser, it, { scope: "aws.cognito.signin.user.admin" });
    await refusal(less.access_token, "without openid");
    await refusal(id_token, "an ID token");
    await refusal("x.y.z", "none");
    await refusal(access_token, "at another pool's domain", new DomainVisitor(h, other.host));
    const [header, payload] = access_token.split(".");
    await refusal(`${header}.${payload}.${"A".repeat(342)}`, "forged");
    h.clock.set(startOfTest + 3_600_000);
    await refusal(access_token, "expired");
    h.clock.set(startOfTest);
    const { UserPoolId, ClientId } = it;
    await h.cognito.send(new RevokeTokenCommand({ ClientId, Token: refresh_token }));
    await refusal(access_token, "revoked");
    for (const end of [AdminUserGlobalSignOutCommand, AdminDisableUserCommand]) {
      h.clock.set(h.clock.now() + 1_000);
      const signedIn = await signedInBrowser(h, it);
      const { access_token: next } = await tokensFor(signedIn, it);
      assert.equal((await app.get(path, bearer(next))).status, 200);
      await h.cognito.send(new end({ UserPoolId, Username: "somebody" }));
      await refusal(next, end.name);
    }
    h.clock.set(startOfTest);
  });
});

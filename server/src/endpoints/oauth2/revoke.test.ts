import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../test/harness.ts";
import {
  codeFor,
  codeForm,
  DomainVisitor,
  poolOnDomain,
  signedInBrowser,
  tokensFor,
} from "../../../test/pool-domain.ts";

const path = "/oauth2/revoke";

suite("revoke", async () => {
  const h = await harness();

  test("ends the session of a refresh token, and says nothing of what is none", async () => {
    const it = await poolOnDomain(h);
    const { access_token, refresh_token } = await tokensFor(await signedInBrowser(h, it), it);
    const app = new DomainVisitor(h, it.host);
    const client_id = it.ClientId;
    for (const token of ["nonsense", refresh_token, refresh_token]) {
      const answer = await app.post(path, { form: { client_id, token, token_type_hint: "refresh_token" } });
      assert.deepEqual([answer.status, answer.body], [200, ""]);
    }
    const user = await refused(h.cognito.send(new GetUserCommand({ AccessToken: access_token })));
    assert.equal(user.message, "Access Token has been revoked");
    const form = { grant_type: "refresh_token", client_id, refresh_token };
    assert.equal((await app.post("/oauth2/token", { form })).body, '{"error":"invalid_grant"}');
  });

  test("refuses other tokens, clients that cannot revoke, and whoever is not the client", async () => {
    const it = await poolOnDomain(h, { client: { GenerateSecret: true } });
    const browser = await signedInBrowser(h, it);
    const { ClientId: client_id, ClientSecret: client_secret = "" } = it;
    const redeem = { form: codeForm(it, await codeFor(browser, it), { client_secret }) };
    const { access_token, refresh_token } = (await browser.post("/oauth2/token", redeem)).json;
    const token = String(refresh_token);
    const app = new DomainVisitor(h, it.host);
    const authorization = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString("base64")}`;
    const post = async (form: Record<string, string>, headers: Record<string, string> = {}) => {
      const { status, body } = await app.post(path, { form, headers });
      return [status, body];
    };
    assert.deepEqual(await post({ client_id, token }), [401, '{"error":"invalid_client"}']);
    assert.deepEqual(await post({ client_id: "nobody", token }), [401, '{"error":"invalid_client"}']);
    assert.deepEqual(await post({}, { authorization }), [400, '{"error":"invalid_request"}']);
    assert.deepEqual(await post({ token: String(access_token) }, { authorization }), [
      400,
      '{"error":"unsupported_token_type"}',
    ]);
    const other = await poolOnDomain(h);
    const foreign = await new DomainVisitor(h, other.host).post(path, { form: { client_id: other.ClientId, token } });
    assert.deepEqual([foreign.status, foreign.body], [400, '{"error":"invalid_grant"}']);
    const refresh = { grant_type: "refresh_token", refresh_token: token };
    assert.equal((await app.post("/oauth2/token", { form: refresh, headers: { authorization } })).status, 200);
    assert.deepEqual(await post({ token }, { authorization }), [200, ""]);
    const off = await poolOnDomain(h, { client: { EnableTokenRevocation: false } });
    const tokens = await tokensFor(await signedInBrowser(h, off), off);
    const disabled = await new DomainVisitor(h, off.host).post(path, {
      form: { client_id: off.ClientId, token: tokens.refresh_token },
    });
    assert.deepEqual([disabled.status, disabled.body], [400, '{"error":"invalid_request"}']);
  });
});

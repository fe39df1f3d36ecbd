import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { CreateUserPoolDomainCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness } from "../../test/harness.ts";
import {
  codeFor,
  codeForm,
  codeRequest,
  DomainVisitor,
  poolOnDomain,
  signedInBrowser,
} from "../../test/pool-domain.ts";
import { createPool } from "../../test/pool-users.ts";
import { findPoolAddress } from "../services/cognito/domains/pool-address.ts";

suite("a pool's domain", async () => {
  const h = await harness();
  const login = "/oauth2/authorize";

  test("says on every answer that nobody is to keep it, frame it, or guess what it is", async () => {
    const it = await poolOnDomain(h);
    const visitor = new DomainVisitor(h, it.host);
    const answers = [
      await visitor.get(login, { query: codeRequest(it) }),
      await visitor.get(login),
      await visitor.get("/pools/nothing/here").then(() => visitor.get(`/pools/${it.UserPoolId}/nothing`)),
      await visitor.post("/oauth2/token"),
      await visitor.get("/oauth2/userInfo"),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [302, 400, 404, 400, 400],
    );
    for (const { headers } of answers) {
      assert.match(headers.get("x-amz-cognito-request-id") ?? "", /^[0-9a-f-]{36}$/);
      assert.equal(headers.get("cache-control"), "no-cache, no-store, max-age=0, must-revalidate");
      assert.equal(headers.get("x-frame-options"), "DENY");
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.match(headers.get("content-security-policy") ?? "", /^default-src 'none'.*frame-ancestors 'none'$/);
      assert.equal(headers.has("strict-transport-security"), false, "without TLS");
    }
  });

  test("wants TLS for good, and cookies by it alone, where there is any", async () => {
    const it = await poolOnDomain(h);
    const visitor = new DomainVisitor(h, it.host, { secure: true });
    const answer = await visitor.get("/logout", { query: codeRequest(it) });
    assert.equal(answer.headers.get("strict-transport-security"), "max-age=31536000; includeSubDomains");
    assert.equal(answer.headers.get("set-cookie"), "cognito=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax");
    assert.equal(answer.location.protocol, "https:");
    const behindProxy = await harness({ issuerUrl: "https://id.example.com/base", seed: "proxy" });
    const its = await poolOnDomain(behindProxy);
    const path = `/pools/${its.UserPoolId}/logout`;
    const byPath = await new DomainVisitor(behindProxy, "internal:4566").get(path, { query: codeRequest(its) });
    assert.match(byPath.headers.get("set-cookie") ?? "", /Path=\/base\/pools\/[\w-]+\/; Max-Age=0; Secure/);
    assert.match(byPath.location.href, /^https:\/\/id\.example\.com\/base\/pools\/[\w-]+\/login\?/);
  });

  test("is found by its own name, and by that name below localhost", async () => {
    const UserPoolId = await createPool(h);
    const CustomDomainConfig = { CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/x" };
    await h.cognito.send(
      new CreateUserPoolDomainCommand({ UserPoolId, Domain: "sign-in.example.com", CustomDomainConfig }),
    );
    for (const host of ["sign-in.example.com", "sign-in.example.com:8443", "sign-in.example.com.localhost:4566"]) {
      const answer = await new DomainVisitor(h, host).get(login);
      assert.equal(answer.status, 400, host);
    }
    for (const host of ["example.com", "a.sign-in.example.com", "sign-in.example.com.", "sign-in.example.com:99999"]) {
      assert.equal((await new DomainVisitor(h, host).get(login)).status, 404, host);
    }
  });

  test("is the first region's below localhost where several have the prefix, unless the region is named", async () => {
    const pools = new Map<string, string>();
    for (const region of ["us-east-1", "eu-west-1"]) {
      const own = { ...h, ...h.as(h.root, region) };
      const UserPoolId = await createPool(own);
      await own.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: "twice" }));
      pools.set(region, UserPoolId);
    }
    const poolAt = async (host: string) => {
      const { store, appClients, issuerUrl, publicUrl } = h.environment;
      const asked = { host, secureTransport: false };
      const found = await findPoolAddress({ store, appClients, issuerUrl, publicUrl }, asked, login);
      return found?.context.pool.pool_id;
    };
    assert.equal(await poolAt("twice.localhost"), pools.get("eu-west-1"));
    for (const [region, poolId] of pools) {
      for (const end of ["localhost:4566", "amazoncognito.com"]) {
        assert.equal(await poolAt(`twice.auth.${region}.${end}`), poolId);
      }
    }
  });

  test("escapes what it shows", async () => {
    const it = await poolOnDomain(h);
    const answer = await new DomainVisitor(h, it.host).get(login, {
      query: { client_id: "<script>alert(1)</script>" },
    });
    assert.equal(answer.status, 400);
    assert.equal(answer.body.includes("<script>"), false);
  });

  test("leaves a line in the audit log of each request, without a secret in it", async () => {
    const directory = mkdtempSync(join(tmpdir(), "countersign-test-"));
    after(() => rmSync(directory, { recursive: true, force: true }));
    const auditLog = join(directory, "audit.log");
    const own = await harness({ auditLog, seed: "audit" });
    const it = await poolOnDomain(own, { client: { GenerateSecret: true } });
    const browser = await signedInBrowser(own, it);
    const code = await codeFor(browser, it, { state: "a-state" });
    const { ClientSecret: client_secret = "" } = it;
    await browser.post("/oauth2/token", { form: codeForm(it, code, { client_secret }) });
    await browser.post("/oauth2/token", { form: codeForm(it, code, { client_secret }) });
    await own.environment.auditLog?.close();
    const text = readFileSync(auditLog, "utf8");
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const events = lines.filter(({ eventType }) => eventType === "AwsServiceEvent");
    assert.deepEqual(
      events.map(({ eventName, readOnly, additionalEventData: { responseParameters } }) => [
        eventName,
        readOnly,
        responseParameters.status,
      ]),
      [
        ["Authorize_GET", true, 302],
        ["Token_POST", false, 200],
        ["Token_POST", false, 400],
      ],
    );
    assert.deepEqual(events[1].additionalEventData, {
      responseParameters: { status: 200 },
      requestParameters: {
        grant_type: ["authorization_code"],
        client_id: [it.ClientId],
        redirect_uri: ["https://app.example.com/callback"],
        code: ["HIDDEN_DUE_TO_SECURITY_REASONS"],
        client_secret: ["HIDDEN_DUE_TO_SECURITY_REASONS"],
      },
      userPoolDomain: it.host,
      userPoolId: it.UserPoolId,
    });
    for (const secret of [code, client_secret, "a-state"]) assert.equal(text.includes(secret), false);
  });
});

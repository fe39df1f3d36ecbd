import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { certificate } from "../../test/certificates.ts";
import { type Credentials, harness } from "../../test/harness.ts";
import { document } from "../../test/policies.ts";
import { asGet, element, jsonRequest, presign, queryRequest, sign, withHeader } from "../../test/requests.ts";
import { credentialCache } from "../access/authenticate.ts";
import { LastUsed } from "../access/last-used.ts";
import type { SignedRequest } from "../crypto/sigv4.ts";
import { createLog } from "../runtime/log.ts";
import { createTasks } from "../runtime/tasks.ts";
import { openStore } from "../store/store.ts";
import type { HttpResponse } from "./http.ts";
import { routes } from "./routes.ts";

/**
 * A day's work with everything that can go wrong, under a log that shows the most it can: no secret access key, session
 * token or private key may be found in the log or in an answer, but for the one answer that hands it out.
 */
suite("secrets", async () => {
  const h = await harness();
  const logged: string[] = [];
  const write = (line: string) => {
    logged.push(line);
  };
  const answered: string[] = [];
  const secrets = new Map<string, string>([["root's secret access key", h.root.secretAccessKey]]);

  for (const format of ["json", "text"] as const) {
    const log = createLog({ format, level: "debug", write });
    const { store } = h.environment;
    const environment = { ...h.environment, log, tasks: createTasks(log), lastUsed: new LastUsed(store, log) };
    const endpoint = routes(environment, { version: "test", movableClock: undefined, reset: undefined });
    const name = `ann-${format}`;

    const ask = async (request: SignedRequest): Promise<HttpResponse> =>
      endpoint({ ...request, remoteAddress: "127.0.0.1", secure: false });
    /** Asks, and keeps the answer to be looked through. */
    const send = async (request: SignedRequest): Promise<HttpResponse> => {
      const response = await ask(request);
      answered.push(response.headers.join("\n"), response.body);
      return response;
    };
    const iam = (action: string, parameters: Record<string, string> = {}, credentials: Credentials = h.root) =>
      send(sign(queryRequest("iam", action, parameters), credentials));
    const told = (response: HttpResponse, member: string, what: string) => {
      const secret = element(response, member);
      assert.ok(secret !== undefined && secret.length >= 40, response.body);
      secrets.set(`${what} (${format})`, secret);
      return secret;
    };

    test(`${format}: keys are made, used, listed and reported`, async () => {
      await iam("CreateUser", { UserName: name });
      await iam("PutUserPolicy", { UserName: name, PolicyName: "all", PolicyDocument: document("*") });
      // The one answer that has it.
      const made = await ask(sign(queryRequest("iam", "CreateAccessKey", { UserName: name }), h.root));
      const key = {
        accessKeyId: element(made, "AccessKeyId") ?? "",
        secretAccessKey: told(made, "SecretAccessKey", "a user's secret access key"),
      };
      const session = await ask(sign(queryRequest("sts", "GetSessionToken"), key));
      const temporary = {
        accessKeyId: element(session, "AccessKeyId") ?? "",
        secretAccessKey: told(session, "SecretAccessKey", "a session's secret access key"),
        sessionToken: told(session, "SessionToken", "a session token"),
      };
      for (const credentials of [h.root, key, temporary]) {
        for (const request of [
          sign(queryRequest("sts", "GetCallerIdentity"), credentials),
          presign(asGet(queryRequest("sts", "GetCallerIdentity")), credentials),
          sign(jsonRequest("ListUserPools", { MaxResults: 1 }), credentials),
          sign(queryRequest("iam", "GetUser", { UserName: name }), credentials),
        ]) {
          await send(request);
        }
      }
      for (const action of ["ListAccessKeys", "GetUser", "ListUserPolicies", "DeleteUser"]) {
        await iam(action, { UserName: name });
      }
      await iam("ListUsers");
      await iam("GetAccessKeyLastUsed", { AccessKeyId: key.accessKeyId });
      await iam("GenerateCredentialReport");
      await environment.tasks.settled();
      const report = Buffer.from(element(await iam("GetCredentialReport"), "Content") ?? "", "base64").toString();
      assert.ok(report.includes("ann-"));
      answered.push(report);

      // Wrong and spoiled signatures, in every way that is repeated to who sent them.
      const identity = queryRequest("sts", "GetCallerIdentity");
      const { sessionToken, ...withoutToken } = temporary;
      for (const request of [
        sign(identity, { ...key, secretAccessKey: `${key.secretAccessKey}x` }),
        sign(identity, withoutToken),
        sign(identity, { ...key, sessionToken }),
        sign(identity, temporary, { now: 0 }),
        sign(identity, temporary, { service: "s3" }),
        presign(asGet(identity), temporary, { now: 0 }),
        withHeader(sign(identity, temporary), "authorization", "AWS4-HMAC-SHA256 nonsense"),
        withHeader(sign(identity, temporary), "authorization", "Basic nonsense"),
        withHeader(sign(identity, temporary), "x-amz-date", "yesterday"),
        { ...sign(jsonRequest("ListUserPools"), temporary), body: Buffer.from("{") },
        sign(jsonRequest("Nothing"), temporary),
        sign(queryRequest("iam", "Nothing"), temporary),
      ]) {
        const response = await send(request);
        assert.ok(response.status >= 400, response.body);
      }

      // A secret in the place of something else, among parameters that nobody asked for.
      await iam("ListUsers", { SecretAccessKey: key.secretAccessKey, SessionToken: sessionToken });
      await iam("UpdateAccessKey", {
        UserName: name,
        AccessKeyId: key.accessKeyId,
        Status: "Inactive",
        SecretAccessKey: key.secretAccessKey,
      });
      await iam("GetUser", { UserName: name }, key);
    });

    test(`${format}: certificates are uploaded, and a private key by mistake`, async () => {
      const body = certificate("private-key");
      secrets.set("a private key", body.split("\n")[1] ?? "");
      await iam("UploadSigningCertificate", { UserName: name, CertificateBody: certificate("rsa-2048") });
      // AWS repeats a malformed body to whoever sent it, whatever it is.
      const request = sign(queryRequest("iam", "UploadSigningCertificate", { CertificateBody: body }), h.root);
      const response = await ask(request);
      assert.equal(element(response, "Code"), "MalformedCertificate");
      await iam("ListSigningCertificates", { UserName: name });
    });
  }

  test("the store fails", async () => {
    const log = createLog({ format: "json", level: "debug", write });
    const store = await openStore({ kind: "memory" });
    await store.close();
    const endpoint = routes(
      { ...h.environment, log, store, credentials: credentialCache(store) },
      { version: "test", movableClock: undefined, reset: undefined },
    );
    const request = sign(queryRequest("iam", "CreateAccessKey"), h.root);
    const response = await endpoint({ ...request, remoteAddress: "127.0.0.1", secure: false });
    assert.equal(element(response, "Code"), "ServiceFailure");
    answered.push(response.body);
  });

  test("and none of it is found", () => {
    assert.equal(secrets.size, 8);
    const everything = { "the log": logged.join(""), "an answer": answered.join("\n") };
    assert.ok(everything["the log"].length > 10_000, "the log shows what was done");
    assert.match(everything["the log"], /UploadSigningCertificate/);
    assert.match(everything["the log"], /SignatureDoesNotMatch/);
    assert.match(everything["the log"], /internal failure/);
    for (const [what, secret] of secrets) {
      assert.ok(secret.length >= 40, what);
      for (const [where, text] of Object.entries(everything)) {
        for (const form of [
          secret,
          encodeURIComponent(secret),
          Buffer.from(secret).toString("base64"),
          Buffer.from(secret).toString("hex"),
          JSON.stringify(secret).slice(1, -1),
        ]) {
          assert.equal(text.includes(form), false, `${what} is in ${where}`);
        }
      }
    }
  });
});

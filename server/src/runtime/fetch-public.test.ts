import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, suite, test } from "node:test";
import { FetchError } from "./fetch-error.ts";
import { fetchPublic } from "./fetch-public.ts";

const bounds = { timeoutMs: 5_000, bytes: 100, allowLoopback: true, privateNetworks: [] as readonly string[] };

type Changes = Partial<typeof bounds> & { readonly body?: string };

async function failure(url: string, changes: Changes = {}): Promise<string> {
  const error = await fetchPublic(new URL(url), { ...bounds, ...changes }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof FetchError, url);
  return error.code;
}

suite("fetchPublic", async () => {
  const server = createServer((request, response) => {
    if (request.url === "/slow") return;
    if (request.url === "/echo") {
      const { "content-type": type = null, authorization = null, "content-length": length = null } = request.headers;
      let text = "";
      request.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      request.on("end", () => response.end(JSON.stringify([request.method, type, authorization, length, text])));
      return;
    }
    if (request.url === "/away") response.writeHead(302, { location: "/" });
    response.end(request.url === "/long" ? "x".repeat(101) : `here ${request.url}`);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on a port
  const here = `http://127.0.0.1:${port}`;

  test("answers status and body, and follows nothing", async () => {
    assert.deepEqual(await fetchPublic(new URL(`${here}/a`), bounds), { status: 200, body: "here /a" });
    assert.deepEqual(await fetchPublic(new URL(`http://localhost:${port}/b`), bounds), {
      status: 200,
      body: "here /b",
    });
    assert.equal((await fetchPublic(new URL(`${here}/away`), bounds)).status, 302);
  });

  test("posts what there is to post, with its headers, to the same bounds", async () => {
    const posted = {
      ...bounds,
      headers: { "content-type": "text/plain", authorization: "Bearer of news" },
      body: "né",
    };
    const { body } = await fetchPublic(new URL(`${here}/echo`), posted);
    assert.deepEqual(JSON.parse(body), ["POST", "text/plain", "Bearer of news", "3", "né"]);
    const empty = await fetchPublic(new URL(`${here}/echo`), { ...bounds, body: "" });
    assert.deepEqual(JSON.parse(empty.body), ["POST", null, null, "0", ""]);
    assert.equal(await failure(`${here}/long`, { body: "x" }), "unusable");
    assert.equal(await failure(`${here}/echo`, { body: "x", allowLoopback: false }), "unusable");
  });

  test("is bounded in size and time", async () => {
    assert.equal(await failure(`${here}/long`), "unusable");
    assert.equal(await failure(`${here}/slow`, { timeoutMs: 50 }), "unreachable");
  });

  test("asks a private network that is named, and no other", async () => {
    const named = { allowLoopback: false, privateNetworks: ["127.0.0.0/8", "fd00::/8"] };
    for (const host of ["127.0.0.1", "localhost"]) {
      const { body } = await fetchPublic(new URL(`http://${host}:${port}/c`), { ...bounds, ...named });
      assert.equal(body, "here /c");
    }
    // The last is public, but such an address has its usual port alone, whatever else is allowed.
    for (const address of ["10.0.0.1", "169.254.169.254", "8.8.8.8:8080"]) {
      assert.equal(await failure(`https://${address}/`, named), "unusable", address);
    }
    const anyones = "8.8.8.8";
    assert.equal(await failure(`http://${anyones}/`, named), "unusable", "without TLS");
    assert.equal(await failure(`${here}/`, { ...named, privateNetworks: ["10.0.0.0/8"] }), "unusable");
  });

  test("never asks what is not public, by address or by name", async () => {
    assert.equal(await failure("https://127.0.0.1/", { allowLoopback: false }), "unusable");
    assert.equal(await failure("https://[::1]/", { allowLoopback: false }), "unusable");
    assert.equal(await failure("https://localhost/", { allowLoopback: false }), "unreachable");
    assert.equal(await failure("http://localhost/", { allowLoopback: false }), "unusable", "without TLS");
    for (const address of ["169.254.169.254", "10.0.0.1", "0xa.1", "[::ffff:10.0.0.1]", "user:password@127.0.0.1"]) {
      assert.equal(await failure(`https://${address}/`), "unusable", address);
    }
    for (const url of ["ftp://example.com/", "file:///etc/passwd"]) assert.equal(await failure(url), "unusable", url);
    assert.equal(await failure("https://example.com:8443/", { allowLoopback: false }), "unusable");
  });
});

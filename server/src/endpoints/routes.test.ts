import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { harness } from "../../test/harness.ts";
import {
  asGet,
  element,
  headersOf,
  jsonRequest,
  presign,
  queryRequest,
  sign,
  withHeader,
} from "../../test/requests.ts";

const cors = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "x-amzn-requestid, x-amzn-errortype, x-amzn-errormessage, date",
};

suite("routes", async () => {
  const h = await harness();
  const text = "text/plain; charset=utf-8";

  test("a person who looks in is told where he is", async () => {
    const response = await h.send({});
    assert.deepEqual(
      [response.status, headersOf(response).get("content-type"), response.body],
      [200, text, "Countersign is running. Point AWS_ENDPOINT_URL here.\n"],
    );
  });

  for (const [method, path, allow] of [
    ["HEAD", "/", "POST, GET, OPTIONS"],
    ["PUT", "/", "POST, GET, OPTIONS"],
    ["DELETE", "/", "POST, GET, OPTIONS"],
    ["get", "/", "POST, GET, OPTIONS"],
    ["HEAD", "/_countersign/health", "GET"],
    ["POST", "/_countersign/health", "GET"],
    ["GET", "/_countersign/reset", "POST"],
    ["GET", "/_countersign/clock", "POST"],
  ] as const) {
    test(`${method} ${path} is not allowed, and what is, is said`, async () => {
      const response = await h.send({ method, path });
      assert.deepEqual(
        [response.status, headersOf(response).get("allow"), response.body],
        [405, allow, "Method not allowed\n"],
      );
    });
  }

  for (const path of [
    "/nothing",
    "//",
    "/index.html",
    "/_countersign",
    "/_countersign/",
    "/_countersign/health/",
    "*",
    "",
  ]) {
    test(`${path === "" ? "no path" : path} is not found`, async () => {
      for (const method of ["GET", "POST", "OPTIONS"]) {
        const response = await h.send({ method, path });
        assert.deepEqual([response.status, response.body], [404, "Not found\n"]);
      }
    });
  }
});

suite("cross-origin requests", async () => {
  const h = await harness();

  test("a preflight is answered for every client of the SDK", async () => {
    const response = await h.send({
      method: "OPTIONS",
      headers: new Map([
        ["origin", "https://app.example"],
        ["access-control-request-method", "POST"],
        ["access-control-request-headers", "authorization,content-type,x-amz-target"],
      ]),
    });
    assert.deepEqual([response.status, response.body], [200, ""]);
    assert.deepEqual(Object.fromEntries(headersOf(response)), {
      ...cors,
      "access-control-allow-methods": "GET, POST, OPTIONS",
      "access-control-allow-headers":
        "amz-sdk-invocation-id, amz-sdk-request, authorization, cache-control, content-type, x-amz-content-sha256, x-amz-date, x-amz-security-token, x-amz-target, x-amz-user-agent",
      "access-control-max-age": "172800",
    });
  });

  test("answers and errors may be read by the page that asked, and only then say so", async () => {
    const query = queryRequest("sts", "GetCallerIdentity");
    const json = jsonRequest("ListUserPools", { MaxResults: 1 });
    for (const request of [
      sign(query, h.root),
      query,
      presign(asGet(query), h.root),
      sign(json, h.root),
      json,
      sign(jsonRequest("Nothing"), h.root),
    ]) {
      const asked = headersOf(await h.send(withHeader(request, "origin", "https://app.example")));
      for (const [name, value] of Object.entries(cors)) assert.equal(asked.get(name), value);
      const unasked = headersOf(await h.send(request));
      for (const name of Object.keys(cors)) assert.equal(unasked.has(name), false);
    }
  });

  test("what only root may do from a command line, no page may read", async () => {
    for (const [method, path] of [
      ["GET", "/_countersign/health"],
      ["POST", "/_countersign/reset"],
      ["POST", "/_countersign/clock"],
    ] as const) {
      const response = await h.send({ method, path, headers: new Map([["origin", "https://app.example"]]) });
      assert.equal(headersOf(response).has("access-control-allow-origin"), false, path);
    }
  });

  test("an origin changes nothing about who may do what", async () => {
    const request = withHeader(queryRequest("iam", "ListUsers"), "origin", "https://app.example");
    assert.equal(element(await h.send(request), "Code"), "MissingAuthenticationToken");
  });
});

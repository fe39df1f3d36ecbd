import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { harness } from "../../test/harness.ts";
import { ServiceException } from "../contract/service-exception.ts";
import { Call } from "./operation.ts";
import {
  decodeMarker,
  decodeNextToken,
  decodePosition,
  defaultPageSize,
  encodeMarker,
  page,
  tokenPage,
} from "./paging.ts";

describe("page", () => {
  const key = (row: string) => row;

  test("what fits is all there is", () => {
    assert.deepEqual(page([], 2, key), { rows: [], IsTruncated: false });
    assert.deepEqual(page(["a", "b"], 2, key), { rows: ["a", "b"], IsTruncated: false });
  });

  test("one row more tells that there is more, behind the last one shown", () => {
    assert.deepEqual(page(["a", "b", "c"], 2, key), {
      rows: ["a", "b"],
      IsTruncated: true,
      Marker: encodeMarker("b"),
    });
  });

  test("with tokens, the end has none", () => {
    assert.deepEqual(tokenPage(["a"], 1, key), { rows: ["a"] });
    assert.deepEqual(tokenPage(["a", "b"], 1, key), { rows: ["a"], NextToken: encodeMarker("a") });
  });

  test("a page has a hundred unless asked otherwise", () => {
    assert.equal(defaultPageSize, 100);
  });
});

describe("markers", async () => {
  const { environment } = await harness();
  const call = await environment.store.read((tx) => {
    const caller = {
      kind: "root",
      accountId: "123456789012",
      partition: "aws",
      arn: "arn:aws:iam::123456789012:root",
      userId: "123456789012",
      userName: undefined,
      accessKeyId: "",
      session: undefined,
      tags: [],
      permissionsBoundaryArn: undefined,
    } as const;
    const facts = { caller, region: "us-east-1", requestId: "r-1", sourceIp: "", userAgent: undefined };
    return new Call(environment, { ...facts, secureTransport: false, host: undefined }, 0, tx);
  });
  const refusal = (code: string, message: string) => (error: unknown) =>
    error instanceof ServiceException && error.code === code && error.message === message;
  const strange = [
    "",
    "invalid",
    "ann",
    encodeMarker("ann").slice(1),
    `${encodeMarker("ann")}=`,
    ` ${encodeMarker("ann")}`,
    Buffer.from("v2:ann").toString("base64url"),
    Buffer.from("v1:\xff", "latin1").toString("base64url"),
    "é".repeat(320),
  ];

  test("come back as the keys they were made of", () => {
    for (const key of ["a", "Ann", "aws/readonlyaccess", "key with blanks", "日本", "\u{1f511}", ":", "v1:"]) {
      assert.equal(decodeMarker(call, encodeMarker(key)), key);
      assert.equal(decodeNextToken(call, encodeMarker(key)), key);
    }
    assert.equal(decodeMarker(call, undefined), "");
    assert.equal(decodeNextToken(call, undefined), "");
  });

  test("fit where AWS puts them: 320 characters of Latin-1", () => {
    for (const key of [`own/${"x".repeat(128)}`, "x".repeat(128), `bounded/${"x".repeat(128)}`]) {
      assert.match(encodeMarker(key), /^[\x20-\xff]{1,320}$/);
    }
  });

  test("are refused where they were not made here", () => {
    for (const marker of strange) {
      assert.throws(() => decodeMarker(call, marker), refusal("ValidationError", "Invalid Marker."), marker);
      assert.throws(
        () => decodeNextToken(call, marker),
        refusal("InvalidParameterException", `Paging marker ${marker} is invalid for request r-1`),
        marker,
      );
    }
  });

  test("of numbered lists hold a number from 1", () => {
    assert.equal(decodePosition(call, undefined), 0);
    assert.equal(decodePosition(call, encodeMarker("1")), 1);
    assert.equal(decodePosition(call, encodeMarker("123456789")), 123_456_789);
    for (const key of ["0", "-1", "01", "1.5", "1e3", " 1", "ann", "NaN", "1".repeat(16)]) {
      assert.throws(() => decodePosition(call, encodeMarker(key)), refusal("ValidationError", "Invalid Marker."), key);
    }
  });
});

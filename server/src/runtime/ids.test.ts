import assert from "node:assert/strict";
import { test } from "node:test";
import { accessKeyId, accountOfAccessKeyId, secretAccessKey, uniqueId, userPoolId } from "./ids.ts";
import { seededRandom, systemRandom } from "./random.ts";

const random = seededRandom("ids");

test("unique ids have a prefix and 17 letters of base32", () => {
  for (const prefix of ["AIDA", "AGPA", "ANPA"] as const) {
    assert.match(uniqueId(random, prefix), new RegExp(`^${prefix}[A-Z2-7]{17}$`));
  }
});

test("an access key id carries its account", () => {
  for (const account of ["000000000000", "000000000001", "123456789012", "999999999999"]) {
    for (const prefix of ["AKIA", "ASIA"] as const) {
      const id = accessKeyId(random, prefix, account);
      assert.match(id, new RegExp(`^${prefix}[A-Z2-7]{16}$`));
      assert.equal(accountOfAccessKeyId(id), account);
    }
  }
});

test("AWS's own ids are read likewise, and those from before 2019 carry nothing", () => {
  // The id of a canary token, taken apart in public research of 2023.
  assert.equal(accountOfAccessKeyId("ASIAQNZGKIQY56JQ7WML"), "029608264753");
  assert.equal(accountOfAccessKeyId("AKIAIOSFODNN7EXAMPLE"), undefined);
  for (const id of ["", "AKIA", "test", "akiaqnzgkiqy56jq7wml", "AKIA0000000000000000", "AIDAQNZGKIQY56JQ7WML"]) {
    assert.equal(accountOfAccessKeyId(id), undefined, id);
  }
});

test("secret access keys have 40 characters of base64", () => {
  assert.match(secretAccessKey(random), /^[A-Za-z0-9+/]{40}$/);
});

test("user pool ids name their region, and no letter is favoured", () => {
  const counts = new Map<string, number>();
  for (let i = 0; i < 6200; i++) {
    const id = userPoolId(random, "eu-west-1");
    assert.match(id, /^eu-west-1_[0-9A-Za-z]{9}$/);
    for (const letter of id.slice(10)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  assert.equal(counts.size, 62);
  // 900 expected of each; a modulo of a whole byte would give the first eight a quarter more.
  for (const [letter, count] of counts) assert.ok(Math.abs(count - 900) < 150, `${letter}: ${count}`);
});

test("uuids are of version 4", () => {
  assert.match(random.uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.match(systemRandom().uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(random.uuid(), random.uuid());
});

test("a seed gives the same ids again", () => {
  assert.equal(seededRandom("a").uuid(), seededRandom("a").uuid());
  assert.notEqual(seededRandom("a").uuid(), seededRandom("b").uuid());
});

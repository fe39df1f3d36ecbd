import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { PasswordPolicyType } from "@aws-sdk/client-cognito-identity-provider";
import { seededRandom } from "../../../runtime/random.ts";
import { passwordFault, temporaryPassword } from "./password-policy.ts";

const strict = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
};
const faultOf = (policy: PasswordPolicyType, password: string) => passwordFault(policy, password, true);
const said = (reason: string) => `Password did not conform with password policy: ${reason}`;

suite("password policies", () => {
  test("say one thing that is missing at a time", () => {
    for (const [password, reason] of [
      ["", "Password not long enough"],
      ["Aa1!xyz", "Password not long enough"],
      ["aaaaaaaa", "Password must have uppercase characters"],
      ["AAAAAAAA", "Password must have lowercase characters"],
      ["Aaaaaaaa", "Password must have numeric characters"],
      ["Aaaaaaa1", "Password must have symbol characters"],
    ] as const) {
      assert.equal(faultOf(strict, password), said(reason), password);
    }
    assert.equal(faultOf(strict, "Aaaaaa1!"), undefined);
  });

  test("are told of in other words once a user has a password", () => {
    assert.equal(
      passwordFault(strict, "short", false),
      "Password does not conform to policy: Password not long enough",
    );
  });

  test("ask for no more than they say", () => {
    assert.equal(faultOf({ MinimumLength: 6 }, "aaaaaa"), undefined);
    assert.equal(faultOf({ MinimumLength: 6 }, "aaaaa"), said("Password not long enough"));
    assert.equal(faultOf({ ...strict, RequireSymbols: false }, "Aaaaaaa1"), undefined);
    assert.equal(faultOf({}, "aaaaaaa"), said("Password not long enough"), "eight, where nothing is said");
    assert.equal(faultOf({}, "aaaaaaaa"), undefined);
  });

  test("count the symbols of the developer guide, and a blank within", () => {
    for (const symbol of "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-") {
      assert.equal(faultOf(strict, `Aaaaaaa1${symbol}`), undefined, symbol);
    }
    assert.equal(faultOf(strict, "Aaaa aaa1"), undefined);
    for (const password of [" Aaaaaaa1", "Aaaaaaa1 ", "Aaaaaaa1§", "Aaaaaaa1é"]) {
      assert.equal(faultOf(strict, password), said("Password must have symbol characters"), password);
    }
  });

  test("count characters, not what they are stored as", () => {
    assert.equal(faultOf({ MinimumLength: 8 }, "😀😀😀😀"), said("Password not long enough"));
    assert.equal(faultOf({ MinimumLength: 8 }, "😀😀😀😀😀😀😀😀"), undefined);
  });
});

suite("temporary passwords", () => {
  const random = seededRandom("temporary passwords");

  test("conform to every policy, and are as long as it says", () => {
    for (const MinimumLength of [6, 8, 10, 11, 40, 99]) {
      for (let at = 0; at < 40; at++) {
        const password = temporaryPassword(random, { ...strict, MinimumLength });
        assert.equal(faultOf({ ...strict, MinimumLength }, password), undefined, password);
        assert.equal(password.length, Math.max(MinimumLength, 10));
        assert.doesNotMatch(password, /[0O1lI|\s]/, "characters that are easily taken for others");
      }
    }
    assert.equal(faultOf(strict, temporaryPassword(random, {})), undefined);
  });

  test("are other ones each time, and begin with any kind of character", () => {
    const made = Array.from({ length: 200 }, () => temporaryPassword(random, strict));
    assert.equal(new Set(made).size, 200);
    for (const kind of [/^[A-Z]/, /^[a-z]/, /^[2-9]/, /^[^A-Za-z0-9]/]) {
      assert.ok(made.some((password) => kind.test(password)));
    }
  });

  test("are the same where the random bytes are", () => {
    const [one, other] = ["same", "same"].map((seed) => temporaryPassword(seededRandom(seed), strict));
    assert.equal(one, other);
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { seededRandom } from "../../../runtime/random.ts";
import { passwordFault, temporaryPassword } from "./password-policy.ts";

const strict = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
};
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
      assert.equal(passwordFault(strict, password), said(reason), password);
    }
    assert.equal(passwordFault(strict, "Aaaaaa1!"), undefined);
  });

  test("ask for no more than they say", () => {
    assert.equal(passwordFault({ MinimumLength: 6 }, "aaaaaa"), undefined);
    assert.equal(passwordFault({ MinimumLength: 6 }, "aaaaa"), said("Password not long enough"));
    assert.equal(passwordFault({ ...strict, RequireSymbols: false }, "Aaaaaaa1"), undefined);
    assert.equal(passwordFault({}, "aaaaaaa"), said("Password not long enough"), "eight, where nothing is said");
    assert.equal(passwordFault({}, "aaaaaaaa"), undefined);
  });

  test("count the symbols of the developer guide, and a blank within", () => {
    for (const symbol of "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-") {
      assert.equal(passwordFault(strict, `Aaaaaaa1${symbol}`), undefined, symbol);
    }
    assert.equal(passwordFault(strict, "Aaaa aaa1"), undefined);
    for (const password of [" Aaaaaaa1", "Aaaaaaa1 ", "Aaaaaaa1§", "Aaaaaaa1é"]) {
      assert.equal(passwordFault(strict, password), said("Password must have symbol characters"), password);
    }
  });

  test("count characters, not what they are stored as", () => {
    assert.equal(passwordFault({ MinimumLength: 8 }, "😀😀😀😀"), said("Password not long enough"));
    assert.equal(passwordFault({ MinimumLength: 8 }, "😀😀😀😀😀😀😀😀"), undefined);
  });
});

suite("temporary passwords", () => {
  const random = seededRandom("temporary passwords");

  test("conform to every policy, and are as long as it says", () => {
    for (const MinimumLength of [6, 8, 10, 11, 40, 99]) {
      for (let at = 0; at < 40; at++) {
        const password = temporaryPassword(random, { ...strict, MinimumLength });
        assert.equal(passwordFault({ ...strict, MinimumLength }, password), undefined, password);
        assert.equal(password.length, Math.max(MinimumLength, 10));
        assert.doesNotMatch(password, /[0O1lI|\s]/, "characters that are easily taken for others");
      }
    }
    assert.equal(passwordFault(strict, temporaryPassword(random, {})), undefined);
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

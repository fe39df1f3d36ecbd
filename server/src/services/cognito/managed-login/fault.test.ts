import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { refusal } from "../../../contract/service-exception.ts";
import { faultOf } from "./fault.ts";

suite("why something was refused, for a page", () => {
  test("is told by code, and by text where a code says several things", () => {
    const kindOf = (code: string, text = "") => faultOf(refusal(code, text)).kind;
    assert.equal(kindOf("CodeMismatchException"), "wrongCode");
    assert.equal(kindOf("NotAuthorizedException", "Incorrect username or password."), "wrongCredentials");
    assert.equal(kindOf("NotAuthorizedException", "Password attempts exceeded"), "locked");
    assert.equal(kindOf("NotAuthorizedException", "Invalid session for the user, session is expired."), "sessionEnded");
    assert.equal(kindOf("ExpiredCodeException", "Your software token has already been used once."), "usedCode");
    assert.equal(kindOf("ExpiredCodeException", "Invalid code provided, please request a code again."), "expiredCode");
    assert.equal(kindOf("NotAuthorizedException", "Unable to login because of security reasons."), "blocked");
  });

  test("has the words of the pool's functions, and of attributes that are wrong", () => {
    assert.deepEqual(faultOf(refusal("UserLambdaValidationException", "PreSignUp failed with error Members only.")), {
      kind: "invalid",
      text: "PreSignUp failed with error Members only.",
    });
    assert.deepEqual(faultOf(refusal("UnexpectedLambdaException", "arn:aws:lambda:… timed out")), { kind: "unknown" });
  });

  test("is not made of a fault of this server", () => {
    const fault = new TypeError("nobody expects this");
    assert.throws(() => faultOf(fault), fault);
    assert.throws(() => faultOf(refusal("InternalErrorException", "no")), { code: "InternalErrorException" });
  });
});

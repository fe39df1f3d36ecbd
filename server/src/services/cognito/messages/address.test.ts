import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { RecoveryOptionNameType } from "@aws-sdk/client-cognito-identity-provider";
import { addressOf, invitationAddresses, recoveryAddress, signUpAddress } from "./address.ts";
import { codeDeliveryDetails, maskedDestination } from "./delivery-details.ts";

const email = { attribute: "email", medium: "EMAIL", destination: "ann@example.com" } as const;
const phone = { attribute: "phone_number", medium: "SMS", destination: "+12065550100" } as const;
const both = { email: "ann@example.com", phone_number: "+12065550100", name: "Ann" };
const verified = { ...both, email_verified: "true", phone_number_verified: "true" };

test("addressOf: the address that a user has", () => {
  assert.deepEqual(addressOf("email", both), email);
  assert.deepEqual(addressOf("phone_number", both), phone);
  assert.equal(addressOf("email", { name: "Ann" }), undefined);
  assert.equal(addressOf("email", { email: "" }), undefined);
});

test("signUpAddress: one that the pool verifies, the phone before the mail", () => {
  assert.deepEqual(signUpAddress({ AutoVerifiedAttributes: ["email", "phone_number"] }, both), phone);
  assert.deepEqual(signUpAddress({ AutoVerifiedAttributes: ["email"] }, both), email);
  assert.deepEqual(signUpAddress({ AutoVerifiedAttributes: ["email", "phone_number"] }, { email: both.email }), email);
  assert.equal(signUpAddress({ AutoVerifiedAttributes: ["phone_number"] }, { email: both.email }), undefined);
  assert.equal(signUpAddress({ AutoVerifiedAttributes: undefined }, both), undefined);
});

suite("recoveryAddress", () => {
  const none = { hasSmsMfa: false };
  const setting = (...names: RecoveryOptionNameType[]) => ({
    AccountRecoverySetting: {
      RecoveryMechanisms: names.map((Name, at) => ({ Name, Priority: at + 1 })).reverse(),
    },
  });

  test("by priority, and verified ones alone", () => {
    assert.deepEqual(recoveryAddress(setting("verified_email", "verified_phone_number"), verified, none), email);
    assert.deepEqual(recoveryAddress(setting("verified_phone_number", "verified_email"), verified, none), phone);
    assert.deepEqual(recoveryAddress(setting("verified_phone_number"), verified, none), phone);
    const phoneAlone = { ...verified, email_verified: "false" };
    assert.deepEqual(recoveryAddress(setting("verified_email", "verified_phone_number"), phoneAlone, none), phone);
    assert.equal(recoveryAddress(setting("verified_email"), phoneAlone, none), undefined);
    assert.equal(recoveryAddress(setting("verified_email", "verified_phone_number"), both, none), undefined);
  });

  test("admin_only is nobody's address", () => {
    assert.equal(recoveryAddress(setting("admin_only"), verified, none), undefined);
  });

  test("a phone that is the second factor is not the first as well", () => {
    const hasSmsMfa = { hasSmsMfa: true };
    assert.deepEqual(recoveryAddress(setting("verified_phone_number", "verified_email"), verified, hasSmsMfa), email);
    assert.equal(recoveryAddress(setting("verified_phone_number"), verified, hasSmsMfa), undefined);
  });

  test("a pool without the setting takes the phone first, whatever it is used for", () => {
    const old = { AccountRecoverySetting: undefined };
    assert.deepEqual(recoveryAddress(old, verified, { hasSmsMfa: true }), phone);
    assert.deepEqual(recoveryAddress(old, { ...verified, phone_number_verified: "false" }, none), email);
  });
});

test("invitationAddresses: every medium that is desired, SMS where none is", () => {
  assert.deepEqual(invitationAddresses(both, undefined), [phone]);
  assert.deepEqual(invitationAddresses(both, []), [phone]);
  assert.deepEqual(invitationAddresses(both, ["EMAIL"]), [email]);
  assert.deepEqual(invitationAddresses(both, ["EMAIL", "SMS"]), [phone, email]);
  assert.deepEqual(invitationAddresses({ email: both.email }, ["EMAIL", "SMS"]), [email]);
  assert.deepEqual(invitationAddresses({ email: both.email }, undefined), []);
});

suite("codeDeliveryDetails", () => {
  test("tells where a code went, masked as AWS masks", () => {
    assert.deepEqual(codeDeliveryDetails({ ...email, destination: "test@test.com" }), {
      AttributeName: "email",
      DeliveryMedium: "EMAIL",
      Destination: "t***@t***",
    });
    // A number of eleven digits, as recorded from AWS.
    assert.deepEqual(codeDeliveryDetails({ ...phone, destination: "+12065559934" }), {
      AttributeName: "phone_number",
      DeliveryMedium: "SMS",
      Destination: "+*******9934",
    });
  });

  test("never shows more of an address", () => {
    const mask = (medium: "EMAIL" | "SMS", destination: string) => maskedDestination({ medium, destination });
    assert.equal(mask("EMAIL", "a@b"), "a***@b***");
    assert.equal(mask("EMAIL", '"odd@part"@example.com'), '"***@e***');
    assert.equal(mask("EMAIL", "\u{1F600}x@\u{1F600}y"), "\u{1F600}***@\u{1F600}***");
    assert.equal(mask("EMAIL", "nobody"), "n***@n***");
    assert.equal(mask("EMAIL", "@example.com"), "****@e***");
    assert.equal(mask("SMS", "+4915112345678"), "+*********5678");
    assert.equal(mask("SMS", "+12345"), "+*2345");
  });
});

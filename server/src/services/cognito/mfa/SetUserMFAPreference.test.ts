import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AssociateSoftwareTokenCommand,
  GetUserCommand,
  SetUserMFAPreferenceCommand,
  type SetUserMFAPreferenceCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { setMfa, setUpTotp, somebodyWithTotp, totpOptional } from "../../../../test/pool-factors.ts";

const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

suite("SetUserMFAPreference", async () => {
  const h = await harness();
  const attributes = { email: "a@example.com", phone_number: "+15555550100" };
  const prefer = (AccessToken: string, given: Omit<SetUserMFAPreferenceCommandInput, "AccessToken">) =>
    h.cognito.send(new SetUserMFAPreferenceCommand({ AccessToken, ...given }));
  const settingsOf = async (AccessToken: string) => {
    const answer = await h.cognito.send(new GetUserCommand({ AccessToken }));
    return [answer.UserMFASettingList, answer.PreferredMfaSetting];
  };
  const preferred = { Enabled: true, PreferredMfa: true };
  const enabled = { Enabled: true, PreferredMfa: false };
  const off = { Enabled: false, PreferredMfa: false };

  test("factors are turned on and off one by one; one is preferred at most", async () => {
    const it = await somebodyWithTotp(h, { user: { attributes } });
    const { AccessToken } = it;
    assert.deepEqual(await settingsOf(AccessToken), [undefined, undefined]);
    await setUpTotp(h, it);
    await prefer(AccessToken, { SoftwareTokenMfaSettings: preferred });
    assert.deepEqual(await settingsOf(AccessToken), [["SOFTWARE_TOKEN_MFA"], "SOFTWARE_TOKEN_MFA"]);
    await prefer(AccessToken, { SMSMfaSettings: enabled });
    assert.deepEqual(await settingsOf(AccessToken), [["SMS_MFA", "SOFTWARE_TOKEN_MFA"], "SOFTWARE_TOKEN_MFA"]);
    await prefer(AccessToken, { EmailMfaSettings: preferred });
    assert.deepEqual(await settingsOf(AccessToken), [["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"], "EMAIL_OTP"]);
    await prefer(AccessToken, { SMSMfaSettings: off, EmailMfaSettings: off });
    assert.deepEqual(await settingsOf(AccessToken), [["SOFTWARE_TOKEN_MFA"], undefined]);
    await prefer(AccessToken, { SoftwareTokenMfaSettings: off });
    assert.deepEqual(await settingsOf(AccessToken), [undefined, undefined]);
  });

  test("what is not set up cannot be turned on, and can be turned off", async () => {
    const { AccessToken } = await somebodyWithTotp(h);
    const missing = (name: string) => invalid(`User does not have delivery config set to turn on ${name}`);
    assert.deepEqual(await refused(prefer(AccessToken, { SMSMfaSettings: enabled })), missing("SMS_MFA"));
    assert.deepEqual(await refused(prefer(AccessToken, { EmailMfaSettings: enabled })), missing("EMAIL_OTP"));
    const totp = prefer(AccessToken, { SoftwareTokenMfaSettings: enabled });
    assert.deepEqual(await refused(totp), missing("SOFTWARE_TOKEN_MFA"));
    await h.cognito.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    assert.deepEqual(
      await refused(prefer(AccessToken, { SoftwareTokenMfaSettings: enabled })),
      invalid("User has not verified software token mfa"),
    );
    await prefer(AccessToken, { SMSMfaSettings: off, SoftwareTokenMfaSettings: off, EmailMfaSettings: off });
  });

  test("two preferred ones, and one that is off, are refused", async () => {
    const { AccessToken } = await somebodyWithTotp(h, { user: { attributes } });
    assert.deepEqual(
      await refused(prefer(AccessToken, { SMSMfaSettings: preferred, EmailMfaSettings: preferred })),
      invalid("Only one MFA method can be preferred."),
    );
    assert.deepEqual(
      await refused(prefer(AccessToken, { SMSMfaSettings: { Enabled: false, PreferredMfa: true } })),
      invalid("An MFA method must be enabled to be preferred."),
    );
  });

  test("passkeys are a second factor where the pool says so, beside another", async () => {
    const { AccessToken, UserPoolId } = await somebodyWithTotp(h, { user: { attributes } });
    const passkeys = { WebAuthnMfaSettings: { Enabled: true } };
    assert.deepEqual(
      await refused(prefer(AccessToken, passkeys)),
      invalid("Passkey MFA is not enabled for the user pool."),
    );
    await setMfa(h, UserPoolId, {
      ...totpOptional,
      WebAuthnConfiguration: { FactorConfiguration: "MULTI_FACTOR_WITH_USER_VERIFICATION" },
    });
    assert.deepEqual(
      await refused(prefer(AccessToken, passkeys)),
      invalid("Passkey MFA needs another MFA method that is enabled for the user."),
    );
    await prefer(AccessToken, { ...passkeys, EmailMfaSettings: enabled });
    assert.deepEqual(await settingsOf(AccessToken), [["EMAIL_OTP"], undefined]);
  });

  test("is refused without a token of this server", async () => {
    assert.deepEqual(await refused(prefer("abc", {})), {
      code: "NotAuthorizedException",
      message: "Invalid Access Token",
      status: 400,
    });
  });
});

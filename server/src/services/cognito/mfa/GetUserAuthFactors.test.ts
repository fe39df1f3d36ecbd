import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetUserAuthFactorsCommand, SetUserMFAPreferenceCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { registerPasskey, relyingPartyId, setMfa, setUpTotp, totpOptional } from "../../../../test/pool-factors.ts";
import { somebody } from "../../../../test/pool-sessions.ts";

suite("GetUserAuthFactors", async () => {
  const h = await harness();
  const factorsOf = async (AccessToken: string) => {
    const { $metadata, ...answer } = await h.cognito.send(new GetUserAuthFactorsCommand({ AccessToken }));
    return answer;
  };

  test("what the pool allows and the user has", async () => {
    const it = await somebody(h, {
      pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"] } } },
      user: {
        attributes: { email: "a@example.com", phone_number: "+15555550100" },
        TemporaryPassword: "Secret-word-1",
      },
    });
    const { AccessToken, Username } = it;
    const ConfiguredUserAuthFactors = ["PASSWORD", "EMAIL_OTP"];
    assert.deepEqual(await factorsOf(AccessToken), { Username, ConfiguredUserAuthFactors });
    await setMfa(h, it.UserPoolId, { ...totpOptional, WebAuthnConfiguration: { RelyingPartyId: relyingPartyId } });
    await setUpTotp(h, it);
    await registerPasskey(h, AccessToken, "one");
    const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
    await h.cognito.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }));
    assert.deepEqual(await factorsOf(AccessToken), {
      Username,
      PreferredMfaSetting: "SOFTWARE_TOKEN_MFA",
      UserMFASettingList: ["SOFTWARE_TOKEN_MFA"],
      ConfiguredUserAuthFactors: ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN", "SOFTWARE_TOKEN"],
    });
  });

  test("is refused without a token of this server", async () => {
    assert.deepEqual(await refused(factorsOf("abc")), {
      code: "NotAuthorizedException",
      message: "Invalid Access Token",
      status: 400,
    });
  });
});

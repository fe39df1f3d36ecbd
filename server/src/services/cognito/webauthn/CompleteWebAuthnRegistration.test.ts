import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CompleteWebAuthnRegistrationCommand,
  ListWebAuthnCredentialsCommand,
  StartWebAuthnRegistrationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { Authenticator, type AuthenticatorOptions } from "../../../../test/authenticator.ts";
import { harness, refused } from "../../../../test/harness.ts";
import { relyingPartyId, setMfa, somebodyWithPasskeys } from "../../../../test/pool-factors.ts";
import { type Somebody, signIn, somebody } from "../../../../test/pool-sessions.ts";
import { createClient } from "../../../../test/pool-users.ts";

suite("CompleteWebAuthnRegistration", async () => {
  const h = await harness();
  type Credential = ConstructorParameters<typeof CompleteWebAuthnRegistrationCommand>[0]["Credential"];
  const complete = (AccessToken: string, given: Credential) =>
    h.cognito.send(new CompleteWebAuthnRegistrationCommand({ AccessToken, Credential: given }));
  let made = 0;
  const credential = async ({ AccessToken }: Pick<Somebody, "AccessToken">, given: AuthenticatorOptions = {}) => {
    const started = await h.cognito.send(new StartWebAuthnRegistrationCommand({ AccessToken }));
    return new Authenticator(`passkey ${made++}`).create(started.CredentialCreationOptions, given);
  };
  const register = async (it: Somebody, given: AuthenticatorOptions = {}) =>
    complete(it.AccessToken, await credential(it, given));
  const expired = {
    code: "WebAuthnChallengeNotFoundException",
    message: "The registration was not started, or has expired.",
    status: 400,
  };
  const malformed = { code: "InvalidParameterException", message: "Credential is not valid.", status: 400 };

  test("a passkey of the site, of a site below it, or of an app", async () => {
    const it = await somebodyWithPasskeys(h);
    for (const origin of [
      "https://auth.example.com",
      "https://www.auth.example.com:8443",
      "android:apk-key-hash:abc_-",
    ]) {
      await register(it, { origin });
    }
    const { Credentials } = await h.cognito.send(new ListWebAuthnCredentialsCommand({ AccessToken: it.AccessToken }));
    assert.equal(Credentials?.length, 3);
  });

  test("is refused from elsewhere", async () => {
    const it = await somebodyWithPasskeys(h);
    for (const origin of [
      "http://auth.example.com",
      "https://evil-auth.example.com",
      "https://auth.example.com.attacker.example",
      "https://example.com",
      "",
    ]) {
      assert.deepEqual(await refused(register(it, { origin })), {
        code: "WebAuthnOriginNotAllowedException",
        message: "The origin does not belong to the relying party of the user pool.",
        status: 400,
      });
    }
    assert.deepEqual(await refused(register(it, { relyingPartyId: "example.com" })), {
      code: "WebAuthnRelyingPartyMismatchException",
      message: "The passkey is not of the relying party of the user pool.",
      status: 400,
    });
  });

  test("a challenge is good once, for who started, for three minutes", async () => {
    const it = await somebodyWithPasskeys(h);
    const first = await credential(it);
    await complete(it.AccessToken, first);
    assert.deepEqual(await refused(complete(it.AccessToken, first)), expired);
    const options = { challenge: Buffer.from("mine").toString("base64url"), rp: { id: relyingPartyId } };
    const invented = new Authenticator("invented").create(options);
    assert.deepEqual(await refused(complete(it.AccessToken, invented)), expired);
    const other = await somebodyWithPasskeys(h);
    assert.deepEqual(await refused(complete(it.AccessToken, await credential(other))), expired);
    const late = await credential(it);
    h.clock.set(h.clock.now() + 180_000);
    assert.deepEqual(await refused(complete(it.AccessToken, late)), expired);
  });

  test("is refused of another app client than started it", async () => {
    const it = await somebodyWithPasskeys(h);
    const { ClientId } = await createClient(h, it.UserPoolId);
    const { AccessToken } = await signIn(h, ClientId, it.sub);
    assert.deepEqual(await refused(complete(AccessToken, await credential(it))), {
      code: "WebAuthnClientMismatchException",
      message: "The registration was started by another app client.",
      status: 400,
    });
  });

  test("is refused of authenticators that the pool does not take", async () => {
    const it = await somebodyWithPasskeys(h);
    const unsupported = {
      code: "WebAuthnCredentialNotSupportedException",
      message: "The passkey's authenticator is not supported.",
      status: 400,
    };
    assert.deepEqual(await refused(register(it, { algorithm: -8 })), unsupported);
    await register(it, { isVerified: false });
    await setMfa(h, it.UserPoolId, {
      WebAuthnConfiguration: { RelyingPartyId: relyingPartyId, UserVerification: "required" },
    });
    assert.deepEqual(await refused(register(it, { isVerified: false })), unsupported);
    await register(it);
  });

  test("is refused of what is no passkey, and of one that is known", async () => {
    const it = await somebodyWithPasskeys(h);
    const good = await credential(it);
    const { response } = good;
    for (const wrong of [
      "text",
      {},
      { ...good, rawId: "other" },
      { ...good, type: "password" },
      { ...good, response: { ...response, attestationObject: "" } },
      { ...good, response: { ...response, attestationObject: "AAAA" } },
      { ...good, response: { ...response, clientDataJSON: "AAAA" } },
      { ...good, id: "b3RoZXI", rawId: "b3RoZXI" },
    ]) {
      assert.deepEqual(await refused(complete(it.AccessToken, wrong)), malformed);
    }
    await complete(it.AccessToken, good);
    const started = await h.cognito.send(new StartWebAuthnRegistrationCommand({ AccessToken: it.AccessToken }));
    const again = new Authenticator(`passkey ${made - 1}`).create(started.CredentialCreationOptions);
    assert.deepEqual(await refused(complete(it.AccessToken, again)), {
      code: "InvalidParameterException",
      message: "The passkey is registered already.",
      status: 400,
    });
  });

  test("is refused where the pool has no passkeys, and without a token", async () => {
    const it = await somebody(h);
    assert.deepEqual(await refused(complete(it.AccessToken, {})), {
      code: "WebAuthnNotEnabledException",
      message: "Passkeys are not enabled for the user pool.",
      status: 400,
    });
    assert.deepEqual(await refused(complete("abc", {})), {
      code: "NotAuthorizedException",
      message: "Invalid Access Token",
      status: 400,
    });
  });
});

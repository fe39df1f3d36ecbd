import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolDomainCommand,
  StartWebAuthnRegistrationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { registerPasskey, relyingPartyId, setMfa, somebodyWithPasskeys } from "../../../../test/pool-factors.ts";
import { somebody } from "../../../../test/pool-sessions.ts";

suite("StartWebAuthnRegistration", async () => {
  const h = await harness();
  const start = async (AccessToken: string) => {
    const answer = await h.cognito.send(new StartWebAuthnRegistrationCommand({ AccessToken }));
    return answer.CredentialCreationOptions as Record<string, unknown>; // what browsers take
  };

  test("asks the browser for a passkey of the pool's relying party, and of no authenticator that has one", async () => {
    const it = await somebodyWithPasskeys(h);
    const { id } = await registerPasskey(h, it.AccessToken, "one");
    const { challenge, ...options } = await start(it.AccessToken);
    assert.match(String(challenge), /^[\w-]{100,}$/);
    assert.deepEqual(options, {
      authenticatorSelection: { requireResidentKey: true, residentKey: "required", userVerification: "preferred" },
      excludeCredentials: [{ id, type: "public-key" }],
      pubKeyCredParams: [
        { alg: -7, type: "public-key" },
        { alg: -257, type: "public-key" },
      ],
      rp: { id: relyingPartyId, name: relyingPartyId },
      timeout: 60_000,
      user: { displayName: "somebody", id: Buffer.from(it.sub).toString("base64url"), name: "somebody" },
    });
    assert.notEqual((await start(it.AccessToken)).challenge, challenge);
  });

  test("without a relying party of its own, the pool's domain is", async () => {
    const it = await somebodyWithPasskeys(h);
    await setMfa(h, it.UserPoolId, {});
    assert.deepEqual(await refused(start(it.AccessToken)), {
      code: "WebAuthnConfigurationMissingException",
      message: "The user pool has neither a relying party ID nor a domain.",
      status: 400,
    });
    await h.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: it.UserPoolId, Domain: "passkeys-here" }));
    const id = "passkeys-here.auth.us-east-1.amazoncognito.com";
    assert.deepEqual((await start(it.AccessToken)).rp, { id, name: id });
  });

  test("a user has twenty at most", async () => {
    const it = await somebodyWithPasskeys(h);
    for (let number = 0; number < 20; number++) await registerPasskey(h, it.AccessToken, `many ${number}`);
    assert.deepEqual(await refused(start(it.AccessToken)), {
      code: "LimitExceededException",
      message: "A user can have 20 passkeys at most.",
      status: 400,
    });
  });

  test("is refused where the pool has no passkeys, and without a token", async () => {
    assert.deepEqual(await refused(start((await somebody(h)).AccessToken)), {
      code: "WebAuthnNotEnabledException",
      message: "Passkeys are not enabled for the user pool.",
      status: 400,
    });
    assert.deepEqual(await refused(start("abc")), {
      code: "NotAuthorizedException",
      message: "Invalid Access Token",
      status: 400,
    });
  });
});

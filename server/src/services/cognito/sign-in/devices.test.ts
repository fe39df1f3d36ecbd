import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminGetDeviceCommand,
  AdminSetUserPasswordCommand,
  ConfirmDeviceCommand,
  ForgetDeviceCommand,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeCommandInput,
  SetUserMFAPreferenceCommand,
  UpdateDeviceStatusCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { codeOf, setMfa, setUpTotp, totpOptional } from "../../../../test/pool-factors.ts";
import { payloadOf, signIn, somebody } from "../../../../test/pool-sessions.ts";
import { srpClient } from "../../../../test/srp-client.ts";
import { generator, privateKey } from "../../../crypto/srp.ts";

const PASSWORD = "Secret-word-1";
const devicePassword = "forty random bytes of the device";
const TIMESTAMP = "Mon Jun 15 12:00:00 UTC 2026";

suite("Signing in from a device", async () => {
  const h = await harness();
  assert.equal(new Date(startOfTest).toISOString(), "2026-06-15T12:00:00.000Z");

  const setUp = async (given: { readonly standsForFactor?: boolean; readonly isAsked?: boolean } = {}) => {
    const { standsForFactor = true, isAsked = false } = given;
    const DeviceConfiguration = {
      ChallengeRequiredOnNewDevice: standsForFactor,
      DeviceOnlyRememberedOnUserPrompt: isAsked,
    };
    const it = await somebody(h, {
      pool: { DeviceConfiguration },
      client: { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
    });
    const { UserPoolId, Username, ClientId } = it;
    await h.cognito.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: PASSWORD, Permanent: true }),
    );
    const begin = (more: Record<string, string> = {}) => {
      const AuthParameters = { USERNAME: Username, PASSWORD, ...more };
      return h.cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters }));
    };
    const respond = (
      ChallengeName: RespondToAuthChallengeCommandInput["ChallengeName"],
      Session: string | undefined,
      more: Record<string, string>,
    ) => {
      const ChallengeResponses = { USERNAME: Username, ...more };
      return h.cognito.send(
        new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session, ChallengeResponses }),
      );
    };
    return { ...it, begin, respond };
  };
  type Who = Awaited<ReturnType<typeof setUp>>;

  const confirm = async ({ begin }: Who) => {
    const { AuthenticationResult } = await begin();
    const { AccessToken, NewDeviceMetadata = {} } = AuthenticationResult ?? {};
    const { DeviceKey = "", DeviceGroupKey = "" } = NewDeviceMetadata;
    const salt = Buffer.alloc(16, 0x71);
    const exponent = privateKey({ group: DeviceGroupKey, name: DeviceKey }, devicePassword, salt);
    const verifier = await h.environment.workers.power(generator, exponent);
    const DeviceSecretVerifierConfig = {
      Salt: salt.toString("base64"),
      PasswordVerifier: Buffer.from(verifier).toString("base64"),
    };
    await h.cognito.send(new ConfirmDeviceCommand({ AccessToken, DeviceKey, DeviceSecretVerifierConfig }));
    return { DeviceKey, DeviceGroupKey, AccessToken };
  };

  const prove = async (
    { respond }: Who,
    { DeviceKey, DeviceGroupKey }: { readonly DeviceKey: string; readonly DeviceGroupKey: string },
    Session: string | undefined,
    password = devicePassword,
  ) => {
    const client = srpClient(DeviceGroupKey, DeviceKey, password);
    const asked = await respond("DEVICE_SRP_AUTH", Session, { DEVICE_KEY: DeviceKey, SRP_A: client.SRP_A });
    assert.equal(asked.ChallengeName, "DEVICE_PASSWORD_VERIFIER");
    const { SALT = "", SRP_B = "", SECRET_BLOCK = "", DEVICE_KEY } = asked.ChallengeParameters ?? {};
    assert.equal(DEVICE_KEY, DeviceKey);
    return respond("DEVICE_PASSWORD_VERIFIER", asked.Session, {
      DEVICE_KEY: DeviceKey,
      PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
      PASSWORD_CLAIM_SIGNATURE: client.sign({ SALT, SRP_B, SECRET_BLOCK }, TIMESTAMP),
      TIMESTAMP,
    });
  };

  test("a new one is given a key, which its tokens are bound to", async () => {
    const it = await setUp();
    const { AuthenticationResult = {} } = await it.begin();
    const { DeviceKey = "", DeviceGroupKey = "" } = AuthenticationResult.NewDeviceMetadata ?? {};
    assert.match(DeviceKey, /^us-east-1_[0-9a-f]{8}-[0-9a-f-]{27}$/);
    assert.match(DeviceGroupKey, /^-[A-Za-z0-9]{8}$/);
    assert.equal(payloadOf(AuthenticationResult.AccessToken ?? "").device_key, DeviceKey);
    const again = await it.begin();
    assert.equal(again.AuthenticationResult?.NewDeviceMetadata?.DeviceGroupKey, DeviceGroupKey);
    assert.notEqual(again.AuthenticationResult?.NewDeviceMetadata?.DeviceKey, DeviceKey);
  });

  test("without tracking there are no keys, and whatever is sent counts for nothing", async () => {
    const it = await somebody(h, { client: { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] } });
    const { UserPoolId, Username, ClientId } = it;
    await h.cognito.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: PASSWORD, Permanent: true }),
    );
    const AuthParameters = { USERNAME: Username, PASSWORD, DEVICE_KEY: "us-east-1_0" };
    const command = new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    const { AuthenticationResult = {} } = await h.cognito.send(command);
    assert.equal(AuthenticationResult.NewDeviceMetadata, undefined);
    assert.equal(payloadOf(AuthenticationResult.AccessToken ?? "").device_key, undefined);
  });

  test("a known one proves that it is the one, and that is noted", async () => {
    const it = await setUp();
    const device = await confirm(it);
    h.clock.set(startOfTest + 60_000);
    const asked = await it.begin({ DEVICE_KEY: device.DeviceKey });
    assert.equal(asked.ChallengeName, "DEVICE_SRP_AUTH");
    assert.equal(asked.AuthenticationResult, undefined);
    const { AuthenticationResult = {} } = await prove(it, device, asked.Session);
    assert.equal(AuthenticationResult.NewDeviceMetadata, undefined);
    assert.equal(payloadOf(AuthenticationResult.AccessToken ?? "").device_key, device.DeviceKey);
    const { UserPoolId, Username } = it;
    const { DeviceKey } = device;
    const { Device } = await h.cognito.send(new AdminGetDeviceCommand({ UserPoolId, Username, DeviceKey }));
    assert.equal(Device?.DeviceLastAuthenticatedDate?.getTime(), startOfTest + 60_000);
    const { ClientId } = it;
    const { RefreshToken } = AuthenticationResult;
    const refresh = (given: { DeviceKey?: string }) =>
      h.cognito.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken, ...given }));
    assert.equal((await refused(refresh({}))).code, "NotAuthorizedException");
    assert.ok((await refresh({ DeviceKey })).AuthenticationResult?.AccessToken);
    h.clock.set(startOfTest);
  });

  test("one that does not know the device's password is refused, and its session is used up", async () => {
    const it = await setUp();
    const device = await confirm(it);
    const { Session } = await it.begin({ DEVICE_KEY: device.DeviceKey });
    const wrong = { code: "NotAuthorizedException", message: "Incorrect username or password.", status: 400 };
    assert.deepEqual(await refused(prove(it, device, Session, "another")), wrong);
    assert.deepEqual(await refused(prove(it, device, Session)), {
      code: "NotAuthorizedException",
      message: "Invalid session for the user, session can only be used once.",
      status: 400,
    });
  });

  test("one that is not known, or another than the sign-in began with, is refused", async () => {
    const it = await setUp();
    const missing = { code: "ResourceNotFoundException", message: "Device does not exist.", status: 400 };
    assert.deepEqual(await refused(it.begin({ DEVICE_KEY: "us-east-1_0" })), missing);
    const device = await confirm(it);
    const other = await confirm(it);
    const { Session } = await it.begin({ DEVICE_KEY: device.DeviceKey });
    assert.deepEqual(await refused(prove(it, other, Session)), {
      code: "NotAuthorizedException",
      message: "Invalid session for the user.",
      status: 400,
    });
    await h.cognito.send(new ForgetDeviceCommand({ AccessToken: device.AccessToken, DeviceKey: device.DeviceKey }));
    assert.deepEqual(await refused(prove(it, device, Session)), missing);
    assert.deepEqual(await refused(it.begin({ DEVICE_KEY: device.DeviceKey })), missing);
  });

  const withTotp = async (it: Who) => {
    await setMfa(h, it.UserPoolId, totpOptional);
    const { AccessToken } = await signIn(h, it.ClientId, it.sub);
    const secret = await setUpTotp(h, { ...it, AccessToken });
    const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
    await h.cognito.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }));
    return secret;
  };

  test("a remembered one stands for the second factor, where the pool says so", async () => {
    const it = await setUp();
    const device = await confirm(it);
    await withTotp(it);
    assert.equal((await it.begin()).ChallengeName, "SOFTWARE_TOKEN_MFA");
    const { Session, ChallengeName } = await it.begin({ DEVICE_KEY: device.DeviceKey });
    assert.equal(ChallengeName, "DEVICE_SRP_AUTH");
    assert.ok((await prove(it, device, Session)).AuthenticationResult?.AccessToken);
  });

  test("else the factor comes first, and the device proves itself after it", async () => {
    for (const given of [{ standsForFactor: false }, { isAsked: true }]) {
      const it = await setUp(given);
      const device = await confirm(it);
      const secret = await withTotp(it);
      h.clock.set(h.clock.now() + 30_000);
      const { Session, ChallengeName } = await it.begin({ DEVICE_KEY: device.DeviceKey });
      assert.equal(ChallengeName, "SOFTWARE_TOKEN_MFA");
      const asked = await it.respond("SOFTWARE_TOKEN_MFA", Session, { SOFTWARE_TOKEN_MFA_CODE: codeOf(h, secret) });
      assert.equal(asked.ChallengeName, "DEVICE_SRP_AUTH");
      assert.ok((await prove(it, device, asked.Session)).AuthenticationResult?.AccessToken);
    }
  });

  test("one that is remembered at the user's wish stands for the factor from then on", async () => {
    const it = await setUp({ isAsked: true });
    const device = await confirm(it);
    await withTotp(it);
    const { DeviceKey, AccessToken } = device;
    await h.cognito.send(
      new UpdateDeviceStatusCommand({ AccessToken, DeviceKey, DeviceRememberedStatus: "remembered" }),
    );
    assert.equal((await it.begin({ DEVICE_KEY: DeviceKey })).ChallengeName, "DEVICE_SRP_AUTH");
  });
});

/** Second factors, passkeys and devices of pool users, for tests. */
import {
  AssociateSoftwareTokenCommand,
  CompleteWebAuthnRegistrationCommand,
  ConfirmDeviceCommand,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
  StartWebAuthnRegistrationCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { totp, totpStep } from "../src/crypto/totp.ts";
import { Authenticator, type AuthenticatorOptions } from "./authenticator.ts";
import type { Harness } from "./harness.ts";
import { type Somebody, signIn, somebody } from "./pool-sessions.ts";

export const relyingPartyId = "auth.example.com";
export const snsCaller = { SnsCallerArn: "arn:aws:iam::123456789012:role/sns" };

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** RFC 4648, section 6. */
function fromBase32(text: string): Uint8Array {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of text) {
    bits = ((bits << 5) | alphabet.indexOf(letter)) & 0xfff;
    held += 5;
    if (held >= 8) {
      held -= 8;
      bytes.push((bits >> held) & 255);
    }
  }
  return Uint8Array.from(bytes);
}

/** What an authenticator app shows at the harness's time. */
export function codeOf(h: Pick<Harness, "clock">, secret: string, steps = 0): string {
  return totp(fromBase32(secret), totpStep(h.clock.now()) + steps);
}

export function wrongCodeOf(h: Harness, secret: string): string {
  return String((Number(codeOf(h, secret)) + 1) % 1_000_000).padStart(6, "0");
}

/** Whichever factors are left out are off. */
export async function setMfa(
  h: Harness,
  UserPoolId: string,
  config: Omit<SetUserPoolMfaConfigCommandInput, "UserPoolId">,
): Promise<void> {
  await h.cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...config }));
}

export const totpOptional = {
  MfaConfiguration: "OPTIONAL",
  SoftwareTokenMfaConfiguration: { Enabled: true },
} as const satisfies Partial<SetUserPoolMfaConfigCommandInput>;

/** Somebody in a pool where authenticator apps may be used. */
export async function somebodyWithTotp(h: Harness, given: Parameters<typeof somebody>[1] = {}): Promise<Somebody> {
  const it = await somebody(h, given);
  await setMfa(h, it.UserPoolId, totpOptional);
  return it;
}

/** The secret of the app that the user has from now on. */
export async function setUpTotp(h: Harness, { AccessToken }: Somebody): Promise<string> {
  const { SecretCode = "" } = await h.cognito.send(new AssociateSoftwareTokenCommand({ AccessToken }));
  await h.cognito.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: codeOf(h, SecretCode) }));
  return SecretCode;
}

/** Somebody in a pool that takes passkeys. */
export async function somebodyWithPasskeys(h: Harness, given: Parameters<typeof somebody>[1] = {}): Promise<Somebody> {
  const policies = {
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD" as const, "WEB_AUTHN" as const] } },
  };
  const it = await somebody(h, { ...given, pool: { ...policies, ...given.pool } });
  await setMfa(h, it.UserPoolId, { WebAuthnConfiguration: { RelyingPartyId: relyingPartyId } });
  return it;
}

export async function registerPasskey(
  h: Harness,
  AccessToken: string,
  id: string,
  given: AuthenticatorOptions = {},
): Promise<Authenticator> {
  const authenticator = new Authenticator(id);
  const started = await h.cognito.send(new StartWebAuthnRegistrationCommand({ AccessToken }));
  const Credential = authenticator.create(started.CredentialCreationOptions, given);
  await h.cognito.send(new CompleteWebAuthnRegistrationCommand({ AccessToken, Credential }));
  return authenticator;
}

/** Not the numbers of any device: good for operations, not for signing in. */
export const deviceVerifier = {
  PasswordVerifier: Buffer.alloc(384, 0x42).toString("base64"),
  Salt: Buffer.alloc(16, 0x17).toString("base64"),
};

/** The key of a device that this sign-in is from, which is not confirmed yet. */
export async function signInFromDevice(
  h: Harness,
  { ClientId, sub }: Pick<Somebody, "ClientId" | "sub">,
  deviceKey: string,
): Promise<string> {
  return (await signIn(h, ClientId, sub, { deviceKey })).AccessToken;
}

export function deviceKeyOf(number: number): string {
  return `us-east-1_00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}

export async function confirmDevice(
  h: Harness,
  who: Pick<Somebody, "ClientId" | "sub">,
  DeviceKey: string,
  DeviceName?: string,
): Promise<void> {
  const AccessToken = await signInFromDevice(h, who, DeviceKey);
  const DeviceSecretVerifierConfig = deviceVerifier;
  await h.cognito.send(new ConfirmDeviceCommand({ AccessToken, DeviceKey, DeviceName, DeviceSecretVerifierConfig }));
}

/** Somebody in a pool that keeps track of devices. */
export function somebodyWithDevices(h: Harness, isAsked = false): Promise<Somebody> {
  const DeviceConfiguration = { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: isAsked };
  return somebody(h, { pool: { DeviceConfiguration } });
}

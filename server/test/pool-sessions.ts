/** Pool users with tokens, for tests of what tokens are good for: as a sign-in issues them, without its challenges. */
import assert from "node:assert/strict";
import { createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { issueTokens, type SignIn } from "../src/services/cognito/sessions/issue.ts";
import type { RequestFacts } from "../src/services/operation.ts";
import { poolProperties } from "../src/store/pool-properties.ts";
import { poolUsers } from "../src/store/pool-users.ts";
import { type Harness, testAccount } from "./harness.ts";
import { createClient, createPool, createUser } from "./pool-users.ts";

export const signInFacts: RequestFacts = {
  caller: {
    kind: "root",
    accountId: testAccount,
    partition: "aws",
    arn: `arn:aws:iam::${testAccount}:root`,
    userId: testAccount,
  } as RequestFacts["caller"], // whoever is not signed in
  region: "us-east-1",
  requestId: "00000000-0000-4000-8000-000000000000",
  sourceIp: "192.0.2.1",
  userAgent: "test/1.0",
  secureTransport: false,
  host: "countersign.test",
};

export interface SignedIn {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken: string;
  readonly ExpiresIn: number;
  readonly TokenType: string;
}

/** Tokens for this user of this client, by the clock of the harness. */
export async function signIn(
  h: Harness,
  clientId: string,
  userId: string,
  more: Partial<SignIn> = {},
  facts: Partial<RequestFacts> = {},
): Promise<SignedIn> {
  const { store, appClients } = h.environment;
  const [context, user] = await store.read(async (tx) => [
    await appClients.find(tx, clientId),
    await poolUsers.findById(tx, userId),
  ]);
  assert.ok(context !== undefined && user !== undefined);
  const tokens = await issueTokens(
    h.environment,
    { ...signInFacts, ...facts },
    { context, user, now: h.clock.now(), triggerSource: "TokenGeneration_Authentication", ...more },
  );
  assert.ok(tokens.IdToken !== undefined);
  return { ...tokens, IdToken: tokens.IdToken };
}

export interface Somebody extends SignedIn {
  readonly UserPoolId: string;
  readonly ClientId: string;
  readonly ClientSecret: string | undefined;
  readonly Username: string;
  readonly sub: string;
}

/** A new pool with a client and a user, who is signed in. */
export async function somebody(
  h: Harness,
  {
    pool = {},
    client = {},
    user = {},
  }: {
    readonly pool?: Parameters<typeof createPool>[1];
    readonly client?: Parameters<typeof createClient>[2];
    readonly user?: Parameters<typeof createUser>[3];
  } = {},
): Promise<Somebody> {
  const UserPoolId = await createPool(h, pool);
  const made = await createClient(h, UserPoolId, client);
  const { Username = "", Attributes = [] } = await createUser(h, UserPoolId, "somebody", user);
  const sub = Attributes.find(({ Name }) => Name === "sub")?.Value ?? "";
  return { UserPoolId, ...made, Username, sub, ...(await signIn(h, made.ClientId, sub)) };
}

/** As SetUserPoolSessionConfiguration writes it. */
export async function trackSessions(h: Harness, poolId: string, MaxPerUser = 20): Promise<void> {
  const value = { UserSessionTracking: "ENABLED", TokenSession: { MaxPerUser } };
  const setting = { value, modified_at: h.clock.now() };
  await h.environment.store.write((tx) => poolProperties.set(tx, poolId, "", "sessions", setting));
}

export type Payload = Readonly<Record<string, unknown>>;

function part(token: string, at: number): Payload {
  return JSON.parse(Buffer.from(token.split(".")[at] ?? "", "base64url").toString());
}

export function headerOf(token: string): Payload {
  return part(token, 0);
}

export function payloadOf(token: string): Payload {
  return part(token, 1);
}

interface KeySet {
  readonly keys: readonly (JsonWebKey & { readonly kid: string })[];
}

/** What the pool publishes, as anybody reads it. */
export async function keySetOf(h: Harness, poolId: string): Promise<KeySet> {
  const answer = await h.send({ path: `/${poolId}/.well-known/jwks.json` });
  assert.equal(answer.status, 200);
  return JSON.parse(answer.body);
}

/** Whether one of the published keys made this signature. */
export function isSignedByOne({ keys }: KeySet, token: string): boolean {
  const key = keys.find(({ kid }) => kid === headerOf(token).kid);
  if (key === undefined) return false;
  const [header, payload, signature = ""] = token.split(".");
  const publicKey = createPublicKey({ key, format: "jwk" });
  return verify("sha256", Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, "base64url"));
}

import { refusal, type ServiceException } from "../contract/service-exception.ts";
import type { Seal } from "../crypto/seal.ts";
import {
  type Authorization,
  deriveSigningKey,
  parseAuthorization,
  type ReceivedRequest,
  SignatureError,
  type SigningKey,
  verifySignature,
} from "../crypto/sigv4.ts";
import type { Clock } from "../runtime/clock.ts";
import { accessKeys } from "../store/access-keys.ts";
import { settings } from "../store/settings.ts";
import type { Store } from "../store/store.ts";
import { type UserRow, users } from "../store/users.ts";
import type { AuthMode } from "./authorize.ts";
import { type Caller, type CallerSession, partitionOf } from "./caller.ts";
import type { LastUsed } from "./last-used.ts";
import { openSessionToken } from "./session-token.ts";
import { VersionedCache } from "./versioned-cache.ts";

/** What this room needs of the process. */
export interface AccessEnvironment {
  readonly store: Store;
  readonly clock: Clock;
  /** What signing times are held against: the machine's clock, where `clock` can be moved and clients' cannot. */
  readonly signatureClock: Clock;
  readonly seal: Seal;
  readonly authMode: AuthMode;
  readonly credentials: CredentialCache;
  readonly lastUsed: LastUsed;
}

export interface Authenticated {
  readonly caller: Caller;
  readonly region: string;
}

/** What a request must be signed for, and the protocol that words the refusal. */
export interface SignedService {
  readonly service: string;
  readonly protocol: "query" | "json";
}

/** A secret, whose it is, and what has been computed from it. */
interface Credential {
  readonly accountId: string;
  /** Undefined for root. */
  readonly user: UserRow | undefined;
  readonly secret: string;
  readonly active: boolean;
  readonly session: CallerSession | undefined;
  /** Milliseconds; undefined for long-term keys. */
  readonly expiresAt: number | undefined;
  /** Signing keys by date, region and service: deriving one costs as much as the rest of a request. */
  readonly signingKeys: Map<string, SigningKey>;
  readonly callers: Map<string, Caller>;
}

/**
 * What was found of credentials, good until a key or a user is changed or deleted. Each kind has a cache of its own: names
 * come from requests, and none may ever pass for one of another kind.
 */
export interface CredentialCache {
  /** By access key id. */
  readonly longTerm: VersionedCache<Credential>;
  /** By access key id and session token. */
  readonly temporary: VersionedCache<Credential>;
  /** The account that the store has, under one name. */
  readonly account: VersionedCache<string>;
}

export function credentialCache(store: Store): CredentialCache {
  const version = store.watch(["access_keys", "users", "accounts"]);
  return {
    longTerm: new VersionedCache(version, 10_000),
    temporary: new VersionedCache(version, 10_000),
    account: new VersionedCache(version, 1),
  };
}

const defaultRegion = "us-east-1";

const missingToken = "Request is missing Authentication Token";

/** One refusal, two protocols: the JSON services' words for the Query services' codes. */
const jsonCodes: Readonly<Record<string, string>> = {
  MissingAuthenticationToken: "MissingAuthenticationTokenException",
  IncompleteSignature: "IncompleteSignatureException",
  SignatureDoesNotMatch: "InvalidSignatureException",
  InvalidClientTokenId: "UnrecognizedClientException",
  ExpiredToken: "ExpiredTokenException",
  MalformedQueryString: "SerializationException",
};

function refuse({ protocol }: SignedService, code: string, message?: string): ServiceException {
  if (protocol === "query") return refusal(code, message);
  return refusal(jsonCodes[code] ?? code, code === "MissingAuthenticationToken" ? jsonMissingToken : message);
}

/** The JSON services' own words; all other texts are the same (pattern of AWS's JSON services). */
const jsonMissingToken = "Missing Authentication Token";

/**
 * Nobody signed: public operations, whose own members say who is meant, and every request under `--auth off`. The caller
 * is root of the account that the store has, in the region that the request names, if it names one.
 */
export async function stranger(
  request: ReceivedRequest,
  service: SignedService,
  environment: AccessEnvironment,
): Promise<Authenticated> {
  const scope = request.headers.get("authorization") ?? request.query.replaceAll("%2F", "/");
  const region = /\/\d{8}\/([a-z0-9-]{1,32})\/[a-z0-9-]{1,32}\/aws4_request/.exec(scope)?.[1] ?? defaultRegion;
  const accountId = await accountOfStore(environment);
  if (accountId === undefined) {
    // Between a reset and the account that is made after it.
    throw refusal(service.protocol === "json" ? "ServiceUnavailableException" : "ServiceUnavailable");
  }
  return { caller: rootCaller(accountId, "", partitionOf(region), undefined), region };
}

const loopbackOrigin = /^https?:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/;

/**
 * Whether a browser sent it for a page of another machine. Where no signature is asked for, every page that somebody on
 * this machine looks at could otherwise act as root with a form, an image or a script (Fetch standard, "Origin header";
 * Fetch Metadata, Sec-Fetch-Site).
 */
function isFromElsewhere({ headers }: ReceivedRequest): boolean {
  const origin = headers.get("origin");
  return origin === undefined ? headers.get("sec-fetch-site") === "cross-site" : !loopbackOrigin.test(origin);
}

/** The setting that names the account a first start made. */
const rootAccount = "root_account";

function accountOfStore({ credentials, store }: AccessEnvironment): string | undefined | Promise<string | undefined> {
  return (
    credentials.account.get(rootAccount) ??
    credentials.account.load(rootAccount, () => store.read((tx) => settings.find(tx, rootAccount)))
  );
}

/**
 * Line 4 of a request's path: the raw bytes and their signature make a Caller, or the refusal AWS gives. At once where
 * the credential is known already, as it is for all but the first requests under it.
 */
export function authenticate(
  request: ReceivedRequest,
  service: SignedService,
  environment: AccessEnvironment,
): Authenticated | Promise<Authenticated> {
  if (environment.authMode === "off") {
    if (isFromElsewhere(request)) throw refuse(service, "MissingAuthenticationToken", missingToken);
    return stranger(request, service, environment);
  }
  let authorization: Authorization;
  try {
    authorization = parseAuthorization(request, environment.signatureClock.now(), service.service);
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    throw refuse(service, error.kind, error.message === "" ? undefined : error.message);
  }
  const { accessKeyId, sessionToken } = authorization;
  const found =
    sessionToken === undefined ? longTerm(accessKeyId, environment) : temporary(accessKeyId, sessionToken, environment);
  return found instanceof Promise
    ? found.then((credential) => verify(request, service, environment, authorization, credential))
    : verify(request, service, environment, authorization, found);
}

function verify(
  request: ReceivedRequest,
  service: SignedService,
  environment: AccessEnvironment,
  authorization: Authorization,
  credential: Credential | undefined,
): Authenticated {
  const { accessKeyId, sessionToken, region } = authorization;
  const now = environment.clock.now();
  if (credential === undefined) {
    // AWS ends this sentence with a period for an unknown key and without one for a broken token (observed).
    const stop = sessionToken === undefined || service.protocol === "json" ? "." : "";
    throw refuse(service, "InvalidClientTokenId", `The security token included in the request is invalid${stop}`);
  }
  if (credential.expiresAt !== undefined && credential.expiresAt <= now) {
    throw refuse(service, "ExpiredToken", "The security token included in the request is expired");
  }
  if (!credential.active) {
    throw refuse(service, "InvalidClientTokenId", "The AWS access key provided does not exist in our records.");
  }
  if (!verifySignature(request, authorization, signingKey(credential, authorization))) {
    throw refuse(
      service,
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    );
  }
  if (credential.session !== undefined && !credential.session.mfa && service.service === "iam") {
    // STS API reference, GetSessionToken: such credentials call no IAM operation unless MFA came with them.
    throw refuse(service, "InvalidClientTokenId", "The security token included in the request is invalid");
  }
  if (credential.session === undefined) environment.lastUsed.note(accessKeyId, now, region, service.service);
  return { caller: callerOf(credential, accessKeyId, region), region };
}

function longTerm(
  accessKeyId: string,
  environment: AccessEnvironment,
): Credential | undefined | Promise<Credential | undefined> {
  return (
    environment.credentials.longTerm.get(accessKeyId) ??
    environment.credentials.longTerm.load(accessKeyId, () =>
      environment.store.read(async (tx) => {
        const key = await accessKeys.find(tx, accessKeyId);
        if (key === undefined) return undefined;
        const user = key.user_id === null ? undefined : await users.findById(tx, key.user_id);
        if (key.user_id !== null && user === undefined) return undefined;
        return {
          accountId: key.account_id,
          user,
          secret: Buffer.from(environment.seal.open(key.secret_sealed, `access_keys:${accessKeyId}`)).toString(),
          active: key.status === "Active",
          session: undefined,
          expiresAt: undefined,
          signingKeys: new Map(),
          callers: new Map(),
        };
      }),
    )
  );
}

/** Session tokens are stateless: everything is sealed inside, and only the user must still be there. */
function temporary(
  accessKeyId: string,
  sessionToken: string,
  environment: AccessEnvironment,
): Credential | undefined | Promise<Credential | undefined> {
  const name = `${accessKeyId} ${sessionToken}`;
  return (
    environment.credentials.temporary.get(name) ??
    environment.credentials.temporary.load(name, async () => {
      const token = openSessionToken(environment.seal, sessionToken);
      if (token === undefined || token.accessKeyId !== accessKeyId) return undefined;
      const { userId } = token;
      const user =
        userId === undefined ? undefined : await environment.store.read(async (tx) => users.findById(tx, userId));
      if (userId !== undefined && user === undefined) return undefined;
      return {
        accountId: token.accountId,
        user,
        secret: token.secretAccessKey,
        active: true,
        session: { issuedAt: token.issuedAt, mfa: token.mfa },
        expiresAt: token.expiresAt,
        signingKeys: new Map(),
        callers: new Map(),
      };
    })
  );
}

function signingKey(credential: Credential, { date, region, service }: Authorization): SigningKey {
  const scope = `${date}/${region}/${service}`;
  let key = credential.signingKeys.get(scope);
  if (key === undefined) {
    // A client chooses region and, by waiting, date: what it can make us keep is bounded.
    if (credential.signingKeys.size >= 64) credential.signingKeys.clear();
    key = deriveSigningKey(credential.secret, date, region, service);
    credential.signingKeys.set(scope, key);
  }
  return key;
}

function callerOf(credential: Credential, accessKeyId: string, region: string): Caller {
  const partition = partitionOf(region);
  let caller = credential.callers.get(partition);
  if (caller === undefined) {
    const { user, accountId, session } = credential;
    caller =
      user === undefined
        ? rootCaller(accountId, accessKeyId, partition, session)
        : {
            kind: "user",
            accountId,
            partition,
            arn: `arn:${partition}:iam::${accountId}:user${user.path}${user.user_name}`,
            userId: user.user_id,
            userName: user.user_name,
            accessKeyId,
            session,
            tags: user.tags,
            permissionsBoundaryArn: user.permissions_boundary_arn ?? undefined,
          };
    credential.callers.set(partition, caller);
  }
  return caller;
}

function rootCaller(
  accountId: string,
  accessKeyId: string,
  partition: string,
  session: CallerSession | undefined,
): Caller {
  return {
    kind: "root",
    accountId,
    partition,
    arn: `arn:${partition}:iam::${accountId}:root`,
    userId: accountId,
    userName: undefined,
    accessKeyId,
    session,
    tags: [],
    permissionsBoundaryArn: undefined,
  };
}

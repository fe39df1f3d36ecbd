import { refusal } from "../contract/service-exception.ts";
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
import { type RoleRow, roles } from "../store/roles.ts";
import { settings } from "../store/settings.ts";
import type { Store, Tx } from "../store/store.ts";
import { type UserRow, users } from "../store/users.ts";
import type { AuthMode } from "./authorize.ts";
import { type Caller, type CallerSession, overrideTags, partitionOf, type SessionIssuer } from "./caller.ts";
import type { LastUsed } from "./last-used.ts";
import { expiredToken, invalidToken, refuse, retiredKey, type SignedService, wrongSignature } from "./refusal.ts";
import { openSessionToken, type SessionPrincipal, type SessionToken, unpackSession } from "./session-token.ts";
import { VersionedCache } from "./versioned-cache.ts";
import {
  authenticateCertificate,
  type CertificateCache,
  type CertificateCredential,
  certificateCache,
} from "./x509.ts";

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

/** A secret, whose it is, and what has been computed from it. */
interface Credential {
  readonly accountId: string;
  readonly holder: Holder;
  readonly secret: string;
  readonly active: boolean;
  /** All that is the same in every partition. */
  readonly session: Omit<CallerSession, "issuer"> | undefined;
  /** Milliseconds; undefined for long-term keys. */
  readonly expiresAt: number | undefined;
  /** Signing keys by date, region and service: deriving one costs as much as the rest of a request. */
  readonly signingKeys: Map<string, SigningKey>;
  readonly callers: Map<string, Caller>;
}

/** Whose credentials they are, as the store has them now. */
type Holder =
  | { readonly kind: "root" }
  | { readonly kind: "user"; readonly user: UserRow }
  | { readonly kind: "role"; readonly role: RoleRow; readonly sessionName: string }
  /** Without a user it is root who is acted for. */
  | { readonly kind: "federated"; readonly name: string; readonly user: UserRow | undefined };

/**
 * What was found of credentials, good until a key, a user or a role is changed or deleted. Each kind has a cache of its own: names
 * come from requests, and none may ever pass for one of another kind.
 */
export interface CredentialCache {
  /** By access key id. */
  readonly longTerm: VersionedCache<Credential>;
  /** By access key id and session token. */
  readonly temporary: VersionedCache<Credential>;
  readonly certificates: CertificateCache;
  /** The account that the store has, under one name. */
  readonly account: VersionedCache<string>;
}

export function credentialCache(store: Store): CredentialCache {
  const version = store.watch(["access_keys", "users", "roles", "accounts"]);
  return {
    longTerm: new VersionedCache(version, 10_000),
    temporary: new VersionedCache(version, 10_000),
    certificates: certificateCache(store),
    account: new VersionedCache(version, 1),
  };
}

const defaultRegion = "us-east-1";

const missingToken = "Request is missing Authentication Token";

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
  const { accessKeyId, sessionToken, region, x509 } = authorization;
  if (x509 !== undefined) {
    // It has no access key whose last use could be noted.
    const identified = (found: CertificateCredential) => ({ caller: callerOf(found, "", region), region });
    const found = authenticateCertificate(request, service, environment, authorization, x509);
    return found instanceof Promise ? found.then(identified) : identified(found);
  }
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
  if (credential === undefined) throw invalidToken(service, sessionToken === undefined ? "unknown" : "broken");
  if (credential.expiresAt !== undefined && credential.expiresAt <= now) throw expiredToken(service);
  if (!credential.active) throw retiredKey(service);
  if (!verifySignature(request, authorization, signingKey(credential, authorization))) throw wrongSignature(service);
  const { session, holder } = credential;
  if (session !== undefined && service.service === "iam" && holder.kind !== "role") {
    // STS API reference: credentials of GetFederationToken call no IAM operation, those of GetSessionToken none unless
    // MFA came with them. Only delegated access gives a user's, or root's, session policies: it is for what they allow.
    if (holder.kind === "federated" || (session.mfaAt === undefined && session.policies === undefined)) {
      throw refuse(service, "InvalidClientTokenId", "The security token included in the request is invalid");
    }
  }
  if (session === undefined) environment.lastUsed.note(accessKeyId, now, region, service.service);
  if (holder.kind === "role") environment.lastUsed.noteRole(holder.role.role_id, now, region);
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
        const holder: Holder | undefined =
          key.user_id === null ? { kind: "root" } : await holderOf(tx, { kind: "user", userId: key.user_id });
        if (holder === undefined) return undefined;
        return {
          accountId: key.account_id,
          holder,
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

/** Session tokens are stateless: everything is sealed inside, and only the user or the role must still be there. */
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
      const holder = await environment.store.read((tx) => holderOf(tx, token.principal));
      if (holder === undefined) return undefined;
      return {
        accountId: token.accountId,
        holder,
        secret: token.secretAccessKey,
        active: true,
        session: sessionOf(token),
        expiresAt: token.expiresAt,
        signingKeys: new Map(),
        callers: new Map(),
      };
    })
  );
}

/** Undefined where the user or the role is gone, and with it every credential of theirs. */
async function holderOf(tx: Tx, principal: SessionPrincipal): Promise<Holder | undefined> {
  switch (principal.kind) {
    case "root":
      return { kind: "root" };
    case "user": {
      const user = await users.findById(tx, principal.userId);
      return user === undefined ? undefined : { kind: "user", user };
    }
    case "role": {
      const role = await roles.findById(tx, principal.roleId);
      return role === undefined ? undefined : { kind: "role", role, sessionName: principal.sessionName };
    }
    case "federated": {
      const { name, userId } = principal;
      if (userId === undefined) return { kind: "federated", name, user: undefined };
      const user = await users.findById(tx, userId);
      return user === undefined ? undefined : { kind: "federated", name, user };
    }
  }
}

function sessionOf(token: SessionToken): Omit<CallerSession, "issuer"> {
  const { tags = [], transitive = [], policies } = token.packed === undefined ? {} : unpackSession(token.packed);
  return {
    issuedAt: token.issuedAt,
    expiresAt: token.expiresAt,
    mfaAt: token.mfaAt,
    tags,
    transitiveTags: transitive.flatMap((place) => tags[place] ?? []),
    sourceIdentity: token.sourceIdentity,
    policies,
    provider: token.provider,
  };
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

/** What a caller is made of, whatever proved it. */
type Proven = Pick<Credential, "accountId" | "holder" | "session" | "callers">;

function callerOf(credential: Proven, accessKeyId: string, region: string): Caller {
  const partition = partitionOf(region);
  let caller = credential.callers.get(partition);
  if (caller === undefined) {
    caller = makeCaller(credential, accessKeyId, partition);
    credential.callers.set(partition, caller);
  }
  return caller;
}

function makeCaller({ holder, accountId, session }: Proven, accessKeyId: string, partition: string): Caller {
  const common = { accountId, partition, accessKeyId, userName: undefined };
  const sts = `arn:${partition}:sts::${accountId}`;
  switch (holder.kind) {
    case "root":
      return rootCaller(accountId, accessKeyId, partition, session && { ...session, issuer: undefined });
    case "user": {
      const { user } = holder;
      return {
        ...common,
        kind: "user",
        arn: userArn(user, partition),
        userId: user.user_id,
        userName: user.user_name,
        session: session && { ...session, issuer: undefined },
        tags: user.tags,
        permissionsBoundaryArn: user.permissions_boundary_arn ?? undefined,
      };
    }
    case "role": {
      const { role, sessionName } = holder;
      const issuer: SessionIssuer = {
        kind: "role",
        id: role.role_id,
        arn: `arn:${partition}:iam::${accountId}:role${role.path}${role.role_name}`,
        name: role.role_name,
        isServiceLinked: role.service_name !== null,
      };
      return {
        ...common,
        kind: "role",
        arn: `${sts}:assumed-role/${role.role_name}/${sessionName}`,
        userId: `${role.role_id}:${sessionName}`,
        session: session && { ...session, issuer },
        tags: overrideTags(role.tags, session?.tags ?? []),
        permissionsBoundaryArn: role.permissions_boundary_arn ?? undefined,
      };
    }
    case "federated": {
      const { name, user } = holder;
      const issuer: SessionIssuer =
        user === undefined
          ? { kind: "root", id: accountId, arn: rootArn(accountId, partition), name: undefined, isServiceLinked: false }
          : {
              kind: "user",
              id: user.user_id,
              arn: userArn(user, partition),
              name: user.user_name,
              isServiceLinked: false,
            };
      return {
        ...common,
        kind: "federated",
        arn: `${sts}:federated-user/${name}`,
        userId: `${accountId}:${name}`,
        session: session && { ...session, issuer },
        tags: overrideTags(user?.tags ?? [], session?.tags ?? []),
        permissionsBoundaryArn: user?.permissions_boundary_arn ?? undefined,
      };
    }
  }
}

function userArn(user: UserRow, partition: string): string {
  return `arn:${partition}:iam::${user.account_id}:user${user.path}${user.user_name}`;
}

function rootArn(accountId: string, partition: string): string {
  return `arn:${partition}:iam::${accountId}:root`;
}

/** Root, as whom the server does what it was told to do earlier. */
export function rootOf(accountId: string, partition: string): Caller {
  return rootCaller(accountId, "", partition, undefined);
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
    arn: rootArn(accountId, partition),
    userId: accountId,
    userName: undefined,
    accessKeyId,
    session,
    tags: [],
    permissionsBoundaryArn: undefined,
  };
}

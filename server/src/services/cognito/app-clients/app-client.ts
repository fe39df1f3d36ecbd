import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import { VersionedCache } from "../../../access/versioned-cache.ts";
import { equalDigests, hmacSha256 } from "../../../crypto/digest.ts";
import { type AppClientRow, appClients } from "../../../store/app-clients.ts";
import type { Store, Tx } from "../../../store/store.ts";
import { type UserPoolRow, userPools } from "../../../store/user-pools.ts";
import type { Call, Environment } from "../../operation.ts";
import type { Configuration } from "../user-pools/configuration.ts";
import { configurationOf } from "../user-pools/user-pool.ts";

/** What Create and Update of a client write, as DescribeUserPoolClient answers it. */
export type AppClientConfiguration = Omit<
  UserPoolClientType,
  "UserPoolId" | "ClientName" | "ClientId" | "ClientSecret" | "LastModifiedDate" | "CreationDate"
>;

/** A user pool as operations need it, read once and good until it is written. */
export interface PoolContext {
  readonly pool: UserPoolRow;
  readonly configuration: Configuration;
}

/** An app client with its pool: all that an unsigned operation knows of where it is. */
export interface ClientContext extends PoolContext {
  readonly client: AppClientRow;
  readonly clientConfiguration: AppClientConfiguration;
  /** Plain, the oldest first: any of them is good. */
  readonly secrets: readonly string[];
}

export function clientConfigurationOf(client: AppClientRow): AppClientConfiguration {
  return JSON.parse(client.configuration_json) as AppClientConfiguration; // CreateUserPoolClient and UpdateUserPoolClient wrote it
}

export function sealContextOfSecret(clientId: string): string {
  return `app_client_secrets:${clientId}`;
}

/** App clients with their pools and pools alone, kept in memory until any of them is written. */
export class AppClients {
  readonly #seal: Environment["seal"];
  readonly #clients: VersionedCache<ClientContext>;
  readonly #pools: VersionedCache<PoolContext>;

  constructor({ store, seal }: { readonly store: Store; readonly seal: Environment["seal"] }) {
    this.#seal = seal;
    const version = store.watch(["app_clients", "app_client_secrets", "user_pools"]);
    this.#clients = new VersionedCache(version, 10_000);
    this.#pools = new VersionedCache(version, 10_000);
  }

  /** Without a promise where it is known already. */
  find(tx: Tx, clientId: string): ClientContext | undefined | Promise<ClientContext | undefined> {
    return this.#clients.get(clientId) ?? this.#clients.load(clientId, () => this.#readClient(tx, clientId));
  }

  findPool(tx: Tx, poolId: string): PoolContext | undefined | Promise<PoolContext | undefined> {
    return (
      this.#pools.get(poolId) ??
      this.#pools.load(poolId, async () => {
        const pool = await userPools.find(tx, poolId);
        return pool && { pool, configuration: configurationOf(pool) };
      })
    );
  }

  async #readClient(tx: Tx, clientId: string): Promise<ClientContext | undefined> {
    const client = await appClients.find(tx, clientId);
    const pool = client && (await userPools.find(tx, client.pool_id));
    if (client === undefined || pool === undefined) return undefined;
    const secrets = (await appClients.listSecrets(tx, clientId)).map(({ secret_sealed }) =>
      Buffer.from(this.#seal.open(secret_sealed, sealContextOfSecret(clientId))).toString(),
    );
    return {
      pool,
      configuration: configurationOf(pool),
      client,
      clientConfiguration: clientConfigurationOf(client),
      secrets,
    };
  }
}

export function noSuchAppClient(clientId: string): string {
  return `User pool client ${clientId} does not exist.`;
}

/** For unsigned operations, where the client's id alone says which pool is meant. */
export async function requirePublicClient(
  call: Call<"ResourceNotFoundException">,
  tx: Tx,
  clientId: string,
): Promise<ClientContext> {
  const found = await call.environment.appClients.find(tx, clientId);
  return found ?? call.fail("ResourceNotFoundException", noSuchAppClient(clientId));
}

/** A client of this pool, for operations that name both. */
export async function requireClientOfPool(
  call: Call<"ResourceNotFoundException">,
  tx: Tx,
  poolId: string,
  clientId: string,
): Promise<ClientContext> {
  const found = await requirePublicClient(call, tx, clientId);
  if (found.pool.pool_id === poolId) return found;
  // Recorded from AWS, 2026-09 (AdminInitiateAuth).
  const message = `User pool client ${clientId} does not exist in user pool ${poolId}.`;
  return call.fail("ResourceNotFoundException", message);
}

function secretHash(secret: string, clientId: string, username: string): Uint8Array {
  return hmacSha256(secret, `${username}${clientId}`);
}

/** What a client with a secret says with a username; undefined of one without. */
export function secretHashOf(
  { client, secrets }: Pick<ClientContext, "client" | "secrets">,
  username: string,
): string | undefined {
  const [secret] = secrets;
  return secret === undefined
    ? undefined
    : Buffer.from(secretHash(secret, client.client_id, username)).toString("base64");
}

/**
 * Base64 of HMAC-SHA256(client secret, username ‖ client id), where the client has a secret (developer guide, "Computing
 * secret hash values"). Any of its secrets will do: two are there while one takes the place of the other.
 */
export function requireSecretHash(
  call: Call<"NotAuthorizedException">,
  { client, secrets }: Pick<ClientContext, "client" | "secrets">,
  username: string,
  given: string | undefined,
): void {
  const { client_id } = client;
  if (secrets.length === 0) return;
  if (given === undefined) {
    call.fail(
      "NotAuthorizedException",
      `Client ${client_id} is configured with secret but SECRET_HASH was not received`,
    );
  }
  const presented = Buffer.from(given ?? "", "base64");
  let matches = false;
  // All of them are looked at, so that the time tells nothing.
  for (const secret of secrets) {
    if (equalDigests(secretHash(secret, client_id, username), presented)) matches = true;
  }
  if (!matches) call.fail("NotAuthorizedException", `Unable to verify secret hash for client ${client_id}`);
}

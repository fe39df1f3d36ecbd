import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import { base32Number } from "../../../runtime/ids.ts";
import { type AppClientRow, type AppClientSecretRow, appClients } from "../../../store/app-clients.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call, Environment } from "../../operation.ts";
import { requireUserPool, type UserPoolResource } from "../user-pools/user-pool.ts";
import { clientConfigurationOf, sealContextOfSecret } from "./app-client.ts";

export interface AppClientResource extends UserPoolResource {
  readonly client: AppClientRow;
}

/** A client of the caller's own pool. Policies look at the pool. */
export async function requireAppClient(
  call: Call<"ResourceNotFoundException">,
  poolId: string,
  clientId: string,
): Promise<AppClientResource> {
  const pool = await requireUserPool(call, poolId);
  const client = await appClients.find(call.tx, clientId);
  if (client === undefined || client.pool_id !== poolId) {
    // Recorded from AWS, 2026-09 (DescribeUserPoolClient).
    return call.missing(pool, "ResourceNotFoundException", "User pool client does not exist.");
  }
  return { ...pool, client };
}

/** A new secret: its row, sealed, and what the client is told. */
export function newSecret(
  { seal, random }: Pick<Environment, "seal" | "random">,
  clientId: string,
  now: number,
  given: string | undefined,
): { readonly row: AppClientSecretRow; readonly value: string } {
  const value = given ?? base32Number(random, 260);
  return {
    value,
    row: {
      client_id: clientId,
      // Ours: how AWS writes these ids is not known.
      secret_id: `${clientId}--${now}${base32Number(random, 130).slice(0, 6)}`,
      secret_sealed: seal.seal(value, sealContextOfSecret(clientId), random.bytes(12)),
      created_at: now,
    },
  };
}

/** The oldest secret of a client, plain: the one that its applications hold while a second is being brought in. */
export async function secretOf(
  { seal }: Pick<Environment, "seal">,
  tx: Tx,
  clientId: string,
): Promise<string | undefined> {
  const [secret] = await appClients.listSecrets(tx, clientId);
  return secret && Buffer.from(seal.open(secret.secret_sealed, sealContextOfSecret(clientId))).toString();
}

/** As Create, Describe and Update answer. */
export function appClientShape(client: AppClientRow, secret: string | undefined): UserPoolClientType {
  return {
    ...clientConfigurationOf(client),
    UserPoolId: client.pool_id,
    ClientName: client.name,
    ClientId: client.client_id,
    ClientSecret: secret,
    LastModifiedDate: new Date(client.modified_at),
    CreationDate: new Date(client.created_at),
  };
}

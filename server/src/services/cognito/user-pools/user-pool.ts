import type { UserPoolDescriptionType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { partitionOf } from "../../../access/caller.ts";
import { type UserPoolRow, userPools } from "../../../store/user-pools.ts";
import type { Call, Resource, Tag } from "../../operation.ts";
import type { Configuration } from "./configuration.ts";
import { describedSchema } from "./schema.ts";

export interface UserPoolResource extends Resource {
  readonly pool: UserPoolRow;
}

export function userPoolArn(pool: Pick<UserPoolRow, "pool_id" | "account_id" | "region">): string {
  const { pool_id, account_id, region } = pool;
  return `arn:${partitionOf(region)}:cognito-idp:${region}:${account_id}:userpool/${pool_id}`;
}

/** As policies look at them. */
export function userPoolTags({ tags }: Pick<UserPoolRow, "tags">): readonly Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** The caller's own pool in the region of the request. Every other one does not exist for it. */
export async function findUserPool(call: Call, poolId: string): Promise<UserPoolResource | undefined> {
  const pool = await userPools.find(call.tx, poolId);
  if (pool === undefined || pool.account_id !== call.accountId || pool.region !== call.region) return undefined;
  return { arn: userPoolArn(pool), tags: userPoolTags(pool), pool };
}

export async function requireUserPool(
  call: Call<"ResourceNotFoundException">,
  poolId: string,
): Promise<UserPoolResource> {
  return (await findUserPool(call, poolId)) ?? missingUserPool(call, poolId);
}

export function missingUserPool(call: Call<"ResourceNotFoundException">, poolId: string): never {
  const arn = userPoolArn({ pool_id: poolId, account_id: call.accountId, region: call.region });
  return call.missing({ arn }, "ResourceNotFoundException", noSuchUserPool(poolId));
}

export function noSuchUserPool(poolId: string): string {
  return `User pool ${poolId} does not exist.`;
}

export function configurationOf(pool: UserPoolRow): Configuration {
  return JSON.parse(pool.configuration_json) as Configuration; // CreateUserPool and UpdateUserPool wrote it
}

/**
 * As DescribeUserPool answers. CreateUserPool's answer differs (recorded from AWS, 2026-09): attributes in the order in
 * which they are defined, without `identities`, and tags only where some were given.
 */
export function describedUserPool(pool: UserPoolRow, users: number): UserPoolType {
  const created = createdUserPool(pool);
  return {
    ...created,
    EstimatedNumberOfUsers: users,
    SchemaAttributes: describedSchema(created.SchemaAttributes ?? []),
    UserPoolTags: { ...pool.tags },
  };
}

export function createdUserPool(pool: UserPoolRow): UserPoolType {
  const {
    hasChosenTemporaryPasswordDays,
    SoftwareTokenMfaConfiguration,
    EmailMfaConfiguration,
    WebAuthnConfiguration,
    isSmsMfaEnabled,
    ...configuration
  } = configurationOf(pool);
  return {
    ...configuration,
    Id: pool.pool_id,
    Name: pool.name,
    Arn: userPoolArn(pool),
    CreationDate: new Date(pool.created_at),
    LastModifiedDate: new Date(pool.modified_at),
    EstimatedNumberOfUsers: 0,
    UserPoolTags: Object.keys(pool.tags).length === 0 ? undefined : { ...pool.tags },
  };
}

export function userPoolListItem(pool: UserPoolRow): UserPoolDescriptionType {
  return {
    Id: pool.pool_id,
    Name: pool.name,
    LambdaConfig: configurationOf(pool).LambdaConfig,
    CreationDate: new Date(pool.created_at),
    LastModifiedDate: new Date(pool.modified_at),
  };
}

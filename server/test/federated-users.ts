/** Sign-ins of people whom an identity provider has vouched for, without the provider. */
import {
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  CreateIdentityProviderCommand,
  type CreateIdentityProviderCommandInput,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { rootOf } from "../src/access/authenticate.ts";
import { type FederatedSignIn, signInFederatedUser } from "../src/services/cognito/federation/federated-user.ts";
import { federationErrorOf } from "../src/services/cognito/federation/federation-error.ts";
import type { RequestFacts } from "../src/services/operation.ts";
import { identityProviders } from "../src/store/identity-providers.ts";
import type { PoolUserRow } from "../src/store/pool-users.ts";
import type { Harness } from "./harness.ts";
import { createClient, createPool } from "./pool-users.ts";

export interface Vouched {
  readonly provider?: string;
  readonly claims?: Readonly<Record<string, string | readonly string[]>>;
  readonly received?: FederatedSignIn["received"];
  readonly alsoWrite?: FederatedSignIn["alsoWrite"];
}

export interface FederatedPool {
  readonly UserPoolId: string;
  readonly ClientId: string;
  addProvider(given: Omit<CreateIdentityProviderCommandInput, "UserPoolId">): Promise<void>;
  /** To the end of the transaction that would write an authorization code. */
  signIn(subject: string, vouched?: Vouched): Promise<PoolUserRow>;
  /** What an app would hear of it. */
  refused(subject: string, vouched?: Vouched): Promise<readonly [code: string, description: string]>;
  /** As AdminGetUser answers. */
  user(username: string): Promise<Readonly<Record<string, string | undefined>>>;
  groups(username: string): Promise<(string | undefined)[]>;
}

export async function federatedPool(
  h: Harness,
  pool: Partial<CreateUserPoolCommandInput> = {},
  client: Partial<CreateUserPoolClientCommandInput> = {},
): Promise<FederatedPool> {
  const { cognito, environment } = h;
  const { store } = environment;
  const UserPoolId = await createPool(h, pool);
  const { ClientId } = await createClient(h, UserPoolId, client);
  const signIn = async (
    subject: string,
    { provider: name = "Google", claims = {}, received = () => ({}), alsoWrite }: Vouched = {},
  ) => {
    const [context, provider] = await store.read(async (tx) => [
      await environment.appClients.find(tx, ClientId),
      await identityProviders.find(tx, UserPoolId, name),
    ]);
    if (context === undefined || provider === undefined) throw new Error("no such client or provider");
    const { pool } = context;
    const facts: RequestFacts = {
      caller: rootOf(pool.account_id, "aws"),
      region: pool.region,
      requestId: "request",
      sourceIp: "192.0.2.1",
      userAgent: "Mozilla/5.0",
      secureTransport: true,
      host: "auth.localhost",
    };
    const { user, alsoWrite: write } = await signInFederatedUser(environment, facts, {
      context,
      provider,
      subject,
      claims: new Map(Object.entries(claims).map(([claim, value]) => [claim, [value].flat()])),
      received,
      now: h.clock.now(),
      alsoWrite,
    });
    await store.write(write);
    return user;
  };
  return {
    UserPoolId,
    ClientId,
    async addProvider(given) {
      await cognito.send(new CreateIdentityProviderCommand({ UserPoolId, ...given }));
    },
    signIn,
    async refused(subject, vouched) {
      try {
        await signIn(subject, vouched);
      } catch (error) {
        const refusal = federationErrorOf(error);
        if (refusal === undefined) throw error;
        return [refusal.code, refusal.message];
      }
      throw new Error("nobody was refused");
    },
    async user(Username) {
      const { UserAttributes = [], UserStatus } = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
      return {
        ...Object.fromEntries(UserAttributes.map(({ Name = "", Value }) => [Name, Value])),
        "cognito:user_status": UserStatus,
      };
    },
    async groups(Username) {
      const { Groups = [] } = await cognito.send(new AdminListGroupsForUserCommand({ UserPoolId, Username }));
      return Groups.map(({ GroupName }) => GroupName);
    },
  };
}

/** User pools with a domain and an app that signs in there, for tests. */
import {
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  CreateUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { readOutbox } from "../src/services/cognito/messages/outbox.ts";
import { type Harness, testAccount } from "./harness.ts";
import { PageVisitor } from "./page-visitor.ts";
import { createClient, createPool } from "./pool-users.ts";

export const callback = "https://app.example.com/callback";

export interface HostedPool {
  readonly UserPoolId: string;
  readonly ClientId: string;
  readonly ClientSecret: string | undefined;
  readonly host: string;
  /** What the app asks for, with more or other parameters. */
  url(path: string, more?: Readonly<Record<string, string>>): string;
  /** A new browser. */
  visitor(): PageVisitor;
}

/** Addresses are verified by codes, and the app may ask for codes of authorization. */
export async function hostedPool(
  h: Harness,
  domain: string,
  given: {
    readonly pool?: Partial<CreateUserPoolCommandInput>;
    readonly client?: Partial<CreateUserPoolClientCommandInput>;
    readonly version?: 1 | 2;
  } = {},
): Promise<HostedPool> {
  const UserPoolId = await createPool(h, { AutoVerifiedAttributes: ["email"], ...given.pool });
  await h.cognito.send(
    new CreateUserPoolDomainCommand({ UserPoolId, Domain: domain, ManagedLoginVersion: given.version ?? 1 }),
  );
  const { ClientId, ClientSecret } = await createClient(h, UserPoolId, {
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid", "email"],
    CallbackURLs: [callback],
    SupportedIdentityProviders: ["COGNITO"],
    ...given.client,
  });
  const host = `${domain}.localhost:4566`;
  return {
    UserPoolId,
    ClientId,
    ClientSecret,
    host,
    url(path, more = {}) {
      const query = { client_id: ClientId, response_type: "code", scope: "openid email", redirect_uri: callback };
      return `${path}?${new URLSearchParams({ ...query, state: "of the app", ...more })}`;
    },
    visitor: () => new PageVisitor(h, host),
  };
}

/** The code, or the link, of the newest message to this address. */
export async function newestMessage(
  h: Harness,
  to: string,
): Promise<{ readonly code: string; readonly link: string | undefined; readonly count: number }> {
  const { messages } = await readOutbox(h.environment, testAccount, { to, limit: 100 });
  const [newest] = messages;
  const code = /\b\d{6,8}\b/.exec(newest?.message ?? "")?.[0] ?? "";
  return { code, link: newest?.link, count: messages.length };
}

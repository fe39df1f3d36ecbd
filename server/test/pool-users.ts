/** User pools, app clients and pool users for tests, made through the SDK. */
import {
  AdminCreateUserCommand,
  type AdminCreateUserCommandInput,
  AdminSetUserPasswordCommand,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  type UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Harness } from "./harness.ts";

/** The id of a new pool. */
export async function createPool(h: Harness, given: Partial<CreateUserPoolCommandInput> = {}): Promise<string> {
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "example", ...given }));
  if (UserPool?.Id === undefined) throw new Error("no pool was made");
  return UserPool.Id;
}

export async function createClient(
  h: Harness,
  UserPoolId: string,
  given: Partial<CreateUserPoolClientCommandInput> = {},
): Promise<{ readonly ClientId: string; readonly ClientSecret: string | undefined }> {
  const command = new CreateUserPoolClientCommand({ UserPoolId, ClientName: "web", ...given });
  const { UserPoolClient } = await h.cognito.send(command);
  if (UserPoolClient?.ClientId === undefined) throw new Error("no client was made");
  return { ClientId: UserPoolClient.ClientId, ClientSecret: UserPoolClient.ClientSecret };
}

/** Attributes as requests have them. */
export function attributes(given: Readonly<Record<string, string>>): { Name: string; Value: string }[] {
  return Object.entries(given).map(([Name, Value]) => ({ Name, Value }));
}

/** Without an invitation, unless one is asked for. */
export async function createUser(
  h: Harness,
  UserPoolId: string,
  Username: string,
  {
    attributes: given = {},
    ...more
  }: { readonly attributes?: Readonly<Record<string, string>> } & Partial<AdminCreateUserCommandInput> = {},
): Promise<UserType> {
  const { User } = await h.cognito.send(
    new AdminCreateUserCommand({
      UserPoolId,
      Username,
      MessageAction: "SUPPRESS",
      UserAttributes: attributes(given),
      ...more,
    }),
  );
  if (User === undefined) throw new Error("no user was made");
  return User;
}

export const password = "Secret-word-1";

/** A confirmed user with this password and a verified address `{name}@example.com`. */
export async function createSomebody(
  h: Harness,
  UserPoolId: string,
  Username: string,
  { isTemporary = false }: { readonly isTemporary?: boolean } = {},
): Promise<UserType> {
  const user = await createUser(h, UserPoolId, Username, {
    attributes: { email: `${Username}@example.com`, email_verified: "true" },
    TemporaryPassword: password,
  });
  if (!isTemporary) {
    await h.cognito.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: password, Permanent: true }),
    );
  }
  return user;
}

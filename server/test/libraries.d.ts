/* What is used of a library that comes without types. */

declare module "xml-encryption" {
  /** To an xenc:EncryptedData. */
  export function encrypt(
    text: string,
    options: {
      /** PEM. */
      readonly rsa_pub: string;
      /** The certificate, as PEM. */
      readonly pem: string;
      readonly encryptionAlgorithm: string;
      readonly keyEncryptionAlgorithm: string;
      readonly keyEncryptionDigest?: string;
      readonly disallowEncryptionWithInsecureAlgorithm: boolean;
      readonly warnInsecureAlgorithm: boolean;
    },
    callback: (error: Error | null, encrypted?: string) => void,
  ): void;
}

declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  export interface Account {
    readonly accountId: string;
    claims(): Readonly<Record<string, unknown>>;
  }

  export interface Configuration {
    readonly clients: readonly Readonly<Record<string, unknown>>[];
    readonly claims: Readonly<Record<string, readonly string[]>>;
    readonly cookies: { readonly keys: readonly string[] };
    readonly jwks: { readonly keys: readonly object[] };
    readonly pkce: { required(): boolean };
    /** In seconds. */
    readonly ttl: Readonly<Record<string, number>>;
    findAccount(context: unknown, id: string): Account;
  }

  export default class Provider {
    constructor(issuer: string, configuration: Configuration);
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    /** `code_verifier`s and the like that it found wrong, among all else that is refused. */
    on(
      event: "grant.error" | "authorization.error" | "server_error",
      told: (context: unknown, error: Error) => void,
    ): void;
  }
}

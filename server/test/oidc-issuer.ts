/** An OpenID Connect issuer on this machine, with real keys behind a real socket. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";
import { CreateOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import { CompactSign, exportJWK, type JWK } from "jose";
import { type Harness, startOfTest, testAccount } from "./harness.ts";

interface IssuerKey {
  readonly algorithm: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export interface OidcIssuer {
  /** As `iss` says it: `http://127.0.0.1:port`. */
  readonly issuer: string;
  /** Without the scheme. */
  readonly url: string;
  readonly arn: string;
  /** What each path answers; may be replaced. */
  readonly answers: Map<string, (response: ServerResponse, request: IncomingMessage) => void>;
  /** How often each path was asked for. */
  readonly asked: Map<string, number>;
  readonly jwks: { keys: JWK[] };
  addKey(keyId: string, algorithm?: "RS256" | "ES256" | "ES384"): Promise<void>;
  /** A good token of the first key, but for what is changed; undefined takes a claim away. */
  token(changes?: Readonly<Record<string, unknown>>, header?: Readonly<Record<string, unknown>>): Promise<string>;
}

export function answerJson(value: unknown, status = 200): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(value));
  };
}

export async function oidcIssuer(path = ""): Promise<OidcIssuer> {
  const answers: OidcIssuer["answers"] = new Map();
  const asked: OidcIssuer["asked"] = new Map();
  const server: Server = createServer((request, response) => {
    const at = request.url ?? "";
    asked.set(at, (asked.get(at) ?? 0) + 1);
    const answer = answers.get(at);
    if (answer === undefined) response.writeHead(404).end();
    else answer(response, request);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on a port
  const url = `127.0.0.1:${port}${path}`;
  const issuer = `http://${url}`;
  const jwks: { keys: JWK[] } = { keys: [] };
  const keys = new Map<string, IssuerKey>();
  answers.set(`${path}/.well-known/openid-configuration`, answerJson({ issuer, jwks_uri: `${issuer}/keys` }));
  answers.set(`${path}/keys`, (response) => answerJson(jwks)(response));
  const it: OidcIssuer = {
    issuer,
    url,
    arn: `arn:aws:iam::${testAccount}:oidc-provider/${url}`,
    answers,
    asked,
    jwks,
    async addKey(keyId, algorithm = "ES256") {
      const pair =
        algorithm === "RS256"
          ? generateKeyPairSync("rsa", { modulusLength: 2048 })
          : generateKeyPairSync("ec", { namedCurve: algorithm === "ES256" ? "P-256" : "P-384" });
      keys.set(keyId, { algorithm, ...pair });
      jwks.keys.push({ ...(await exportJWK(pair.publicKey)), kid: keyId, use: "sig", alg: algorithm });
    },
    async token(changes = {}, header = {}) {
      const [first = ""] = keys.keys();
      const keyId = typeof header.kid === "string" && keys.has(header.kid) ? header.kid : first;
      const key = keys.get(keyId);
      if (key === undefined) throw new Error("the issuer has no key");
      const now = startOfTest / 1000;
      const claims = { iss: issuer, sub: "ann", aud: "client", iat: now, exp: now + 900, ...changes };
      return new CompactSign(Buffer.from(JSON.stringify(claims)))
        .setProtectedHeader({ alg: key.algorithm, kid: keyId, ...header })
        .sign(key.privateKey);
    },
  };
  await it.addKey("one");
  return it;
}

/** The issuer, made known to IAM. */
export async function createOidcProvider(h: Harness, it: OidcIssuer, ClientIDList = ["client"]): Promise<string> {
  await h.iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: it.issuer, ClientIDList, ThumbprintList: ["a".repeat(40)] }),
  );
  return it.arn;
}

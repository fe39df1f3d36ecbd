import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import { sha256 } from "../crypto/digest.ts";
import { issueSelfSigned } from "../crypto/x509/issue.ts";
import type { Clock } from "../runtime/clock.ts";
import type { KeyPair } from "../runtime/key-pairs.ts";
import type { Random } from "../runtime/random.ts";

/** `next` is for rehearsing a change of keys, `expired` has a certificate that ended yesterday. */
export const keyNames = ["current", "next", "expired"] as const;
export type KeyName = (typeof keyNames)[number];

export interface MockKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** PEM. */
  readonly certificate: string;
  /** The header `kid` of tokens. */
  readonly keyId: string;
}

/** Where keys outlive the process. */
export interface KeyFiles {
  read(name: KeyName): string | undefined;
  /** A private key and its certificate, PEM. */
  write(name: KeyName, text: string): void;
}

const day = 86_400_000;
const year = 365 * day;

/** The keys of the identity provider, for SAML and for tokens, each made when it is first asked for. */
export class MockKeys {
  readonly #means: {
    readonly makePair: () => Promise<KeyPair>;
    readonly clock: Clock;
    readonly random: Random;
    readonly files: KeyFiles | undefined;
  };
  readonly #keys = new Map<KeyName, Promise<MockKey>>();

  constructor(means: {
    readonly makePair: () => Promise<KeyPair>;
    readonly clock: Clock;
    readonly random: Random;
    readonly files?: KeyFiles | undefined;
  }) {
    this.#means = { ...means, files: means.files };
  }

  get(name: KeyName): Promise<MockKey> {
    let key = this.#keys.get(name);
    if (key === undefined) {
      key = this.#load(name);
      this.#keys.set(name, key);
    }
    return key;
  }

  async #load(name: KeyName): Promise<MockKey> {
    const { files } = this.#means;
    const kept = files?.read(name);
    if (kept !== undefined) return readKey(kept);
    const text = await this.#make(name);
    files?.write(name, text);
    return readKey(text);
  }

  async #make(name: KeyName): Promise<string> {
    const { makePair, random, clock } = this.#means;
    const pair = await makePair();
    const now = clock.now();
    const der = await issueSelfSigned({
      commonName: `Mock identity provider, ${name}`,
      ...pair,
      serialNumber: random.bytes(8),
      notBefore: name === "expired" ? now - year : now - day,
      notAfter: name === "expired" ? now - day : now + 10 * year,
    });
    return `${pemOf(pair.privateKey)}${new X509Certificate(der)}`;
  }
}

function readKey(text: string): MockKey {
  const privateKey = createPrivateKey(text);
  const publicKey = createPublicKey(privateKey);
  return {
    privateKey,
    publicKey,
    certificate: new X509Certificate(text.slice(text.indexOf("-----BEGIN CERTIFICATE"))).toString(),
    keyId: sha256(String(publicKey.export({ type: "spki", format: "pem" }))).slice(0, 16),
  };
}

function pemOf(privateKey: KeyObject): string {
  return String(privateKey.export({ type: "pkcs8", format: "pem" }));
}

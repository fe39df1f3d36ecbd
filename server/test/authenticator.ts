/** A software authenticator, for tests of passkeys: ES256, attestation `none`, as a browser's toJSON gives its answers. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

type Cbor = number | string | Uint8Array | ReadonlyMap<number | string, Cbor>;

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
}

/** RFC 8949, as much of it as authenticators write. */
export function cbor(value: Cbor): Buffer {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, item]) => [cbor(key), cbor(item)])]);
}

export interface AuthenticatorOptions {
  readonly origin?: string;
  readonly relyingPartyId?: string;
  readonly isVerified?: boolean;
  readonly algorithm?: number;
  /** Left alone where the authenticator counts nothing. */
  readonly counter?: number;
}

interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id: string };
}

interface RequestOptions {
  readonly challenge: string;
  readonly rpId: string;
}

export class Authenticator {
  readonly id: string;
  readonly #privateKey: KeyObject;
  readonly #x: Buffer;
  readonly #y: Buffer;

  /** Ids are the test's to choose, so that lists have an order. */
  constructor(id: string) {
    this.id = Buffer.from(id).toString("base64url");
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.#privateKey = privateKey;
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    this.#x = Buffer.from(x, "base64url");
    this.#y = Buffer.from(y, "base64url");
  }

  /** navigator.credentials.create */
  create(options: unknown, given: AuthenticatorOptions = {}) {
    const { challenge, rp } = options as CreationOptions; // as the service answered them
    const clientData = clientDataJson("webauthn.create", challenge, given.origin ?? `https://${rp.id}`);
    const key = cbor(
      new Map<number, Cbor>([
        [1, 2],
        [3, given.algorithm ?? -7],
        [-1, 1],
        [-2, this.#x],
        [-3, this.#y],
      ]),
    );
    const id = Buffer.from(this.id, "base64url");
    const length = Buffer.from([id.length >> 8, id.length & 255]);
    const attested = Buffer.concat([Buffer.alloc(16), length, id, key]);
    const authData = this.#authenticatorData(given.relyingPartyId ?? rp.id, 0x40, given, attested);
    const attestationObject = cbor(
      new Map<string, Cbor>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", authData],
      ]),
    );
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      authenticatorAttachment: "platform",
      clientExtensionResults: {},
      response: {
        clientDataJSON: clientData.toString("base64url"),
        attestationObject: attestationObject.toString("base64url"),
        transports: ["internal"],
      },
    };
  }

  /** navigator.credentials.get */
  get(options: string, given: AuthenticatorOptions = {}) {
    const { challenge, rpId } = JSON.parse(options) as RequestOptions; // as the service answered them
    const clientData = clientDataJson("webauthn.get", challenge, given.origin ?? `https://${rpId}`);
    const authData = this.#authenticatorData(given.relyingPartyId ?? rpId, 0, given);
    const signed = Buffer.concat([authData, createHash("sha256").update(clientData).digest()]);
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      clientExtensionResults: {},
      response: {
        clientDataJSON: clientData.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: sign("sha256", signed, this.#privateKey).toString("base64url"),
      },
    };
  }

  /** WebAuthn, 6.1. */
  #authenticatorData(
    relyingPartyId: string,
    flags: number,
    { isVerified = true, counter = 0 }: AuthenticatorOptions,
    attested: Buffer = Buffer.alloc(0),
  ): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const present = 0x01 | (isVerified ? 0x04 : 0);
    return Buffer.concat([
      createHash("sha256").update(relyingPartyId).digest(),
      Buffer.from([flags | present]),
      count,
      attested,
    ]);
  }
}

function clientDataJson(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

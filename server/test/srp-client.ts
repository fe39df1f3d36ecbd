/**
 * The client's half of a sign-in by SRP, in plain arithmetic that shares nothing with the server's: what vectors/srp.json
 * holds this to, too.
 */
import { createHash, createHmac, getDiffieHellman, hkdfSync } from "node:crypto";

const prime = BigInt(`0x${getDiffieHellman("modp15").getPrime("hex")}`);

/** Even, and with a byte of zero before a top bit that is set, as the SDKs write numbers. */
function padHex(value: bigint): string {
  const digits = value.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return /^[89a-f]/.test(even) ? `00${even}` : even;
}

function numberOf(hex: string): bigint {
  return BigInt(`0x${hex}`);
}

function hashOf(hex: string): string {
  return createHash("sha256").update(hex, "hex").digest("hex");
}

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, base % prime];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}

const multiplier = numberOf(hashOf(`${padHex(prime)}02`));

export interface SrpClient {
  readonly SRP_A: string;
  /** PASSWORD_CLAIM_SIGNATURE. */
  sign(challenge: SrpChallenge, timestamp: string): string;
}

export interface SrpChallenge {
  readonly SALT: string;
  readonly SRP_B: string;
  readonly SECRET_BLOCK: string;
}

/**
 * `group` is the pool's id from after its `_`, or a device's group; `secret` the number that a client draws at random;
 * `raise` computes powers in the group, for who has a faster way to them than plain arithmetic.
 */
export function srpClient(
  group: string,
  name: string,
  password: string,
  secret = 0x5ecee7n ** 11n,
  raise = power,
): SrpClient {
  const A = raise(2n, secret);
  return {
    SRP_A: A.toString(16),
    sign({ SALT, SRP_B, SECRET_BLOCK }, timestamp) {
      const B = numberOf(SRP_B);
      const u = numberOf(hashOf(padHex(A) + padHex(B)));
      const inner = createHash("sha256").update(`${group}${name}:${password}`).digest("hex");
      const x = numberOf(hashOf(padHex(numberOf(SALT)) + inner));
      const base = (((B - multiplier * raise(2n, x)) % prime) + prime) % prime;
      const S = raise(base, secret + u * x);
      const [shared, salt] = [Buffer.from(padHex(S), "hex"), Buffer.from(padHex(u), "hex")];
      const key = new Uint8Array(hkdfSync("sha256", shared, salt, "Caldera Derived Key", 16));
      return createHmac("sha256", key)
        .update(group)
        .update(name)
        .update(SECRET_BLOCK, "base64")
        .update(timestamp)
        .digest("base64");
    },
  };
}

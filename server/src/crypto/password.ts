import { scrypt, timingSafeEqual } from "node:crypto";

export const passwordSaltLength = 16;
export const passwordHashLength = 32;

/** OWASP's Password Storage Cheat Sheet (2026), of its equal choices the one that takes 16 MiB. */
const cost = { N: 2 ** 14, r: 8, p: 5, maxmem: 2 ** 25 };

/** RFC 7914, in the thread pool: some 150 ms of a core, so never inside a transaction. */
export function hashPassword(password: string, salt: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, passwordHashLength, cost, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}

export function isSameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

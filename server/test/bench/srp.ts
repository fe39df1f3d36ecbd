import { DiffieHellman, getDiffieHellman } from "node:crypto";
import { type SrpClient, srpClient } from "../srp-client.ts";
import { type Pool, password } from "./pool.ts";
import type { Server } from "./servers.ts";
import { unsigned } from "./signer.ts";

const group = getDiffieHellman("modp15");
const setPrivateKey = DiffieHellman.prototype.setPrivateKey;
const powersOfTwo = new Map<bigint, bigint>();

function bytes(value: bigint): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
}

/** By OpenSSL, as src/runtime/worker.ts reaches it. */
export function power(base: bigint, exponent: bigint): bigint {
  Reflect.apply(setPrivateKey, group, [bytes(exponent)]);
  return BigInt(`0x${group.computeSecret(bytes(base)).toString("hex")}`);
}

/** Those of 2 are the same at each sign-in of a user, as this client always draws the same number: kept. */
function keptPower(base: bigint, exponent: bigint): bigint {
  if (base !== 2n) return power(base, exponent);
  let result = powersOfTwo.get(exponent);
  if (result === undefined) {
    result = power(base, exponent);
    powersOfTwo.set(exponent, result);
  }
  return result;
}

/** Sign-ins by SRP: the first request, and the second, made of what the server said to the first. */
export interface SrpSignIns {
  first(username: string): Buffer;
  /** Undefined for any body that is no challenge. */
  second(body: string): Buffer | undefined;
}

export function srpSignIns({ port }: Pick<Server, "port">, pool: Pick<Pool, "id" | "clientId">): SrpSignIns {
  const { id, clientId } = pool;
  const groupName = id.slice(id.indexOf("_") + 1);
  const clients = new Map<string, SrpClient>();
  const clientOf = (username: string): SrpClient => {
    let client = clients.get(username);
    if (client === undefined) {
      client = srpClient(groupName, username, password, undefined, keptPower);
      clients.set(username, client);
    }
    return client;
  };
  return {
    first: (USERNAME) =>
      unsigned(port, "InitiateAuth", {
        ClientId: clientId,
        AuthFlow: "USER_SRP_AUTH",
        AuthParameters: { USERNAME, SRP_A: clientOf(USERNAME).SRP_A },
      }),
    second(body) {
      if (!body.includes('"PASSWORD_VERIFIER"')) return undefined;
      const { ChallengeParameters: challenge } = JSON.parse(body) as ChallengeAnswer; // of PASSWORD_VERIFIER
      const TIMESTAMP = timestamp(new Date());
      return unsigned(port, "RespondToAuthChallenge", {
        ClientId: clientId,
        ChallengeName: "PASSWORD_VERIFIER",
        ChallengeResponses: {
          USERNAME: challenge.USER_ID_FOR_SRP,
          TIMESTAMP,
          PASSWORD_CLAIM_SECRET_BLOCK: challenge.SECRET_BLOCK,
          PASSWORD_CLAIM_SIGNATURE: clientOf(challenge.USER_ID_FOR_SRP).sign(challenge, TIMESTAMP),
        },
      });
    },
  };
}

interface ChallengeAnswer {
  readonly ChallengeParameters: {
    readonly SALT: string;
    readonly SRP_B: string;
    readonly SECRET_BLOCK: string;
    readonly USER_ID_FOR_SRP: string;
  };
}

/** `Tue Sep 5 09:03:07 UTC 2023`. */
function timestamp(time: Date): string {
  const [weekday = "", day, month, year, clock] = time.toUTCString().replace(",", "").split(" ");
  return `${weekday} ${month} ${Number(day)} ${clock} UTC ${year}`;
}

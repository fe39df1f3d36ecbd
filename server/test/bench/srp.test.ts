import assert from "node:assert/strict";
import { getDiffieHellman } from "node:crypto";
import { test } from "node:test";
import { readTimestamp } from "../../src/crypto/srp.ts";
import { srpClient } from "../srp-client.ts";
import { password } from "./pool.ts";
import type { Server } from "./servers.ts";
import { power, srpSignIns } from "./srp.ts";

const server: Server = {
  pid: 0,
  port: 4566,
  startMilliseconds: 0,
  cpuMilliseconds: () => 0,
  stop: () => Promise.resolve(),
};
const pool = { id: "us-east-1_Example12", clientId: "client" };

function bodyOf(request: Buffer | undefined) {
  return JSON.parse(request?.toString().split("\r\n\r\n")[1] ?? "");
}

test("powers are those of the group", () => {
  assert.equal(power(3n, 5n), 243n);
  const prime = BigInt(`0x${getDiffieHellman("modp15").getPrime("hex")}`);
  // Fermat: 2^(N - 1) is 1, which OpenSSL refuses to give away; one more is 2.
  assert.equal(power(2n, prime), 2n);
});

test("a challenge is answered as by plain arithmetic, anything else is not", () => {
  const { first, second } = srpSignIns(server, pool);
  assert.equal(
    bodyOf(first("user-0000001")).AuthParameters.SRP_A,
    srpClient("Example12", "user-0000001", password).SRP_A,
  );
  assert.equal(second(JSON.stringify({ AuthenticationResult: { AccessToken: "a.b.c" } })), undefined);
  const challenge = {
    SALT: "5a17",
    SRP_B: power(2n, 12345n).toString(16),
    SECRET_BLOCK: Buffer.from("sealed").toString("base64"),
    USER_ID_FOR_SRP: "user-0000001",
  };
  const answered = bodyOf(
    second(JSON.stringify({ ChallengeName: "PASSWORD_VERIFIER", ChallengeParameters: challenge })),
  );
  const { TIMESTAMP, PASSWORD_CLAIM_SIGNATURE, PASSWORD_CLAIM_SECRET_BLOCK, USERNAME } = answered.ChallengeResponses;
  assert.equal(USERNAME, "user-0000001");
  assert.equal(PASSWORD_CLAIM_SECRET_BLOCK, challenge.SECRET_BLOCK);
  assert.notEqual(readTimestamp(TIMESTAMP), undefined);
  const client = srpClient("Example12", "user-0000001", password);
  assert.equal(PASSWORD_CLAIM_SIGNATURE, client.sign(challenge, TIMESTAMP));
});

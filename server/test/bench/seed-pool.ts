/**
 * Writes the users of a pool into the database of a Countersign that does not run, as AdminCreateUser and
 * AdminSetUserPassword would, but for the time: a million verifiers take ten minutes of a core. So those who are to sign
 * in have verifiers of their own, and all others a sealed value of the same form and length that is nobody's password.
 */
import { createSeal } from "../../src/crypto/seal.ts";
import { openDataDirectory, readMasterKey } from "../../src/data-directory.ts";
import { systemRandom } from "../../src/runtime/random.ts";
import { createWorkers } from "../../src/runtime/workers.ts";
import { makeVerifier } from "../../src/services/cognito/passwords/verifier.ts";
import { type PoolUserRow, poolUsers } from "../../src/store/pool-users.ts";
import { openStore } from "../../src/store/store.ts";
import { type PoolSeed, poolUserName } from "./pool.ts";

const seed = JSON.parse(process.argv[2] ?? "") as PoolSeed; // pool.ts wrote it
const batch = 2000;
const tellEvery = 100_000;

const directory = openDataDirectory(seed.data);
const masterKey = readMasterKey(directory);
if (masterKey === undefined) throw new Error("the data directory has no master key");
const random = systemRandom();
const means = { seal: createSeal(masterKey), random, workers: createWorkers() };
const store = await openStore({ kind: "file", path: directory.database });
const signers = new Set(seed.signers);
const now = Date.now();
const startedAt = performance.now();

async function userOf(index: number): Promise<PoolUserRow> {
  const username = poolUserName(index);
  const who = { user_id: random.uuid(), pool_id: seed.poolId, username };
  // 400 bytes: salt and verifier.
  const password_sealed = signers.has(index)
    ? await makeVerifier(means, who, seed.password)
    : means.seal.seal(random.bytes(400), `pool_users:${who.user_id}`, random.bytes(12));
  return {
    ...who,
    username_key: username,
    status: "CONFIRMED",
    enabled: true,
    created_at: now,
    modified_at: now,
    attributes: {
      email: `${username}@example.com`,
      email_verified: "true",
      given_name: `Given${index % 1009}`,
      family_name: `Family${index % 10_007}`,
    },
    password_sealed,
    password_set_at: now,
    password_expires_at: null,
    mfa_json: null,
    signed_out_at: 0,
  };
}

for (let from = 0; from < seed.users; from += batch) {
  const count = Math.min(batch, seed.users - from);
  const rows = await Promise.all(Array.from({ length: count }, (_, at) => userOf(from + at)));
  await store.write(async (tx) => {
    for (const row of rows) await poolUsers.insert(tx, row);
  });
  const done = from + count;
  if (done % tellEvery === 0 || done === seed.users) {
    const seconds = (performance.now() - startedAt) / 1000;
    console.log(
      `${done} of ${seed.users} pool users written (${Math.round((done / seed.users) * 100)} %), ${Math.round(done / seconds)}/s`,
    );
  }
}
await store.close();
await means.workers.close();

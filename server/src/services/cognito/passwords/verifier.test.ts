import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import { type SrpChallenge, srpClient } from "../../../../test/srp-client.ts";
import vectors from "../../../../test/vectors/srp.json" with { type: "json" };
import { createSeal, SealError } from "../../../crypto/seal.ts";
import { seededRandom } from "../../../runtime/random.ts";
import { createWorkers } from "../../../runtime/workers.ts";
import {
  type Claimed,
  checkPassword,
  finishDeviceSrp,
  finishSrp,
  isPasswordOf,
  makeVerifier,
  openVerifier,
  startDeviceSrp,
  startSrp,
} from "./verifier.ts";

const workers = createWorkers({ threads: 2 });
after(() => workers.close());
const seal = createSeal(seededRandom("master key").bytes(32));
const means = (seed: string) => ({ workers, seal, random: seededRandom(seed) });
const timestamp = "Mon Jun 15 12:00:00 UTC 2026";
const SECRET_BLOCK = Buffer.from("a secret block").toString("base64");

const ann = { user_id: "user-1", pool_id: "us-east-1_aBcDeF123", username: "ann" };

async function userOf(password: string | undefined): Promise<NonNullable<Claimed["user"]>> {
  return { ...ann, password_sealed: password === undefined ? null : await makeVerifier(means("ann"), ann, password) };
}

const claimed = (user: Claimed["user"], username = "ann"): Claimed => ({ poolId: ann.pool_id, username, user });
const nobody = claimed(undefined, "nobody");

async function signIn(who: Claimed, client: ReturnType<typeof srpClient>, seed = "sign-in"): Promise<boolean> {
  const started = (await startSrp(means(seed), who, client.SRP_A)) ?? assert.fail();
  const signature = client.sign({ ...started, SECRET_BLOCK }, timestamp);
  return finishSrp(means(seed), who, started.state, { signature, secretBlock: SECRET_BLOCK, timestamp });
}

suite("passwords of pool users", () => {
  test("a verifier opens for its user alone, and is another each time", async () => {
    const random = means("two");
    const [one, other] = [await makeVerifier(random, ann, "Passw0rd!"), await makeVerifier(random, ann, "Passw0rd!")];
    assert.notDeepEqual(one, other);
    const { salt, verifier } = openVerifier({ seal }, ann.user_id, one);
    assert.equal(salt.length, 16);
    assert.equal(verifier.length, 384);
    assert.notDeepEqual(openVerifier({ seal }, ann.user_id, other), { salt, verifier });
    assert.throws(() => openVerifier({ seal }, "user-2", one), SealError);
    assert.deepEqual(await makeVerifier(means("two"), ann, "Passw0rd!"), one, "the same where the random bytes are");
    assert.equal(Buffer.from(one).includes("Passw0rd!"), false);
  });

  test("a password is right when it is the one, in the pool and of the name that it was made for", async () => {
    const user = await userOf("Passw0rd!");
    assert.equal(await checkPassword(means("check"), claimed(user), "Passw0rd!"), true);
    assert.equal(await checkPassword(means("check"), claimed(user, "ANN@example.com"), "Passw0rd!"), true);
    for (const wrong of ["passw0rd!", "Passw0rd! ", "", "Passw0rd"]) {
      assert.equal(await checkPassword(means("check"), claimed(user), wrong), false, wrong);
    }
    const moved = { ...claimed(user), poolId: "us-east-1_another01" };
    assert.equal(await checkPassword(means("check"), moved, "Passw0rd!"), false);
    assert.equal(await checkPassword(means("check"), claimed({ ...user, username: "bob" }), "Passw0rd!"), false);
  });

  test("nobody, and who has no password, has no right one", async () => {
    assert.equal(await checkPassword(means("check"), nobody, "Passw0rd!"), false);
    assert.equal(await checkPassword(means("check"), claimed(await userOf(undefined)), ""), false);
  });

  test("one of the history is known again", async () => {
    const sealed = await makeVerifier(means("history"), ann, "Old-passw0rd");
    assert.equal(await isPasswordOf(means("history"), ann, sealed, "Old-passw0rd"), true);
    assert.equal(await isPasswordOf(means("history"), ann, sealed, "New-passw0rd"), false);
  });
});

suite("SRP sign-ins", () => {
  const client = srpClient("aBcDeF123", "ann", "Passw0rd!");

  test("are proven by the password alone", async () => {
    const user = await userOf("Passw0rd!");
    assert.equal(await signIn(claimed(user), client), true);
    assert.equal(await signIn(claimed(user, "ann@example.com"), client), true, "by an alias");
    for (const other of [
      srpClient("aBcDeF123", "ann", "passw0rd!"),
      srpClient("aBcDeF123", "bob", "Passw0rd!"),
      srpClient("aBcDeF124", "ann", "Passw0rd!"),
    ]) {
      assert.equal(await signIn(claimed(user), other), false);
    }
  });

  test("are proven for this challenge, block and time alone", async () => {
    const who = claimed(await userOf("Passw0rd!"));
    const started = (await startSrp(means("one"), who, client.SRP_A)) ?? assert.fail();
    const later = (await startSrp(means("other"), who, client.SRP_A)) ?? assert.fail();
    const challenge: SrpChallenge = { ...started, SECRET_BLOCK };
    const claim = { signature: client.sign(challenge, timestamp), secretBlock: SECRET_BLOCK, timestamp };
    assert.equal(await finishSrp(means("one"), who, started.state, claim), true);
    assert.equal(await finishSrp(means("one"), who, later.state, claim), false);
    const changes = [
      { timestamp: "Mon Jun 15 12:00:01 UTC 2026" },
      { secretBlock: Buffer.from("another block").toString("base64") },
      { signature: "" },
      { signature: claim.signature.slice(0, -4) },
      { signature: `A${claim.signature.slice(1)}` },
    ];
    for (const change of changes) {
      assert.equal(await finishSrp(means("one"), who, started.state, { ...claim, ...change }), false);
    }
  });

  test("draw another number each time over one salt", async () => {
    const who = claimed(await userOf("Passw0rd!"));
    const random = means("draws");
    const [one, other] = [await startSrp(random, who, client.SRP_A), await startSrp(random, who, client.SRP_A)];
    assert.equal(one?.SALT, other?.SALT);
    assert.notEqual(one?.SRP_B, other?.SRP_B);
    assert.deepEqual(await startSrp(means("draws"), who, client.SRP_A), one, "the same where the random bytes are");
    assert.doesNotMatch(JSON.stringify([one?.SALT, one?.SRP_B]), new RegExp(one?.state.serverSecret ?? "^"));
  });

  test("begin alike for nobody, with one salt for a name, and are never proven", async () => {
    const random = means("nobody");
    const one = (await startSrp(random, nobody, client.SRP_A)) ?? assert.fail();
    const again = (await startSrp(random, nobody, client.SRP_A)) ?? assert.fail();
    assert.equal(one.SALT, again.SALT);
    assert.notEqual(one.SRP_B, again.SRP_B);
    assert.match(one.SALT, /^[0-9a-f]{28,32}$/);
    assert.match(one.SRP_B, /^[0-9a-f]{760,768}$/);
    const others = [claimed(undefined, "nobody2"), { ...nobody, poolId: "us-east-1_another01" }];
    for (const other of others) assert.notEqual((await startSrp(random, other, client.SRP_A))?.SALT, one.SALT);
    assert.equal(await signIn(nobody, srpClient("aBcDeF123", "nobody", "Passw0rd!")), false);
    assert.equal(await signIn(claimed(await userOf(undefined)), client), false, "who has no password");
  });

  test("are not begun with a number that would give the key away", async () => {
    const who = claimed(await userOf("Passw0rd!"));
    for (const SRP_A of ["0", "", "xyz", "-1"])
      assert.equal(await startSrp(means("bad"), who, SRP_A), undefined, SRP_A);
    assert.notEqual(await startSrp(means("bad"), who, "f".repeat(16)), undefined);
  });
});

suite("devices that are remembered", () => {
  const vector = vectors.exchanges.find(({ deviceSecretVerifierConfig }) => deviceSecretVerifierConfig !== undefined);
  assert.ok(vector?.deviceSecretVerifierConfig);
  const { group, name, password } = vector;
  const { Salt, PasswordVerifier } = vector.deviceSecretVerifierConfig;
  const device = { salt: Buffer.from(Salt, "base64"), verifier: Buffer.from(PasswordVerifier, "base64") };

  async function prove(of: typeof device, client: ReturnType<typeof srpClient>): Promise<boolean> {
    const started = (await startDeviceSrp(means("device"), of, client.SRP_A)) ?? assert.fail();
    const claim = {
      signature: client.sign({ ...started, SECRET_BLOCK }, timestamp),
      secretBlock: SECRET_BLOCK,
      timestamp,
    };
    return finishDeviceSrp(means("device"), { group, name }, of, started.state, claim);
  }

  test("are proven by the password that the client made their verifier of", async () => {
    assert.equal(await prove(device, srpClient(group, name, password)), true);
    assert.equal(await prove(device, srpClient(group, name, `${password}=`)), false);
    assert.equal(await prove(device, srpClient(group, "us-east-1_another", password)), false);
    assert.equal(await prove(device, srpClient("-another1", name, password)), false);
  });

  test("prove nothing where the verifier's powers are known to anybody", async () => {
    for (const verifier of [Buffer.alloc(384), Buffer.of(1), Buffer.alloc(0), Buffer.alloc(384, 255)]) {
      assert.equal(await prove({ ...device, verifier }, srpClient(group, name, password)), false);
    }
  });
});

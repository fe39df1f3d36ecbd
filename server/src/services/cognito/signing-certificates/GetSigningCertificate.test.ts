import assert from "node:assert/strict";
import { createPublicKey, X509Certificate } from "node:crypto";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  GetSigningCertificateCommand,
  TagResourceCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  allow,
  type Harness,
  harness,
  refused,
  startOfTest,
  testAccount,
  userWithKey,
} from "../../../../test/harness.ts";
import { keyPair, onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createKeyPairs } from "../../../runtime/key-pairs.ts";
import { userPoolKeys } from "../../../store/user-pool-keys.ts";
import { userPools } from "../../../store/user-pools.ts";
import { renewSigningCertificates, SigningCertificates } from "./signing-certificates.ts";

const year = 31_556_952_000;
const purpose = "saml-signing";

async function createPool(
  { cognito }: Pick<Harness, "cognito">,
  UserPoolTags: Record<string, string> = {},
): Promise<string> {
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "example", UserPoolTags }));
  return UserPool?.Id ?? "";
}

async function get({ cognito }: Pick<Harness, "cognito">, UserPoolId: string): Promise<string> {
  const { Certificate } = await cognito.send(new GetSigningCertificateCommand({ UserPoolId }));
  assert.ok(Certificate !== undefined);
  return Certificate;
}

function read(certificate: string): X509Certificate {
  return new X509Certificate(Buffer.from(certificate, "base64"));
}

function publicKeyOf(certificate: string): string {
  return read(certificate).publicKey.export({ type: "spki", format: "pem" }).toString();
}

/** Oldest first. */
function issued({ environment: { store } }: Harness, poolId: string) {
  return store.read((tx) => userPoolKeys.listCertificates(tx, poolId, purpose, 0, 100));
}

suite("GetSigningCertificate", async () => {
  const pairs = [keyPair(), keyPair()];
  const h = await harness({ keyPairs: await onlyKeyPairs(...pairs) });
  const missing = (id: string) => ({
    code: "ResourceNotFoundException",
    message: `User pool ${id} does not exist.`,
    status: 400,
  });
  h.clock.set(startOfTest + 789);
  const first = await createPool(h, { team: "a" });
  const second = await createPool(h);
  h.clock.set(startOfTest);

  test("answers AWS's profile, in base64 on one line", async () => {
    const { $metadata, ...answer } = await h.cognito.send(new GetSigningCertificateCommand({ UserPoolId: first }));
    assert.deepEqual(Object.keys(answer), ["Certificate"]);
    const text = answer.Certificate ?? "";
    const certificate = read(text);
    assert.equal(certificate.raw.toString("base64"), text);
    assert.equal(text.length, 940);
    assert.equal(certificate.subject, `CN=${first}`);
    assert.equal(certificate.issuer, `CN=${first}`);
    assert.match(certificate.serialNumber, /^[89A-F][0-9A-F]{15}$/);
    assert.equal(certificate.validFromDate.getTime(), startOfTest);
    assert.equal(certificate.validToDate.getTime(), startOfTest + 315_569_520_000);
    assert.ok(certificate.verify(certificate.publicKey));
    assert.equal(certificate.publicKey.asymmetricKeyDetails?.modulusLength, 2048);
    assert.equal(certificate.publicKey.asymmetricKeyDetails?.publicExponent, 65537n);
  });

  test("answers the same again, and another for another pool", async () => {
    const certificate = await get(h, first);
    assert.equal(await get(h, first), certificate);
    const other = await get(h, second);
    assert.equal(read(other).subject, `CN=${second}`);
    assert.notEqual(publicKeyOf(other), publicKeyOf(certificate));
    assert.ok(!read(other).verify(createPublicKey(publicKeyOf(certificate))));
  });

  test("a pool that never was, of another region and of another account is not there", async () => {
    assert.deepEqual(await refused(get(h, "us-east-1_AbCdEfGhI")), missing("us-east-1_AbCdEfGhI"));
    await get(h, first);
    assert.deepEqual(await refused(get(h.as(h.root, "eu-west-1"), first)), missing(first));
    const { store } = h.environment;
    await store.write(async (tx) => {
      const pool = await userPools.find(tx, first);
      assert.ok(pool !== undefined);
      await userPools.insert(tx, { ...pool, pool_id: "us-east-1_Strangers", account_id: "210987654321" });
    });
    assert.deepEqual(await refused(get(h, "us-east-1_Strangers")), missing("us-east-1_Strangers"));
  });

  test("refuses what is no id", async () => {
    assert.deepEqual(await refused(get(h, "pool")), {
      code: "InvalidParameterException",
      message:
        "1 validation error detected: Value 'pool' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
      status: 400,
    });
  });

  test("a user needs permission on the pool, by its tags of this moment", async () => {
    const arn = `arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/${second}`;
    const denied = {
      code: "AccessDeniedException",
      message: `User: arn:aws:iam::${testAccount}:user/ann is not authorized to perform: cognito-idp:GetSigningCertificate on resource: ${arn} because no identity-based policy allows the cognito-idp:GetSigningCertificate action`,
      status: 400,
    };
    const byTag = allow("cognito-idp:GetSigningCertificate", "*", { StringEquals: { "aws:ResourceTag/team": "a" } });
    const ann = await userWithKey(h, "ann", byTag);
    assert.equal(await get(ann, first), await get(h, first));
    assert.deepEqual(await refused(get(ann, second)), denied);
    await h.cognito.send(new TagResourceCommand({ ResourceArn: arn, Tags: { team: "a" } }));
    assert.equal(await get(ann, second), await get(h, second));
    await h.cognito.send(new TagResourceCommand({ ResourceArn: arn, Tags: { team: "b" } }));
    assert.deepEqual(await refused(get(ann, second)), denied);

    const bob = await userWithKey(h, "bob", allow("cognito-idp:GetSigningCertificate", arn));
    assert.equal(await get(bob, second), await get(h, second));
    assert.equal((await refused(get(bob, first))).code, "AccessDeniedException");
  });

  test("a deleted pool has none, from that moment on", async () => {
    await get(h, second);
    await h.cognito.send(new DeleteUserPoolCommand({ UserPoolId: second }));
    assert.deepEqual(await refused(get(h, second)), missing(second));
  });
});

suite("GetSigningCertificate, as years pass", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs(keyPair(), keyPair(), keyPair()) });

  test("a new certificate each year over the same key; the old ones stay, and valid for their ten years", async () => {
    const poolId = await createPool(h);
    const yearly: string[] = [];
    for (let passed = 0; passed <= 12; passed++) {
      const start = startOfTest + passed * year;
      h.clock.set(start);
      const certificate = await get(h, poolId);
      for (const moment of [start + year / 2, start + year - 1]) {
        h.clock.set(moment);
        assert.equal(await get(h, poolId), certificate);
      }
      yearly.push(certificate);
      const kept = await issued(h, poolId);
      assert.deepEqual(
        kept.map((row) => row.certificate),
        yearly,
      );
      for (const [age, old] of yearly.toReversed().entries()) {
        const { validFromDate, validToDate } = read(old);
        assert.equal(validFromDate.getTime(), start - age * year);
        assert.equal(start < validToDate.getTime(), age < 10);
      }
    }
    const parsed = yearly.map(read);
    assert.equal(new Set(yearly.map(publicKeyOf)).size, 1);
    assert.equal(new Set(parsed.map(({ serialNumber }) => serialNumber)).size, 13);
    for (const certificate of parsed) {
      assert.equal(certificate.subject, `CN=${poolId}`);
      assert.ok(certificate.verify(certificate.publicKey));
    }
    h.clock.set(startOfTest);
  });

  test("a pool that nobody asked about for years gets one, of the day somebody asks", async () => {
    const poolId = await createPool(h);
    const certificate = await get(h, poolId);
    const later = startOfTest + 3.5 * year;
    h.clock.set(later + 999);
    const next = await get(h, poolId);
    assert.equal(read(next).validFromDate.getTime(), later);
    assert.deepEqual(
      (await issued(h, poolId)).map((row) => row.certificate),
      [certificate, next],
    );
    h.clock.set(later + year - 1);
    assert.equal(await get(h, poolId), next);
    h.clock.set(startOfTest);
  });

  test("50 at once on a pool that is due: one certificate, and all get it", async () => {
    const poolId = await createPool(h);
    const certificate = await get(h, poolId);
    h.clock.set(startOfTest + year);
    const answers = await Promise.all(Array.from({ length: 50 }, () => get(h, poolId)));
    assert.equal(new Set(answers).size, 1);
    assert.deepEqual(
      (await issued(h, poolId)).map((row) => row.certificate),
      [certificate, answers[0]],
    );
    assert.notEqual(answers[0], certificate);
    h.clock.set(startOfTest);
  });
});

suite("GetSigningCertificate, of pools without a key", () => {
  test("20 at once: one key, one certificate, and all get it", async () => {
    let made = 0;
    const pair = keyPair();
    const started = Promise.withResolvers<void>();
    const h = await harness({
      keyPairs: createKeyPairs({
        ready: 0,
        burst: 0,
        generate: async () => {
          made++;
          await started.promise;
          return pair;
        },
      }),
    });
    const poolId = await createPool(h);
    assert.deepEqual(await issued(h, poolId), []);
    const asked = Promise.all(Array.from({ length: 20 }, () => get(h, poolId)));
    started.resolve();
    const answers = await asked;
    assert.equal(new Set(answers).size, 1);
    assert.deepEqual(
      (await issued(h, poolId)).map((row) => row.certificate),
      [answers[0]],
    );
    assert.equal(made, 1);
  });

  test("two nodes at once: whoever is first stores its key, and both answer with that one", async () => {
    const h = await harness({ keyPairs: await onlyKeyPairs() });
    const poolId = await createPool(h);
    const pairs = [keyPair(), keyPair()];
    const nodes = await Promise.all(
      pairs.map(async (pair) => new SigningCertificates({ ...h.environment, keyPairs: await onlyKeyPairs(pair) })),
    );
    const renewAll = (now: number) => Promise.all(nodes.map((node) => node.renew(poolId, now)));
    const answers = await renewAll(startOfTest);
    assert.equal(answers[0], answers[1]);
    assert.deepEqual(
      (await issued(h, poolId)).map((row) => row.certificate),
      [answers[0]],
    );
    assert.equal(await get(h, poolId), answers[0]);

    const later = await renewAll(startOfTest + year);
    assert.equal(later[0], later[1]);
    assert.deepEqual(
      (await issued(h, poolId)).map((row) => row.certificate),
      [answers[0], later[0]],
    );
    assert.equal(publicKeyOf(later[0] ?? ""), publicKeyOf(answers[0] ?? ""));
  });

  test("a key is made soon after the pool, unasked", async () => {
    const pair = keyPair();
    const h = await harness({ keyPairs: createKeyPairs({ ready: 0, burst: 0, generate: async () => pair }) });
    const poolIds = await Promise.all([createPool(h), createPool(h), createPool(h)]);
    await h.environment.tasks.settled();
    for (const poolId of poolIds) {
      const kept = await issued(h, poolId);
      assert.deepEqual(
        kept.map((row) => row.certificate),
        [await get(h, poolId)],
      );
    }
  });

  test("a failure is that request's alone", async () => {
    let failing = true;
    const pair = keyPair();
    const h = await harness({
      keyPairs: createKeyPairs({
        ready: 0,
        burst: 0,
        generate: async () => {
          if (failing) throw new Error("no entropy: /dev/random");
          return pair;
        },
      }),
    });
    const poolId = await createPool(h);
    await h.environment.tasks.settled();
    const { code, message, status } = await refused(get(h, poolId));
    assert.deepEqual({ code, status }, { code: "InternalErrorException", status: 500 });
    assert.ok(!message.includes("entropy"));
    failing = false;
    assert.equal(read(await get(h, poolId)).subject, `CN=${poolId}`);
    assert.equal((await issued(h, poolId)).length, 1);
  });

  test("a pool that is deleted meanwhile is not there, and leaves no key behind", async () => {
    const pair = keyPair();
    const started = Promise.withResolvers<void>();
    const h = await harness({
      keyPairs: createKeyPairs({
        ready: 0,
        burst: 0,
        generate: async () => {
          await started.promise;
          return pair;
        },
      }),
    });
    const poolId = await createPool(h);
    const asked = refused(get(h, poolId));
    await h.cognito.send(new DeleteUserPoolCommand({ UserPoolId: poolId }));
    started.resolve();
    assert.deepEqual(await asked, {
      code: "ResourceNotFoundException",
      message: `User pool ${poolId} does not exist.`,
      status: 400,
    });
    const { store } = h.environment;
    assert.equal(await store.read((tx) => userPoolKeys.find(tx, poolId, purpose)), undefined);
    assert.deepEqual(await issued(h, poolId), []);
  });
});

suite("renewSigningCertificates", () => {
  test("helps every pool that is due or has no key, whoever owns it, and those alone", async () => {
    const pair = keyPair();
    let failures = 0;
    const h = await harness({
      keyPairs: createKeyPairs({
        ready: 0,
        burst: 0,
        generate: async () => {
          if (failures-- > 0) throw new Error("no key pair");
          return pair;
        },
      }),
    });
    const { store } = h.environment;
    const old = await createPool(h);
    const oldCertificate = await get(h, old);
    h.clock.set(startOfTest + year / 2);
    const fresh = await createPool(h);
    const freshCertificate = await get(h, fresh);
    const keyless = Array.from({ length: 205 }, (_, at) => `us-east-1_Pool${at}`);
    await store.write(async (tx) => {
      const pool = await userPools.find(tx, old);
      assert.ok(pool !== undefined);
      for (const pool_id of keyless) await userPools.insert(tx, { ...pool, pool_id, account_id: "210987654321" });
    });

    h.clock.set(startOfTest + year);
    failures = 1;
    assert.equal(await renewSigningCertificates(h.environment), 206);
    const counts = await Promise.all(keyless.map(async (poolId) => (await issued(h, poolId)).length));
    assert.equal(
      counts.reduce((sum, count) => sum + count),
      204,
      "one failed, and no other for it",
    );
    assert.equal(await renewSigningCertificates(h.environment), 1);
    assert.equal(await renewSigningCertificates(h.environment), 0);
    for (const poolId of keyless) assert.equal((await issued(h, poolId)).length, 1);
    const [first, renewed, ...more] = (await issued(h, old)).map((row) => row.certificate);
    assert.deepEqual([first, more], [oldCertificate, []]);
    assert.equal(read(renewed ?? "").validFromDate.getTime(), startOfTest + year);
    assert.equal(await get(h, old), renewed);
    assert.equal(await get(h, fresh), freshCertificate);
  });
});

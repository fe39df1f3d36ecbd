import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { DeleteUserPoolCommand, GetUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, startOfTest } from "../../../../test/harness.ts";
import { headerOf, isSignedByOne, keySetOf, signIn, somebody } from "../../../../test/pool-sessions.ts";
import { createPool } from "../../../../test/pool-users.ts";
import { poolTokenKeys } from "../../../store/pool-token-keys.ts";
import { rotateTokenKeys, TokenKeys } from "./token-keys.ts";

const hour = 3_600_000;
const day = 24 * hour;
const year = 365 * day;

suite("TokenKeys", async () => {
  const h = await harness();
  const { tokenKeys, store } = h.environment;
  const kids = async (poolId: string) => (await keySetOf(h, poolId)).keys.map(({ kid }) => kid);
  const rows = (poolId: string) => store.read((tx) => poolTokenKeys.list(tx, poolId));

  test("makes a key of each use when first asked, once, however many ask", async () => {
    const poolId = await createPool(h);
    assert.deepEqual(await rows(poolId), []);
    const answers = await Promise.all(Array.from({ length: 5 }, () => kids(poolId)));
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    const stored = await rows(poolId);
    assert.deepEqual(stored.map(({ token_use }) => token_use).sort(), ["access", "id"]);
    for (const { key_id } of stored) assert.match(key_id, /^[A-Za-z0-9+/]{43}=$/);
  });

  test("keeps keys sealed, each for itself", async () => {
    const poolId = await createPool(h);
    await kids(poolId);
    const [one, two] = await rows(poolId);
    assert.ok(one !== undefined && two !== undefined);
    const { seal } = h.environment;
    assert.ok(seal.open(one.private_key_sealed, `pool_token_keys:${one.key_id}`).length > 1000);
    assert.throws(() => seal.open(one.private_key_sealed, `pool_token_keys:${two.key_id}`));
  });

  test("publishes a successor for a day before it signs, and the one before until its last token has ended", async () => {
    const it = await somebody(h);
    const { UserPoolId, ClientId, sub } = it;
    const before = await kids(UserPoolId);
    await tokenKeys.rotate(UserPoolId, startOfTest);
    assert.deepEqual(await kids(UserPoolId), before, "those of this very time are new");
    h.clock.set(startOfTest + hour);
    await tokenKeys.rotate(UserPoolId, startOfTest + hour);
    const all = await kids(UserPoolId);
    assert.deepEqual([all.slice(0, 2), all.length], [before, 4]);
    const signers = async () => {
      const { AccessToken, IdToken } = await signIn(h, ClientId, sub);
      assert.ok(isSignedByOne(await keySetOf(h, UserPoolId), IdToken));
      await h.cognito.send(new GetUserCommand({ AccessToken }));
      return [headerOf(AccessToken).kid, headerOf(IdToken).kid];
    };
    const first = [headerOf(it.AccessToken).kid, headerOf(it.IdToken).kid];
    h.clock.set(startOfTest + hour + day - 1);
    assert.deepEqual(await signers(), first);
    h.clock.set(startOfTest + hour + day);
    const next = await signers();
    assert.ok(next.every((kid) => all.slice(2).includes(String(kid))));
    assert.equal(new Set(next).size, 2);
    h.clock.set(startOfTest + hour + 2 * day - 1);
    assert.deepEqual(await kids(UserPoolId), all);
    h.clock.set(startOfTest + hour + 2 * day);
    assert.deepEqual(await kids(UserPoolId), all.slice(2));
    h.clock.set(startOfTest);
  });

  test("gives pools new keys once a year, and drops those that are over", async () => {
    const [one, two] = [await createPool(h), await createPool(h)];
    const before = await kids(one);
    await kids(two);
    const due = async (after: number) => {
      h.clock.set(startOfTest + after);
      return rotateTokenKeys(h.environment).finally(() => h.clock.set(startOfTest));
    };
    assert.equal(await due(year), 0);
    assert.ok((await due(year + 1)) >= 2);
    assert.equal(await due(year + 2), 0);
    assert.equal((await rows(one)).length, 4);
    const during = (await rows(one)).map(({ key_id }) => key_id);
    assert.deepEqual(during.slice(0, 2).sort(), before.toSorted());
    assert.ok((await due(2 * year + 2)) >= 2);
    const after = (await rows(one)).map(({ key_id }) => key_id);
    assert.equal(after.length, 4);
    assert.deepEqual(after.slice(0, 2), during.slice(2));
  });

  test("another process of the same store signs with the same keys", async () => {
    const poolId = await createPool(h);
    const published = await kids(poolId);
    const other = new TokenKeys(h.environment);
    const { id, access } = await other.signers(poolId, startOfTest);
    for (const { header } of [id, access]) {
      assert.ok(published.includes(JSON.parse(Buffer.from(header, "base64url").toString()).kid));
    }
  });

  test("go with the pool", async () => {
    const poolId = await createPool(h);
    await kids(poolId);
    await h.cognito.send(new DeleteUserPoolCommand({ UserPoolId: poolId }));
    assert.deepEqual(await rows(poolId), []);
    assert.equal(await tokenKeys.keySet(poolId, startOfTest), undefined);
  });
});

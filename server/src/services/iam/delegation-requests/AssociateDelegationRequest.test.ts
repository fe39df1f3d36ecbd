import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  associate,
  day,
  noId,
  noSuchRequest,
  partnerOf,
  request,
  wrongState,
} from "../../../../test/delegation-requests.ts";
import { harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";

suite("AssociateDelegationRequest", async () => {
  const h = await harness();
  const asker = await partnerOf(h);
  const ann = await userWithKey(h, "ann");
  const bob = await userWithKey(h, "bob");

  test("anybody of the account that it is for makes it his own, for a week, once", async () => {
    const id = await asker.ask();
    await associate(ann.iam, id);
    const owned = await request(ann.iam, id);
    assert.equal(owned?.OwnerId, `arn:aws:iam::${testAccount}:user/ann`);
    assert.equal(owned?.OwnerAccountId, testAccount);
    assert.equal(owned?.State, "ASSIGNED");
    assert.deepEqual(owned?.ExpirationTime, new Date(startOfTest + 7 * day));
    assert.deepEqual(await refused(associate(ann.iam, id)), wrongState(id, "ASSIGNED", "UNASSIGNED"));
    const resource = `arn:aws:iam::${testAccount}:delegation-request/${id}`;
    assert.deepEqual(
      await refused(associate(bob.iam, id)),
      accessDenied("bob", "iam:AssociateDelegationRequest", resource),
    );
  });

  test("one for nobody in particular becomes the account's, too", async () => {
    const id = await asker.ask({ OwnerAccountId: undefined });
    assert.equal((await request(bob.iam, id))?.OwnerAccountId, undefined);
    await associate(bob.iam, id);
    assert.equal((await request(bob.iam, id))?.OwnerAccountId, testAccount);
  });

  test("refuses one for another account, and one that is not there", async () => {
    const id = await asker.ask({ OwnerAccountId: "111122223333" });
    assert.deepEqual(await refused(associate(h.iam, id)), noSuchRequest(id));
    assert.deepEqual(await refused(associate(h.iam, noId)), noSuchRequest(noId));
  });

  test("refuses one that has expired after its day", async () => {
    const id = await asker.ask();
    h.clock.set(h.clock.now() + day);
    assert.deepEqual(await refused(associate(ann.iam, id)), wrongState(id, "EXPIRED", "UNASSIGNED"));
    assert.equal((await request(ann.iam, id))?.State, "EXPIRED");
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { RejectDelegationRequestCommand, UpdateDelegationRequestCommand } from "@aws-sdk/client-iam";
import {
  associate,
  day,
  noId,
  noSuchRequest,
  partnerOf,
  request,
  wrongState,
} from "../../../../test/delegation-requests.ts";
import { harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";

suite("UpdateDelegationRequest", async () => {
  const h = await harness();
  const asker = await partnerOf(h);
  const ann = await userWithKey(h, "ann");
  const update = (DelegationRequestId: string, Notes?: string, iam = ann.iam) =>
    iam.send(new UpdateDelegationRequestCommand({ DelegationRequestId, Notes }));

  test("the owner hands it on for approval, with notes, and another week", async () => {
    const id = await asker.ask();
    await associate(ann.iam, id);
    h.clock.set(h.clock.now() + day);
    await update(id, "Please look at this.");
    const { State, Notes, ExpirationTime, UpdatedTime } = (await request(ann.iam, id)) ?? {};
    const now = h.clock.now();
    assert.deepEqual(
      { State, Notes, ExpirationTime, UpdatedTime },
      {
        State: "PENDING_APPROVAL",
        Notes: "Please look at this.",
        ExpirationTime: new Date(now + 7 * day),
        UpdatedTime: new Date(now),
      },
    );
    await update(id);
    assert.equal((await request(ann.iam, id))?.Notes, "Please look at this.");
  });

  test("refuses in other states", async () => {
    const id = await asker.ask();
    const wanted = "ASSIGNED or PENDING_APPROVAL";
    assert.deepEqual(await refused(update(id, "", h.iam)), wrongState(id, "UNASSIGNED", wanted));
    await associate(ann.iam, id);
    await ann.iam.send(new RejectDelegationRequestCommand({ DelegationRequestId: id }));
    assert.deepEqual(await refused(update(id)), wrongState(id, "REJECTED", wanted));
    assert.deepEqual(await refused(update(noId, "", h.iam)), noSuchRequest(noId));
  });

  test("anybody but the owner needs permission", async () => {
    const id = await asker.ask();
    await associate(ann.iam, id);
    const bob = await userWithKey(h, "bob");
    assert.deepEqual(
      await refused(update(id, "", bob.iam)),
      accessDenied("bob", "iam:UpdateDelegationRequest", `arn:aws:iam::${testAccount}:delegation-request/${id}`),
    );
    assert.equal((await request(ann.iam, id))?.State, "ASSIGNED");
  });
});

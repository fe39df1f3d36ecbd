import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { RejectDelegationRequestCommand, SendDelegationTokenCommand } from "@aws-sdk/client-iam";
import {
  accept,
  associate,
  noId,
  noSuchRequest,
  partnerOf,
  request,
  wrongState,
} from "../../../../test/delegation-requests.ts";
import { harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";

suite("RejectDelegationRequest", async () => {
  const h = await harness();
  const asker = await partnerOf(h);
  const ann = await userWithKey(h, "ann");
  const reject = (DelegationRequestId: string, Notes?: string, iam = ann.iam) =>
    iam.send(new RejectDelegationRequestCommand({ DelegationRequestId, Notes }));

  test("the owner rejects it, with a reason or without, and it cannot be accepted any more", async () => {
    const id = await asker.ask();
    await associate(ann.iam, id);
    await reject(id, "Too much.");
    const rejected = await request(ann.iam, id);
    assert.equal(rejected?.State, "REJECTED");
    assert.equal(rejected?.RejectionReason, "Too much.");
    assert.equal(rejected?.Notes, undefined);
    assert.deepEqual(
      await refused(accept(h.iam, id)),
      wrongState(id, "REJECTED", "ASSIGNED or PENDING_APPROVAL", "ValidationError"),
    );
    const other = await asker.ask();
    await associate(ann.iam, other);
    await reject(other);
    assert.equal((await request(ann.iam, other))?.RejectionReason, undefined);
  });

  test("an accepted one may be rejected until its token is sent", async () => {
    const wanted = "ASSIGNED or PENDING_APPROVAL or ACCEPTED";
    const id = await asker.ask();
    await associate(ann.iam, id);
    await accept(h.iam, id);
    await reject(id);
    assert.deepEqual(await refused(reject(id)), wrongState(id, "REJECTED", wanted));
    const sent = await asker.ask();
    await associate(ann.iam, sent);
    await accept(h.iam, sent);
    await ann.iam.send(new SendDelegationTokenCommand({ DelegationRequestId: sent }));
    assert.deepEqual(await refused(reject(sent)), wrongState(sent, "FINALIZED", wanted));
  });

  test("anybody but the owner needs permission; refuses one that is not there", async () => {
    const id = await asker.ask();
    await associate(ann.iam, id);
    const bob = await userWithKey(h, "bob");
    assert.deepEqual(
      await refused(reject(id, "", bob.iam)),
      accessDenied("bob", "iam:RejectDelegationRequest", `arn:aws:iam::${testAccount}:delegation-request/${id}`),
    );
    assert.deepEqual(await refused(reject(noId, "", h.iam)), noSuchRequest(noId));
  });
});

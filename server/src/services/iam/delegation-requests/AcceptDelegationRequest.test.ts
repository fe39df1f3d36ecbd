import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { UpdateDelegationRequestCommand } from "@aws-sdk/client-iam";
import {
  accept,
  associate,
  day,
  noId,
  noSuchRequest,
  partnerOf,
  request,
  wrongState,
} from "../../../../test/delegation-requests.ts";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";

suite("AcceptDelegationRequest", async () => {
  const h = await harness();
  const asker = await partnerOf(h);
  const ann = await userWithKey(h, "ann");
  const annOwns = { StringEquals: { "iam:DelegationRequestOwner": `arn:aws:iam::${testAccount}:user/ann` } };
  const admin = await userWithKey(h, "admin", allow("iam:AcceptDelegationRequest", "*", annOwns));

  test("an administrator approves, straight away or after it was handed on", async () => {
    for (const handOn of [false, true]) {
      const id = await asker.ask();
      await associate(ann.iam, id);
      if (handOn) await ann.iam.send(new UpdateDelegationRequestCommand({ DelegationRequestId: id }));
      await accept(admin.iam, id);
      const accepted = await request(ann.iam, id);
      assert.equal(accepted?.State, "ACCEPTED");
      assert.equal(accepted?.ApproverId, `arn:aws:iam::${testAccount}:user/admin`);
      assert.deepEqual(accepted?.ExpirationTime, new Date(startOfTest + 7 * day));
      assert.deepEqual(
        await refused(accept(admin.iam, id)),
        wrongState(id, "ACCEPTED", "ASSIGNED or PENDING_APPROVAL", "ValidationError"),
      );
    }
  });

  test("the owner may not, nor a user whose policy is of another owner", async () => {
    const id = await asker.ask();
    await associate(ann.iam, id);
    const resource = `arn:aws:iam::${testAccount}:delegation-request/${id}`;
    assert.deepEqual(await refused(accept(ann.iam, id)), accessDenied("ann", "iam:AcceptDelegationRequest", resource));
    const roots = await asker.ask();
    await associate(h.iam, roots);
    assert.deepEqual(
      await refused(accept(admin.iam, roots)),
      accessDenied("admin", "iam:AcceptDelegationRequest", `arn:aws:iam::${testAccount}:delegation-request/${roots}`),
    );
    assert.equal((await request(ann.iam, id))?.State, "ASSIGNED");
  });

  test("root approves four hours at most", async () => {
    const four = await asker.ask({ SessionDuration: 14_400 });
    await associate(h.iam, four);
    await accept(h.iam, four);
    assert.equal((await request(h.iam, four))?.ApproverId, `arn:aws:iam::${testAccount}:root`);
    const more = await asker.ask({ SessionDuration: 14_401 });
    await associate(ann.iam, more);
    assert.deepEqual(await refused(accept(h.iam, more)), {
      code: "ValidationError",
      message: "Root users can only approve delegation requests with a duration of 4 hours or less.",
      status: 400,
    });
    await accept(admin.iam, more);
  });

  test("refuses one that nobody owns, one that has expired, and one that is not there", async () => {
    const id = await asker.ask();
    const wanted = "ASSIGNED or PENDING_APPROVAL";
    assert.deepEqual(await refused(accept(h.iam, id)), wrongState(id, "UNASSIGNED", wanted, "ValidationError"));
    assert.deepEqual(await refused(accept(h.iam, noId)), noSuchRequest(noId));
    await associate(ann.iam, id);
    h.clock.set(h.clock.now() + 7 * day);
    assert.deepEqual(await refused(accept(h.iam, id)), wrongState(id, "EXPIRED", wanted, "ValidationError"));
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListDelegationRequestsCommand, type ListDelegationRequestsCommandInput } from "@aws-sdk/client-iam";
import { associate, partnerOf, request } from "../../../../test/delegation-requests.ts";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, invalidMarker } from "../../../../test/refusals.ts";

suite("ListDelegationRequests", async () => {
  const h = await harness();
  const asker = await partnerOf(h);
  const ann = await userWithKey(h, "ann");
  const bob = await userWithKey(h, "bob");
  const arn = (name: string) => `arn:aws:iam::${testAccount}:user/${name}`;
  const list = (input: ListDelegationRequestsCommandInput = {}, iam = h.iam) =>
    iam.send(new ListDelegationRequestsCommand(input));
  const ids = async (...given: Parameters<typeof list>) =>
    (await list(...given)).DelegationRequests?.map((found) => found.DelegationRequestId);

  const anns = [await asker.ask(), await asker.ask(), await asker.ask()].sort();
  const bobs = await asker.ask();
  const unowned = await asker.ask();
  for (const id of anns) await associate(ann.iam, id);
  await associate(bob.iam, bobs);

  test("lists the account's that have owners, or one owner's, whole", async () => {
    assert.deepEqual(await ids(), [...anns, bobs].sort());
    assert.deepEqual(await ids({ OwnerId: arn("ann") }), anns);
    assert.deepEqual(await ids({ OwnerId: arn("carl") }), []);
    assert.deepEqual(await ids({}, asker.iam), []);
    const { DelegationRequests } = await list({ OwnerId: arn("bob") });
    assert.deepEqual(DelegationRequests, [await request(h.iam, bobs)]);
    assert.equal((await request(h.iam, unowned))?.State, "UNASSIGNED");
  });

  test("page by page", async () => {
    const first = await list({ OwnerId: arn("ann"), MaxItems: 2 });
    assert.equal(first.isTruncated, true);
    const second = await list({ OwnerId: arn("ann"), MaxItems: 2, Marker: first.Marker });
    assert.deepEqual([second.isTruncated, second.Marker], [false, undefined]);
    const both = [...(first.DelegationRequests ?? []), ...(second.DelegationRequests ?? [])];
    assert.deepEqual(
      both.map((found) => found.DelegationRequestId),
      anns,
    );
    assert.deepEqual(await refused(list({ Marker: "x" })), invalidMarker);
  });

  test("everybody lists his own; more needs permission, which may be for one owner", async () => {
    assert.deepEqual(await ids({ OwnerId: arn("ann") }, ann.iam), anns);
    const denied = (name: string) => accessDenied(name, "iam:ListDelegationRequests", "*");
    assert.deepEqual(await refused(list({ OwnerId: arn("bob") }, ann.iam)), denied("ann"));
    assert.deepEqual(await refused(list({}, ann.iam)), denied("ann"));
    const annOnly = { StringEquals: { "iam:DelegationRequestOwner": arn("ann") } };
    const reader = await userWithKey(h, "reader", allow("iam:ListDelegationRequests", "*", annOnly));
    assert.deepEqual(await ids({ OwnerId: arn("ann") }, reader.iam), anns);
    assert.deepEqual(await refused(list({ OwnerId: arn("bob") }, reader.iam)), denied("reader"));
  });
});

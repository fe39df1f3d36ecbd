import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { SendDelegationTokenCommand } from "@aws-sdk/client-iam";
import {
  accept,
  associate,
  day,
  noId,
  noSuchRequest,
  partner,
  partnerOf,
  request,
  wrongState,
} from "../../../../test/delegation-requests.ts";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";
import { exchangeTokenMessage, redeemExchangeToken } from "../../delegated-access.ts";

suite("SendDelegationToken", async () => {
  const h = await harness();
  const { environment } = h;
  const asker = await partnerOf(h);
  const ann = await userWithKey(h, "ann");
  const send = (DelegationRequestId: string, iam = ann.iam) =>
    iam.send(new SendDelegationTokenCommand({ DelegationRequestId }));
  const accepted = async (more: Parameters<typeof asker.ask>[0] = {}) => {
    const id = await asker.ask(more);
    await associate(ann.iam, id);
    await accept(h.iam, id);
    return id;
  };
  const message = (account: string, workflow: string) =>
    environment.store.read((tx) => exchangeTokenMessage(environment, tx, account, workflow, h.clock.now()));
  const redeem = (token: string, account = partner) =>
    environment.store.read((tx) => redeemExchangeToken(environment, tx, token, account, h.clock.now()));

  test("the owner sends it, and the access runs from then on", async () => {
    const id = await accepted({ RequestorWorkflowId: "sent once", SessionDuration: 7200 });
    assert.equal(await message(partner, "sent once"), undefined);
    await send(id);
    assert.equal((await request(ann.iam, id))?.State, "FINALIZED");
    const sentAt = h.clock.now();
    const found = (await message(partner, "sent once")) as { ExchangeToken: string }; // it has one
    const { ExchangeToken, ...rest } = found;
    assert.deepEqual(rest, {
      Type: "ExchangeToken",
      RequestId: id,
      RequestorWorkflowId: "sent once",
      State: "FINALIZED",
      OwnerAccountId: testAccount,
      UpdatedAt: new Date(sentAt).toISOString(),
      ExpiresAt: new Date(sentAt + 7_200_000).toISOString(),
    });
    assert.equal(await message(testAccount, "sent once"), undefined);

    const access = {
      requestId: id,
      approverArn: `arn:aws:iam::${testAccount}:root`,
      ownerAccount: testAccount,
      policy: (await request(ann.iam, id))?.PermissionPolicy,
      expiresAt: sentAt + 7_200_000,
    };
    assert.deepEqual(await redeem(ExchangeToken), access);
    h.clock.set(h.clock.now() + 7_199_999);
    assert.deepEqual(await redeem(ExchangeToken), access, "again and again, until the same end");
    assert.equal(await redeem(ExchangeToken, testAccount), undefined, "the asking account alone");
    assert.equal(await redeem("no token"), undefined);
    assert.equal(await redeem(environment.seal.sealToken("{}", environment.random.bytes(12))), undefined);
    h.clock.set(h.clock.now() + 1);
    assert.equal(await redeem(ExchangeToken), "expired");
  });

  test("a policy that denies it holds for the owner, too", async () => {
    const Statement = [{ Effect: "Deny", Action: "iam:SendDelegationToken", Resource: "*" }];
    const held = await userWithKey(h, "held", { Version: "2012-10-17", Statement });
    const id = await asker.ask();
    await associate(held.iam, id);
    await accept(h.iam, id);
    assert.deepEqual(await refused(send(id, held.iam)), {
      code: "AccessDenied",
      message: `User: arn:aws:iam::${testAccount}:user/held is not authorized to perform: iam:SendDelegationToken on resource: arn:aws:iam::${testAccount}:delegation-request/${id} with an explicit deny in an identity-based policy`,
      status: 403,
    });
    assert.equal((await request(held.iam, id))?.State, "ACCEPTED");
  });

  test("refuses before it was accepted, twice, and after a week", async () => {
    const id = await asker.ask();
    await associate(ann.iam, id);
    assert.deepEqual(await refused(send(id)), wrongState(id, "ASSIGNED", "ACCEPTED"));
    await accept(h.iam, id);
    await send(id);
    assert.deepEqual(await refused(send(id)), wrongState(id, "FINALIZED", "ACCEPTED"));
    const late = await accepted();
    h.clock.set(h.clock.now() + 7 * day);
    assert.deepEqual(await refused(send(late)), wrongState(late, "EXPIRED", "ACCEPTED"));
    assert.deepEqual(await refused(send(noId, h.iam)), noSuchRequest(noId));
  });

  test("others need permission, and may not where the owner alone is to send it", async () => {
    const may = await userWithKey(h, "may", allow("iam:SendDelegationToken"));
    const mayNot = await userWithKey(h, "may-not");
    const id = await accepted();
    assert.deepEqual(
      await refused(send(id, mayNot.iam)),
      accessDenied("may-not", "iam:SendDelegationToken", `arn:aws:iam::${testAccount}:delegation-request/${id}`),
    );
    await send(id, may.iam);
    const owners = await accepted({ OnlySendByOwner: true });
    for (const iam of [may.iam, h.iam]) {
      assert.deepEqual(await refused(send(owners, iam)), {
        code: "AccessDenied",
        message: "Only the owner of the delegation request may send its token.",
        status: 403,
      });
    }
    await send(owners);
  });
});

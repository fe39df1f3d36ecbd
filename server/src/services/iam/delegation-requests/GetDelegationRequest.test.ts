import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateDelegationRequestCommand, GetDelegationRequestCommand } from "@aws-sdk/client-iam";
import { associate, noId, noSuchRequest, partnerOf, request } from "../../../../test/delegation-requests.ts";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { createPolicy } from "../../../../test/policies.ts";
import { accessDenied } from "../../../../test/refusals.ts";

suite("GetDelegationRequest", async () => {
  const h = await harness();
  const asker = await partnerOf(h);
  const ann = await userWithKey(h, "ann");
  const bob = await userWithKey(h, "bob");

  test("is open to everybody until it is some account's, to that account until it has an owner, and then to him", async () => {
    const open = await asker.ask({ OwnerAccountId: undefined });
    for (const iam of [asker.iam, h.iam, ann.iam]) assert.equal((await request(iam, open))?.State, "UNASSIGNED");
    const ours = await asker.ask();
    for (const iam of [h.iam, ann.iam, bob.iam]) assert.equal((await request(iam, ours))?.State, "UNASSIGNED");
    assert.deepEqual(await refused(request(asker.iam, ours)), noSuchRequest(ours));
    await associate(ann.iam, ours);
    for (const iam of [h.iam, ann.iam]) assert.equal((await request(iam, ours))?.State, "ASSIGNED");
    const resource = `arn:aws:iam::${testAccount}:delegation-request/${ours}`;
    assert.deepEqual(await refused(request(bob.iam, ours)), accessDenied("bob", "iam:GetDelegationRequest", resource));
    const reader = await userWithKey(h, "reader", allow("iam:GetDelegationRequest", resource));
    assert.equal((await request(reader.iam, ours))?.State, "ASSIGNED");
  });

  test("refuses one that is not there, if the caller might see it", async () => {
    assert.deepEqual(await refused(request(h.iam, noId)), noSuchRequest(noId));
    assert.deepEqual(
      await refused(request(bob.iam, noId)),
      accessDenied("bob", "iam:GetDelegationRequest", `arn:aws:iam::${testAccount}:delegation-request/${noId}`),
    );
  });

  test("tells whether the caller has what is asked for, as far as it can", async () => {
    const check = async (id: string, iam = h.iam) => {
      const { PermissionCheckStatus, PermissionCheckResult } = await iam.send(
        new GetDelegationRequestCommand({ DelegationRequestId: id, DelegationPermissionCheck: true }),
      );
      assert.equal(PermissionCheckStatus, "COMPLETE");
      return PermissionCheckResult;
    };
    const own = async (name: string, statement: object) => {
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
      const { DelegationRequestId } = await h.iam.send(
        new CreateDelegationRequestCommand({
          Description: "",
          Permissions: { PolicyTemplateArn: (await createPolicy(h, name, { PolicyDocument })).Arn },
          RequestorWorkflowId: `workflow ${name}`,
          NotificationChannel: `arn:aws:sns:us-east-1:${testAccount}:requests`,
          SessionDuration: 300,
        }),
      );
      return DelegationRequestId ?? "";
    };
    const gets = await own("gets", { Effect: "Allow", Action: ["s3:Get*", "sqs:SendMessage"], Resource: "*" });
    const all = await userWithKey(h, "all", allow(["s3:*", "sqs:*"]));
    const some = await userWithKey(h, "some", allow("s3:*"));
    assert.equal(await check(gets), "ALLOWED");
    assert.equal(await check(gets, all.iam), "ALLOWED");
    assert.equal(await check(gets, some.iam), "DENIED");
    const allBut = await own("all-but", { Effect: "Allow", NotAction: "iam:*", Resource: "*" });
    assert.equal(await check(allBut, all.iam), "UNSURE");
    const { PermissionCheckStatus } = await h.iam.send(new GetDelegationRequestCommand({ DelegationRequestId: gets }));
    assert.equal(PermissionCheckStatus, undefined);
  });
});

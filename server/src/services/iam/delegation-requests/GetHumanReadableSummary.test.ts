import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetHumanReadableSummaryCommand } from "@aws-sdk/client-iam";
import { associate, noId, noSuchRequest, partner, partnerOf } from "../../../../test/delegation-requests.ts";
import { harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";

suite("GetHumanReadableSummary", async () => {
  const h = await harness();
  const asker = await partnerOf(h);
  const ann = await userWithKey(h, "ann");
  const arn = (id: string) => `arn:aws:iam::${testAccount}:delegation-request/${id}`;
  const get = async (EntityArn: string, Locale?: string, iam = ann.iam) => {
    const { $metadata: _, ...rest } = await iam.send(new GetHumanReadableSummaryCommand({ EntityArn, Locale }));
    return rest;
  };

  test("says in English who asks for what, for how long", async () => {
    const id = await asker.ask({ RequestMessage: "Now?", SessionDuration: 5461 });
    const expected = {
      Locale: "en",
      SummaryState: "AVAILABLE",
      SummaryContent: [
        `Account ${partner} asks for temporary access to account ${testAccount}, for 1 hour 31 minutes 1 second from when its token is sent: Reads a bucket.`,
        "Message: Now?",
        "State: UNASSIGNED",
        "Allows s3:GetObject on arn:aws:s3:::theirs/*",
      ].join("\n"),
    };
    assert.deepEqual(await get(arn(id)), expected);
    assert.deepEqual(await get(arn(id), "en-US"), { ...expected, Locale: "en-US" });
    assert.deepEqual(await get(arn(id), "ja-JP"), { Locale: "ja-JP", SummaryState: "NOT_SUPPORTED" });
  });

  test("to whom the request is open", async () => {
    const id = await asker.ask();
    await associate(ann.iam, id);
    assert.equal((await get(arn(id))).SummaryState, "AVAILABLE");
    const bob = await userWithKey(h, "bob");
    assert.deepEqual(
      await refused(get(arn(id), undefined, bob.iam)),
      accessDenied("bob", "iam:GetHumanReadableSummary", arn(id)),
    );
    assert.deepEqual(await refused(get(arn(id), undefined, asker.iam)), noSuchRequest(id));
  });

  test("refuses what is no request, and one that is not there", async () => {
    const entity = `arn:aws:iam::${testAccount}:user/ann`;
    assert.deepEqual(await refused(get(entity)), {
      code: "InvalidInput",
      message: `The entity ${entity} is not a delegation request.`,
      status: 400,
    });
    assert.deepEqual(await refused(get(arn(noId), undefined, h.iam)), noSuchRequest(noId));
  });
});

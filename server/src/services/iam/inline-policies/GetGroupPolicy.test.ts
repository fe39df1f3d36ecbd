import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateGroupCommand, GetGroupPolicyCommand, PutGroupPolicyCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { document } from "../../../../test/policies.ts";
import { accessDenied, noSuchGroup } from "../../../../test/refusals.ts";

suite("GetGroupPolicy", async () => {
  const h = await harness();
  await h.iam.send(new CreateGroupCommand({ GroupName: "Staff" }));
  await h.iam.send(
    new PutGroupPolicyCommand({ GroupName: "Staff", PolicyName: "MixedName", PolicyDocument: document() }),
  );
  const get = async (PolicyName: string, GroupName = "Staff", iam = h.iam) => {
    const { $metadata, ...output } = await iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName }));
    return { ...output, PolicyDocument: decodeURIComponent(output.PolicyDocument ?? "") };
  };

  test("answers the document, found by name in any case", async () => {
    assert.deepEqual(await get("MixedName"), {
      GroupName: "Staff",
      PolicyName: "MixedName",
      PolicyDocument: document(),
    });
    assert.deepEqual(await get("mixedname", "STAFF"), {
      GroupName: "Staff",
      PolicyName: "mixedname",
      PolicyDocument: document(),
    });
  });

  test("refuses a policy and a group that are not there, and a caller who may not", async () => {
    assert.deepEqual(await refused(get("nothing")), {
      code: "NoSuchEntity",
      message: "The group policy with name nothing cannot be found.",
      status: 404,
    });
    assert.deepEqual(await refused(get("MixedName", "nobody")), noSuchGroup("nobody"));
    const eve = await userWithKey(h, "eve", allow("iam:GetUserPolicy"));
    assert.deepEqual(
      await refused(get("MixedName", "Staff", eve.iam)),
      accessDenied("eve", "iam:GetGroupPolicy", `arn:aws:iam::${testAccount}:group/Staff`),
    );
  });
});

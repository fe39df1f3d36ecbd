import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateGroupCommand,
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  ListGroupPoliciesCommand,
  PutGroupPolicyCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { document } from "../../../../test/policies.ts";
import { accessDenied, noSuchGroup } from "../../../../test/refusals.ts";

suite("DeleteGroupPolicy", async () => {
  const h = await harness();
  await h.iam.send(new CreateGroupCommand({ GroupName: "staff" }));
  const remove = (PolicyName: string, GroupName = "staff", iam = h.iam) =>
    iam.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName }));
  for (const PolicyName of ["MixedName", "b"]) {
    await h.iam.send(new PutGroupPolicyCommand({ GroupName: "staff", PolicyName, PolicyDocument: document() }));
  }

  test("refuses a policy and a group that are not there, and a caller who may not", async () => {
    assert.deepEqual(await refused(remove("nothing")), {
      code: "NoSuchEntity",
      message: "The group policy with name nothing cannot be found.",
      status: 404,
    });
    assert.deepEqual(await refused(remove("b", "nobody")), noSuchGroup("nobody"));
    const eve = await userWithKey(h, "eve", allow("iam:DeleteUserPolicy"));
    assert.deepEqual(
      await refused(remove("b", "staff", eve.iam)),
      accessDenied("eve", "iam:DeleteGroupPolicy", `arn:aws:iam::${testAccount}:group/staff`),
    );
  });

  test("deletes one after the other, by their names in any case; then the group can go", async () => {
    await remove("mixedname");
    const { PolicyNames } = await h.iam.send(new ListGroupPoliciesCommand({ GroupName: "staff" }));
    assert.deepEqual(PolicyNames, ["b"]);
    const drop = () => h.iam.send(new DeleteGroupCommand({ GroupName: "staff" }));
    assert.deepEqual(await refused(drop()), {
      code: "DeleteConflict",
      message: "Cannot delete entity, must delete policies first.",
      status: 409,
    });
    await remove("b");
    await drop();
  });
});

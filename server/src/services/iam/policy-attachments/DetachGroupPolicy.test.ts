import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  DetachGroupPolicyCommand,
  ListAttachedGroupPoliciesCommand,
  ListUsersCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, document, ownArn } from "../../../../test/policies.ts";
import { accessDenied, noSuchGroup } from "../../../../test/refusals.ts";

suite("DetachGroupPolicy", async () => {
  const h = await harness();
  await h.iam.send(new CreateGroupCommand({ GroupName: "staff" }));
  const { Arn } = await createPolicy(h, "listers", { PolicyDocument: document("iam:ListUsers") });
  const attach = () => h.iam.send(new AttachGroupPolicyCommand({ GroupName: "staff", PolicyArn: Arn }));
  const detach = (GroupName = "staff", PolicyArn = Arn, iam = h.iam) =>
    iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn }));

  test("detaches it, and its members have it no longer", async () => {
    await attach();
    const ann = await userWithKey(h, "ann");
    await h.iam.send(new AddUserToGroupCommand({ GroupName: "staff", UserName: "ann" }));
    const listUsers = () => ann.iam.send(new ListUsersCommand({}));
    assert.equal((await listUsers()).Users?.length, 1);
    await detach();
    assert.deepEqual(
      await refused(listUsers()),
      accessDenied("ann", "iam:ListUsers", `arn:aws:iam::${testAccount}:user/`),
    );
    const { AttachedPolicies } = await h.iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: "staff" }));
    assert.deepEqual(AttachedPolicies, []);
  });

  test("says the same of a policy that is not attached and one that is not there", async () => {
    for (const arn of [Arn, ownArn("nothing")]) {
      assert.deepEqual(await refused(detach("staff", arn)), {
        code: "NoSuchEntity",
        message: `Policy ${arn} was not found.`,
        status: 404,
      });
    }
  });

  test("refuses a group that is not there, what is no policy's ARN, and a caller who may not", async () => {
    assert.deepEqual(await refused(detach("nobody")), noSuchGroup("nobody"));
    assert.deepEqual(await refused(detach("staff", "longpolicynamebutnoarn")), {
      code: "ValidationError",
      message: "ARN longpolicynamebutnoarn is not valid.",
      status: 400,
    });
    await attach();
    const eve = await userWithKey(h, "eve", allow("iam:DetachUserPolicy"));
    assert.deepEqual(
      await refused(detach("staff", Arn, eve.iam)),
      accessDenied("eve", "iam:DetachGroupPolicy", `arn:aws:iam::${testAccount}:group/staff`),
    );
  });
});

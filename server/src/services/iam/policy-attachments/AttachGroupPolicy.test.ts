import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  ListAttachedGroupPoliciesCommand,
  ListUsersCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, document, insertAwsPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied, noSuchGroup } from "../../../../test/refusals.ts";

suite("AttachGroupPolicy", async () => {
  const h = await harness({ quotas: { PoliciesPerGroup: 2 } });
  await h.iam.send(new CreateGroupCommand({ GroupName: "Staff", Path: "/team/" }));
  const attach = (GroupName: string, PolicyArn: string, iam = h.iam) =>
    iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }));
  const attached = async () =>
    (await h.iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: "Staff" }))).AttachedPolicies;

  test("attaches policies, which its members have at once, and minds none that is attached already", async () => {
    const { Arn } = await createPolicy(h, "listers", { PolicyDocument: document("iam:ListUsers") });
    const ann = await userWithKey(h, "ann");
    await h.iam.send(new AddUserToGroupCommand({ GroupName: "Staff", UserName: "ann" }));
    const listUsers = () => ann.iam.send(new ListUsersCommand({}));
    assert.deepEqual(
      await refused(listUsers()),
      accessDenied("ann", "iam:ListUsers", `arn:aws:iam::${testAccount}:user/`),
    );
    await attach("staff", Arn);
    await attach("STAFF", Arn);
    assert.deepEqual(await attached(), [{ PolicyName: "listers", PolicyArn: Arn }]);
    assert.equal((await listUsers()).Users?.length, 1);
  });

  test("refuses one policy more than the quota", async () => {
    const second = await createPolicy(h, "second");
    const third = await createPolicy(h, "third");
    await attach("Staff", second.Arn);
    assert.deepEqual(await refused(attach("Staff", third.Arn)), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for PoliciesPerGroup: 2",
      status: 409,
    });
    assert.equal((await attached())?.length, 2);
  });

  test("refuses a policy that is not there, what is no policy's ARN, and what AWS keeps for its own use", async () => {
    const arn = ownArn("nonexistent");
    assert.deepEqual(await refused(attach("Staff", arn)), {
      code: "NoSuchEntity",
      message: `Policy ${arn} does not exist or is not attachable.`,
      status: 404,
    });
    assert.deepEqual(await refused(attach("Staff", "longpolicynamebutnoarn")), {
      code: "ValidationError",
      message: "ARN longpolicynamebutnoarn is not valid.",
      status: 400,
    });
    assert.deepEqual(await refused(attach("Staff", await insertAwsPolicy(h, "Reserved", "/aws-service-role/"))), {
      code: "PolicyNotAttachable",
      message: "Cannot attach AWS reserved policy to an IAM group.",
      status: 400,
    });
  });

  test("refuses a group that is not there, and a caller who may not", async () => {
    assert.deepEqual(await refused(attach("nobody", ownArn("listers"))), noSuchGroup("nobody"));
    const arn = `arn:aws:iam::${testAccount}:group`;
    const eve = await userWithKey(h, "eve", allow("iam:AttachGroupPolicy", `${arn}/other`));
    for (const [name, resource] of [
      ["Staff", `${arn}/team/Staff`],
      ["nobody", `${arn}/nobody`],
    ] as const) {
      assert.deepEqual(
        await refused(attach(name, ownArn("listers"), eve.iam)),
        accessDenied("eve", "iam:AttachGroupPolicy", resource),
      );
    }
  });
});

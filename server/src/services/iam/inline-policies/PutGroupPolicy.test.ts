import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  GetGroupPolicyCommand,
  ListGroupPoliciesCommand,
  ListUsersCommand,
  PutGroupPolicyCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { document, documentOfSize } from "../../../../test/policies.ts";
import { accessDenied, noSuchGroup } from "../../../../test/refusals.ts";

suite("PutGroupPolicy", async () => {
  const h = await harness();
  await h.iam.send(new CreateGroupCommand({ GroupName: "Staff", Path: "/team/" }));
  const put = (PolicyName: string, PolicyDocument = document(), GroupName = "Staff", iam = h.iam) =>
    iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument }));
  const names = async () => (await h.iam.send(new ListGroupPoliciesCommand({ GroupName: "staff" }))).PolicyNames;

  test("adds a policy, and takes the place of the one with its name in any case", async () => {
    await put("MixedName", document("s3:GetObject"));
    await put("mixedname", document("s3:PutObject"), "STAFF");
    assert.deepEqual(await names(), ["MixedName"]);
    const { PolicyDocument } = await h.iam.send(
      new GetGroupPolicyCommand({ GroupName: "Staff", PolicyName: "MixedName" }),
    );
    assert.equal(decodeURIComponent(PolicyDocument ?? ""), document("s3:PutObject"));
  });

  test("its members have it at once", async () => {
    const ann = await userWithKey(h, "ann");
    await h.iam.send(new AddUserToGroupCommand({ GroupName: "Staff", UserName: "ann" }));
    const listUsers = () => ann.iam.send(new ListUsersCommand({}));
    assert.deepEqual(
      await refused(listUsers()),
      accessDenied("ann", "iam:ListUsers", `arn:aws:iam::${testAccount}:user/`),
    );
    await put("may", document("iam:ListUsers"));
    assert.equal((await listUsers()).Users?.length, 1);
  });

  test("all of a group's documents have 5120 characters at most together", async () => {
    await h.iam.send(new CreateGroupCommand({ GroupName: "full" }));
    const full = {
      code: "LimitExceeded",
      message: "Maximum policy size of 5120 bytes exceeded for group full",
      status: 409,
    };
    await put("a", documentOfSize(5000), "full");
    assert.deepEqual(await refused(put("b", documentOfSize(121), "full")), full);
    await put("b", documentOfSize(120), "full");
    assert.deepEqual(await refused(put("a", documentOfSize(5001), "full")), full);
  });

  test("refuses malformed documents, a group that is not there, and a caller who may not", async () => {
    assert.deepEqual(await refused(put("malformed", "{}")), {
      code: "MalformedPolicyDocument",
      message: "Syntax errors in policy.",
      status: 400,
    });
    assert.deepEqual(await refused(put("any", document(), "nobody")), noSuchGroup("nobody"));
    const eve = await userWithKey(h, "eve", allow("iam:PutUserPolicy"));
    assert.deepEqual(
      await refused(put("any", document(), "Staff", eve.iam)),
      accessDenied("eve", "iam:PutGroupPolicy", `arn:aws:iam::${testAccount}:group/team/Staff`),
    );
  });
});

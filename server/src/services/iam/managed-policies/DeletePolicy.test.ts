import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteUserCommand,
  DetachGroupPolicyCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, document, insertAwsPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied } from "../../../../test/refusals.ts";

suite("DeletePolicy", async () => {
  const h = await harness();
  const remove = (PolicyArn: string, iam = h.iam) => iam.send(new DeletePolicyCommand({ PolicyArn }));
  const attached = { code: "DeleteConflict", message: "Cannot delete a policy attached to entities.", status: 409 };
  const notFound = (arn: string) => ({ code: "NoSuchEntity", message: `Policy ${arn} was not found.`, status: 404 });

  test("deletes it with its only version", async () => {
    const first = await createPolicy(h, "short-lived");
    await remove(first.Arn);
    assert.deepEqual(await refused(h.iam.send(new GetPolicyCommand({ PolicyArn: first.Arn }))), notFound(first.Arn));
    const second = await createPolicy(h, "short-lived");
    assert.notEqual(second.PolicyId, first.PolicyId);
    assert.equal(second.DefaultVersionId, "v1");
  });

  test("refuses while a user or a group has it", async () => {
    const { Arn } = await createPolicy(h, "used");
    await h.iam.send(new CreateUserCommand({ UserName: "ann" }));
    await h.iam.send(new CreateGroupCommand({ GroupName: "staff" }));
    await h.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn: Arn }));
    await h.iam.send(new AttachGroupPolicyCommand({ GroupName: "staff", PolicyArn: Arn }));
    assert.deepEqual(await refused(remove(Arn)), attached);
    await h.iam.send(new DetachUserPolicyCommand({ UserName: "ann", PolicyArn: Arn }));
    assert.deepEqual(await refused(remove(Arn)), attached);
    await h.iam.send(new DetachGroupPolicyCommand({ GroupName: "staff", PolicyArn: Arn }));
    await remove(Arn);
  });

  test("refuses while it is somebody's permissions boundary", async () => {
    const { Arn } = await createPolicy(h, "bounding");
    await h.iam.send(new CreateUserCommand({ UserName: "bob", PermissionsBoundary: Arn }));
    assert.deepEqual(await refused(remove(Arn)), attached);
    await h.iam.send(new DeleteUserCommand({ UserName: "bob" }));
    await remove(Arn);
  });

  test("refuses while it has versions besides the default", async () => {
    const { Arn } = await createPolicy(h, "versioned");
    await h.iam.send(new CreatePolicyVersionCommand({ PolicyArn: Arn, PolicyDocument: document() }));
    assert.deepEqual(await refused(remove(Arn)), {
      code: "DeleteConflict",
      message:
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      status: 409,
    });
    await h.iam.send(new DeletePolicyVersionCommand({ PolicyArn: Arn, VersionId: "v2" }));
    await remove(Arn);
  });

  test("refuses what is not there, what is no policy, and policies outside the account, there or not", async () => {
    assert.deepEqual(await refused(remove(ownArn("non-existent-policy"))), notFound(ownArn("non-existent-policy")));
    assert.deepEqual(await refused(remove("arn:aws:iam::123456789012:role/admin")), {
      code: "ValidationError",
      message: "ARN arn:aws:iam::123456789012:role/admin is not valid.",
      status: 400,
    });
    for (const arn of [
      await insertAwsPolicy(h, "AdministratorAccess"),
      "arn:aws:iam::aws:policy/Nonexistent",
      "arn:aws:iam::999999999999:policy/readers",
    ]) {
      assert.deepEqual(await refused(remove(arn)), {
        code: "AccessDenied",
        message: "Cannot delete policies outside your own account.",
        status: 403,
      });
    }
  });

  test("an ARN is exact: neither another case nor another path names the policy", async () => {
    const { Arn } = await createPolicy(h, "Exact", { Path: "/team/" });
    for (const arn of [ownArn("team/exact"), ownArn("Team/Exact"), ownArn("Exact")]) {
      assert.deepEqual(await refused(remove(arn)), notFound(arn));
    }
    await remove(Arn);
  });

  test("who may not, is told so of policies that are there and others", async () => {
    await createPolicy(h, "held");
    const eve = await userWithKey(h, "eve", allow("iam:DeletePolicy", ownArn("team/*")));
    for (const name of ["held", "nothing"]) {
      assert.deepEqual(
        await refused(remove(ownArn(name), eve.iam)),
        accessDenied("eve", "iam:DeletePolicy", ownArn(name)),
      );
    }
  });
});

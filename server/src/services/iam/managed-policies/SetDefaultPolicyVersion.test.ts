import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AttachUserPolicyCommand,
  CreatePolicyVersionCommand,
  GetPolicyCommand,
  ListPolicyVersionsCommand,
  ListUsersCommand,
  SetDefaultPolicyVersionCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, document, insertAwsPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied, constraints } from "../../../../test/refusals.ts";

suite("SetDefaultPolicyVersion", async () => {
  const h = await harness();
  const { Arn } = await createPolicy(h, "versioned", { PolicyDocument: document("iam:ListUsers") });
  await h.iam.send(new CreatePolicyVersionCommand({ PolicyArn: Arn, PolicyDocument: document("iam:ListGroups") }));
  const set = (VersionId: string, PolicyArn = Arn, iam = h.iam) =>
    iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId }));

  test("makes any version the default, again and again", async () => {
    for (const wanted of ["v2", "v2", "v1", "v2"]) {
      await set(wanted);
      const { Policy } = await h.iam.send(new GetPolicyCommand({ PolicyArn: Arn }));
      assert.equal(Policy?.DefaultVersionId, wanted);
      const { Versions } = await h.iam.send(new ListPolicyVersionsCommand({ PolicyArn: Arn }));
      assert.deepEqual(
        Versions?.filter((version) => version.IsDefaultVersion).map(({ VersionId }) => VersionId),
        [wanted],
      );
    }
  });

  test("what the default says, is in force at once", async () => {
    const ann = await userWithKey(h, "ann");
    await h.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn: Arn }));
    const listUsers = () => ann.iam.send(new ListUsersCommand({}));
    await set("v1");
    assert.equal((await listUsers()).Users?.length, 1);
    await set("v2");
    assert.deepEqual(
      await refused(listUsers()),
      accessDenied("ann", "iam:ListUsers", `arn:aws:iam::${testAccount}:user/`),
    );
    await set("v1");
    assert.equal((await listUsers()).Users?.length, 1);
  });

  test("refuses versions and policies that are not there, in the same words", async () => {
    for (const [arn, version] of [
      [Arn, "v4"],
      [ownArn("TestNonExistingPolicy"), "v1"],
    ] as const) {
      assert.deepEqual(await refused(set(version, arn)), {
        code: "NoSuchEntity",
        message: `Policy ${arn} version ${version} does not exist or is not attachable.`,
        status: 404,
      });
    }
    assert.deepEqual(
      await refused(set("wrong_version_id")),
      constraints(["versionId", "Member must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?"]),
    );
  });

  test("refuses policies outside the account", async () => {
    assert.deepEqual(await refused(set("v1", await insertAwsPolicy(h, "AdministratorAccess"))), {
      code: "AccessDenied",
      message: "Cannot update policies outside your own account.",
      status: 403,
    });
  });

  test("refuses a caller who may not", async () => {
    const eve = await userWithKey(h, "eve", allow("iam:SetDefaultPolicyVersion", ownArn("team/*")));
    assert.deepEqual(await refused(set("v2", Arn, eve.iam)), accessDenied("eve", "iam:SetDefaultPolicyVersion", Arn));
  });
});

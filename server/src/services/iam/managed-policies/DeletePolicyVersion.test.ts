import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  GetPolicyVersionCommand,
  ListPolicyVersionsCommand,
  SetDefaultPolicyVersionCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, document, insertAwsPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied, constraints } from "../../../../test/refusals.ts";

suite("DeletePolicyVersion", async () => {
  const h = await harness();
  const { Arn } = await createPolicy(h, "versioned");
  const add = () => h.iam.send(new CreatePolicyVersionCommand({ PolicyArn: Arn, PolicyDocument: document() }));
  const remove = (VersionId: string, PolicyArn = Arn, iam = h.iam) =>
    iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
  const versions = async () =>
    (await h.iam.send(new ListPolicyVersionsCommand({ PolicyArn: Arn }))).Versions?.map(({ VersionId }) => VersionId);
  const absent = (arn: string, version: string) => ({
    code: "NoSuchEntity",
    message: `Policy ${arn} version ${version} does not exist or is not attachable.`,
    status: 404,
  });

  test("deletes any version but the default, which can be another", async () => {
    await add();
    const isDefault = {
      code: "DeleteConflict",
      message: "Cannot delete the default version of a policy.",
      status: 409,
    };
    assert.deepEqual(await refused(remove("v1")), isDefault);
    await h.iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn: Arn, VersionId: "v2" }));
    assert.deepEqual(await refused(remove("v2")), isDefault);
    await remove("v1");
    assert.deepEqual(await versions(), ["v2"]);
    assert.deepEqual(
      await refused(h.iam.send(new GetPolicyVersionCommand({ PolicyArn: Arn, VersionId: "v1" }))),
      absent(Arn, "v1"),
    );
  });

  test("refuses versions that are not there, or never could be, and policies that are not there", async () => {
    for (const version of ["v9", "v1.2", "v99999999999"]) {
      assert.deepEqual(await refused(remove(version)), absent(Arn, version));
    }
    assert.deepEqual(await refused(remove("v1", ownArn("nothing"))), absent(ownArn("nothing"), "v1"));
    assert.deepEqual(
      await refused(remove("v0")),
      constraints(["versionId", "Member must satisfy regular expression pattern: v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?"]),
    );
  });

  test("refuses policies outside the account", async () => {
    assert.deepEqual(await refused(remove("v1", await insertAwsPolicy(h, "AdministratorAccess"))), {
      code: "AccessDenied",
      message: "Cannot delete policy versions for policies outside your own account.",
      status: 403,
    });
  });

  test("who may not, is told so of versions that are there and others", async () => {
    await add();
    const eve = await userWithKey(h, "eve", allow("iam:DeletePolicyVersion", ownArn("team/*")));
    for (const version of ["v3", "v9"]) {
      assert.deepEqual(
        await refused(remove(version, Arn, eve.iam)),
        accessDenied("eve", "iam:DeletePolicyVersion", Arn),
      );
    }
    assert.deepEqual(await versions(), ["v3", "v2"]);
  });
});

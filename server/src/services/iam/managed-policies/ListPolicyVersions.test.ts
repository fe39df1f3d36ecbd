import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  ListPolicyVersionsCommand,
  type ListPolicyVersionsCommandInput,
  paginateListPolicyVersions,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, document, insertAwsPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied, constraints, invalidMarker } from "../../../../test/refusals.ts";
import { encodeMarker } from "../../paging.ts";

suite("ListPolicyVersions", async () => {
  const h = await harness();
  const { Arn } = await createPolicy(h, "versioned");
  const list = async (more: Partial<ListPolicyVersionsCommandInput> = {}, iam = h.iam) => {
    const { Versions, IsTruncated, Marker } = await iam.send(
      new ListPolicyVersionsCommand({ PolicyArn: Arn, ...more }),
    );
    return { Versions, IsTruncated, Marker };
  };
  const version = (number: number, isDefault: boolean) => ({
    VersionId: `v${number}`,
    IsDefaultVersion: isDefault,
    CreateDate: new Date(startOfTest + (number - 1) * 1000),
  });

  test("lists the newest first, without documents", async () => {
    assert.deepEqual(await list(), { Versions: [version(1, true)], IsTruncated: false, Marker: undefined });
    for (let number = 2; number <= 5; number++) {
      h.clock.set(startOfTest + (number - 1) * 1000);
      await h.iam.send(
        new CreatePolicyVersionCommand({
          PolicyArn: Arn,
          PolicyDocument: document(`s3:Get${number}`),
          SetAsDefault: number === 3,
        }),
      );
    }
    h.clock.set(startOfTest);
    assert.deepEqual((await list()).Versions, [
      version(5, false),
      version(4, false),
      version(3, true),
      version(2, false),
      version(1, false),
    ]);
  });

  test("goes on page by page, behind a version that is gone, too", async () => {
    const pages = [];
    for await (const page of paginateListPolicyVersions({ client: h.iam, pageSize: 2 }, { PolicyArn: Arn })) {
      pages.push([page.IsTruncated, page.Versions?.map(({ VersionId }) => VersionId)]);
    }
    assert.deepEqual(pages, [
      [true, ["v5", "v4"]],
      [true, ["v3", "v2"]],
      [false, ["v1"]],
    ]);
    const { Marker } = await list({ MaxItems: 2 });
    await h.iam.send(new DeletePolicyVersionCommand({ PolicyArn: Arn, VersionId: "v4" }));
    assert.deepEqual(
      (await list({ Marker })).Versions?.map(({ VersionId }) => VersionId),
      ["v3", "v2", "v1"],
    );
  });

  test("lists the versions of AWS's own policies", async () => {
    const { Versions } = await list({ PolicyArn: await insertAwsPolicy(h, "ReadOnlyAccess") });
    assert.deepEqual(Versions, [
      { VersionId: "v1", IsDefaultVersion: true, CreateDate: new Date(startOfTest - 86_400_000) },
    ]);
  });

  test("refuses a policy that is not there, a marker not its own, and a page size out of range", async () => {
    assert.deepEqual(await refused(list({ PolicyArn: ownArn("nothing") })), {
      code: "NoSuchEntity",
      message: `Policy ${ownArn("nothing")} was not found.`,
      status: 404,
    });
    for (const Marker of ["invalid", encodeMarker("ann"), encodeMarker("0"), encodeMarker("1e3")]) {
      assert.deepEqual(await refused(list({ Marker })), invalidMarker);
    }
    assert.deepEqual(
      await refused(list({ MaxItems: 0 })),
      constraints(["maxItems", "Member must have value greater than or equal to 1"]),
    );
  });

  test("who may not, is told so of policies that are there and others", async () => {
    const eve = await userWithKey(h, "eve", allow("iam:ListPolicyVersions", ownArn("team/*")));
    for (const PolicyArn of [Arn, ownArn("nothing")]) {
      assert.deepEqual(
        await refused(list({ PolicyArn }, eve.iam)),
        accessDenied("eve", "iam:ListPolicyVersions", PolicyArn),
      );
    }
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  GetInstanceProfileCommand,
} from "@aws-sdk/client-iam";
import { harness, refused, startOfTest, testAccount } from "../../../../test/harness.ts";
import { noSuchInstanceProfile } from "../../../../test/refusals.ts";
import { createRole } from "../../../../test/roles.ts";

suite("GetInstanceProfile", async () => {
  const h = await harness();
  const get = (InstanceProfileName: string) => h.iam.send(new GetInstanceProfileCommand({ InstanceProfileName }));

  test("shows the role in it, and its tags", async () => {
    const Tags = [{ Key: "a", Value: "b" }];
    await h.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: "web", Tags }));
    const { RoleId, Arn, AssumeRolePolicyDocument } = await createRole(h, "worker", { Description: "works", Tags });
    await h.iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: "web", RoleName: "worker" }));
    const { InstanceProfile } = await get("WEB");
    const CreateDate = new Date(startOfTest);
    assert.deepEqual(InstanceProfile, {
      Path: "/",
      InstanceProfileName: "web",
      InstanceProfileId: InstanceProfile?.InstanceProfileId,
      Arn: `arn:aws:iam::${testAccount}:instance-profile/web`,
      CreateDate,
      Roles: [{ Path: "/", RoleName: "worker", RoleId, Arn, CreateDate, AssumeRolePolicyDocument }],
      Tags,
    });
  });

  test("has lists of roles and tags even where there are none", async () => {
    await h.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: "empty" }));
    const { InstanceProfile } = await get("empty");
    assert.deepEqual([InstanceProfile?.Roles, InstanceProfile?.Tags], [[], []]);
  });

  test("refuses one that is not there", async () => {
    assert.deepEqual(await refused(get("nonexistent-profile")), noSuchInstanceProfile("nonexistent-profile"));
  });
});

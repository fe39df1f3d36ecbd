import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateInstanceProfileCommand } from "@aws-sdk/client-iam";
import { harness, refused, startOfTest, testAccount } from "../../../../test/harness.ts";

suite("CreateInstanceProfile", async () => {
  const h = await harness({ quotas: { InstanceProfilesPerAccount: 2 } });
  const profile = (InstanceProfileName: string, Path?: string) =>
    h.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName, Path }));

  test("answers what was made", async () => {
    const { InstanceProfile } = await profile("Web", "/team/");
    assert.match(InstanceProfile?.InstanceProfileId ?? "", /^AIPA[A-Z2-7]{17}$/);
    assert.deepEqual(InstanceProfile, {
      Path: "/team/",
      InstanceProfileName: "Web",
      InstanceProfileId: InstanceProfile?.InstanceProfileId,
      Arn: `arn:aws:iam::${testAccount}:instance-profile/team/Web`,
      CreateDate: new Date(startOfTest),
      Roles: [],
    });
  });

  test("refuses a name that is taken, and one more than the quota", async () => {
    assert.deepEqual(await refused(profile("WEB")), {
      code: "EntityAlreadyExists",
      message: "Instance Profile WEB already exists.",
      status: 409,
    });
    await profile("second");
    assert.deepEqual(await refused(profile("third")), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for InstanceProfilesPerAccount: 2",
      status: 409,
    });
  });
});

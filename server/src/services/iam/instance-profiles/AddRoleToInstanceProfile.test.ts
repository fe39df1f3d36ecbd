import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AddRoleToInstanceProfileCommand, CreateInstanceProfileCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, noSuchInstanceProfile, noSuchRole, protectedRole } from "../../../../test/refusals.ts";
import { createRole, createServiceLinkedRole } from "../../../../test/roles.ts";

suite("AddRoleToInstanceProfile", async () => {
  const h = await harness();
  const add = (InstanceProfileName: string, RoleName: string, iam = h.iam) =>
    iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }));
  for (const InstanceProfileName of ["web", "other"]) {
    await h.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }));
  }
  await createRole(h, "worker");

  test("a profile has room for one role", async () => {
    await createRole(h, "second");
    await add("WEB", "Worker");
    for (const name of ["second", "worker"]) {
      assert.deepEqual(await refused(add("web", name)), {
        code: "LimitExceeded",
        message: "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1",
        status: 409,
      });
    }
  });

  test("who adds a role passes it to EC2, and needs to be allowed to", async () => {
    const eve = await userWithKey(h, "eve", allow("iam:AddRoleToInstanceProfile"));
    const arn = `arn:aws:iam::${testAccount}:role/worker`;
    assert.deepEqual(await refused(add("other", "worker", eve.iam)), accessDenied("eve", "iam:PassRole", arn));
    const Statement = [
      { Effect: "Allow", Action: "iam:AddRoleToInstanceProfile", Resource: "*" },
      {
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: arn,
        Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
      },
    ];
    const ann = await userWithKey(h, "ann", { Version: "2012-10-17", Statement });
    await add("other", "worker", ann.iam);
  });

  test("of ten roles at once, one gets in", async () => {
    await h.iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: "contended" }));
    const names = Array.from({ length: 10 }, (_, at) => `contender-${at}`);
    for (const name of names) await createRole(h, name);
    const answers = await Promise.allSettled(names.map((name) => add("contended", name)));
    assert.equal(answers.filter(({ status }) => status === "fulfilled").length, 1);
    for (const answer of answers) {
      if (answer.status === "rejected") assert.equal(answer.reason.name, "LimitExceededException");
    }
  });

  test("refuses a role that is a service's", async () => {
    const linked = await createServiceLinkedRole(h);
    assert.deepEqual(await refused(add("other", linked)), protectedRole(linked));
  });

  test("refuses a role and a profile that are not there", async () => {
    assert.deepEqual(await refused(add("other", "nonexistent-role")), noSuchRole("nonexistent-role"));
    assert.deepEqual(await refused(add("absent", "worker")), noSuchInstanceProfile("absent"));
  });
});

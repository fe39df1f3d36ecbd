import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetRoleCommand, UpdateRoleCommand, type UpdateRoleCommandInput } from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { constraints, noSuchRole } from "../../../../test/refusals.ts";
import { createRole, createServiceLinkedRole } from "../../../../test/roles.ts";

suite("UpdateRole", async () => {
  const h = await harness();
  const update = (input: UpdateRoleCommandInput) => h.iam.send(new UpdateRoleCommand(input));
  const detail = async (RoleName: string) => {
    const { Role } = await h.iam.send(new GetRoleCommand({ RoleName }));
    return [Role?.Description, Role?.MaxSessionDuration];
  };

  test("changes what is given and leaves the rest", async () => {
    await createRole(h, "role", { Description: "before" });
    await update({ RoleName: "ROLE", MaxSessionDuration: 43_200 });
    assert.deepEqual(await detail("role"), ["before", 43_200]);
    await update({ RoleName: "role", Description: "after" });
    assert.deepEqual(await detail("role"), ["after", 43_200]);
    await update({ RoleName: "role" });
    assert.deepEqual(await detail("role"), ["after", 43_200]);
  });

  test("of a service's role the description can be changed, and the duration cannot", async () => {
    const RoleName = await createServiceLinkedRole(h);
    await update({ RoleName, Description: "mine" });
    assert.deepEqual(await refused(update({ RoleName, MaxSessionDuration: 7200 })), {
      code: "UnmodifiableEntity",
      message: `${RoleName} is an AWS service linked role, max session duration cannot be changed.`,
      status: 400,
    });
    assert.deepEqual(await detail(RoleName), ["mine", 3600]);
  });

  test("refuses a role that is not there, and sessions that are too short or too long", async () => {
    assert.deepEqual(await refused(update({ RoleName: "nobody" })), noSuchRole("nobody"));
    assert.deepEqual(
      await refused(update({ RoleName: "role", MaxSessionDuration: 43_201 })),
      constraints(["maxSessionDuration", "Member must have value less than or equal to 43200"]),
    );
    assert.deepEqual(
      await refused(update({ RoleName: "role", MaxSessionDuration: 3599 })),
      constraints(["maxSessionDuration", "Member must have value greater than or equal to 3600"]),
    );
  });
});

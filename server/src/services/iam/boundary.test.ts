import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateUserCommand, DeletePolicyCommand, GetPolicyCommand, GetUserCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../test/harness.ts";
import { createPolicy, insertAwsPolicy, ownArn } from "../../../test/policies.ts";
import { constraints } from "../../../test/refusals.ts";

suite("permissions boundaries of new users", async () => {
  const h = await harness();
  const create = (UserName: string, PermissionsBoundary: string, iam = h.iam) =>
    iam.send(new CreateUserCommand({ UserName, PermissionsBoundary }));
  const uses = async (PolicyArn: string) =>
    (await h.iam.send(new GetPolicyCommand({ PolicyArn }))).Policy?.PermissionsBoundaryUsageCount;

  test("may be the account's own policies and AWS's", async () => {
    const { Arn } = await createPolicy(h, "Bounds", { Path: "/team/" });
    const aws = await insertAwsPolicy(h, "PowerUserAccess");
    for (const [UserName, arn] of [
      ["ann", Arn],
      ["bob", aws],
    ] as const) {
      const { User } = await create(UserName, arn);
      const boundary = { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: arn };
      assert.deepEqual(User?.PermissionsBoundary, boundary);
      assert.deepEqual((await h.iam.send(new GetUserCommand({ UserName }))).User?.PermissionsBoundary, boundary);
      assert.equal(await uses(arn), 1);
    }
  });

  test("a policy that bounds somebody cannot be deleted", async () => {
    assert.deepEqual(await refused(h.iam.send(new DeletePolicyCommand({ PolicyArn: ownArn("team/Bounds") }))), {
      code: "DeleteConflict",
      message: "Cannot delete a policy attached to entities.",
      status: 409,
    });
  });

  test("must be there, under this very ARN, and attachable", async () => {
    const reserved = await insertAwsPolicy(h, "AWSSupportServiceRolePolicy", "/aws-service-role/");
    for (const arn of [
      ownArn("nonexistent-policy"),
      ownArn("team/BOUNDS"),
      "arn:aws:iam::999999999999:policy/team/Bounds",
      reserved,
    ]) {
      assert.deepEqual(await refused(create("carl", arn)), {
        code: "NoSuchEntity",
        message: `Scope ARN: ${arn} does not exist or is not attachable.`,
        status: 404,
      });
    }
    assert.equal(await uses(reserved), 0);
  });

  test("must be a policy's ARN of the partition that is called", async () => {
    const arn = "arn:aws:iam::123456789012:not_a_policy/invalid";
    assert.deepEqual(await refused(create("carl", arn)), {
      code: "InvalidInput",
      message: `ARN ${arn} is not valid.`,
      status: 400,
    });
    assert.deepEqual(await refused(create("carl", "arn:aws-cn:iam::aws:policy/PowerUserAccess")), {
      code: "ValidationError",
      message: "Invalid ARN partition",
      status: 400,
    });
    assert.deepEqual(
      await refused(create("carl", "Bounds")),
      constraints(["permissionsBoundary", "Member must have length greater than or equal to 20"]),
    );
    assert.deepEqual(await refused(h.iam.send(new GetUserCommand({ UserName: "carl" }))), {
      code: "NoSuchEntity",
      message: "The user with name carl cannot be found.",
      status: 404,
    });
  });

  test("who must set one boundary, can set no other and not leave it out", async () => {
    const eve = await userWithKey(
      h,
      "eve",
      allow("iam:CreateUser", "*", { StringEquals: { "iam:PermissionsBoundary": ownArn("team/Bounds") } }),
    );
    const denied = {
      code: "AccessDenied",
      message:
        "User: arn:aws:iam::123456789012:user/eve is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::123456789012:user/dan because no identity-based policy allows the iam:CreateUser action",
      status: 403,
    };
    assert.deepEqual(await refused(create("dan", "arn:aws:iam::aws:policy/PowerUserAccess", eve.iam)), denied);
    assert.deepEqual(await refused(eve.iam.send(new CreateUserCommand({ UserName: "dan" }))), denied);
    await create("dan", ownArn("team/Bounds"), eve.iam);
    assert.equal(await uses(ownArn("team/Bounds")), 2);
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  DeleteUserPermissionsBoundaryCommand,
  GetPolicyCommand,
  GetUserCommand,
  PutUserPermissionsBoundaryCommand,
} from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";
import { createPolicy } from "../../../../test/policies.ts";
import { noSuchUser } from "../../../../test/refusals.ts";

suite("DeleteUserPermissionsBoundary", async () => {
  const h = await harness();
  await h.iam.send(new CreateUserCommand({ UserName: "Bounded" }));
  const { Arn } = await createPolicy(h, "boundary");
  const remove = (UserName: string) => h.iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName }));

  test("the boundary is gone, and there is none to delete again", async () => {
    await h.iam.send(new PutUserPermissionsBoundaryCommand({ UserName: "Bounded", PermissionsBoundary: Arn }));
    await remove("bounded");
    assert.deepEqual(await refused(remove("bounded")), {
      code: "NoSuchEntity",
      message: "The permissions boundary of the user with name Bounded cannot be found.",
      status: 404,
    });
    const { User } = await h.iam.send(new GetUserCommand({ UserName: "Bounded" }));
    assert.equal(User?.PermissionsBoundary, undefined);
    const { Policy } = await h.iam.send(new GetPolicyCommand({ PolicyArn: Arn }));
    assert.equal(Policy?.PermissionsBoundaryUsageCount, 0);
  });

  test("refuses an owner that is not there", async () => {
    assert.deepEqual(await refused(remove("nobody")), noSuchUser("nobody"));
  });
});

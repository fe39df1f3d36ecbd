import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AttachUserPolicyCommand,
  CreateUserCommand,
  DeleteUserCommand,
  DetachUserPolicyCommand,
  ListAttachedUserPoliciesCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, insertAwsPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied, noSuchUser } from "../../../../test/refusals.ts";

suite("DetachUserPolicy", async () => {
  const h = await harness();
  await h.iam.send(new CreateUserCommand({ UserName: "ann" }));
  const { Arn } = await createPolicy(h, "Readers");
  const attach = (PolicyArn = Arn) => h.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn }));
  const detach = (UserName = "ann", PolicyArn = Arn, iam = h.iam) =>
    iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn }));
  const attached = async () =>
    (await h.iam.send(new ListAttachedUserPoliciesCommand({ UserName: "ann" }))).AttachedPolicies;

  test("detaches one and keeps the other", async () => {
    const aws = await insertAwsPolicy(h, "ReadOnlyAccess");
    await attach();
    await attach(aws);
    await detach();
    assert.deepEqual(await attached(), [{ PolicyName: "ReadOnlyAccess", PolicyArn: aws }]);
    await detach("ann", aws);
    assert.deepEqual(await attached(), []);
  });

  test("a user with policies cannot be deleted until they are detached", async () => {
    await h.iam.send(new CreateUserCommand({ UserName: "bob" }));
    await h.iam.send(new AttachUserPolicyCommand({ UserName: "bob", PolicyArn: Arn }));
    const drop = () => h.iam.send(new DeleteUserCommand({ UserName: "bob" }));
    assert.deepEqual(await refused(drop()), {
      code: "DeleteConflict",
      message: "Cannot delete entity, must detach all policies first.",
      status: 409,
    });
    await detach("bob");
    await drop();
  });

  test("says the same of a policy that is not attached and one that is not there", async () => {
    for (const arn of [Arn, ownArn("nothing"), "arn:aws:iam::aws:policy/Nonexistent"]) {
      assert.deepEqual(await refused(detach("ann", arn)), {
        code: "NoSuchEntity",
        message: `Policy ${arn} was not found.`,
        status: 404,
      });
    }
  });

  test("refuses a user that is not there, and what is no policy's ARN", async () => {
    assert.deepEqual(await refused(detach("nobody")), noSuchUser("nobody"));
    assert.deepEqual(await refused(detach("ann", "longpolicynamebutnoarn")), {
      code: "ValidationError",
      message: "ARN longpolicynamebutnoarn is not valid.",
      status: 400,
    });
  });

  test("who may detach one policy, may no other", async () => {
    const ann = `arn:aws:iam::${testAccount}:user/ann`;
    const other = await createPolicy(h, "Others");
    await attach();
    await attach(other.Arn);
    const eve = await userWithKey(
      h,
      "eve",
      allow("iam:DetachUserPolicy", ann, { ArnEquals: { "iam:PolicyARN": Arn } }),
    );
    assert.deepEqual(
      await refused(detach("ann", other.Arn, eve.iam)),
      accessDenied("eve", "iam:DetachUserPolicy", ann),
    );
    await detach("ann", Arn, eve.iam);
    assert.deepEqual(await attached(), [{ PolicyName: "Others", PolicyArn: other.Arn }]);
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  CreateUserCommand,
  GetContextKeysForPrincipalPolicyCommand,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";

suite("GetContextKeysForPrincipalPolicy", async () => {
  const h = await harness();
  const arn = (entity: string) => `arn:aws:iam::${h.accountId}:${entity}`;
  const keys = async (PolicySourceArn: string, PolicyInputList?: string[], iam = h.iam) =>
    (await iam.send(new GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn, PolicyInputList }))).ContextKeyNames;
  const asking = (key: string) => JSON.stringify(allow("s3:*", "*", { StringEquals: { [key]: "a" } }));

  await h.iam.send(new CreateUserCommand({ UserName: "ann" }));
  await h.iam.send(new CreateGroupCommand({ GroupName: "staff" }));
  await h.iam.send(new AddUserToGroupCommand({ GroupName: "staff", UserName: "ann" }));
  const PolicyName = "asking";
  await h.iam.send(new PutUserPolicyCommand({ UserName: "ann", PolicyName, PolicyDocument: asking("s3:prefix") }));
  await h.iam.send(
    new PutGroupPolicyCommand({ GroupName: "staff", PolicyName, PolicyDocument: asking("aws:SourceIp") }),
  );

  test("of a user with its groups, of a group, and of what is given besides", async () => {
    assert.deepEqual(await keys(arn("user/ann")), ["s3:prefix", "aws:SourceIp"]);
    assert.deepEqual(await keys(arn("group/staff")), ["aws:SourceIp"]);
    assert.deepEqual(await keys(arn("group/staff"), [asking("aws:sourceip"), asking("s3:VersionId")]), [
      "aws:SourceIp",
      "s3:VersionId",
    ]);
  });

  test("refuses whom it cannot find, and what is no policy", async () => {
    const refuse = async (call: Promise<unknown>, code: string, message: string, status: number) =>
      assert.deepEqual(await refused(call), { code, message, status });
    await refuse(keys(arn("role/nobody")), "NoSuchEntity", "The role with name nobody cannot be found.", 404);
    const policy = arn("policy/ann");
    const unclear = `Invalid Entity Arn: ${policy} does not clearly define entity type and name.`;
    await refuse(keys(policy), "InvalidInput", unclear, 400);
    await refuse(keys(arn("user/ann"), ["[]"]), "InvalidInput", "Syntax errors in policy.", 400);
  });

  test("asks for permission on whose policies they are", async () => {
    const bob = await userWithKey(h, "bob", allow("iam:GetContextKeysForPrincipalPolicy", arn("group/*")));
    assert.deepEqual(await keys(arn("group/staff"), undefined, bob.iam), ["aws:SourceIp"]);
    assert.equal((await refused(keys(arn("user/ann"), undefined, bob.iam))).code, "AccessDenied");
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateUserCommand, GenerateServiceLastAccessedDetailsCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { insertAwsPolicy, ownArn } from "../../../../test/policies.ts";

suite("GenerateServiceLastAccessedDetails", async () => {
  const h = await harness();
  const arnOf = (entity: string) => `arn:aws:iam::${h.accountId}:${entity}`;
  const generate = (Arn: string, iam = h.iam) => iam.send(new GenerateServiceLastAccessedDetailsCommand({ Arn }));

  test("each job has an id of its own", async () => {
    await h.iam.send(new CreateUserCommand({ UserName: "ann", Path: "/team/" }));
    const aws = await insertAwsPolicy(h, "OfAws");
    const ids = [await generate(arnOf("user/team/ann")), await generate(arnOf("user/team/ann")), await generate(aws)];
    for (const { JobId } of ids) assert.match(JobId ?? "", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(new Set(ids.map(({ JobId }) => JobId)).size, 3);
  });

  test("refuses whom it cannot find", async () => {
    const refuse = async (arn: string, code: string, message: string, status: number) =>
      assert.deepEqual(await refused(generate(arn)), { code, message, status });
    for (const kind of ["user", "group", "role"]) {
      await refuse(arnOf(`${kind}/nobody`), "NoSuchEntity", `The ${kind} with name nobody cannot be found.`, 404);
    }
    const other = "arn:aws:iam::999999999999:user/team/ann";
    await refuse(other, "NoSuchEntity", "The user with name ann cannot be found.", 404);
    await refuse(ownArn("none"), "NoSuchEntity", `Policy ${ownArn("none")} was not found.`, 404);
    const session = "arn:aws:sts::123456789012:assumed-role/Admin/session";
    await refuse(session, "InvalidInput", `Invalid ARN: ${session}`, 400);
  });

  test("asks for permission on whom it is about, there or not", async () => {
    const bob = await userWithKey(h, "bob", allow("iam:GenerateServiceLastAccessedDetails", arnOf("user/team/*")));
    assert.equal((await generate(arnOf("user/team/ann"), bob.iam)).JobId?.length, 36);
    for (const arn of [arnOf("user/bob"), arnOf("user/nobody")]) {
      assert.deepEqual(await refused(generate(arn, bob.iam)), {
        code: "AccessDenied",
        message: `User: ${arnOf("user/bob")} is not authorized to perform: iam:GenerateServiceLastAccessedDetails on resource: ${arn} because no identity-based policy allows the iam:GenerateServiceLastAccessedDetails action`,
        status: 403,
      });
    }
  });
});

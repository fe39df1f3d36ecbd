import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateUserCommand, GetPolicyCommand, GetUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { startCountersign } from "countersign";
import { refused } from "../harness.ts";

suite("startCountersign, the library", () => {
  test("starts in memory on a free port, gives clients what they need, and stops", async () => {
    const countersign = await startCountersign();
    assert.match(countersign.endpoint, /^http:\/\/127\.0\.0\.1:\d+$/);
    const iam = new IAMClient(countersign.clientConfig());
    const { User } = await iam.send(new CreateUserCommand({ UserName: "ann" }));
    assert.equal(User?.Arn, "arn:aws:iam::000000000000:user/ann");
    iam.destroy();
    await countersign.stop();
    const late = new IAMClient({ ...countersign.clientConfig(), maxAttempts: 1 });
    assert.match((await refused(late.send(new GetUserCommand({ UserName: "ann" })))).message, /ECONNREFUSED/);
  });

  test("has AWS's managed policies from its start", async () => {
    const countersign = await startCountersign();
    const iam = new IAMClient(countersign.clientConfig());
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    iam.destroy();
    await countersign.stop();
    assert.equal(Policy?.PolicyId, "ANPAIWMBCKSKIEE64ZLYK");
  });

  test("two at once know nothing of each other", async () => {
    const [one, two] = await Promise.all([
      startCountersign({ accountId: "111111111111" }),
      startCountersign({ accountId: "222222222222" }),
    ]);
    await new IAMClient(one.clientConfig()).send(new CreateUserCommand({ UserName: "ann" }));
    assert.deepEqual(await refused(new IAMClient(two.clientConfig()).send(new GetUserCommand({ UserName: "ann" }))), {
      code: "NoSuchEntity",
      message: "The user with name ann cannot be found.",
      status: 404,
    });
    assert.notEqual(one.credentials.accessKeyId, two.credentials.accessKeyId);
    await Promise.all([one.stop(), two.stop()]);
  });

  test("its clock can be moved, and clients go on signing with theirs", async () => {
    const countersign = await startCountersign({ now: new Date("2031-01-01T00:00:00Z") });
    const iam = new IAMClient(countersign.clientConfig());
    const created = async (UserName: string) =>
      (await iam.send(new CreateUserCommand({ UserName }))).User?.CreateDate?.toISOString().slice(0, 10);
    assert.equal(await created("ann"), "2031-01-01");
    countersign.clock.set(new Date("2041-05-05T12:00:00Z"));
    assert.equal(await created("bob"), "2041-05-05");
    countersign.clock.advance(86_400_000);
    assert.equal(await created("eve"), "2041-05-06");
    assert.equal(countersign.clock.now().toISOString().slice(0, 10), "2041-05-06");
    iam.destroy();
    await countersign.stop();
  });

  test("with auth off, any credentials are root", async () => {
    const countersign = await startCountersign({ auth: "off" });
    const sts = new STSClient({
      ...countersign.clientConfig(),
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    assert.equal((await sts.send(new GetCallerIdentityCommand({}))).Arn, "arn:aws:iam::000000000000:root");
    sts.destroy();
    await countersign.stop();
  });
});

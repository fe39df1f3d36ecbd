import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateUserCommand, DeleteUserCommand, GetUserCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { allow, harness, refused, startOfTest, userWithKey } from "../../test/harness.ts";
import { silentLog } from "../runtime/log.ts";
import { ServiceUses } from "./service-uses.ts";

suite("uses of services", async () => {
  const h = await harness();
  const { store, serviceUses } = h.environment;
  const of = (principalId: string, uses = serviceUses) => store.read((tx) => uses.of(tx, principalId));
  const idOf = async (UserName: string) =>
    (await h.iam.send(new GetUserCommand({ UserName }))).User?.UserId ?? assert.fail("no user");
  const use = (service: string, action: string, usedAt = startOfTest, region = "us-east-1") => ({
    service,
    action,
    usedAt,
    region,
  });

  test("each action of a user, allowed or not, before it is written and after", async () => {
    const ann = await userWithKey(h, "ann", allow("iam:GetUser"));
    const id = await idOf("ann");
    assert.deepEqual(await of(id), []);
    await ann.iam.send(new GetUserCommand({}));
    await refused(ann.iam.send(new CreateUserCommand({ UserName: "new" })));
    await h.as(ann.credentials, "eu-central-1").sts.send(new GetCallerIdentityCommand({}));
    const expected = [
      use("iam", "CreateUser"),
      use("sts", "GetCallerIdentity", startOfTest, "eu-central-1"),
      use("iam", "GetUser"),
    ];
    const byAction = async (uses?: ServiceUses) =>
      (await of(id, uses)).toSorted((one, other) => (one.action < other.action ? -1 : 1));
    const otherServer = new ServiceUses(store, silentLog);
    assert.deepEqual([await byAction(), await byAction(otherServer)], [expected, []]);
    await serviceUses.flush();
    assert.deepEqual([await byAction(), await byAction(otherServer)], [expected, expected]);
  });

  test("a use within a minute is not written again, and one in another region is", async () => {
    const bob = await userWithKey(h, "bob", allow("iam:GetUser"));
    const id = await idOf("bob");
    const at = async (milliseconds: number, region?: string) => {
      h.clock.set(startOfTest + milliseconds);
      await h.as(bob.credentials, region).iam.send(new GetUserCommand({}));
      return (await of(id)).map((one) => [one.usedAt - startOfTest, one.region]);
    };
    assert.deepEqual(await at(0), [[0, "us-east-1"]]);
    const writes = store.statistics().commits;
    await serviceUses.flush();
    assert.deepEqual(await at(59_999), [[0, "us-east-1"]]);
    await serviceUses.flush();
    assert.equal(store.statistics().commits, writes + 1);
    assert.deepEqual(await at(60_000), [[60_000, "us-east-1"]]);
    assert.deepEqual(await at(60_001, "eu-central-1"), [[60_001, "eu-central-1"]]);
    h.clock.set(startOfTest);
  });

  test("root has none, and a user that is gone leaves none", async () => {
    assert.deepEqual(await of(h.accountId), []);
    await h.iam.send(new CreateUserCommand({ UserName: "carl" }));
    const id = await idOf("carl");
    const caller = { kind: "user", userId: id, session: undefined } as const;
    const asked = { ...caller, accountId: h.accountId, partition: "aws", arn: "", userName: "carl", accessKeyId: "" };
    const noted = { ...asked, tags: [], permissionsBoundaryArn: undefined };
    serviceUses.note(noted, "iam:GetUser", startOfTest, "us-east-1");
    await serviceUses.flush();
    assert.equal((await of(id, new ServiceUses(store, silentLog))).length, 1);
    serviceUses.note(noted, "iam:GetRole", startOfTest, "us-east-1");
    await h.iam.send(new DeleteUserCommand({ UserName: "carl" }));
    await serviceUses.flush();
    assert.deepEqual(await of(id, new ServiceUses(store, silentLog)), []);
  });

  test("of an emptied store nothing is remembered", async () => {
    const dora = await userWithKey(h, "dora", allow("iam:GetUser"));
    const id = await idOf("dora");
    await dora.iam.send(new GetUserCommand({}));
    assert.equal((await of(id)).length, 1);
    serviceUses.forget();
    assert.deepEqual(await of(id), []);
  });
});

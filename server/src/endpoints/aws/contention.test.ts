import assert from "node:assert/strict";
import { after, suite, test } from "node:test";
import {
  CreatePolicyVersionCommand,
  GetPolicyCommand,
  SetDefaultPolicyVersionCommand,
  TagPolicyCommand,
} from "@aws-sdk/client-iam";
import pg from "pg";
import { refused, startHarness } from "../../../test/harness.ts";
import { createPolicy, document } from "../../../test/policies.ts";
import { startPostgres } from "../../../test/postgres.ts";

/** Writes that meet another program's on the same PostgreSQL whenever they are tried, until they are given up. */
suite("contention on PostgreSQL", async () => {
  const postgres = process.env.COUNTERSIGN_TEST_DATABASE === undefined ? await startPostgres() : undefined;
  if (postgres !== undefined) process.env.COUNTERSIGN_TEST_DATABASE = postgres.url;
  const h = await startHarness();
  const client = new pg.Client({ connectionString: process.env.COUNTERSIGN_TEST_DATABASE });
  await client.connect();
  after(async () => {
    await client.end();
    await h.stop();
    await postgres?.stop();
  });
  const { Arn } = await createPolicy(h, "contended");
  await h.iam.send(new CreatePolicyVersionCommand({ PolicyArn: Arn, PolicyDocument: document() }));
  const policy = async () => (await h.iam.send(new GetPolicyCommand({ PolicyArn: Arn }))).Policy;
  const tag = () => h.iam.send(new TagPolicyCommand({ PolicyArn: Arn, Tags: [{ Key: "team", Value: "blue" }] }));
  const { retries } = h.environment.store.statistics();

  // PostgreSQL says the same where two transactions cannot be put into an order.
  const { rows } = await client.query(
    "select table_schema as schema from information_schema.tables where table_name = 'policies' and table_schema like $1",
    [`t\\_${process.pid}\\_%`],
  );
  const schema = String(rows[0]?.schema);
  await client.query(`set search_path = ${schema}`);
  await client.query(
    "create function lose() returns trigger language plpgsql as $$ begin raise exception 'could not serialize access' using errcode = 'serialization_failure'; end $$",
  );
  await client.query("create trigger lose before update on policies for each row execute function lose()");

  test("an operation that lists ConcurrentModification says so, and has done nothing", async () => {
    assert.deepEqual(await refused(tag()), {
      code: "ConcurrentModification",
      message:
        "The request was rejected because multiple requests to change this object were submitted simultaneously. Wait a few minutes and submit your request again.",
      status: 409,
    });
    assert.ok(h.environment.store.statistics().retries > retries, "it was tried again");
    assert.deepEqual((await policy())?.Tags, []);
  });

  test("one that does not, says that it failed", async () => {
    assert.deepEqual(
      await refused(h.iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn: Arn, VersionId: "v2" }))),
      {
        code: "ServiceFailure",
        message: "The request processing has failed because of an unknown error, exception or failure.",
        status: 500,
      },
    );
    assert.equal((await policy())?.DefaultVersionId, "v1");
  });

  test("once the other one is done, it is as ever", async () => {
    await client.query("drop trigger lose on policies; drop function lose()");
    await tag();
    assert.deepEqual((await policy())?.Tags, [{ Key: "team", Value: "blue" }]);
  });
});

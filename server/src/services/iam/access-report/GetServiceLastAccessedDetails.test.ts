import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { suite, test } from "node:test";
import {
  type AccessAdvisorUsageGranularityType,
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  GenerateServiceLastAccessedDetailsCommand,
  GetServiceLastAccessedDetailsCommand,
  type GetServiceLastAccessedDetailsCommandInput,
  GetUserCommand,
  PutGroupPolicyCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { allow, harness, refused, startOfTest, userWithKey } from "../../../../test/harness.ts";
import { createPolicy } from "../../../../test/policies.ts";

suite("GetServiceLastAccessedDetails", async () => {
  const h = await harness();
  const arnOf = (entity: string) => `arn:aws:iam::${h.accountId}:${entity}`;
  const get = (JobId: string, input: Partial<GetServiceLastAccessedDetailsCommandInput> = {}, iam = h.iam) =>
    iam.send(new GetServiceLastAccessedDetailsCommand({ JobId, ...input }));
  const generate = async (Arn: string, Granularity?: AccessAdvisorUsageGranularityType) => {
    const { JobId = "" } = await h.iam.send(new GenerateServiceLastAccessedDetailsCommand({ Arn, Granularity }));
    await h.environment.tasks.settled();
    return JobId;
  };
  const report = async (entity: string, granularity?: AccessAdvisorUsageGranularityType) =>
    get(await generate(arnOf(entity), granularity));
  const summary = async (entity: string) =>
    (await report(entity)).ServicesLastAccessed?.map((one) => [
      one.ServiceNamespace,
      one.LastAuthenticated === undefined ? undefined : one.LastAuthenticated.getTime() - startOfTest,
      one.LastAuthenticatedEntity,
      one.TotalAuthenticatedEntities,
    ]);

  const ann = await userWithKey(h, "ann", allow(["iam:GetUser", "iam:ListUsers", "s3:*", "sts:*"]));
  const bob = await userWithKey(h, "bob");
  const { Arn: PolicyArn } = await createPolicy(h, "users", { PolicyDocument: JSON.stringify(allow("iam:*")) });
  await h.iam.send(new CreateGroupCommand({ GroupName: "staff" }));
  for (const UserName of ["ann", "bob"]) {
    await h.iam.send(new AddUserToGroupCommand({ GroupName: "staff", UserName }));
  }
  await h.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn }));
  await h.iam.send(new AttachGroupPolicyCommand({ GroupName: "staff", PolicyArn }));
  const shared = JSON.stringify(allow("example:*"));
  await h.iam.send(new PutGroupPolicyCommand({ GroupName: "staff", PolicyName: "shared", PolicyDocument: shared }));
  await ann.iam.send(new GetUserCommand({}));
  h.clock.set(startOfTest + 100_000);
  await ann.sts.send(new GetCallerIdentityCommand({}));
  await bob.iam.send(new GetUserCommand({}));

  test("a user's services, of its policies and its groups', used or not", async () => {
    const answer = await report("user/ann");
    assert.deepEqual(
      [answer.JobStatus, answer.JobType, answer.JobCreationDate, answer.JobCompletionDate, answer.IsTruncated],
      ["COMPLETED", "SERVICE_LEVEL", new Date(startOfTest + 100_000), new Date(startOfTest + 100_000), false],
    );
    assert.deepEqual(answer.ServicesLastAccessed, [
      { ServiceName: "example", ServiceNamespace: "example", TotalAuthenticatedEntities: 0 },
      {
        ServiceName: "AWS Identity and Access Management",
        ServiceNamespace: "iam",
        TotalAuthenticatedEntities: 1,
        LastAuthenticated: new Date(startOfTest),
        LastAuthenticatedEntity: arnOf("user/ann"),
        LastAuthenticatedRegion: "us-east-1",
      },
      { ServiceName: "Amazon S3", ServiceNamespace: "s3", TotalAuthenticatedEntities: 0 },
      {
        ServiceName: "AWS Security Token Service",
        ServiceNamespace: "sts",
        TotalAuthenticatedEntities: 1,
        LastAuthenticated: new Date(startOfTest + 100_000),
        LastAuthenticatedEntity: arnOf("user/ann"),
        LastAuthenticatedRegion: "us-east-1",
      },
    ]);
  });

  test("a group's by its members, a policy's by all that have it, each once", async () => {
    const bobs = ["iam", 100_000, arnOf("user/bob"), 2];
    assert.deepEqual(await summary("group/staff"), [["example", undefined, undefined, 0], bobs]);
    assert.deepEqual(await summary("policy/users"), [bobs]);
  });

  test("actions that the policies allow, where they are tracked", async () => {
    const { JobType, ServicesLastAccessed } = await report("user/bob", "ACTION_LEVEL");
    const [example, iam] = ServicesLastAccessed ?? [];
    assert.deepEqual([JobType, example?.TrackedActionsLastAccessed], ["ACTION_LEVEL", undefined]);
    const actions = iam?.TrackedActionsLastAccessed ?? [];
    assert.deepEqual(
      actions.filter((one) => one.LastAccessedTime !== undefined),
      [
        {
          ActionName: "GetUser",
          LastAccessedEntity: arnOf("user/bob"),
          LastAccessedTime: new Date(startOfTest + 100_000),
          LastAccessedRegion: "us-east-1",
        },
      ],
    );
    assert.ok(actions.some((one) => one.ActionName === "CreateRole"));
    const { Arn = "" } = await createPolicy(h, "narrow", {
      PolicyDocument: JSON.stringify(allow(["iam:ListUser*", "iam:CreateUser"])),
    });
    const narrow = await get(await generate(Arn, "ACTION_LEVEL"));
    assert.deepEqual(
      narrow.ServicesLastAccessed?.[0]?.TrackedActionsLastAccessed?.map((one) => one.ActionName).toSorted(),
      ["CreateUser", "ListUserPolicies", "ListUserTags", "ListUsers"],
    );
  });

  test("what a policy names by exclusion, and everything", async () => {
    const services = async (name: string, statement: object) => {
      const document = { Version: "2012-10-17", Statement: [{ Resource: "*", ...statement }] };
      await createPolicy(h, name, { PolicyDocument: JSON.stringify(document) });
      return (await summary(`policy/${name}`))?.map(([namespace]) => namespace) ?? [];
    };
    const everything = await services("everything", { Effect: "Allow", Action: "*" });
    assert.ok(everything.includes("iam") && everything.includes("ec2"));
    const rest = await services("rest", { Effect: "Allow", NotAction: ["iam:*", "s3:Get*"] });
    assert.deepEqual(
      everything.filter((one) => !rest.includes(one)),
      ["iam"],
    );
    assert.deepEqual(await services("nothing", { Effect: "Deny", Action: "*" }), []);
  });

  test("goes on page by page", async () => {
    const JobId = await generate(arnOf("user/ann"));
    const seen: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const answer = await get(JobId, { MaxItems: 3, Marker });
      seen.push(answer.ServicesLastAccessed?.map((one) => one.ServiceNamespace).join(" "));
      Marker = answer.Marker;
    } while (Marker !== undefined);
    assert.deepEqual(seen, ["example iam s3", "sts"]);
  });

  test("a report ends after a week, and is its account's alone", async () => {
    const JobId = await generate(arnOf("user/ann"));
    const missing = (id: string) => ({ code: "NoSuchEntity", message: `Job ${id} cannot be found.`, status: 404 });
    const other = randomUUID();
    assert.deepEqual(await refused(get(other)), missing(other));
    h.clock.set(startOfTest + 100_000 + 7 * 24 * 3_600_000 - 1);
    assert.equal((await get(JobId)).JobStatus, "COMPLETED");
    h.clock.set(startOfTest + 100_000 + 7 * 24 * 3_600_000);
    assert.deepEqual(await refused(get(JobId)), missing(JobId));
    h.clock.set(startOfTest + 100_000);
  });

  test("a report that its server did not finish has failed", async () => {
    const { store } = h.environment;
    const { accessReports } = await import("../../../store/access-reports.ts");
    const job_id = randomUUID();
    const subject = { kind: "user", id: "AIDAEXAMPLE", arn: arnOf("user/ann"), partition: "aws" };
    await store.write((tx) =>
      accessReports.insert(tx, {
        job_id,
        account_id: h.accountId,
        created_at: startOfTest + 100_000,
        granularity: "SERVICE_LEVEL",
        subject_json: JSON.stringify(subject),
      }),
    );
    const running = await get(job_id);
    assert.deepEqual([running.JobStatus, running.ServicesLastAccessed], ["IN_PROGRESS", []]);
    h.clock.set(startOfTest + 100_000 + 600_000);
    const failed = await get(job_id);
    assert.deepEqual(
      [failed.JobStatus, failed.Error],
      ["FAILED", { Code: "ServiceFailure", Message: "The report was not completed." }],
    );
    h.clock.set(startOfTest + 100_000);
  });

  test("asks for permission on everything", async () => {
    const carl = await userWithKey(h, "carl", allow("iam:GetServiceLastAccessedDetails", arnOf("*")));
    const JobId = await generate(arnOf("user/ann"));
    assert.deepEqual(await refused(get(JobId, {}, carl.iam)), {
      code: "AccessDenied",
      message: `User: ${arnOf("user/carl")} is not authorized to perform: iam:GetServiceLastAccessedDetails on resource: * because no identity-based policy allows the iam:GetServiceLastAccessedDetails action`,
      status: 403,
    });
  });
});

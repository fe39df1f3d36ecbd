import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  GenerateServiceLastAccessedDetailsCommand,
  GetServiceLastAccessedDetailsWithEntitiesCommand,
  type GetServiceLastAccessedDetailsWithEntitiesCommandInput,
  GetUserCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, userWithKey } from "../../../../test/harness.ts";
import { createPolicy } from "../../../../test/policies.ts";
import { policyAttachments } from "../../../store/policy-attachments.ts";
import { roles } from "../../../store/roles.ts";

suite("GetServiceLastAccessedDetailsWithEntities", async () => {
  const h = await harness();
  const arnOf = (entity: string) => `arn:aws:iam::${h.accountId}:${entity}`;
  const get = (
    JobId: string,
    input: Partial<GetServiceLastAccessedDetailsWithEntitiesCommandInput> = {},
    iam = h.iam,
  ) => iam.send(new GetServiceLastAccessedDetailsWithEntitiesCommand({ JobId, ServiceNamespace: "iam", ...input }));
  const generate = async (Arn: string) => {
    const { JobId = "" } = await h.iam.send(new GenerateServiceLastAccessedDetailsCommand({ Arn }));
    await h.environment.tasks.settled();
    return JobId;
  };
  const names = async (JobId: string, input: Partial<GetServiceLastAccessedDetailsWithEntitiesCommandInput> = {}) =>
    (await get(JobId, input)).EntityDetailsList?.map((one) => one.EntityInfo?.Name);

  const { Arn: PolicyArn, PolicyId = "" } = await createPolicy(h, "users", {
    PolicyDocument: JSON.stringify(allow("iam:*")),
  });
  const ann = await userWithKey(h, "ann");
  await h.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn }));
  await h.iam.send(new CreateUserCommand({ UserName: "bob", Path: "/team/" }));
  for (const GroupName of ["empty", "staff", "admins"]) {
    await h.iam.send(new CreateGroupCommand({ GroupName }));
    await h.iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }));
  }
  const join = (GroupName: string, UserName: string) => h.iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
  await join("staff", "bob");
  await join("admins", "bob");
  await join("admins", "ann");
  await h.environment.store.write(async (tx) => {
    await roles.insert(tx, {
      account_id: h.accountId,
      role_name: "worker",
      role_id: "AROAEXAMPLE",
      path: "/",
      created_at: startOfTest,
      trust_document: "{}",
      description: null,
      max_session_duration: 3600,
      tags: [],
      permissions_boundary_arn: null,
      permissions_boundary_policy_id: null,
      service_name: null,
    });
    const owner = { owner_id: "AROAEXAMPLE", owner_kind: "role", account_id: h.accountId } as const;
    await policyAttachments.attach(tx, { ...owner, policy_id: PolicyId });
  });
  await ann.iam.send(new GetUserCommand({ UserName: "bob" }));

  test("who could have used a group's permissions, and when they did", async () => {
    const answer = await get(await generate(arnOf("group/admins")));
    const { User: bob } = await h.iam.send(new GetUserCommand({ UserName: "bob" }));
    const { User: annUser } = await h.iam.send(new GetUserCommand({ UserName: "ann" }));
    const byId = [
      {
        EntityInfo: { Arn: arnOf("user/ann"), Name: "ann", Type: "USER", Id: annUser?.UserId, Path: "/" },
        LastAuthenticated: new Date(startOfTest),
      },
      { EntityInfo: { Arn: arnOf("user/team/bob"), Name: "bob", Type: "USER", Id: bob?.UserId, Path: "/team/" } },
    ].toSorted((one, other) => ((one.EntityInfo.Id ?? "") < (other.EntityInfo.Id ?? "") ? -1 : 1));
    assert.deepEqual(answer.EntityDetailsList, byId);
    assert.deepEqual(
      [answer.JobStatus, answer.JobCompletionDate, answer.IsTruncated],
      ["COMPLETED", new Date(startOfTest), false],
    );
  });

  test("of a policy its users, its groups' members and its roles, page by page", async () => {
    const JobId = await generate(PolicyArn);
    const all = await names(JobId);
    assert.deepEqual(all?.toSorted(), ["ann", "ann", "bob", "bob", "worker"]);
    assert.deepEqual([all?.[0], all?.[4]], ["ann", "worker"]);
    for (const MaxItems of [1, 2, 3, 4]) {
      const seen: (string | undefined)[] = [];
      let Marker: string | undefined;
      do {
        const answer = await get(JobId, { MaxItems, Marker });
        seen.push(...(answer.EntityDetailsList ?? []).map((one) => one.EntityInfo?.Name));
        Marker = answer.Marker;
      } while (Marker !== undefined);
      assert.deepEqual(seen, all, String(MaxItems));
    }
  });

  test("of a user or a role itself", async () => {
    assert.deepEqual(await names(await generate(arnOf("user/ann"))), ["ann"]);
    assert.deepEqual(await names(await generate(arnOf("role/worker"))), ["worker"]);
  });

  test("refuses a service that the report does not have, and a job that is not there", async () => {
    const JobId = await generate(arnOf("group/admins"));
    assert.deepEqual(await refused(get(JobId, { ServiceNamespace: "s3" })), {
      code: "NoSuchEntity",
      message: "The report has no service with namespace s3.",
      status: 404,
    });
    const other = "00000000-0000-4000-8000-000000000000";
    assert.deepEqual(await refused(get(other)), {
      code: "NoSuchEntity",
      message: `Job ${other} cannot be found.`,
      status: 404,
    });
  });

  test("asks for permission on everything", async () => {
    const carl = await userWithKey(h, "carl");
    assert.equal((await refused(get(await generate(PolicyArn), {}, carl.iam))).code, "AccessDenied");
  });
});

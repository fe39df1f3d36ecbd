import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";
import {
  AttachUserPolicyCommand,
  CreateUserCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
  paginateListPolicies,
} from "@aws-sdk/client-iam";
import { harness, refused, userWithKey } from "../../../../test/harness.ts";
import { document } from "../../../../test/policies.ts";
import { awsPoliciesAsOf, PolicyCatalogError, readCatalog, storeAwsPolicies } from "./aws-policies.ts";

const shipped = () => readFileSync(new URL("aws-policies.json", import.meta.url), "utf8");

const policy = {
  PolicyName: "AmazonExampleAccess",
  PolicyId: "ANPAEXAMPLEEXAMPLEEXA",
  Path: "/service-role/",
  DefaultVersionId: "v3",
  CreateDate: "2020-01-01T00:00:00+00:00",
  UpdateDate: "2024-01-01T00:00:00+00:00",
  PolicyVersionList: [
    { VersionId: "v3", CreateDate: "2024-01-01T00:00:00+00:00", Document: JSON.parse(document("example:Get")) },
    { VersionId: "v2", CreateDate: "2023-01-01T00:00:00+00:00", Document: JSON.parse(document("example:List")) },
  ],
};

const added = (...policies: object[]) => ({ path: "more.json", text: JSON.stringify({ Policies: policies }) });

suite("AWS's managed policies", async () => {
  const h = await harness();
  const { store } = h.environment;
  await storeAwsPolicies(store, { shipped, added: undefined });
  const get = async (PolicyArn: string, iam = h.iam) => (await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy;

  test("what is shipped is read as strictly as any other catalog, and is of the date that marks it", () => {
    const { Policies } = readCatalog(shipped(), "aws-policies.json");
    assert.equal(JSON.parse(shipped()).AsOf, awsPoliciesAsOf);
    const names = new Set(Policies.map(({ PolicyName }) => PolicyName.toLowerCase()));
    assert.equal(names.size, Policies.length);
    for (const name of ["administratoraccess", "readonlyaccess", "awsdenyall", "awscompromisedkeyquarantinev3"]) {
      assert.ok(names.has(name), name);
    }
  });

  test("has AWS's ids, dates and version numbers", async () => {
    assert.deepEqual(await get("arn:aws:iam::aws:policy/AdministratorAccess"), {
      PolicyName: "AdministratorAccess",
      PolicyId: "ANPAIWMBCKSKIEE64ZLYK",
      Arn: "arn:aws:iam::aws:policy/AdministratorAccess",
      Path: "/",
      DefaultVersionId: "v1",
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      Description: "Provides full access to AWS services and resources.",
      CreateDate: new Date("2015-02-06T18:39:46Z"),
      UpdateDate: new Date("2015-02-06T18:39:46Z"),
      Tags: [],
    });
    const PolicyArn = "arn:aws:iam::aws:policy/IAMUserChangePassword";
    const { Versions } = await h.iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
    assert.deepEqual(Versions, [
      { VersionId: "v5", IsDefaultVersion: true, CreateDate: new Date("2026-02-12T17:58:57Z") },
    ]);
    const { PolicyVersion } = await h.iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: "v5" }));
    assert.deepEqual(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? "")), {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["iam:ChangePassword"],
          Resource: [`arn:aws:iam::*:user/\${aws:username}`, `arn:aws:iam::*:user/*/\${aws:username}`],
        },
        { Effect: "Allow", Action: ["iam:GetAccountPasswordPolicy"], Resource: "*" },
      ],
    });
  });

  test("is listed page by page, and by path", async () => {
    const names: (string | undefined)[] = [];
    for await (const page of paginateListPolicies({ client: h.iam, pageSize: 30 }, { Scope: "AWS" })) {
      names.push(...(page.Policies ?? []).map(({ PolicyName }) => PolicyName));
    }
    assert.equal(names.length, readCatalog(shipped(), "").Policies.length);
    const { Policies } = await h.iam.send(new ListPoliciesCommand({ Scope: "AWS", PathPrefix: "/job-function/" }));
    assert.deepEqual(
      Policies?.map(({ Arn }) => Arn),
      [
        "AWSManagementConsoleAdministratorAccess",
        "Billing",
        "DatabaseAdministrator",
        "DataScientist",
        "NetworkAdministrator",
        "SupportUser",
        "SystemAdministrator",
        "ViewOnlyAccess",
      ].map((name) => `arn:aws:iam::aws:policy/job-function/${name}`),
    );
  });

  test("gives and bounds, as any policy", async () => {
    const PolicyArn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";
    const ann = await userWithKey(h, "ann");
    const create = () => ann.iam.send(new CreateUserCommand({ UserName: "new" }));
    await h.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn }));
    assert.equal((await get(PolicyArn, ann.iam))?.AttachmentCount, 1);
    assert.equal((await refused(create())).code, "AccessDenied");
    await h.iam.send(
      new AttachUserPolicyCommand({ UserName: "ann", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
    );
    await create();
    await h.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn: "arn:aws:iam::aws:policy/AWSDenyAll" }));
    assert.equal((await refused(create())).code, "AccessDenied");
    await h.iam.send(new CreateUserCommand({ UserName: "bounded", PermissionsBoundary: PolicyArn }));
    assert.equal((await get(PolicyArn))?.PermissionsBoundaryUsageCount, 1);
  });

  test("is of the partition of who asks", async () => {
    const { iam } = h.as(h.root, "cn-north-1");
    const found = await get("arn:aws-cn:iam::aws:policy/PowerUserAccess", iam);
    assert.equal(found?.Arn, "arn:aws-cn:iam::aws:policy/PowerUserAccess");
    assert.deepEqual(await refused(get("arn:aws:iam::aws:policy/PowerUserAccess", iam)), {
      code: "ValidationError",
      message: "Invalid ARN partition",
      status: 400,
    });
  });

  test("a file adds others, once, and what is used keeps its id when a later file changes it", async () => {
    const arn = "arn:aws:iam::aws:policy/service-role/AmazonExampleAccess";
    await storeAwsPolicies(store, { shipped, added: added(policy) });
    await h.iam.send(new CreateUserCommand({ UserName: "carl" }));
    await h.iam.send(new AttachUserPolicyCommand({ UserName: "carl", PolicyArn: arn }));
    const version = async (VersionId: string) =>
      (await h.iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId }))).PolicyVersion;
    assert.equal((await version("v2"))?.IsDefaultVersion, false);

    const changed = {
      ...policy,
      PolicyId: "ANPAOTHEROTHEROTHEROT",
      DefaultVersionId: "v4",
      PolicyVersionList: [{ VersionId: "v4", CreateDate: policy.UpdateDate, Document: document("example:*") }],
    };
    await storeAwsPolicies(store, { shipped, added: added(changed) });
    const now = await get(arn);
    assert.deepEqual([now?.PolicyId, now?.DefaultVersionId, now?.AttachmentCount], [policy.PolicyId, "v4", 1]);
    assert.equal((await version("v4"))?.Document, encodeURIComponent(document("example:*")).replaceAll("*", "%2A"));
    assert.equal((await version("v3"))?.IsDefaultVersion, false);

    // The marker says that nothing is new: neither catalog is opened again.
    await storeAwsPolicies(store, { shipped: () => assert.fail("read"), added: added(changed) });
  });

  test("a file that is no catalog is refused with the member that is wrong", () => {
    const refuse = (text: string, message: string) =>
      assert.throws(() => readCatalog(text, "more.json"), new PolicyCatalogError(message));
    const version = policy.PolicyVersionList[0];
    refuse("{", "more.json is no JSON");
    refuse("[]", "more.json has no list Policies");
    refuse('{"Policies":[1]}', "more.json: Policies[0] is no object");
    for (const [change, message] of [
      [{ PolicyName: "a b" }, ".PolicyName is not as AWS writes it"],
      [{ PolicyName: undefined }, ".PolicyName is not as AWS writes it"],
      [{ Path: "service-role/" }, ".Path is not as AWS writes it"],
      [{ CreateDate: "yesterday" }, ".CreateDate is not as AWS writes it"],
      [{ UpdateDate: 1 }, ".UpdateDate is not as AWS writes it"],
      [{ PolicyId: "AIDAEXAMPLEEXAMPLEEXA" }, ".PolicyId is not as AWS writes it"],
      [{ DefaultVersionId: "3" }, ".DefaultVersionId is not as AWS writes it"],
      [{ DefaultVersionId: "v9" }, " has no version v9, its default"],
      [{ PolicyVersionList: {} }, " has no list PolicyVersionList"],
      [{ PolicyVersionList: ["v3"] }, ".PolicyVersionList[0] is no object"],
      [{ PolicyVersionList: [{ ...version, Document: 3 }] }, ".PolicyVersionList[0] has no Document"],
      [
        { PolicyVersionList: [{ ...version, Document: {} }] },
        ".PolicyVersionList[0].Document: Syntax errors in policy.",
      ],
    ] as const) {
      refuse(added({ ...policy, ...change }).text, `more.json: Policies[0]${message}`);
    }
  });
});

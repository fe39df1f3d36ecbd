import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  DetachGroupPolicyCommand,
  ListPoliciesCommand,
  type ListPoliciesCommandInput,
  paginateListPolicies,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, insertAwsPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied, constraints, invalidMarker } from "../../../../test/refusals.ts";
import { encodeMarker } from "../../paging.ts";

suite("ListPolicies", async () => {
  const h = await harness();
  const list = async (input: ListPoliciesCommandInput = {}, iam = h.iam) => {
    const { Policies, IsTruncated, Marker } = await iam.send(new ListPoliciesCommand(input));
    return { Policies, IsTruncated, Marker };
  };
  const names = async (input: ListPoliciesCommandInput = {}) =>
    (await list(input)).Policies?.map((policy) => policy.PolicyName);
  const pages = async (input: ListPoliciesCommandInput, pageSize: number) => {
    const found: string[][] = [];
    for await (const page of paginateListPolicies({ client: h.iam, pageSize }, input)) {
      found.push((page.Policies ?? []).map((policy) => policy.PolicyName ?? ""));
    }
    return found;
  };

  test("an account without policies has an empty list", async () => {
    assert.deepEqual(await list(), { Policies: [], IsTruncated: false, Marker: undefined });
  });

  test("shows neither description nor tags", async () => {
    const { PolicyId } = await createPolicy(h, "Readers", {
      Path: "/team/",
      Description: "Who may read",
      Tags: [{ Key: "team", Value: "blue" }],
    });
    assert.deepEqual((await list()).Policies, [
      {
        PolicyName: "Readers",
        PolicyId,
        Arn: ownArn("team/Readers"),
        Path: "/team/",
        DefaultVersionId: "v1",
        AttachmentCount: 0,
        PermissionsBoundaryUsageCount: 0,
        IsAttachable: true,
        CreateDate: new Date(startOfTest),
        UpdateDate: new Date(startOfTest),
      },
    ]);
  });

  test("lists by name, whatever its case, the account's own before AWS's", async () => {
    await createPolicy(h, "alpha");
    await createPolicy(h, "Zeta");
    await insertAwsPolicy(h, "ReadOnlyAccess");
    await insertAwsPolicy(h, "AdministratorAccess");
    await insertAwsPolicy(h, "SystemAdministrator", "/job-function/");
    const own = ["alpha", "Readers", "Zeta"];
    const aws = ["AdministratorAccess", "ReadOnlyAccess", "SystemAdministrator"];
    assert.deepEqual(await names(), [...own, ...aws]);
    assert.deepEqual(await names({ Scope: "All" }), [...own, ...aws]);
    assert.deepEqual(await names({ Scope: "Local" }), own);
    assert.deepEqual(await names({ Scope: "AWS" }), aws);
  });

  test("pages run on from one part into the other, at every size", async () => {
    const all = await names();
    assert.equal(all?.length, 6);
    for (let size = 1; size <= 7; size++) {
      const found = await pages({}, size);
      assert.deepEqual(found.flat(), all, `pages of ${size}`);
      assert.equal(found.length, Math.ceil(6 / size), `pages of ${size}`);
    }
    assert.deepEqual(await pages({ Scope: "AWS" }, 2), [
      ["AdministratorAccess", "ReadOnlyAccess"],
      ["SystemAdministrator"],
    ]);
  });

  test("lists what lies below a path, in both parts", async () => {
    assert.deepEqual(await names({ PathPrefix: "/team/" }), ["Readers"]);
    assert.deepEqual(await names({ PathPrefix: "/job-function/" }), ["SystemAdministrator"]);
    assert.deepEqual(await names({ PathPrefix: "/te/" }), []);
  });

  test("OnlyAttached means either use, and the filter counts only beside it, as observed on AWS", async () => {
    const attached = await createPolicy(h, "attached");
    const both = await createPolicy(h, "both");
    const boundary = await createPolicy(h, "boundary");
    await createPolicy(h, "once");
    await h.iam.send(new CreateGroupCommand({ GroupName: "staff" }));
    await h.iam.send(new CreateUserCommand({ UserName: "ann", PermissionsBoundary: boundary.Arn }));
    await h.iam.send(new CreateUserCommand({ UserName: "bob", PermissionsBoundary: both.Arn }));
    await h.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn: attached.Arn }));
    await h.iam.send(new AttachGroupPolicyCommand({ GroupName: "staff", PolicyArn: both.Arn }));
    // What was attached and is no longer, is not.
    await h.iam.send(new AttachGroupPolicyCommand({ GroupName: "staff", PolicyArn: ownArn("once") }));
    await h.iam.send(new DetachGroupPolicyCommand({ GroupName: "staff", PolicyArn: ownArn("once") }));
    const all = ["alpha", "attached", "both", "boundary", "once", "Readers", "Zeta"];
    const found = async (OnlyAttached?: boolean, PolicyUsageFilter?: "PermissionsPolicy" | "PermissionsBoundary") =>
      names({ Scope: "Local", OnlyAttached, PolicyUsageFilter });
    for (const onlyAttached of [undefined, false]) {
      assert.deepEqual(await found(onlyAttached), all);
      assert.deepEqual(await found(onlyAttached, "PermissionsPolicy"), all);
      assert.deepEqual(await found(onlyAttached, "PermissionsBoundary"), all);
    }
    assert.deepEqual(await found(true), ["attached", "both", "boundary"]);
    assert.deepEqual(await found(true, "PermissionsPolicy"), ["attached", "both"]);
    assert.deepEqual(await found(true, "PermissionsBoundary"), ["both", "boundary"]);
  });

  test("what is used of AWS's, is listed after what is used of one's own, page by page", async () => {
    await h.iam.send(
      new AttachGroupPolicyCommand({ GroupName: "staff", PolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }),
    );
    const used = [["attached"], ["both"], ["boundary"], ["ReadOnlyAccess"]];
    assert.deepEqual(await pages({ OnlyAttached: true }, 1), used);
    assert.deepEqual(await pages({ OnlyAttached: true, Scope: "AWS" }, 1), [["ReadOnlyAccess"]]);
    const { Policies } = await list({ OnlyAttached: true, Scope: "AWS" });
    assert.equal(Policies?.[0]?.AttachmentCount, 1);
  });

  test("refuses a marker not its own and a page size out of range", async () => {
    for (const Marker of ["invalid", encodeMarker("alpha"), encodeMarker("other/alpha"), encodeMarker("own/")]) {
      assert.deepEqual(await refused(list({ Marker })), invalidMarker);
    }
    assert.deepEqual(
      await refused(list({ MaxItems: 0 })),
      constraints(["maxItems", "Member must have value greater than or equal to 1"]),
    );
    assert.deepEqual(
      await refused(list({ Scope: "Mine" as "Local" })),
      constraints(["scope", "Member must satisfy enum value set: [All, Local, AWS]"]),
    );
  });

  test("is allowed for the list below a path", async () => {
    const arn = (path: string) => `arn:aws:iam::${testAccount}:policy${path}`;
    const eve = await userWithKey(h, "eve", allow("iam:ListPolicies", arn("/team/")));
    assert.equal((await list({ PathPrefix: "/team/" }, eve.iam)).Policies?.length, 1);
    assert.deepEqual(await refused(list({}, eve.iam)), accessDenied("eve", "iam:ListPolicies", arn("/")));
  });
});

suite("ListPolicies of many", async () => {
  const h = await harness();
  const own = Array.from({ length: 250 }, (_, number) => `policy-${String(number).padStart(3, "0")}`);
  for (const name of own.toReversed()) await createPolicy(h, name);

  test("a page has 100 unless asked otherwise, and none is lost or shown twice", async () => {
    const pages: (string | undefined)[][] = [];
    for await (const page of paginateListPolicies({ client: h.iam }, { Scope: "Local" })) {
      pages.push((page.Policies ?? []).map((policy) => policy.PolicyName));
    }
    assert.deepEqual(
      pages.map((page) => page.length),
      [100, 100, 50],
    );
    assert.deepEqual(pages.flat(), own);
  });

  test("a page of a thousand shows them all", async () => {
    const { Policies, IsTruncated } = await h.iam.send(new ListPoliciesCommand({ MaxItems: 1000 }));
    assert.deepEqual([Policies?.length, IsTruncated], [250, false]);
  });
});

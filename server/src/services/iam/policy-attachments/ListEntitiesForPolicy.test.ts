import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  GetRoleCommand,
  ListEntitiesForPolicyCommand,
  type ListEntitiesForPolicyCommandInput,
  paginateListEntitiesForPolicy,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { createPolicy, insertAwsPolicy, ownArn } from "../../../../test/policies.ts";
import { accessDenied, constraints, invalidMarker } from "../../../../test/refusals.ts";
import { createRole } from "../../../../test/roles.ts";
import { encodeMarker } from "../../paging.ts";

suite("ListEntitiesForPolicy", async () => {
  const h = await harness();
  const { Arn } = await createPolicy(h, "Readers");
  type More = Partial<ListEntitiesForPolicyCommandInput>;
  const list = async (more: More = {}, iam = h.iam) => {
    const { $metadata, ...output } = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn: Arn, ...more }));
    return output;
  };
  const names = async (more: More = {}) => {
    const { PolicyGroups, PolicyUsers, PolicyRoles } = await list(more);
    assert.deepEqual(PolicyRoles, []);
    return {
      groups: PolicyGroups?.map((group) => group.GroupName).toSorted(),
      users: PolicyUsers?.map((user) => user.UserName).toSorted(),
    };
  };

  test("a policy that nobody has gives empty lists", async () => {
    assert.deepEqual(await list(), { PolicyGroups: [], PolicyUsers: [], PolicyRoles: [], IsTruncated: false });
  });

  test("lists who has it by name and unique id", async () => {
    const { User } = await h.iam.send(new CreateUserCommand({ UserName: "Ann", Path: "/team/" }));
    const { Group } = await h.iam.send(new CreateGroupCommand({ GroupName: "Staff" }));
    await h.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn: Arn }));
    await h.iam.send(new AttachGroupPolicyCommand({ GroupName: "staff", PolicyArn: Arn }));
    assert.deepEqual(await list(), {
      PolicyGroups: [{ GroupName: "Staff", GroupId: Group?.GroupId }],
      PolicyUsers: [{ UserName: "Ann", UserId: User?.UserId }],
      PolicyRoles: [],
      IsTruncated: false,
    });
  });

  test("lists users that it bounds beside those that have it, each once", async () => {
    for (const UserName of ["bob", "carl"]) {
      await h.iam.send(new CreateUserCommand({ UserName, Path: "/bounded/", PermissionsBoundary: Arn }));
    }
    await h.iam.send(new AttachUserPolicyCommand({ UserName: "bob", PolicyArn: Arn }));
    const groups = ["Staff"];
    assert.deepEqual(await names(), { groups, users: ["Ann", "bob", "carl"] });
    assert.deepEqual(await names({ PolicyUsageFilter: "PermissionsPolicy" }), { groups, users: ["Ann", "bob"] });
    assert.deepEqual(await names({ PolicyUsageFilter: "PermissionsBoundary" }), { groups: [], users: ["bob", "carl"] });
  });

  test("lists one kind alone, and none of a kind that has no policies, as recorded from AWS", async () => {
    const nobody = { groups: [], users: [] };
    const users = ["Ann", "bob", "carl"];
    assert.deepEqual(await names({ EntityFilter: "User" }), { groups: [], users });
    assert.deepEqual(await names({ EntityFilter: "Group" }), { groups: ["Staff"], users: [] });
    for (const EntityFilter of ["Role", "LocalManagedPolicy", "AWSManagedPolicy"] as const) {
      for (const PolicyUsageFilter of [undefined, "PermissionsPolicy", "PermissionsBoundary"] as const) {
        assert.deepEqual(await names({ EntityFilter, PolicyUsageFilter }), nobody);
      }
    }
    assert.deepEqual(await names({ EntityFilter: "Group", PolicyUsageFilter: "PermissionsBoundary" }), nobody);
  });

  test("lists who lies below a path", async () => {
    assert.deepEqual(await names({ PathPrefix: "/team/" }), { groups: [], users: ["Ann"] });
    assert.deepEqual(await names({ PathPrefix: "/bounded/" }), { groups: [], users: ["bob", "carl"] });
    assert.deepEqual(await names({ PathPrefix: "/nothing/" }), { groups: [], users: [] });
  });

  test("pages run on from groups into users and those bounded, at every size", async () => {
    const many = await createPolicy(h, "many");
    for (let number = 0; number < 5; number++) {
      const GroupName = `group-${number}`;
      await h.iam.send(new CreateGroupCommand({ GroupName }));
      await h.iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn: many.Arn }));
      const UserName = `user-${number}`;
      await h.iam.send(new CreateUserCommand({ UserName, Path: `/${number % 2}/`, PermissionsBoundary: many.Arn }));
      if (number < 3) await h.iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: many.Arn }));
    }
    const groups = Array.from({ length: 5 }, (_, number) => `group-${number}`);
    const users = Array.from({ length: 5 }, (_, number) => `user-${number}`);
    for (const [more, expected] of [
      [{}, [...groups, ...users]],
      [{ EntityFilter: "User" }, users],
      [{ PolicyUsageFilter: "PermissionsBoundary" }, users],
      [{ PolicyUsageFilter: "PermissionsPolicy" }, [...groups, ...users.slice(0, 3)]],
      [{ PathPrefix: "/1/" }, ["user-1", "user-3"]],
      [{ PathPrefix: "/0/", PolicyUsageFilter: "PermissionsBoundary" }, ["user-0", "user-2", "user-4"]],
    ] satisfies [More, string[]][]) {
      for (const pageSize of [1, 2, 3, 4, 9, 10, 11]) {
        const found: (string | undefined)[] = [];
        let pages = 0;
        const paging = paginateListEntitiesForPolicy({ client: h.iam, pageSize }, { PolicyArn: many.Arn, ...more });
        for await (const page of paging) {
          pages++;
          const shown = [
            ...(page.PolicyGroups ?? []).map((group) => group.GroupName),
            ...(page.PolicyUsers ?? []).map((user) => user.UserName),
          ];
          assert.ok(shown.length <= pageSize);
          found.push(...shown);
        }
        assert.deepEqual(found.toSorted(), expected.toSorted(), `${JSON.stringify(more)} in pages of ${pageSize}`);
        assert.equal(pages, Math.ceil(expected.length / pageSize), `${JSON.stringify(more)} in pages of ${pageSize}`);
      }
    }
  });

  test("lists roles that have it or that it bounds, each once, after groups and users, at every size", async () => {
    const { Arn: PolicyArn } = await createPolicy(h, "of-roles");
    for (let number = 0; number < 4; number++) {
      const RoleName = `Role-${number}`;
      await createRole(h, RoleName, { Path: `/${number % 2}/`, ...(number > 0 && { PermissionsBoundary: PolicyArn }) });
      if (number < 2) await h.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    }
    await h.iam.send(new CreateUserCommand({ UserName: "beside-roles", PermissionsBoundary: PolicyArn }));
    await h.iam.send(new AttachGroupPolicyCommand({ GroupName: "Staff", PolicyArn }));
    const { RoleId } = (await h.iam.send(new GetRoleCommand({ RoleName: "role-2" }))).Role ?? {};
    for (const [more, expected] of [
      [{}, ["Role-0", "Role-1", "Role-2", "Role-3", "Staff", "beside-roles"]],
      [{ EntityFilter: "Role" }, ["Role-0", "Role-1", "Role-2", "Role-3"]],
      [{ EntityFilter: "User" }, ["beside-roles"]],
      [{ EntityFilter: "Role", PolicyUsageFilter: "PermissionsPolicy" }, ["Role-0", "Role-1"]],
      [{ EntityFilter: "Role", PolicyUsageFilter: "PermissionsBoundary" }, ["Role-1", "Role-2", "Role-3"]],
      [{ PathPrefix: "/1/" }, ["Role-1", "Role-3"]],
    ] satisfies [More, string[]][]) {
      for (const pageSize of [1, 2, 3, 7]) {
        const found: (string | undefined)[] = [];
        for await (const page of paginateListEntitiesForPolicy({ client: h.iam, pageSize }, { PolicyArn, ...more })) {
          found.push(...(page.PolicyGroups ?? []).map((group) => group.GroupName));
          found.push(...(page.PolicyUsers ?? []).map((user) => user.UserName));
          for (const role of page.PolicyRoles ?? []) {
            found.push(role.RoleName);
            if (role.RoleName === "Role-2") assert.equal(role.RoleId, RoleId);
          }
        }
        assert.deepEqual(found.toSorted(), expected, `${JSON.stringify(more)} in pages of ${pageSize}`);
      }
    }
  });

  test("lists who has one of AWS's policies", async () => {
    const aws = await insertAwsPolicy(h, "ReadOnlyAccess");
    await h.iam.send(new AttachGroupPolicyCommand({ GroupName: "Staff", PolicyArn: aws }));
    assert.deepEqual(await names({ PolicyArn: aws }), { groups: ["Staff"], users: [] });
  });

  test("refuses a policy that is not there, markers not its own, and what is outside the limits", async () => {
    const arn = ownArn("NonExistentPolicy");
    assert.deepEqual(await refused(list({ PolicyArn: arn })), {
      code: "NoSuchEntity",
      message: `Policy ${arn} does not exist or is not attachable.`,
      status: 404,
    });
    for (const Marker of ["invalid", encodeMarker("ann"), encodeMarker("policy/x"), encodeMarker("/x")]) {
      assert.deepEqual(await refused(list({ Marker })), invalidMarker);
    }
    assert.deepEqual(
      await refused(list({ MaxItems: 0 })),
      constraints(["maxItems", "Member must have value greater than or equal to 1"]),
    );
  });

  test("who may not, is told so of policies that are there and others", async () => {
    const eve = await userWithKey(h, "eve", allow("iam:ListEntitiesForPolicy", ownArn("team/*")));
    for (const PolicyArn of [Arn, ownArn("nothing")]) {
      assert.deepEqual(
        await refused(list({ PolicyArn }, eve.iam)),
        accessDenied("eve", "iam:ListEntitiesForPolicy", PolicyArn),
      );
    }
  });
});

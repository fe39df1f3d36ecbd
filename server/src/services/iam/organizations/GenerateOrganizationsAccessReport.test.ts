import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GenerateOrganizationsAccessReportCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints } from "../../../../test/refusals.ts";

suite("GenerateOrganizationsAccessReport", async () => {
  const h = await harness();
  const path = "o-a1b2c3d4e5/r-f6g7h8i9j0example/ou-1a2b3c-k9l8m7n6o5example";
  const generate = (EntityPath: string, OrganizationsPolicyId?: string, iam = h.iam) =>
    iam.send(new GenerateOrganizationsAccessReportCommand({ EntityPath, OrganizationsPolicyId }));

  test("refuses every path, since the account is in no organization", async () => {
    const otherOrganization = {
      code: "AccessDenied",
      message: "The organization ID in the specified entity path is different than your organization ID.",
      status: 403,
    };
    assert.deepEqual(await refused(generate(path)), otherOrganization);
    assert.deepEqual(await refused(generate(path, "p-12345678")), otherOrganization);
  });

  test("a path starts with an organization and its root", async () => {
    const pattern =
      "Member must satisfy regular expression pattern: ^o-[0-9a-z]{10,32}\\/r-[0-9a-z]{4,32}[0-9a-z-\\/]*";
    assert.deepEqual(await refused(generate("o-a1b2c3d4e5/ou-1a2b3c-k9l8")), constraints(["entityPath", pattern]));
  });

  test("a user needs permission on the path, and may be held to a policy", async () => {
    const report = `arn:aws:iam::${testAccount}:access-report/${path}`;
    const condition = { StringEquals: { "iam:OrganizationsPolicyId": "p-12345678" } };
    const user = await userWithKey(h, "held", allow("iam:GenerateOrganizationsAccessReport", report, condition));
    assert.match((await refused(generate(path, "p-12345678", user.iam))).message, /^The organization ID/);
    for (const [entity, policy] of [
      [path, undefined],
      [path, "p-87654321"],
      [`${path}x`, "p-12345678"],
    ] as const) {
      assert.deepEqual(
        await refused(generate(entity, policy, user.iam)),
        accessDenied(
          "held",
          "iam:GenerateOrganizationsAccessReport",
          `arn:aws:iam::${testAccount}:access-report/${entity}`,
        ),
      );
    }
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetOrganizationsAccessReportCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints } from "../../../../test/refusals.ts";

suite("GetOrganizationsAccessReport", async () => {
  const h = await harness();
  const get = (JobId: string, iam = h.iam) => iam.send(new GetOrganizationsAccessReportCommand({ JobId }));
  const absent = (id: string) => ({ code: "NoSuchEntity", message: `Job ${id} does not exist.`, status: 404 });
  const id = "examplea-1234-b567-cde8-90fg123abcd4";

  test("there is no job without an organization", async () => {
    assert.deepEqual(await refused(get(id)), absent(id));
    assert.deepEqual(
      await refused(get("bad")),
      constraints(["jobId", "Member must have length greater than or equal to 36"]),
    );
  });

  test("a user needs permission on everything", async () => {
    const may = await userWithKey(h, "may", allow("iam:GetOrganizationsAccessReport"));
    assert.deepEqual(await refused(get(id, may.iam)), absent(id));
    const mayNot = await userWithKey(h, "may-not");
    assert.deepEqual(
      await refused(get(id, mayNot.iam)),
      accessDenied("may-not", "iam:GetOrganizationsAccessReport", "*"),
    );
  });
});

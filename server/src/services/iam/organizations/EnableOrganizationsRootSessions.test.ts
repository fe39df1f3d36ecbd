import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { EnableOrganizationsRootSessionsCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";

suite("EnableOrganizationsRootSessions", async () => {
  const h = await harness();
  const send = (iam = h.iam) => iam.send(new EnableOrganizationsRootSessionsCommand({}));

  test("refuses an account that is in no organization", async () => {
    const outside = {
      code: "OrganizationNotFoundException",
      message: "The request was rejected because no organization is associated with your account.",
      status: 400,
    };
    assert.deepEqual(await refused(send()), outside);
    const may = await userWithKey(h, "may", allow("iam:EnableOrganizationsRootSessions"));
    assert.deepEqual(await refused(send(may.iam)), outside);
  });

  test("a user needs permission on everything", async () => {
    const mayNot = await userWithKey(h, "may-not", allow("iam:EnableOrganizationsRootSessions", "arn:aws:iam::*:root"));
    assert.deepEqual(
      await refused(send(mayNot.iam)),
      accessDenied("may-not", "iam:EnableOrganizationsRootSessions", "*"),
    );
  });
});

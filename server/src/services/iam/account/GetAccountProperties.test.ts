import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetAccountPropertiesCommand, PutAccountPropertiesCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";

suite("GetAccountProperties", async () => {
  const h = await harness();
  const get = async (iam = h.iam) => (await iam.send(new GetAccountPropertiesCommand({}))).Properties;

  test("role manager is off until somebody turns it on", async () => {
    assert.deepEqual(await get(), { "RoleManager/Enabled": "false" });
    await h.iam.send(new PutAccountPropertiesCommand({ Properties: { "RoleManager/Enabled": "true" } }));
    assert.deepEqual(await get(), { "RoleManager/Enabled": "true" });
  });

  test("a user needs permission on everything, and may be held to a namespace", async () => {
    const keys = (namespace: string) => ({
      "ForAnyValue:StringEquals": { "iam:AccountPropertyNamespaces": namespace },
    });
    const may = await userWithKey(h, "may", allow("iam:GetAccountProperties", "*", keys("RoleManager")));
    assert.deepEqual(await get(may.iam), { "RoleManager/Enabled": "true" });
    const mayNot = await userWithKey(h, "may-not", allow("iam:GetAccountProperties", "*", keys("Other")));
    assert.deepEqual(await refused(get(mayNot.iam)), accessDenied("may-not", "iam:GetAccountProperties", "*"));
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  GetAccountSummaryCommand,
  type GlobalEndpointTokenVersion,
  SetSecurityTokenServicePreferencesCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, constraints } from "../../../../test/refusals.ts";

suite("SetSecurityTokenServicePreferences", async () => {
  const h = await harness();
  const set = (GlobalEndpointTokenVersion: GlobalEndpointTokenVersion, iam = h.iam) =>
    iam.send(new SetSecurityTokenServicePreferencesCommand({ GlobalEndpointTokenVersion }));
  const version = async () =>
    (await h.iam.send(new GetAccountSummaryCommand({}))).SummaryMap?.GlobalEndpointTokenVersion;

  test("sets the version that the account's summary shows", async () => {
    assert.equal(await version(), 1);
    await set("v2Token");
    assert.equal(await version(), 2);
    await set("v2Token");
    assert.equal(await version(), 2);
    await set("v1Token");
    assert.equal(await version(), 1);
  });

  test("there are two versions", async () => {
    assert.deepEqual(
      await refused(set("v3Token" as GlobalEndpointTokenVersion)), // what the types do not let through
      constraints(["globalEndpointTokenVersion", "Member must satisfy enum value set: [v2Token, v1Token]"]),
    );
  });

  test("a user needs permission on everything", async () => {
    const may = await userWithKey(h, "may", allow("iam:SetSecurityTokenServicePreferences"));
    await set("v2Token", may.iam);
    assert.equal(await version(), 2);
    const mayNot = await userWithKey(h, "may-not");
    assert.deepEqual(
      await refused(set("v1Token", mayNot.iam)),
      accessDenied("may-not", "iam:SetSecurityTokenServicePreferences", "*"),
    );
    assert.equal(await version(), 2);
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  DisableOutboundWebIdentityFederationCommand,
  EnableOutboundWebIdentityFederationCommand,
  GetOutboundWebIdentityFederationInfoCommand,
} from "@aws-sdk/client-iam";
import { harness, refused, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";

suite("GetOutboundWebIdentityFederationInfo", async () => {
  const h = await harness();
  const disable = (iam = h.iam) => iam.send(new DisableOutboundWebIdentityFederationCommand({}));
  const get = (iam = h.iam) => iam.send(new GetOutboundWebIdentityFederationInfoCommand({}));
  const disabled = {
    code: "FeatureDisabled",
    message: "Outbound web identity federation is disabled for your account",
    status: 404,
  };

  test("names the issuer while it is enabled", async () => {
    assert.deepEqual(await refused(get()), disabled);
    const { IssuerIdentifier } = await h.iam.send(new EnableOutboundWebIdentityFederationCommand({}));
    const { $metadata, ...found } = await get();
    assert.deepEqual(found, { IssuerIdentifier, JwtVendingEnabled: true });
    await disable();
    assert.deepEqual(await refused(get()), disabled);
  });

  test("refuses who may not", async () => {
    const eve = await userWithKey(h, "eve");
    assert.deepEqual(await refused(get(eve.iam)), accessDenied("eve", "iam:GetOutboundWebIdentityFederationInfo", "*"));
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  DisableOutboundWebIdentityFederationCommand,
  EnableOutboundWebIdentityFederationCommand,
  GetOutboundWebIdentityFederationInfoCommand,
} from "@aws-sdk/client-iam";
import { harness, refused, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";

suite("DisableOutboundWebIdentityFederation", async () => {
  const h = await harness();
  const disable = (iam = h.iam) => iam.send(new DisableOutboundWebIdentityFederationCommand({}));
  const get = (iam = h.iam) => iam.send(new GetOutboundWebIdentityFederationInfoCommand({}));
  const disabled = {
    code: "FeatureDisabled",
    message: "Outbound web identity federation is disabled for your account",
    status: 404,
  };

  test("turns it off, once, while the keys stay for the last tokens", async () => {
    assert.deepEqual(await refused(disable()), disabled);
    const { IssuerIdentifier = "" } = await h.iam.send(new EnableOutboundWebIdentityFederationCommand({}));
    await disable();
    assert.deepEqual(await refused(get()), disabled);
    assert.deepEqual(await refused(disable()), disabled);
    const path = `${new URL(IssuerIdentifier).pathname}/.well-known/jwks.json`;
    assert.equal((await h.send({ path })).status, 200);
  });

  test("refuses who may not", async () => {
    const eve = await userWithKey(h, "eve");
    assert.deepEqual(
      await refused(disable(eve.iam)),
      accessDenied("eve", "iam:DisableOutboundWebIdentityFederation", "*"),
    );
  });
});

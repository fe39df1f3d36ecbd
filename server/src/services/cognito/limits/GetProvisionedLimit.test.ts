import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetProvisionedLimitCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, userWithKey } from "../../../../test/harness.ts";

suite("GetProvisionedLimit", async () => {
  const h = await harness();
  const get = async (Attributes: Record<string, string>, cognito = h.cognito) =>
    (
      await cognito.send(
        new GetProvisionedLimitCommand({ LimitDefinition: { LimitClass: "API_CATEGORY", Attributes } }),
      )
    ).Limit;

  test("what an account has that never asked for more", async () => {
    assert.deepEqual(await get({ Category: "UserAuthentication" }), {
      LimitDefinition: { LimitClass: "API_CATEGORY", Attributes: { Category: "UserAuthentication" } },
      ProvisionedLimitValue: 120,
      FreeLimitValue: 120,
    });
    assert.equal((await get({ Category: "ClientAuthentication" }))?.FreeLimitValue, 150);
  });

  test("refuses what names no limit", async () => {
    assert.deepEqual(await refused(get({ Category: "Nothing" })), {
      code: "ResourceNotFoundException",
      message: "There is no API category Nothing.",
      status: 400,
    });
    for (const attributes of [{}, { Category: "UserRead", Region: "here" }]) {
      assert.deepEqual(await refused(get(attributes)), {
        code: "InvalidParameterException",
        message: "Attributes must hold Category and nothing else.",
        status: 400,
      });
    }
    const ann = await userWithKey(h, "ann");
    assert.equal((await refused(get({ Category: "UserRead" }, ann.cognito))).code, "AccessDeniedException");
  });
});

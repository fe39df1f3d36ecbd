import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  GetProvisionedLimitCommand,
  type LimitDefinitionType,
  UpdateProvisionedLimitCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";

suite("UpdateProvisionedLimit", async () => {
  const h = await harness({ quotas: { RequestsPerSecondPerApiCategory: 300 } });
  const definition = (Category: string): LimitDefinitionType => ({
    LimitClass: "API_CATEGORY",
    Attributes: { Category },
  });
  const update = async (Category: string, RequestedLimitValue: number) =>
    (
      await h.cognito.send(
        new UpdateProvisionedLimitCommand({ LimitDefinition: definition(Category), RequestedLimitValue }),
      )
    ).Limit;
  const get = async (Category: string, cognito = h.cognito) =>
    (await cognito.send(new GetProvisionedLimitCommand({ LimitDefinition: definition(Category) }))).Limit;

  test("answers and keeps it, for this category and region", async () => {
    const answer = await update("UserAuthentication", 300);
    assert.deepEqual(answer, {
      LimitDefinition: definition("UserAuthentication"),
      ProvisionedLimitValue: 300,
      FreeLimitValue: 120,
    });
    assert.deepEqual(await get("UserAuthentication"), answer);
    assert.equal((await get("UserToken"))?.ProvisionedLimitValue, 120);
    const elsewhere = h.as(h.root, "eu-west-1").cognito;
    assert.equal((await get("UserAuthentication", elsewhere))?.ProvisionedLimitValue, 120);
    assert.equal((await update("UserAuthentication", 120))?.ProvisionedLimitValue, 120);
  });

  test("no less than is free, no more than the account may have", async () => {
    assert.deepEqual(await refused(update("UserToken", 119)), {
      code: "InvalidParameterException",
      message: "The limit of UserToken cannot be less than 120.",
      status: 400,
    });
    assert.deepEqual(await refused(update("UserToken", 301)), {
      code: "ServiceQuotaExceededException",
      message: "The limit of UserToken cannot be more than 300.",
      status: 400,
    });
    assert.deepEqual(await refused(update("Nothing", 10)), {
      code: "ResourceNotFoundException",
      message: "There is no API category Nothing.",
      status: 400,
    });
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { AdminGetDeviceCommand, type AdminGetDeviceCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { confirmDevice, deviceKeyOf, somebodyWithDevices } from "../../../../test/pool-factors.ts";
import { somebody } from "../../../../test/pool-sessions.ts";

suite("AdminGetDevice", async () => {
  const h = await harness();
  const DeviceKey = deviceKeyOf(1);
  const it = await somebodyWithDevices(h);
  await confirmDevice(h, it, DeviceKey, "laptop");
  const { UserPoolId, Username } = it;
  const untracked = {
    code: "InvalidUserPoolConfigurationException",
    message: "Device tracking is not configured for the user pool.",
    status: 400,
  };
  const missing = { code: "ResourceNotFoundException", message: "Device does not exist.", status: 400 };
  const run = (more: Partial<AdminGetDeviceCommandInput> = {}) =>
    h.cognito.send(new AdminGetDeviceCommand({ UserPoolId, Username, DeviceKey, ...more }));

  test("shows all there is, of any device", async () => {
    const owner = `somebody.${UserPoolId}`;
    assert.deepEqual((await run()).Device?.DeviceAttributes, [
      { Name: "device_status", Value: "valid" },
      { Name: "device_name", Value: "laptop" },
      {
        Name: "dev:device_arn",
        Value: `arn:aws:cognito-idp:us-east-1:123456789012:owner/${owner}/device/${DeviceKey}`,
      },
      { Name: "dev:device_owner", Value: owner },
      { Name: "last_ip_used", Value: "127.0.0.1" },
      { Name: "dev:device_remembered_status", Value: "remembered" },
    ]);
  });

  test("is refused of a device that is not there", async () => {
    assert.deepEqual(await refused(run({ DeviceKey: deviceKeyOf(2) })), missing);
  });

  test("is refused where the pool keeps track of none, of nobody and in no pool", async () => {
    const other = await somebody(h);
    const elsewhere = { UserPoolId: other.UserPoolId, Username: other.Username };
    assert.deepEqual(await refused(run(elsewhere)), untracked);
    assert.deepEqual(await refused(run({ Username: "nobody" })), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(run({ UserPoolId: "us-east-1_missing00" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_missing00 does not exist.",
      status: 400,
    });
  });
});

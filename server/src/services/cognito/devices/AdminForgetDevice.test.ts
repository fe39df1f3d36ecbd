import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminForgetDeviceCommand,
  type AdminForgetDeviceCommandInput,
  ListDevicesCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { confirmDevice, deviceKeyOf, somebodyWithDevices } from "../../../../test/pool-factors.ts";
import { somebody } from "../../../../test/pool-sessions.ts";

suite("AdminForgetDevice", async () => {
  const h = await harness();
  const DeviceKey = deviceKeyOf(1);
  const it = await somebodyWithDevices(h);
  await confirmDevice(h, it, DeviceKey, "laptop");
  const { UserPoolId, Username, AccessToken } = it;
  const untracked = {
    code: "InvalidUserPoolConfigurationException",
    message: "Device tracking is not configured for the user pool.",
    status: 400,
  };
  const missing = { code: "ResourceNotFoundException", message: "Device does not exist.", status: 400 };
  const run = (more: Partial<AdminForgetDeviceCommandInput> = {}) =>
    h.cognito.send(new AdminForgetDeviceCommand({ UserPoolId, Username, DeviceKey, ...more }));

  test("the device is not there any more", async () => {
    await run();
    assert.deepEqual((await h.cognito.send(new ListDevicesCommand({ AccessToken }))).Devices, []);
    assert.deepEqual(await refused(run()), missing);
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

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  ForgetDeviceCommand,
  type ForgetDeviceCommandInput,
  ListDevicesCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { confirmDevice, deviceKeyOf, somebodyWithDevices } from "../../../../test/pool-factors.ts";
import { somebody } from "../../../../test/pool-sessions.ts";

suite("ForgetDevice", async () => {
  const h = await harness();
  const DeviceKey = deviceKeyOf(1);
  const it = await somebodyWithDevices(h);
  await confirmDevice(h, it, DeviceKey, "laptop");
  const { AccessToken } = it;
  const untracked = {
    code: "InvalidUserPoolConfigurationException",
    message: "Device tracking is not configured for the user pool.",
    status: 400,
  };
  const missing = { code: "ResourceNotFoundException", message: "Device does not exist.", status: 400 };
  const run = (more: Partial<ForgetDeviceCommandInput> = {}) =>
    h.cognito.send(new ForgetDeviceCommand({ AccessToken, DeviceKey, ...more }));

  test("the device is not there any more", async () => {
    await run();
    assert.deepEqual((await h.cognito.send(new ListDevicesCommand({ AccessToken }))).Devices, []);
    assert.deepEqual(await refused(run()), missing);
    // The same key can be confirmed again.
    await confirmDevice(h, it, DeviceKey);
  });

  test("somebody else's is not there", async () => {
    const other = await somebodyWithDevices(h);
    assert.deepEqual(await refused(run({ AccessToken: other.AccessToken })), missing);
    assert.deepEqual(await refused(run({ AccessToken: undefined })), {
      code: "NotAuthorizedException",
      message: "Invalid Access Token",
      status: 400,
    });
  });

  test("is refused where the pool keeps track of none, and without a token", async () => {
    assert.deepEqual(await refused(run({ AccessToken: (await somebody(h)).AccessToken })), untracked);
    assert.deepEqual(await refused(run({ AccessToken: "abc" })), {
      code: "NotAuthorizedException",
      message: "Invalid Access Token",
      status: 400,
    });
  });
});

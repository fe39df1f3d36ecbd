import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetDeviceCommand, type GetDeviceCommandInput } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { confirmDevice, deviceKeyOf, somebodyWithDevices } from "../../../../test/pool-factors.ts";
import { somebody } from "../../../../test/pool-sessions.ts";

suite("GetDevice", async () => {
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
  const run = (more: Partial<GetDeviceCommandInput> = {}) =>
    h.cognito.send(new GetDeviceCommand({ AccessToken, DeviceKey, ...more }));

  test("shows what a user may know of a remembered device", async () => {
    const at = new Date(h.clock.now());
    assert.deepEqual((await run()).Device, {
      DeviceKey,
      DeviceAttributes: [
        { Name: "device_status", Value: "valid" },
        { Name: "device_name", Value: "laptop" },
        { Name: "last_ip_used", Value: "127.0.0.1" },
      ],
      DeviceCreateDate: at,
      DeviceLastModifiedDate: at,
      DeviceLastAuthenticatedDate: at,
    });
  });

  test("is refused of any other", async () => {
    assert.deepEqual(await refused(run({ DeviceKey: deviceKeyOf(2) })), missing);
    const asked = await somebodyWithDevices(h, true);
    await confirmDevice(h, asked, DeviceKey);
    assert.deepEqual(await refused(run({ AccessToken: asked.AccessToken })), missing);
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

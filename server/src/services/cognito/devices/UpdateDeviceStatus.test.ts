import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminGetDeviceCommand,
  UpdateDeviceStatusCommand,
  type UpdateDeviceStatusCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { confirmDevice, deviceKeyOf, somebodyWithDevices } from "../../../../test/pool-factors.ts";
import { somebody } from "../../../../test/pool-sessions.ts";

suite("UpdateDeviceStatus", async () => {
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
  const run = (more: Partial<UpdateDeviceStatusCommandInput> = {}) =>
    h.cognito.send(new UpdateDeviceStatusCommand({ AccessToken, DeviceKey, ...more }));

  test("remembers and forgets to remember, which is a change", async () => {
    const read = async () => {
      const { Device } = await h.cognito.send(new AdminGetDeviceCommand({ UserPoolId, Username, DeviceKey }));
      return [Device?.DeviceAttributes?.at(-1)?.Value, Device?.DeviceLastModifiedDate?.getTime()];
    };
    const start = h.clock.now();
    assert.deepEqual(await read(), ["remembered", start]);
    h.clock.set(start + 1000);
    await run({ DeviceRememberedStatus: "not_remembered" });
    assert.deepEqual(await read(), ["not_remembered", start + 1000]);
    h.clock.set(start + 2000);
    await run({ DeviceRememberedStatus: "remembered" });
    assert.deepEqual(await read(), ["remembered", start + 2000]);
    await run({});
    assert.deepEqual((await read())[0], "remembered");
    h.clock.set(start);
  });

  test("is refused of a device that is not there", async () => {
    assert.deepEqual(await refused(run({ DeviceKey: deviceKeyOf(2) })), missing);
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

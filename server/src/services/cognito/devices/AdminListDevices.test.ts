import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminListDevicesCommand,
  type AdminListDevicesCommandInput,
  UpdateDeviceStatusCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { confirmDevice, deviceKeyOf, somebodyWithDevices } from "../../../../test/pool-factors.ts";
import { somebody } from "../../../../test/pool-sessions.ts";

suite("AdminListDevices", async () => {
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
  const run = (more: Partial<AdminListDevicesCommandInput> = {}) =>
    h.cognito.send(new AdminListDevicesCommand({ UserPoolId, Username, ...more }));

  test("lists all devices page by page, whether remembered or not", async () => {
    for (const number of [2, 3]) await confirmDevice(h, it, deviceKeyOf(number));
    const asked = { AccessToken, DeviceKey: deviceKeyOf(2), DeviceRememberedStatus: "not_remembered" } as const;
    await h.cognito.send(new UpdateDeviceStatusCommand(asked));
    const first = await run({ Limit: 2 });
    assert.deepEqual(
      first.Devices?.map((device) => device.DeviceKey),
      [deviceKeyOf(1), deviceKeyOf(2)],
    );
    const rest = await run({ PaginationToken: first.PaginationToken });
    assert.deepEqual(
      rest.Devices?.map((device) => device.DeviceKey),
      [deviceKeyOf(3)],
    );
    assert.equal(rest.PaginationToken, undefined);
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

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminUpdateDeviceStatusCommand,
  ListDevicesCommand,
  type ListDevicesCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { confirmDevice, deviceKeyOf, somebodyWithDevices } from "../../../../test/pool-factors.ts";
import { somebody } from "../../../../test/pool-sessions.ts";

suite("ListDevices", async () => {
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
  const run = (more: Partial<ListDevicesCommandInput> = {}) =>
    h.cognito.send(new ListDevicesCommand({ AccessToken, ...more }));

  test("lists remembered devices page by page", async () => {
    for (const number of [2, 3]) await confirmDevice(h, it, deviceKeyOf(number));
    const asked = {
      UserPoolId,
      Username,
      DeviceKey: deviceKeyOf(2),
      DeviceRememberedStatus: "not_remembered",
    } as const;
    await h.cognito.send(new AdminUpdateDeviceStatusCommand(asked));
    const first = await run({ Limit: 1 });
    assert.deepEqual(
      first.Devices?.map((device) => device.DeviceKey),
      [deviceKeyOf(1)],
    );
    const rest = await run({ PaginationToken: first.PaginationToken });
    assert.deepEqual(
      rest.Devices?.map((device) => device.DeviceKey),
      [deviceKeyOf(3)],
    );
    assert.equal(rest.PaginationToken, undefined);
  });

  test("is refused with a token that is none of its own", async () => {
    const { code } = await refused(run({ PaginationToken: "abc" }));
    assert.equal(code, "InvalidParameterException");
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

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateUserCommand, GetMFADeviceCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { enabledDevice } from "../../../../test/mfa.ts";

suite("GetMFADevice", async () => {
  const h = await harness();
  await h.iam.send(new CreateUserCommand({ UserName: "ann" }));
  const device = await enabledDevice(h, "phone", "ann");
  const get = (UserName: string | undefined, SerialNumber: string, iam = h.iam) =>
    iam.send(new GetMFADeviceCommand({ UserName, SerialNumber }));

  test("tells of no virtual device", async () => {
    assert.deepEqual(await refused(get("ann", device.serialNumber)), {
      code: "ValidationError",
      message:
        "The MFA device serial number sent in the request is invalid or not supported by this API. Currently, only hardware FIDO security keys are supported. Please use the compatible device or API.",
      status: 400,
    });
  });

  test("there is no security key, nor a user of another name", async () => {
    const key = `arn:aws:iam::${testAccount}:u2f/user/ann/default-ABCDEFGHIJKLMNOPQRSTUVWXYZ`;
    assert.deepEqual(await refused(get(undefined, key)), {
      code: "NoSuchEntity",
      message: `MFA Device with serial number ${key} does not exist.`,
      status: 404,
    });
    assert.deepEqual(await refused(get("nobody", key)), {
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
      status: 404,
    });
  });

  test("refuses who may not", async () => {
    const eve = await userWithKey(h, "eve", allow("iam:ListMFADevices"));
    assert.equal((await refused(get("ann", device.serialNumber, eve.iam))).code, "AccessDenied");
  });
});

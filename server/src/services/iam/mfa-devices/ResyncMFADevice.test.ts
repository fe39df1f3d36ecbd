import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateUserCommand, ResyncMFADeviceCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { type Device, enabledDevice, newDevice } from "../../../../test/mfa.ts";

suite("ResyncMFADevice", async () => {
  const h = await harness();
  for (const UserName of ["ann", "bob"]) await h.iam.send(new CreateUserCommand({ UserName }));
  const resync = (UserName: string, device: Device, offset: number, iam = h.iam) =>
    iam.send(new ResyncMFADeviceCommand({ UserName, SerialNumber: device.serialNumber, ...device.pair(offset) }));
  const invalid = {
    code: "InvalidAuthenticationCode",
    message: "Authentication code for device is not valid.",
    status: 403,
  };

  test("only by codes later than the last ones, the whole pair", async () => {
    const device = await enabledDevice(h, "phone", "ann");
    assert.deepEqual(await refused(resync("ann", device, 0)), invalid, "the pair that enabled it");
    await resync("ann", device, 10);
    for (const offset of [10, 11, 3])
      assert.deepEqual(await refused(resync("ann", device, offset)), invalid, `${offset}`);
    await resync("ann", device, 12);
  });

  test("searches around the clock that it was last set to", async () => {
    const device = await enabledDevice(h, "drifting", "ann");
    for (const offset of [600, 1600, 2600]) await resync("ann", device, offset);
    assert.deepEqual(await refused(resync("ann", device, 3601)), invalid);
  });

  test("with a long-term key of the user, who has a device", async () => {
    const eve = await userWithKey(h, "eve", allow("iam:ResyncMFADevice"));
    const device = await enabledDevice(h, "eve", "eve");
    await resync("eve", device, 4, eve.iam);
  });

  test("refuses another's device, one that nobody has, and what is not there", async () => {
    const device = await enabledDevice(h, "anns", "ann");
    for (const other of [device, await newDevice(h, "free")]) {
      assert.deepEqual(await refused(resync("bob", other, 2)), {
        code: "NoSuchEntity",
        message: "MFA Device invalid for user.",
        status: 404,
      });
    }
    const serialNumber = `arn:aws:iam::${testAccount}:mfa/none`;
    assert.deepEqual(await refused(resync("ann", { ...device, serialNumber }, 2)), {
      code: "NoSuchEntity",
      message: `MFA Device with serial number ${serialNumber} does not exist.`,
      status: 404,
    });
    assert.deepEqual(await refused(resync("nobody", device, 2)), {
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
      status: 404,
    });
  });
});

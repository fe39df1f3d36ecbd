import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  DeactivateMFADeviceCommand,
  ListMFADevicesCommand,
  ListVirtualMFADevicesCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { enabledDevice, newDevice } from "../../../../test/mfa.ts";

suite("DeactivateMFADevice", async () => {
  const h = await harness();
  for (const UserName of ["ann", "bob"]) await h.iam.send(new CreateUserCommand({ UserName }));
  const deactivate = (UserName: string | undefined, SerialNumber: string, iam = h.iam) =>
    iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }));
  const list = async (UserName?: string) =>
    (await h.iam.send(new ListMFADevicesCommand({ UserName }))).MFADevices?.map((device) => device.SerialNumber);

  test("the device stays, and nobody has it", async () => {
    const first = await enabledDevice(h, "first", "ann");
    const second = await enabledDevice(h, "second", "ann");
    await deactivate("ann", first.serialNumber);
    assert.deepEqual(await list("ann"), [second.serialNumber]);
    const { VirtualMFADevices } = await h.iam.send(
      new ListVirtualMFADevicesCommand({ AssignmentStatus: "Unassigned" }),
    );
    assert.deepEqual(VirtualMFADevices, [{ SerialNumber: first.serialNumber }]);
  });

  test("refuses a device that another has, that nobody has, and that is not there", async () => {
    const annas = (await list("ann"))?.[0] ?? "";
    const free = await newDevice(h, "free");
    for (const serial of [annas, free.serialNumber]) {
      assert.deepEqual(await refused(deactivate("bob", serial)), {
        code: "NoSuchEntity",
        message: "MFA Device invalid for user.",
        status: 404,
      });
    }
    const none = `arn:aws:iam::${testAccount}:mfa/nonexistent-mfa`;
    assert.deepEqual(await refused(deactivate("bob", none)), {
      code: "NoSuchEntity",
      message: `MFA Device with serial number ${none} does not exist.`,
      status: 404,
    });
    assert.deepEqual(await refused(deactivate("nobody", annas)), {
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
      status: 404,
    });
  });

  test("a user's key removes no device of its own, and does those of others", async () => {
    const eve = await userWithKey(h, "eve", allow("iam:DeactivateMFADevice"));
    const device = await enabledDevice(h, "eve", "eve");
    for (const [user, serial] of [
      ["eve", device.serialNumber],
      [undefined, device.serialNumber],
      ["eve", `arn:aws:iam::${testAccount}:mfa/missing`],
    ] as const) {
      assert.deepEqual(await refused(deactivate(user, serial, eve.iam)), {
        code: "AccessDenied",
        message:
          "To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.",
        status: 403,
      });
    }
    const bobs = await enabledDevice(h, "bob", "bob");
    await deactivate("bob", bobs.serialNumber, eve.iam);
    assert.deepEqual(await list("bob"), []);
  });

  test("without a name, root's own", async () => {
    const device = await enabledDevice(h, "root-account-mfa-device", testAccount);
    assert.deepEqual(await list(), [device.serialNumber]);
    await deactivate(undefined, device.serialNumber);
    assert.deepEqual(await list(), []);
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  ListVirtualMFADevicesCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { enabledDevice, newDevice } from "../../../../test/mfa.ts";

suite("DeleteVirtualMFADevice", async () => {
  const h = await harness();
  await h.iam.send(new CreateUserCommand({ UserName: "ann" }));
  const remove = (SerialNumber: string, iam = h.iam) => iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }));
  const left = async () => (await h.iam.send(new ListVirtualMFADevicesCommand({}))).VirtualMFADevices;

  test("a device is gone, and its name free for another seed", async () => {
    const first = await newDevice(h, "phone");
    await remove(first.serialNumber);
    assert.deepEqual(await left(), []);
    const second = await newDevice(h, "phone");
    assert.equal(second.serialNumber, first.serialNumber);
    const stale = new EnableMFADeviceCommand({ UserName: "ann", SerialNumber: first.serialNumber, ...first.pair() });
    assert.equal((await refused(h.iam.send(stale))).code, "InvalidAuthenticationCode");
    await remove(second.serialNumber);
  });

  test("refuses one that somebody has, until it is deactivated", async () => {
    const { serialNumber } = await enabledDevice(h, "in-use", "ann");
    assert.deepEqual(await refused(remove(serialNumber)), {
      code: "DeleteConflict",
      message: "MFA VirtualDevice in use. Must deactivate first.",
      status: 409,
    });
    await h.iam.send(new DeactivateMFADeviceCommand({ UserName: "ann", SerialNumber: serialNumber }));
    await remove(serialNumber);
    assert.deepEqual(await left(), []);
  });

  test("refuses what is not there, another account's, and who may not", async () => {
    for (const serial of [
      `arn:aws:iam::${testAccount}:mfa/nonexistent-device`,
      "arn:aws:iam::999999999999:mfa/phone",
      "GAHT12345678",
    ]) {
      assert.deepEqual(await refused(remove(serial)), {
        code: "NoSuchEntity",
        message: `MFA Device with serial number ${serial} does not exist.`,
        status: 404,
      });
    }
    const tagged = new CreateVirtualMFADeviceCommand({
      VirtualMFADeviceName: "tagged",
      Tags: [{ Key: "keep", Value: "yes" }],
    });
    const arn = (await h.iam.send(tagged)).VirtualMFADevice?.SerialNumber ?? "";
    const condition = { StringEquals: { "aws:ResourceTag/keep": "no" } };
    const eve = await userWithKey(h, "eve", allow("iam:DeleteVirtualMFADevice", "*", condition));
    assert.deepEqual(await refused(remove(arn, eve.iam)), {
      code: "AccessDenied",
      message: `User: arn:aws:iam::${testAccount}:user/eve is not authorized to perform: iam:DeleteVirtualMFADevice on resource: ${arn} because no identity-based policy allows the iam:DeleteVirtualMFADevice action`,
      status: 403,
    });
  });
});

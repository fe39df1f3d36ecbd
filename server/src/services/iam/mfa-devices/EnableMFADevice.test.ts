import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  DeactivateMFADeviceCommand,
  EnableMFADeviceCommand,
  ListMFADevicesCommand,
} from "@aws-sdk/client-iam";
import { GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { type Device, enabledDevice, newDevice } from "../../../../test/mfa.ts";

suite("EnableMFADevice", async () => {
  const h = await harness();
  let names = 0;
  const newUser = async () => {
    const UserName = `user-${names++}`;
    await h.iam.send(new CreateUserCommand({ UserName }));
    return UserName;
  };
  const enable = (UserName: string, device: Device, codes = device.pair(), iam = h.iam) =>
    iam.send(new EnableMFADeviceCommand({ UserName, SerialNumber: device.serialNumber, ...codes }));
  const list = async (UserName: string) =>
    (await h.iam.send(new ListMFADevicesCommand({ UserName }))).MFADevices?.map((device) => device.SerialNumber);
  const invalid = {
    code: "InvalidAuthenticationCode",
    message: "Authentication code for device is not valid.",
    status: 403,
  };

  test("two codes that follow each other give the device to the user", async () => {
    const user = await newUser();
    const device = await newDevice(h, user);
    await enable(user, device);
    const { MFADevices } = await h.iam.send(new ListMFADevicesCommand({ UserName: user }));
    assert.deepEqual(MFADevices, [
      { UserName: user, SerialNumber: device.serialNumber, EnableDate: new Date(startOfTest) },
    ]);
  });

  test("refuses the same code twice, two in the wrong order, and two that are not neighbours", async () => {
    const user = await newUser();
    const device = await newDevice(h, user);
    const [before, now, next] = [device.code(-1), device.code(), device.code(1)];
    for (const [AuthenticationCode1, AuthenticationCode2] of [
      [now, now],
      [now, before],
      [before, next],
    ] as const) {
      assert.deepEqual(await refused(enable(user, device, { AuthenticationCode1, AuthenticationCode2 })), invalid);
    }
    assert.deepEqual(await list(user), []);
  });

  test("takes devices whose clocks are up to 1000 steps ahead or 998 behind", async () => {
    const user = await newUser();
    for (const offset of [1001, -999]) {
      const device = await newDevice(h, `${user}${offset}`);
      assert.deepEqual(await refused(enable(user, device, device.pair(offset))), invalid, `${offset}`);
    }
    for (const offset of [1000, -998]) {
      const device = await newDevice(h, `${user}${offset}`);
      await enable(user, device, device.pair(offset));
    }
    assert.equal((await list(user))?.length, 2);
  });

  test("codes that enabled it once do not do so again, not even one of the two", async () => {
    const user = await newUser();
    const device = await enabledDevice(h, user, user);
    await h.iam.send(new DeactivateMFADeviceCommand({ UserName: user, SerialNumber: device.serialNumber }));
    const other = await newUser();
    assert.deepEqual(await refused(enable(other, device)), invalid);
    assert.deepEqual(await refused(enable(other, device, device.pair(1))), invalid);
    await enable(other, device, device.pair(2));
    assert.deepEqual(await list(other), [device.serialNumber]);
  });

  test("refuses a device that the user has, and one that another has", async () => {
    const user = await newUser();
    const device = await enabledDevice(h, user, user);
    assert.deepEqual(await refused(enable(user, device, device.pair(2))), {
      code: "EntityAlreadyExists",
      message: `MFA Device for user ${user} already exists.`,
      status: 409,
    });
    assert.deepEqual(await refused(enable(await newUser(), device, device.pair(2))), {
      code: "EntityAlreadyExists",
      message: "MFA Device is already in use.",
      status: 409,
    });
  });

  test("refuses a ninth device", async () => {
    const user = await newUser();
    for (let number = 1; number <= 8; number++) await enabledDevice(h, `${user}-${number}`, user);
    const ninth = await newDevice(h, `${user}-9`);
    assert.deepEqual(await refused(enable(user, ninth)), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for MFADevicesPerUser: 8",
      status: 409,
    });
  });

  test("refuses a user and a device that are not there, and codes that are none", async () => {
    const device = await newDevice(h, "unused");
    for (const name of ["nobody", "n".repeat(65)]) {
      assert.deepEqual(await refused(enable(name, device)), {
        code: "NoSuchEntity",
        message: `The user with name ${name} cannot be found.`,
        status: 404,
      });
    }
    const serialNumber = `arn:aws:iam::${testAccount}:mfa/none`;
    assert.deepEqual(await refused(enable(await newUser(), { ...device, serialNumber })), {
      code: "NoSuchEntity",
      message: `MFA Device with serial number ${serialNumber} does not exist.`,
      status: 404,
    });
    const codes = { AuthenticationCode1: "12345", AuthenticationCode2: "123456" };
    assert.deepEqual(await refused(enable("ann", device, codes)), {
      code: "ValidationError",
      message:
        "1 validation error detected: Value at 'authenticationCode1' failed to satisfy constraint: Member must have length greater than or equal to 6",
      status: 400,
    });
  });

  test("a user's key adds the first device of its own, and no second one", async () => {
    const bob = await userWithKey(h, "bob", allow("iam:EnableMFADevice"));
    const first = await newDevice(h, "bob-1");
    const second = await newDevice(h, "bob-2");
    await enable("bob", first, first.pair(), bob.iam);
    const notWithout = {
      code: "AccessDenied",
      message:
        "To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.",
      status: 403,
    };
    assert.deepEqual(await refused(enable("bob", second, second.pair(), bob.iam)), notWithout);
    assert.deepEqual(await refused(enable("bob", first, first.pair(2), bob.iam)), notWithout);
    await enable(await newUser(), second, second.pair(), bob.iam);
  });

  test("with a session that a device of its own stands behind, a user adds more and removes them", async () => {
    const joe = await userWithKey(h, "joe", allow(["iam:EnableMFADevice", "iam:DeactivateMFADevice"]));
    const first = await enabledDevice(h, "joe-1", "joe");
    const second = await newDevice(h, "joe-2");
    const session = async (input: { SerialNumber: string; TokenCode: string }) => {
      const { Credentials } = await joe.sts.send(new GetSessionTokenCommand(input));
      return h.as({
        accessKeyId: Credentials?.AccessKeyId ?? "",
        secretAccessKey: Credentials?.SecretAccessKey ?? "",
        sessionToken: Credentials?.SessionToken,
      }).iam;
    };
    const iam = await session({ SerialNumber: first.serialNumber, TokenCode: first.code(1) });
    await enable("joe", second, second.pair(), iam);
    for (const { serialNumber: SerialNumber } of [first, second]) {
      await iam.send(new DeactivateMFADeviceCommand({ UserName: "joe", SerialNumber }));
    }
    await enable("joe", first, first.pair(2), joe.iam);
  });

  test("root enables its own under the account's id", async () => {
    const device = await newDevice(h, "root-account-mfa-device");
    await enable(testAccount, device);
    const { MFADevices } = await h.iam.send(new ListMFADevicesCommand({}));
    assert.deepEqual(
      MFADevices?.map(({ UserName, SerialNumber }) => [UserName, SerialNumber]),
      [[testAccount, device.serialNumber]],
    );
    const eve = await userWithKey(h, "eve", allow("iam:EnableMFADevice"));
    assert.equal((await refused(enable(testAccount, device, device.pair(), eve.iam))).code, "NoSuchEntity");
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  DeactivateMFADeviceCommand,
  GetUserCommand,
  ResyncMFADeviceCommand,
} from "@aws-sdk/client-iam";
import { type Harness, harness, startOfTest, testAccount } from "../../test/harness.ts";
import { type Device, enabledDevice, newDevice } from "../../test/mfa.ts";
import { ServiceException } from "../contract/service-exception.ts";
import { verifyMfa } from "./mfa.ts";
import { Call } from "./operation.ts";

const unavailable =
  "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.";
const invalid = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
const step = 30_000;

suite("verifyMfa", async () => {
  const h = await harness();
  let names = 0;

  /** A new user's, who asks; undefined is "accepted". */
  async function holder() {
    const UserName = `user-${names++}`;
    const { User } = await h.iam.send(new CreateUserCommand({ UserName }));
    const device = await enabledDevice(h, UserName, UserName);
    return { UserName, device, verify: (code: string, by = device) => asked(h, User?.UserId ?? "", by, code) };
  }

  test("a code within two steps of the device's time, either way", async () => {
    const { device, verify } = await holder();
    for (const offset of [-3, 3, -10, 10]) assert.equal(await verify(device.code(offset)), invalid, `${offset}`);
    for (const offset of [2, -2, 0, 1, -1]) assert.equal(await verify(device.code(offset)), undefined, `${offset}`);
  });

  test("a code authenticates once, even after a newer one", async () => {
    const { device, verify } = await holder();
    assert.equal(await verify(device.code()), undefined);
    assert.equal(await verify(device.code()), invalid);
    assert.equal(await verify(device.code(1)), undefined);
    assert.equal(await verify(device.code()), invalid);
    h.clock.set(startOfTest + step);
    assert.equal(await verify(device.code(-1)), invalid);
    h.clock.set(startOfTest);
  });

  test("of two at once with one code, one is let in", async () => {
    const { device, verify } = await holder();
    const outcomes = await Promise.all([verify(device.code()), verify(device.code())]);
    assert.deepEqual(outcomes.toSorted(), [invalid, undefined]);
  });

  test("nine attempts in three minutes, whatever comes of them", async () => {
    const { device, verify } = await holder();
    assert.equal(await verify(device.code()), undefined);
    for (let attempt = 2; attempt <= 9; attempt++) assert.equal(await verify(device.code(20)), invalid);
    assert.equal(await verify(device.code(1)), unavailable);
    h.clock.set(startOfTest + 180_000 - 1);
    assert.equal(await verify(device.code()), unavailable, "the test starts with a span of the clock");
    h.clock.set(startOfTest + 180_000);
    assert.equal(await verify(device.code()), undefined);
    h.clock.set(startOfTest);
  });

  test("follows the clock that a device was synchronized to", async () => {
    const { UserName, device, verify } = await holder();
    await h.iam.send(new ResyncMFADeviceCommand({ UserName, SerialNumber: device.serialNumber, ...device.pair(100) }));
    assert.equal(await verify(device.code()), invalid);
    assert.equal(await verify(device.code(100)), undefined, "synchronizing does not use the codes up");
    h.clock.set(startOfTest + 7 * step);
    assert.equal(await verify(device.code(102)), undefined);
    h.clock.set(startOfTest);
  });

  test("not another user's device, one that nobody has, or one that is not there", async () => {
    const { UserName, device, verify } = await holder();
    const other = await holder();
    const free = await newDevice(h, "free");
    assert.equal(await verify(other.device.code(), other.device), unavailable);
    assert.equal(await verify(free.code(), free), unavailable);
    for (const serialNumber of [
      `arn:aws:iam::${testAccount}:mfa/none`,
      "GAHT12345678",
      device.serialNumber.replace("mfa", "user"),
    ]) {
      assert.equal(await verify(device.code(), { ...device, serialNumber }), unavailable, serialNumber);
    }
    await h.iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber: device.serialNumber }));
    assert.equal(await verify(device.code()), unavailable);
  });

  test("root's own", async () => {
    const device = await enabledDevice(h, "root-account-mfa-device", testAccount);
    const { User } = await h.iam.send(new GetUserCommand({}));
    assert.equal(await asked(h, User?.UserId ?? "", device, device.code()), undefined);
  });
});

/** The message of the refusal, or undefined. */
async function asked(h: Harness, userId: string, device: Device, code: string): Promise<string | undefined> {
  const facts = {
    caller: {
      kind: "user" as const,
      accountId: testAccount,
      partition: "aws",
      arn: "",
      userId,
      userName: undefined,
      accessKeyId: "",
      session: undefined,
      tags: [],
      permissionsBoundaryArn: undefined,
    },
    region: "us-east-1",
    requestId: "",
    sourceIp: "",
    userAgent: undefined,
    secureTransport: false,
    host: undefined,
  };
  const call = await h.environment.store.read((tx) => new Call(h.environment, facts, h.clock.now(), tx));
  try {
    await verifyMfa(call, device.serialNumber, code);
    return undefined;
  } catch (error) {
    if (!(error instanceof ServiceException) || error.code !== "AccessDenied") throw error;
    return error.message;
  }
}

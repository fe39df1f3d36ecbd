import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminGetDeviceCommand,
  ConfirmDeviceCommand,
  type ConfirmDeviceCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { deviceKeyOf, deviceVerifier, signInFromDevice, somebodyWithDevices } from "../../../../test/pool-factors.ts";
import { somebody } from "../../../../test/pool-sessions.ts";

const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

suite("ConfirmDevice", async () => {
  const h = await harness();
  const DeviceKey = deviceKeyOf(1);
  const confirm = async (AccessToken: string, more: Partial<ConfirmDeviceCommandInput> = {}) => {
    const { $metadata, ...answer } = await h.cognito.send(
      new ConfirmDeviceCommand({ AccessToken, DeviceKey, DeviceSecretVerifierConfig: deviceVerifier, ...more }),
    );
    return answer;
  };

  test("is remembered, unless the user is to be asked", async () => {
    for (const isAsked of [false, true]) {
      const it = await somebodyWithDevices(h, isAsked);
      const { UserPoolId, Username } = it;
      const token = await signInFromDevice(h, it, DeviceKey);
      assert.deepEqual(await confirm(token, { DeviceName: "laptop" }), { UserConfirmationNecessary: isAsked });
      const { Device } = await h.cognito.send(new AdminGetDeviceCommand({ UserPoolId, Username, DeviceKey }));
      assert.deepEqual(Device?.DeviceAttributes?.slice(-1), [
        { Name: "dev:device_remembered_status", Value: isAsked ? "not_remembered" : "remembered" },
      ]);
    }
  });

  test("refuses a key of another sign-in, and one that is confirmed", async () => {
    const it = await somebodyWithDevices(h);
    const wrongKey = invalid("Invalid device key given.");
    assert.deepEqual(await refused(confirm(it.AccessToken)), wrongKey);
    const token = await signInFromDevice(h, it, DeviceKey);
    assert.deepEqual(await refused(confirm(token, { DeviceKey: deviceKeyOf(2) })), wrongKey);
    await confirm(token);
    assert.deepEqual(await refused(confirm(token)), {
      code: "DeviceKeyExistsException",
      message: "Device key already exists.",
      status: 400,
    });
  });

  test("refuses numbers that are no verifier", async () => {
    const it = await somebodyWithDevices(h);
    const token = await signInFromDevice(h, it, DeviceKey);
    const { Salt, PasswordVerifier } = deviceVerifier;
    const noSalt = invalid("DeviceSecretVerifierConfig has no valid Salt.");
    const noVerifier = invalid("DeviceSecretVerifierConfig has no valid PasswordVerifier.");
    const given = (DeviceSecretVerifierConfig: ConfirmDeviceCommandInput["DeviceSecretVerifierConfig"]) =>
      refused(confirm(token, { DeviceSecretVerifierConfig }));
    assert.deepEqual(await given(undefined), noSalt);
    assert.deepEqual(await given({ Salt: "%", PasswordVerifier }), noSalt);
    assert.deepEqual(await given({ Salt: Buffer.alloc(65, 1).toString("base64"), PasswordVerifier }), noSalt);
    assert.deepEqual(await given({ Salt }), noVerifier);
    // Whoever has no password knows the powers of one.
    assert.deepEqual(await given({ Salt, PasswordVerifier: "AQ==" }), noVerifier);
    const larger = Buffer.alloc(385, 0xff).toString("base64");
    assert.deepEqual(await given({ Salt, PasswordVerifier: larger }), noVerifier);
  });

  test("is refused where the pool keeps track of none, and without a token", async () => {
    assert.deepEqual(await refused(confirm((await somebody(h)).AccessToken)), {
      code: "InvalidUserPoolConfigurationException",
      message: "Device tracking is not configured for the user pool.",
      status: 400,
    });
    assert.deepEqual(await refused(confirm("abc")), {
      code: "NotAuthorizedException",
      message: "Invalid Access Token",
      status: 400,
    });
  });
});

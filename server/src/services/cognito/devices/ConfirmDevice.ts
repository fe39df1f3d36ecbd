import { poolUserDevices } from "../../../store/pool-user-devices.ts";
import { cognito } from "../cognito.ts";
import { requireAccessToken } from "../sessions/access-token.ts";
import { deviceGroupKey, requireTracking, sealDeviceVerifier } from "./device.ts";

export const ConfirmDevice = cognito("ConfirmDevice", {
  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const { tx, environment, now } = call;
    const authorized = await requireAccessToken(call, tx, input.AccessToken);
    requireTracking(call, authorized);
    const { user_id, pool_id } = authorized.user;
    const { DeviceKey } = input;
    if ((await poolUserDevices.find(tx, user_id, DeviceKey)) !== undefined) {
      // The text is ours.
      call.fail("DeviceKeyExistsException", "Device key already exists.");
    }
    // The key that came with this very sign-in; reported from AWS (boto3#4059).
    if (authorized.session.device_key !== DeviceKey) {
      call.fail("InvalidParameterException", "Invalid device key given.");
    }
    const { DeviceOnlyRememberedOnUserPrompt = false } = authorized.configuration.DeviceConfiguration ?? {};
    await poolUserDevices.insert(tx, {
      user_id,
      pool_id,
      device_key: DeviceKey,
      group_key: deviceGroupKey(environment, pool_id),
      verifier_sealed: sealDeviceVerifier(call, user_id, DeviceKey, input.DeviceSecretVerifierConfig),
      name: input.DeviceName ?? null,
      isRemembered: !DeviceOnlyRememberedOnUserPrompt,
      last_ip: call.facts.sourceIp.slice(0, 128),
      created_at: now,
      modified_at: now,
      authenticated_at: authorized.session.authenticated_at,
    });
    return { UserConfirmationNecessary: DeviceOnlyRememberedOnUserPrompt };
  },
});

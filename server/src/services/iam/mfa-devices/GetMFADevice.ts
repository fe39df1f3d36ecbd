import { iam } from "../iam.ts";
import { noSuchDevice, requireDeviceOwner } from "./mfa-device.ts";

/** FIDO security keys alone have this form (IAM User Guide, "MFA in IAM"): `arn:aws:iam::123456789012:u2f/user/ann/key-1`. */
const securityKey = /^arn:[\w-]+:iam::\d{12}:u2f\//;

export const GetMFADevice = iam("GetMFADevice", {
  resource: (input, call) => requireDeviceOwner(call, input.UserName),

  // It tells of security keys, which are registered in AWS's console alone: there is none to tell of here.
  handle(input, call) {
    if (securityKey.test(input.SerialNumber)) call.fail("NoSuchEntityException", noSuchDevice(input.SerialNumber));
    // Observed of a virtual device of the user's, 2026-09.
    return call.fail(
      "ValidationError",
      "The MFA device serial number sent in the request is invalid or not supported by this API. Currently, only hardware FIDO security keys are supported. Please use the compatible device or API.",
    );
  },
});

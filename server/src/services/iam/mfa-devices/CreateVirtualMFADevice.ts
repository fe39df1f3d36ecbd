import { base32 } from "../../../crypto/base32.ts";
import { accounts } from "../../../store/accounts.ts";
import { mfaDevices } from "../../../store/mfa-devices.ts";
import { seedContext } from "../../mfa.ts";
import { iam } from "../iam.ts";
import { exactKeys, mergeTags } from "../tags.ts";
import { serialNumberOf } from "./mfa-device.ts";
import { qrCodePng } from "./qr-code.ts";

/** 64 letters of base32, as AWS's seeds have. */
const seedLength = 40;
/** The longest serial number that any operation takes. */
const longestSerialNumber = 256;

export const CreateVirtualMFADevice = iam("CreateVirtualMFADevice", {
  async resource(input, call) {
    const pathAndName = (input.Path ?? "/") + input.VirtualMFADeviceName;
    const arn = serialNumberOf(call, { path_and_name: pathAndName });
    const account = await accounts.find(call.tx, call.accountId);
    return { arn, pathAndName, accountName: account?.alias ?? call.accountId };
  },

  // The picture is computed before the transaction, which others would wait for.
  transaction: "own",

  async handle(input, call, { arn, pathAndName, accountName }) {
    const { store, quotas, seal } = call.environment;
    const tags = mergeTags(call, [], input.Tags ?? [], quotas.TagsPerMFADevice, exactKeys);
    if (arn.length > longestSerialNumber) {
      // The text is ours: AWS's model sets no length, and what AWS answers is not known.
      const most = longestSerialNumber - (arn.length - input.VirtualMFADeviceName.length);
      call.fail(
        "ValidationError",
        `1 validation error detected: Value at 'virtualMFADeviceName' failed to satisfy constraint: Member must have length less than or equal to ${Math.max(most, 0)}`,
      );
    }
    const seed = call.random.bytes(seedLength);
    const secret = base32(seed);
    const device = {
      account_id: call.accountId,
      path_and_name: pathAndName,
      created_at: call.now,
      tags,
      seed_sealed: seal.seal(
        seed,
        seedContext({ account_id: call.accountId, path_and_name: pathAndName }),
        call.random.bytes(12),
      ),
    };
    seed.fill(0);
    // As IAM's API reference describes the picture, with the issuer that AWS's own have in front of the name.
    const issuer = encodeURIComponent("Amazon Web Services");
    const label = `${encodeURIComponent(input.VirtualMFADeviceName)}@${accountName}`;
    const png = qrCodePng(`otpauth://totp/${issuer}:${label}?secret=${secret}&issuer=${issuer}`);
    await store.write(async (tx) => {
      if ((await mfaDevices.find(tx, call.accountId, pathAndName)) !== undefined) {
        call.fail("EntityAlreadyExistsException", "MFA device already exists.");
      }
      await mfaDevices.insert(tx, device);
      // "Equal to the user quota for the account" (IAM User Guide, quotas). The name in the text is ours.
      const most = quotas.UsersPerAccount;
      if ((await mfaDevices.count(tx, call.accountId)) > most) {
        call.fail("LimitExceededException", `Cannot exceed quota for VirtualMFADevicesPerAccount: ${most}`);
      }
    });
    return {
      VirtualMFADevice: {
        SerialNumber: arn,
        // The one time that the seed is told.
        Base32StringSeed: Buffer.from(secret),
        QRCodePNG: png,
        ...(tags.length === 0 ? {} : { Tags: [...tags] }),
      },
    };
  },
});

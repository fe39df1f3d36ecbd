import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListMFADeviceTagsCommand, TagMFADeviceCommand, UntagMFADeviceCommand } from "@aws-sdk/client-iam";
import { harness, refused, testAccount } from "../../../../test/harness.ts";
import { newDevice } from "../../../../test/mfa.ts";

suite("UntagMFADevice", async () => {
  const h = await harness();
  const { serialNumber } = await newDevice(h, "phone");
  const untag = (TagKeys: string[], SerialNumber = serialNumber) =>
    h.iam.send(new UntagMFADeviceCommand({ SerialNumber, TagKeys }));

  test("removes by key, case and all; what is not there is no error", async () => {
    const Tags = ["Team", "team", "x"].map((Key) => ({ Key, Value: "" }));
    await h.iam.send(new TagMFADeviceCommand({ SerialNumber: serialNumber, Tags }));
    await untag(["Team", "X"]);
    const left = await h.iam.send(new ListMFADeviceTagsCommand({ SerialNumber: serialNumber }));
    assert.deepEqual(
      left.Tags?.map(({ Key }) => Key),
      ["x", "team"],
    );
  });

  test("refuses a device that is not there", async () => {
    const none = `arn:aws:iam::${testAccount}:mfa/none`;
    assert.deepEqual(await refused(untag(["a"], none)), {
      code: "NoSuchEntity",
      message: `MFA Device with serial number ${none} does not exist.`,
      status: 404,
    });
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListMFADeviceTagsCommand, TagMFADeviceCommand } from "@aws-sdk/client-iam";
import { harness, refused, testAccount } from "../../../../test/harness.ts";
import { newDevice } from "../../../../test/mfa.ts";

suite("ListMFADeviceTags", async () => {
  const h = await harness();
  const { serialNumber } = await newDevice(h, "phone");
  const list = (input: { Marker?: string; MaxItems?: number } = {}, SerialNumber = serialNumber) =>
    h.iam.send(new ListMFADeviceTagsCommand({ SerialNumber, ...input }));

  test("none, then page by page", async () => {
    assert.deepEqual((await list()).Tags, []);
    const Tags = ["b", "a", "c"].map((Key) => ({ Key, Value: Key }));
    await h.iam.send(new TagMFADeviceCommand({ SerialNumber: serialNumber, Tags }));
    const first = await list({ MaxItems: 2 });
    const second = await list({ Marker: first.Marker ?? "" });
    assert.deepEqual(
      [first, second].map((page) => [page.IsTruncated, page.Tags?.map(({ Key }) => Key)]),
      [
        [true, ["a", "b"]],
        [false, ["c"]],
      ],
    );
  });

  test("refuses a device that is not there and a marker not its own", async () => {
    const none = `arn:aws:iam::${testAccount}:mfa/none`;
    assert.deepEqual(await refused(list({}, none)), {
      code: "NoSuchEntity",
      message: `MFA Device with serial number ${none} does not exist.`,
      status: 404,
    });
    assert.deepEqual(await refused(list({ Marker: "invalid" })), {
      code: "ValidationError",
      message: "Invalid Marker.",
      status: 400,
    });
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListMFADeviceTagsCommand, TagMFADeviceCommand } from "@aws-sdk/client-iam";
import { harness, refused, testAccount } from "../../../../test/harness.ts";
import { newDevice } from "../../../../test/mfa.ts";

suite("TagMFADevice", async () => {
  const h = await harness();
  const { serialNumber } = await newDevice(h, "phone");
  const tag = (tags: Record<string, string>, SerialNumber = serialNumber) =>
    h.iam.send(
      new TagMFADeviceCommand({ SerialNumber, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }),
    );
  const tags = async () => (await h.iam.send(new ListMFADeviceTagsCommand({ SerialNumber: serialNumber }))).Tags;

  test("adds and overwrites; keys differ by case", async () => {
    await tag({ Team: "one", team: "two" });
    await tag({ team: "three", a: "" });
    assert.deepEqual(await tags(), [
      { Key: "a", Value: "" },
      { Key: "Team", Value: "one" },
      { Key: "team", Value: "three" },
    ]);
  });

  test("refuses reserved keys, the fifty-first, and a device that is not there", async () => {
    assert.deepEqual(await refused(tag({ "aws:x": "" })), {
      code: "InvalidInput",
      message: "Tag keys beginning with aws: are reserved for system use.",
      status: 400,
    });
    await tag({ value: "aws:reserved" });
    const many = Object.fromEntries(Array.from({ length: 47 }, (_, number) => [`key-${number}`, ""]));
    assert.deepEqual(await refused(tag(many)), {
      code: "LimitExceeded",
      message: "The number of tags has reached the maximum limit.",
      status: 409,
    });
    const none = `arn:aws:iam::${testAccount}:mfa/none`;
    assert.deepEqual(await refused(tag({ a: "" }, none)), {
      code: "NoSuchEntity",
      message: `MFA Device with serial number ${none} does not exist.`,
      status: 404,
    });
  });
});

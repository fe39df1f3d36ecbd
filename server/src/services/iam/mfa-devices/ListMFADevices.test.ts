import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  ListMFADevicesCommand,
  paginateListMFADevices,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, userWithKey } from "../../../../test/harness.ts";
import { enabledDevice, newDevice } from "../../../../test/mfa.ts";

suite("ListMFADevices", async () => {
  const h = await harness();
  const bob = await userWithKey(h, "bob", allow("iam:ListMFADevices", "arn:aws:iam::*:user/bob"));
  await h.iam.send(new CreateUserCommand({ UserName: "ann" }));
  const list = (UserName?: string, Marker?: string, iam = h.iam) =>
    iam.send(new ListMFADevicesCommand({ UserName, Marker }));

  test("a user without devices has an empty list", async () => {
    await newDevice(h, "nobodys");
    const { MFADevices, IsTruncated } = await list("ann");
    assert.deepEqual([MFADevices, IsTruncated], [[], false]);
  });

  test("by serial number, page by page, under the user's present name", async () => {
    const second = await enabledDevice(h, "b", "ann");
    const first = await enabledDevice(h, "a", "ann");
    const third = await enabledDevice(h, "c", "ann");
    const pages = [];
    for await (const page of paginateListMFADevices({ client: h.iam, pageSize: 2 }, { UserName: "ann" }))
      pages.push(page);
    const item = (serial: string, UserName = "ann") => ({
      UserName,
      SerialNumber: serial,
      EnableDate: new Date(startOfTest),
    });
    assert.deepEqual(
      pages.map((page) => [page.IsTruncated, page.MFADevices]),
      [
        [true, [item(first.serialNumber), item(second.serialNumber)]],
        [false, [item(third.serialNumber)]],
      ],
    );
    await h.iam.send(new UpdateUserCommand({ UserName: "ann", NewUserName: "anna" }));
    assert.deepEqual((await list("anna")).MFADevices?.[0], item(first.serialNumber, "anna"));
  });

  test("without a name, the signer's own", async () => {
    const device = await enabledDevice(h, "bob", "bob");
    const { MFADevices } = await list(undefined, undefined, bob.iam);
    assert.deepEqual(
      MFADevices?.map((found) => found.SerialNumber),
      [device.serialNumber],
    );
    assert.deepEqual((await list()).MFADevices, [], "root has none");
  });

  test("refuses a user that is not there, a marker not its own, and who may not", async () => {
    assert.deepEqual(await refused(list("nobody")), {
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
      status: 404,
    });
    assert.deepEqual(await refused(list("bob", "invalid")), {
      code: "ValidationError",
      message: "Invalid Marker.",
      status: 400,
    });
    assert.equal((await refused(list("anna", undefined, bob.iam))).code, "AccessDenied");
  });
});

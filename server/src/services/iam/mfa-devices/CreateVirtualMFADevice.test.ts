import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateAccountAliasCommand,
  CreateVirtualMFADeviceCommand,
  type CreateVirtualMFADeviceCommandInput,
  DeleteAccountAliasCommand,
  ListMFADeviceTagsCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { seedOf } from "../../../../test/mfa.ts";
import { readQrPng } from "../../../../test/qr.ts";

suite("CreateVirtualMFADevice", async () => {
  const h = await harness();
  const create = async (input: CreateVirtualMFADeviceCommandInput, iam = h.iam) =>
    (await iam.send(new CreateVirtualMFADeviceCommand(input))).VirtualMFADevice;
  const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();

  test("answers serial number, seed, picture and tags, and nothing of a user", async () => {
    const Tags = [
      { Key: "Team", Value: "One" },
      { Key: "team", Value: "Two" },
    ];
    const device = await create({ VirtualMFADeviceName: "phone", Path: "/devices/", Tags });
    assert.deepEqual(Object.keys(device ?? {}).toSorted(), ["Base32StringSeed", "QRCodePNG", "SerialNumber", "Tags"]);
    assert.equal(device?.SerialNumber, `arn:aws:iam::${testAccount}:mfa/devices/phone`);
    assert.deepEqual(device?.Tags, Tags);
    assert.match(text(device?.Base32StringSeed), /^[A-Z2-7]{64}$/);
    assert.equal(seedOf(text(device?.Base32StringSeed)).length, 40);
    const listed = await h.iam.send(new ListMFADeviceTagsCommand({ SerialNumber: device?.SerialNumber }));
    assert.deepEqual(listed.Tags, Tags);
  });

  test("the picture is a PNG that a camera reads, with the seed for an authenticator", async () => {
    const device = await create({ VirtualMFADeviceName: "a+b=c,d.e@f-g" });
    const seed = text(device?.Base32StringSeed);
    assert.equal(
      readQrPng(device?.QRCodePNG ?? new Uint8Array()),
      `otpauth://totp/Amazon%20Web%20Services:a%2Bb%3Dc%2Cd.e%40f-g@${testAccount}?secret=${seed}&issuer=Amazon%20Web%20Services`,
    );
  });

  test("the picture names the account by its alias where there is one", async () => {
    await h.iam.send(new CreateAccountAliasCommand({ AccountAlias: "example" }));
    const device = await create({ VirtualMFADeviceName: "aliased" });
    assert.match(
      readQrPng(device?.QRCodePNG ?? new Uint8Array()),
      /^otpauth:\/\/totp\/Amazon%20Web%20Services:aliased@example\?/,
    );
    await h.iam.send(new DeleteAccountAliasCommand({ AccountAlias: "example" }));
  });

  test("every device has a seed of its own, and without tags the answer has none", async () => {
    const one = await create({ VirtualMFADeviceName: "one" });
    const two = await create({ VirtualMFADeviceName: "two" });
    assert.notDeepEqual(one?.Base32StringSeed, two?.Base32StringSeed);
    assert.equal(one?.Tags, undefined);
  });

  test("a name is taken below one path only, and a path may hold empty parts", async () => {
    await create({ VirtualMFADeviceName: "same" });
    const other = await create({ VirtualMFADeviceName: "same", Path: "/test//double/" });
    assert.equal(other?.SerialNumber, `arn:aws:iam::${testAccount}:mfa/test//double/same`);
    for (const Path of [undefined, "/", "/test//double/"]) {
      assert.deepEqual(await refused(create({ VirtualMFADeviceName: "same", Path })), {
        code: "EntityAlreadyExists",
        message: "MFA device already exists.",
        status: 409,
      });
    }
  });

  test("of two at once, one is made", async () => {
    const outcomes = await Promise.allSettled([1, 2].map(() => create({ VirtualMFADeviceName: "race" })));
    assert.deepEqual(outcomes.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
  });

  test("refuses reserved tags, keys given twice, and a name that no serial number holds", async () => {
    const tagged = (...keys: string[]) =>
      create({ VirtualMFADeviceName: "tagged", Tags: keys.map((Key) => ({ Key, Value: "" })) });
    assert.deepEqual(await refused(tagged("aws:x")), {
      code: "InvalidInput",
      message: "Tag keys beginning with aws: are reserved for system use.",
      status: 400,
    });
    assert.deepEqual(await refused(tagged("a", "a")), {
      code: "InvalidInput",
      message: "Duplicate tag keys found.",
      status: 400,
    });
    const longest = 256 - `arn:aws:iam::${testAccount}:mfa/`.length;
    assert.deepEqual(await refused(create({ VirtualMFADeviceName: "x".repeat(longest + 1) })), {
      code: "ValidationError",
      message: `1 validation error detected: Value at 'virtualMFADeviceName' failed to satisfy constraint: Member must have length less than or equal to ${longest}`,
      status: 400,
    });
    const device = await create({ VirtualMFADeviceName: "x".repeat(longest) });
    assert.equal(device?.SerialNumber?.length, 256);
  });

  test("refuses who may not, and names the device", async () => {
    const eve = await userWithKey(h, "eve", allow("iam:CreateVirtualMFADevice", `arn:aws:iam::${testAccount}:mfa/eve`));
    await create({ VirtualMFADeviceName: "eve" }, eve.iam);
    const arn = `arn:aws:iam::${testAccount}:mfa/bob`;
    assert.deepEqual(await refused(create({ VirtualMFADeviceName: "bob" }, eve.iam)), {
      code: "AccessDenied",
      message: `User: arn:aws:iam::${testAccount}:user/eve is not authorized to perform: iam:CreateVirtualMFADevice on resource: ${arn} because no identity-based policy allows the iam:CreateVirtualMFADevice action`,
      status: 403,
    });
  });

  test("an account has as many as it may have users", async () => {
    const small = await harness({ quotas: { UsersPerAccount: 1 } });
    await small.iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "first" }));
    const second = small.iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "second" }));
    assert.deepEqual(await refused(second), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for VirtualMFADevicesPerAccount: 1",
      status: 409,
    });
  });
});

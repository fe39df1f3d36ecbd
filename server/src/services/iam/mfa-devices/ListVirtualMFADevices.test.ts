import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  type AssignmentStatusType,
  CreateAccountAliasCommand,
  CreateUserCommand,
  ListVirtualMFADevicesCommand,
  paginateListVirtualMFADevices,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { enabledDevice, newDevice } from "../../../../test/mfa.ts";

suite("ListVirtualMFADevices", async () => {
  const h = await harness();
  const { User } = await h.iam.send(new CreateUserCommand({ UserName: "ann", Path: "/staff/" }));
  const serial = (name: string) => `arn:aws:iam::${testAccount}:mfa/${name}`;
  const list = (AssignmentStatus?: AssignmentStatusType, Marker?: string, iam = h.iam) =>
    iam.send(new ListVirtualMFADevicesCommand({ AssignmentStatus, Marker }));

  test("an account without devices has an empty list", async () => {
    const { VirtualMFADevices, IsTruncated } = await list();
    assert.deepEqual([VirtualMFADevices, IsTruncated], [[], false]);
  });

  test("assigned with their users, unassigned with nothing; neither seeds nor tags", async () => {
    await newDevice(h, "c-free");
    await enabledDevice(h, "b-held", "ann");
    await newDevice(h, "a-free");
    const held = { SerialNumber: serial("b-held"), EnableDate: new Date(startOfTest), User };
    assert.deepEqual((await list()).VirtualMFADevices, [
      { SerialNumber: serial("a-free") },
      held,
      { SerialNumber: serial("c-free") },
    ]);
    assert.deepEqual((await list("Assigned")).VirtualMFADevices, [held]);
    assert.deepEqual((await list("Unassigned")).VirtualMFADevices, [
      { SerialNumber: serial("a-free") },
      { SerialNumber: serial("c-free") },
    ]);
  });

  test("page by page, each kind", async () => {
    for (const AssignmentStatus of ["Any", "Unassigned", "Assigned"] as const) {
      const all = (await list(AssignmentStatus)).VirtualMFADevices;
      const found = [];
      for await (const page of paginateListVirtualMFADevices({ client: h.iam, pageSize: 1 }, { AssignmentStatus })) {
        assert.equal(page.VirtualMFADevices?.length, 1);
        found.push(...(page.VirtualMFADevices ?? []));
      }
      assert.deepEqual(found, all);
    }
  });

  test("root's, by the account's id and alias", async () => {
    await enabledDevice(h, "root-account-mfa-device", testAccount);
    const of = async () => (await list("Assigned")).VirtualMFADevices?.at(-1);
    const root = { UserId: testAccount, Arn: `arn:aws:iam::${testAccount}:root`, CreateDate: new Date(startOfTest) };
    assert.deepEqual(await of(), {
      SerialNumber: serial("root-account-mfa-device"),
      EnableDate: new Date(startOfTest),
      User: root,
    });
    await h.iam.send(new CreateAccountAliasCommand({ AccountAlias: "example" }));
    assert.deepEqual((await of())?.User, { ...root, UserName: "example" });
  });

  test("refuses a marker not its own, a status there is not, and who may not", async () => {
    assert.deepEqual(await refused(list("Any", "invalid")), {
      code: "ValidationError",
      message: "Invalid Marker.",
      status: 400,
    });
    assert.deepEqual(await refused(list("Lost" as AssignmentStatusType)), {
      code: "ValidationError",
      message:
        "1 validation error detected: Value at 'assignmentStatus' failed to satisfy constraint: Member must satisfy enum value set: [Assigned, Unassigned, Any]",
      status: 400,
    });
    const eve = await userWithKey(h, "eve", allow("iam:ListMFADevices"));
    assert.equal((await refused(list("Any", undefined, eve.iam))).code, "AccessDenied");
  });
});

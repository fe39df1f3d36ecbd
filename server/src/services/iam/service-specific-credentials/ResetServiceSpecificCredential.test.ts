import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateServiceSpecificCredentialCommand,
  CreateUserCommand,
  ResetServiceSpecificCredentialCommand,
  UpdateServiceSpecificCredentialCommand,
} from "@aws-sdk/client-iam";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";

suite("ResetServiceSpecificCredential", async () => {
  const h = await harness();
  for (const UserName of ["ann", "bob"]) await h.iam.send(new CreateUserCommand({ UserName }));
  const create = async (ServiceName: string, CredentialAgeDays?: number) =>
    (await h.iam.send(new CreateServiceSpecificCredentialCommand({ UserName: "ann", ServiceName, CredentialAgeDays })))
      .ServiceSpecificCredential;
  const reset = async (ServiceSpecificCredentialId: string | undefined, UserName = "ann") =>
    (await h.iam.send(new ResetServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId })))
      .ServiceSpecificCredential;

  test("another password, and nothing else is changed", async () => {
    const before = await create("codecommit.amazonaws.com");
    const id = before?.ServiceSpecificCredentialId;
    await h.iam.send(
      new UpdateServiceSpecificCredentialCommand({
        ServiceSpecificCredentialId: id,
        UserName: "ann",
        Status: "Inactive",
      }),
    );
    h.clock.set(startOfTest + 60_000);
    const after = await reset(id);
    h.clock.set(startOfTest);
    assert.deepEqual(after, { ...before, Status: "Inactive", ServicePassword: after?.ServicePassword });
    assert.match(after?.ServicePassword ?? "", /^[A-Za-z0-9+/]{60}$/);
    assert.notEqual(after?.ServicePassword, before?.ServicePassword);
  });

  test("another API key with the same end, even after it", async () => {
    const before = await create("bedrock.amazonaws.com", 1);
    h.clock.set(startOfTest + 2 * 86_400_000);
    const after = await reset(before?.ServiceSpecificCredentialId);
    h.clock.set(startOfTest);
    assert.deepEqual(after, { ...before, Status: "Expired", ServiceCredentialSecret: after?.ServiceCredentialSecret });
    assert.notEqual(after?.ServiceCredentialSecret, before?.ServiceCredentialSecret);
  });

  test("refuses another user's, an unknown one, and a user that is not there", async () => {
    const id = (await create("cassandra.amazonaws.com"))?.ServiceSpecificCredentialId;
    assert.deepEqual(await refused(reset(id, "bob")), {
      code: "ValidationError",
      message: `User bob does not have a service specific credential with id ${id}`,
      status: 400,
    });
    assert.deepEqual(await refused(reset("ACCAXXXXXXXXXXXXXXXXX")), {
      code: "NoSuchEntity",
      message: "No such credential ACCAXXXXXXXXXXXXXXXXX exists",
      status: 404,
    });
    assert.deepEqual(await refused(reset(id, "nobody")), {
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
      status: 404,
    });
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateServiceSpecificCredentialCommand,
  CreateUserCommand,
  DeleteServiceSpecificCredentialCommand,
  DeleteUserCommand,
  ListServiceSpecificCredentialsCommand,
} from "@aws-sdk/client-iam";
import { harness, refused } from "../../../../test/harness.ts";

suite("DeleteServiceSpecificCredential", async () => {
  const h = await harness();
  for (const UserName of ["ann", "bob"]) await h.iam.send(new CreateUserCommand({ UserName }));
  const { ServiceSpecificCredential } = await h.iam.send(
    new CreateServiceSpecificCredentialCommand({ UserName: "ann", ServiceName: "codecommit.amazonaws.com" }),
  );
  const id = ServiceSpecificCredential?.ServiceSpecificCredentialId;
  const remove = (UserName: string, ServiceSpecificCredentialId = id) =>
    h.iam.send(new DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId }));

  test("refuses another user's, an unknown one, and a user that is not there", async () => {
    assert.deepEqual(await refused(remove("bob")), {
      code: "ValidationError",
      message: `User bob does not have a service specific credential with id ${id}`,
      status: 400,
    });
    assert.deepEqual(await refused(remove("ann", "ACCAXXXXXXXXXXXXXXXXX")), {
      code: "NoSuchEntity",
      message: "No such credential ACCAXXXXXXXXXXXXXXXXX exists",
      status: 404,
    });
    assert.deepEqual(await refused(remove("nobody")), {
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
      status: 404,
    });
  });

  test("the credential is gone, and only then may the user go", async () => {
    const drop = () => h.iam.send(new DeleteUserCommand({ UserName: "ann" }));
    assert.deepEqual(await refused(drop()), {
      code: "DeleteConflict",
      message: "Cannot delete entity, must remove referenced objects first.",
      status: 409,
    });
    await remove("ann");
    const left = await h.iam.send(new ListServiceSpecificCredentialsCommand({ UserName: "ann" }));
    assert.deepEqual(left.ServiceSpecificCredentials, []);
    await drop();
  });
});

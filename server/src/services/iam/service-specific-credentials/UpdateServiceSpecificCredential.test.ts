import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateServiceSpecificCredentialCommand,
  CreateUserCommand,
  ListServiceSpecificCredentialsCommand,
  type StatusType,
  UpdateServiceSpecificCredentialCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, userWithKey } from "../../../../test/harness.ts";

suite("UpdateServiceSpecificCredential", async () => {
  const h = await harness();
  const condition = { StringEquals: { "iam:ServiceSpecificCredentialServiceName": "cassandra.amazonaws.com" } };
  const ann = await userWithKey(h, "ann", allow("iam:UpdateServiceSpecificCredential", "*", condition));
  await h.iam.send(new CreateUserCommand({ UserName: "bob" }));
  const create = async (ServiceName: string) =>
    (await h.iam.send(new CreateServiceSpecificCredentialCommand({ UserName: "ann", ServiceName })))
      .ServiceSpecificCredential?.ServiceSpecificCredentialId ?? "";
  const id = await create("codecommit.amazonaws.com");
  const update = (Status: StatusType, UserName: string | undefined = "ann", credential = id, iam = h.iam) =>
    iam.send(new UpdateServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId: credential, Status }));

  test("switches between Active and Inactive, as often as asked", async () => {
    for (const wanted of ["Inactive", "Inactive", "Active"] as const) {
      await update(wanted);
      const { ServiceSpecificCredentials } = await h.iam.send(
        new ListServiceSpecificCredentialsCommand({ UserName: "ann" }),
      );
      assert.equal(ServiceSpecificCredentials?.[0]?.Status, wanted);
    }
  });

  test("refuses Expired, another user's, an unknown one, and a user that is not there", async () => {
    assert.deepEqual(await refused(update("Expired")), {
      code: "InvalidInput",
      message: "Operation does not support status Expired",
      status: 400,
    });
    assert.deepEqual(await refused(update("Inactive", "bob")), {
      code: "ValidationError",
      message: `User bob does not have a service specific credential with id ${id}`,
      status: 400,
    });
    assert.deepEqual(await refused(update("Inactive", "ann", "satisfiesregexbutstillinvalid")), {
      code: "NoSuchEntity",
      message: "No such credential satisfiesregexbutstillinvalid exists",
      status: 404,
    });
    assert.deepEqual(await refused(update("Inactive", "wrong-user-name")), {
      code: "NoSuchEntity",
      message: "The user with name wrong-user-name cannot be found.",
      status: 404,
    });
    assert.deepEqual(await refused(update("Inactive", "ann", "totally-wrong-credential-id-with-hyphens")), {
      code: "ValidationError",
      message:
        "1 validation error detected: Value at 'serviceSpecificCredentialId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w]+",
      status: 400,
    });
  });

  test("without a name, the signer's own; policies may ask after the service", async () => {
    const cassandra = await create("cassandra.amazonaws.com");
    await ann.iam.send(
      new UpdateServiceSpecificCredentialCommand({ ServiceSpecificCredentialId: cassandra, Status: "Inactive" }),
    );
    assert.equal((await refused(update("Inactive", "ann", id, ann.iam))).code, "AccessDenied");
  });
});

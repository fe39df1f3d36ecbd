import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateServiceSpecificCredentialCommand,
  ListServiceSpecificCredentialsCommand,
  type ListServiceSpecificCredentialsCommandInput,
  type ServiceSpecificCredentialMetadata,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";

suite("ListServiceSpecificCredentials", async () => {
  const h = await harness();
  const ann = await userWithKey(h, "ann", allow("iam:ListServiceSpecificCredentials", "arn:aws:iam::*:user/ann"));
  await userWithKey(h, "bob");
  const list = (input: ListServiceSpecificCredentialsCommandInput, iam = h.iam) =>
    iam.send(new ListServiceSpecificCredentialsCommand(input));
  const every = async (input: ListServiceSpecificCredentialsCommandInput) => {
    const found = [];
    let Marker: string | undefined;
    do {
      const page = await list({ ...input, Marker, MaxItems: 1 });
      assert.equal(page.IsTruncated, page.Marker !== undefined);
      found.push(...(page.ServiceSpecificCredentials ?? []));
      Marker = page.Marker;
    } while (Marker !== undefined);
    return found;
  };
  const byId = <T extends { ServiceSpecificCredentialId?: string | undefined }>(rows: T[]) =>
    rows.toSorted((one, other) =>
      (one.ServiceSpecificCredentialId ?? "") < (other.ServiceSpecificCredentialId ?? "") ? -1 : 1,
    );

  const made: Partial<ServiceSpecificCredentialMetadata>[] = [];
  for (const [UserName, ServiceName, CredentialAgeDays] of [
    ["ann", "codecommit.amazonaws.com", undefined],
    ["ann", "bedrock.amazonaws.com", 1],
    ["ann", "codecommit.amazonaws.com", undefined],
    ["bob", "codecommit.amazonaws.com", undefined],
  ] as const) {
    const { ServiceSpecificCredential } = await h.iam.send(
      new CreateServiceSpecificCredentialCommand({ UserName, ServiceName, CredentialAgeDays }),
    );
    const { ServicePassword: _, ServiceCredentialSecret: __, ...metadata } = ServiceSpecificCredential ?? {};
    made.push(metadata);
  }
  const of = (UserName: string, ServiceName?: string) =>
    byId(made.filter((row) => row.UserName === UserName && (ServiceName ?? row.ServiceName) === row.ServiceName));

  test("a user without any has an empty list", async () => {
    await userWithKey(h, "eve");
    assert.deepEqual((await list({ UserName: "eve" })).ServiceSpecificCredentials, []);
  });

  test("a user's, of all services or one, page by page, without secrets", async () => {
    assert.deepEqual((await list({ UserName: "ann" })).ServiceSpecificCredentials, of("ann"));
    assert.deepEqual(await every({ UserName: "ann", ServiceName: "" }), of("ann"));
    const codecommit = of("ann", "codecommit.amazonaws.com");
    assert.deepEqual(await every({ UserName: "ann", ServiceName: "CODECOMMIT.amazonaws.com" }), codecommit);
    assert.deepEqual((await list({}, ann.iam)).ServiceSpecificCredentials, of("ann"), "the signer's own");
  });

  test("every user's, of all services or one, page by page", async () => {
    assert.deepEqual(await every({ AllUsers: true }), byId(made));
    assert.deepEqual(
      await every({ AllUsers: true, ServiceName: "codecommit.amazonaws.com" }),
      byId(made.filter((row) => row.ServiceName === "codecommit.amazonaws.com")),
    );
    assert.deepEqual(await every({ AllUsers: false, UserName: "bob" }), of("bob"));
  });

  test("one past its end is Expired", async () => {
    const status = async () =>
      (await list({ UserName: "ann", ServiceName: "bedrock.amazonaws.com" })).ServiceSpecificCredentials?.[0]?.Status;
    h.clock.set(startOfTest + 86_400_000 - 1);
    assert.equal(await status(), "Active");
    h.clock.set(startOfTest + 86_400_000);
    assert.equal(await status(), "Expired");
    h.clock.set(startOfTest);
  });

  test("refuses all users and one, unknown services, users that are not there, and a marker not its own", async () => {
    assert.deepEqual(await refused(list({ AllUsers: true, UserName: "ann" })), {
      code: "InvalidInput",
      message: "Cannot list credentials for all users if a username is given",
      status: 400,
    });
    assert.deepEqual(await refused(list({ UserName: "ann", ServiceName: "sqs.amazonaws.com" })), {
      code: "NoSuchEntity",
      message: "No such service sqs.amazonaws.com is supported for Service Specific Credentials",
      status: 404,
    });
    assert.deepEqual(await refused(list({ UserName: "nobody" })), {
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
      status: 404,
    });
    assert.deepEqual(await refused(list({ UserName: "ann", Marker: "invalid" })), {
      code: "ValidationError",
      message: "Invalid Marker.",
      status: 400,
    });
  });

  test("all users' need permission on all users", async () => {
    assert.deepEqual(await refused(list({ AllUsers: true }, ann.iam)), {
      code: "AccessDenied",
      message: `User: arn:aws:iam::${testAccount}:user/ann is not authorized to perform: iam:ListServiceSpecificCredentials on resource: arn:aws:iam::${testAccount}:user/* because no identity-based policy allows the iam:ListServiceSpecificCredentials action`,
      status: 403,
    });
    assert.equal((await refused(list({ UserName: "bob" }, ann.iam))).code, "AccessDenied");
  });
});

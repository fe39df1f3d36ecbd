import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateServiceSpecificCredentialCommand,
  CreateUserCommand,
  ListServiceSpecificCredentialsCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { serviceCredentials } from "../../../store/service-credentials.ts";

const day = 86_400_000;

suite("CreateServiceSpecificCredential", async () => {
  const h = await harness();
  let names = 0;
  const newUser = async () => {
    const UserName = `user-${names++}`;
    await h.iam.send(new CreateUserCommand({ UserName }));
    return UserName;
  };
  const create = async (UserName: string, ServiceName: string, CredentialAgeDays?: number, iam = h.iam) =>
    (await iam.send(new CreateServiceSpecificCredentialCommand({ UserName, ServiceName, CredentialAgeDays })))
      .ServiceSpecificCredential;

  test("a name and a password, for CodeCommit and Keyspaces", async () => {
    const user = await newUser();
    for (const ServiceName of ["codecommit.amazonaws.com", "cassandra.amazonaws.com"]) {
      const made = await create(user, ServiceName);
      assert.match(made?.ServiceSpecificCredentialId ?? "", /^ACCA[A-Z2-7]{17}$/);
      assert.match(made?.ServicePassword ?? "", /^[A-Za-z0-9+/]{60}$/);
      assert.deepEqual(made, {
        UserName: user,
        Status: "Active",
        CreateDate: new Date(startOfTest),
        ServiceSpecificCredentialId: made?.ServiceSpecificCredentialId,
        ServiceName,
        ServiceUserName: `${user}-at-${testAccount}`,
        ServicePassword: made?.ServicePassword,
      });
    }
  });

  test("an API key that holds name and secret, for the others", async () => {
    const user = await newUser();
    for (const [ServiceName, prefix] of [
      ["bedrock.amazonaws.com", "ABSK"],
      ["logs.amazonaws.com", "ACWL"],
      ["cloudwatch.amazonaws.com", "APIAACWM"],
      ["aws-external-anthropic.amazonaws.com", "AEAA"],
    ] as const) {
      const made = await create(user, ServiceName, 30);
      const alias = `${user}-at-${testAccount}`;
      const secret = made?.ServiceCredentialSecret ?? "";
      assert.equal(secret.slice(0, prefix.length), prefix);
      const inside = Buffer.from(secret.slice(prefix.length), "base64").toString();
      assert.match(inside.slice(`${alias}:`.length), /^[A-Za-z0-9+/]{60}$/);
      assert.deepEqual(made, {
        UserName: user,
        Status: "Active",
        CreateDate: new Date(startOfTest),
        ExpirationDate: new Date(startOfTest + 30 * day),
        ServiceSpecificCredentialId: made?.ServiceSpecificCredentialId,
        ServiceName,
        ServiceCredentialAlias: alias,
        ServiceCredentialSecret: secret,
      });
      assert.equal(inside.slice(0, alias.length + 1), `${alias}:`);
    }
  });

  test("the secret is stored sealed", async () => {
    const made = await create(await newUser(), "codecommit.amazonaws.com");
    const id = made?.ServiceSpecificCredentialId ?? "";
    const row = await h.environment.store.read((tx) => serviceCredentials.find(tx, testAccount, id));
    const sealed = row?.secret_sealed ?? new Uint8Array();
    assert.equal(Buffer.from(sealed).includes(made?.ServicePassword ?? "?"), false);
    assert.equal(
      Buffer.from(h.environment.seal.open(sealed, `service_credentials:${id}`)).toString(),
      made?.ServicePassword,
    );
  });

  test("two for each service, the second under another name; a third is refused", async () => {
    const user = await newUser();
    await create(user, "codecommit.amazonaws.com");
    const second = await create(user, "CodeCommit.amazonaws.com", 1);
    assert.deepEqual(
      [second?.ServiceName, second?.ServiceUserName, second?.ExpirationDate],
      ["codecommit.amazonaws.com", `${user}+1-at-${testAccount}`, new Date(startOfTest + day)],
    );
    assert.deepEqual(await refused(create(user, "codecommit.amazonaws.com")), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for ContextSpecificCredentialsPerUserPerContext: 2",
      status: 409,
    });
    await create(user, "cassandra.amazonaws.com");
  });

  test("whoever comes by a name that was another's gets the next one", async () => {
    const user = await newUser();
    await create(user, "codecommit.amazonaws.com");
    await h.iam.send(new UpdateUserCommand({ UserName: user, NewUserName: `${user}-renamed` }));
    await h.iam.send(new CreateUserCommand({ UserName: user }));
    const made = await create(user, "codecommit.amazonaws.com");
    assert.equal(made?.ServiceUserName, `${user}+1-at-${testAccount}`);
    const { ServiceSpecificCredentials } = await h.iam.send(
      new ListServiceSpecificCredentialsCommand({ UserName: `${user}-renamed` }),
    );
    assert.deepEqual(
      ServiceSpecificCredentials?.map(({ UserName, ServiceUserName }) => [UserName, ServiceUserName]),
      [[`${user}-renamed`, `${user}-at-${testAccount}`]],
    );
  });

  test("refuses services without such credentials, a user that is not there, and ages out of range", async () => {
    const user = await newUser();
    for (const name of ["lambda.amazonaws.com", "SQS.amazonaws.com", "constructor"]) {
      assert.deepEqual(await refused(create(user, name)), {
        code: "NoSuchEntity",
        message: `No such service ${name} is supported for Service Specific Credentials`,
        status: 404,
      });
    }
    assert.deepEqual(await refused(create("non-existent-user", "codecommit.amazonaws.com")), {
      code: "NoSuchEntity",
      message: "The user with name non-existent-user cannot be found.",
      status: 404,
    });
    assert.deepEqual(await refused(create(user, "bedrock.amazonaws.com", 36_601)), {
      code: "ValidationError",
      message:
        "1 validation error detected: Value at 'credentialAgeDays' failed to satisfy constraint: Member must have value less than or equal to 36600",
      status: 400,
    });
  });

  test("policies may ask after service and age", async () => {
    const user = await newUser();
    const condition = {
      StringEquals: { "iam:ServiceSpecificCredentialServiceName": "bedrock.amazonaws.com" },
      NumericLessThanEquals: { "iam:ServiceSpecificCredentialAgeDays": "90" },
    };
    const eve = await userWithKey(h, "eve", allow("iam:CreateServiceSpecificCredential", "*", condition));
    await create(user, "BEDROCK.amazonaws.com", 90, eve.iam);
    for (const [service, days] of [
      ["bedrock.amazonaws.com", 91],
      ["bedrock.amazonaws.com", undefined],
      ["codecommit.amazonaws.com", 90],
    ] as const) {
      assert.equal((await refused(create(user, service, days, eve.iam))).code, "AccessDenied", `${service} ${days}`);
    }
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListUserPoolsCommand } from "@aws-sdk/client-cognito-identity-provider";
import {
  AttachUserPolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  GetUserCommand,
  ListUsersCommand,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { allow, type Clients, harness, refused, startOfTest, testAccount, userWithKey } from "../../test/harness.ts";
import { enabledDevice } from "../../test/mfa.ts";
import { createPolicy, document, insertAwsPolicy } from "../../test/policies.ts";
import { assume, type RoleOptions, roleWith, trustOf } from "../../test/roles.ts";
import { inlinePolicies } from "../store/inline-policies.ts";
import { roles } from "../store/roles.ts";
import { type SessionToken, sealSessionToken } from "./session-token.ts";

const invalid = {
  code: "InvalidClientTokenId",
  message: "The security token included in the request is invalid",
  status: 403,
};

function deny(action: string, condition?: object): object {
  const Statement = [
    { Effect: "Allow", Action: "*", Resource: "*" },
    { Effect: "Deny", Action: action, Resource: "*", ...(condition && { Condition: condition }) },
  ];
  return { Version: "2012-10-17", Statement };
}

async function mayList({ iam }: Pick<Clients, "iam">): Promise<boolean> {
  try {
    await iam.send(new ListUsersCommand({}));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === "AccessDenied") return false;
    throw error;
  }
}

suite("sessions of roles: what becomes of them", async () => {
  const h = await harness();
  const { store, lastUsed } = h.environment;
  const ann = await userWithKey(h, "ann", allow("sts:AssumeRole"));

  test("end to the second", async () => {
    const role = await roleWith(h, "short");
    const { sts } = await assume(h, ann.sts, role, { DurationSeconds: 900 });
    h.clock.set(startOfTest + 899_999);
    await sts.send(new GetCallerIdentityCommand({}));
    h.clock.set(startOfTest + 900_000);
    const { code, message } = await refused(sts.send(new GetCallerIdentityCommand({})));
    assert.deepEqual([code, message], ["ExpiredToken", "The security token included in the request is expired"]);
    h.clock.set(startOfTest);
  });

  test("end with their role; the next of its name has nothing to do with them", async () => {
    const role = await roleWith(h, "brief");
    const { sts } = await assume(h, ann.sts, role);
    await sts.send(new GetCallerIdentityCommand({}));
    await store.write(async (tx) => {
      const row = await roles.findById(tx, role.roleId);
      assert.ok(row);
      await roles.delete(tx, row);
    });
    assert.deepEqual(await refused(sts.send(new GetCallerIdentityCommand({}))), invalid);
    await roleWith(h, "brief");
    assert.deepEqual(await refused(sts.send(new GetCallerIdentityCommand({}))), invalid);
  });

  test("see a change of their role's policies and tags at once", async () => {
    const condition = { StringEquals: { "aws:PrincipalTag/Team": "Red" } };
    const role = await roleWith(h, "changing", { policy: allow("iam:ListUsers", "*", condition) });
    const session = await assume(h, ann.sts, role);
    assert.equal(await mayList(session), false);
    await store.write((tx) => roles.setTags(tx, role.roleId, [{ Key: "Team", Value: "Red" }]));
    assert.equal(await mayList(session), true);
    await store.write(async (tx) => {
      await inlinePolicies.put(tx, { owner_id: role.roleId, policy_name: "inline", document: document("s3:Get*") });
    });
    assert.equal(await mayList(session), false);
  });

  test("revoking those of before now works now, and leaves later ones", async () => {
    const role = await roleWith(h, "revoked", { policy: allow("iam:ListUsers") });
    const before = await assume(h, ann.sts, role);
    assert.equal(await mayList(before), true);
    h.clock.set(startOfTest + 60_000);
    // As the console's "Revoke active sessions" writes it.
    const revocation = deny("*", { DateLessThan: { "aws:TokenIssueTime": "2026-06-15T12:00:30.000Z" } });
    await store.write(async (tx) => {
      const policy = {
        owner_id: role.roleId,
        policy_name: "AWSRevokeOlderSessions",
        document: JSON.stringify(revocation),
      };
      await inlinePolicies.put(tx, policy);
    });
    assert.equal(await mayList(before), false);
    assert.equal(await mayList(await assume(h, ann.sts, role)), true);
    h.clock.set(startOfTest);
  });

  test("are noted as the use of their role, behind the requests", async () => {
    const role = await roleWith(h, "used");
    const use = () => store.read((tx) => lastUsed.ofRole(tx, role.roleId));
    const { credentials } = await assume(h, ann.sts, role);
    assert.equal(await use(), undefined, "to assume it is no use of it");
    await h.as(credentials, "eu-central-1").sts.send(new GetCallerIdentityCommand({}));
    const noted = { usedAt: startOfTest, region: "eu-central-1" };
    assert.deepEqual(await use(), noted);
    assert.equal(await store.read((tx) => roles.findUse(tx, role.roleId)), undefined);
    await lastUsed.flush();
    assert.deepEqual(await store.read((tx) => roles.findUse(tx, role.roleId)), {
      role_id: role.roleId,
      used_at: startOfTest,
      region: "eu-central-1",
    });
    assert.deepEqual(await use(), noted);
  });

  test("a managed session policy counts as it is now, and not when it is gone", async () => {
    const role = await roleWith(h, "managed", { policy: allow("iam:ListUsers") });
    const { Arn } = await createPolicy(h, "session", { PolicyDocument: document("iam:ListUsers") });
    const aws = await insertAwsPolicy(h, "Lists", "/", "iam:ListUsers");
    const session = await assume(h, ann.sts, role, { PolicyArns: [{ arn: Arn }] });
    const byAws = await assume(h, ann.sts, role, { PolicyArns: [{ arn: aws }] });
    assert.deepEqual([await mayList(session), await mayList(byAws)], [true, true]);
    const PolicyDocument = JSON.stringify(deny("iam:ListUsers"));
    await h.iam.send(new CreatePolicyVersionCommand({ PolicyArn: Arn, PolicyDocument, SetAsDefault: true }));
    const { message } = await refused(session.iam.send(new ListUsersCommand({})));
    assert.match(message, new RegExp(`with an explicit deny in a session policy: ${Arn}$`));
    const { DeletePolicyVersionCommand } = await import("@aws-sdk/client-iam");
    await h.iam.send(new DeletePolicyVersionCommand({ PolicyArn: Arn, VersionId: "v1" }));
    await h.iam.send(new DeletePolicyCommand({ PolicyArn: Arn }));
    assert.equal(await mayList(session), false);
  });

  test("have no user of their own that could be left out", async () => {
    const role = await roleWith(h, "userless", { policy: allow("iam:*") });
    const { iam } = await assume(h, ann.sts, role);
    assert.deepEqual(await refused(iam.send(new GetUserCommand({}))), {
      code: "ValidationError",
      message: "Must specify userName when calling with non-User credentials",
      status: 400,
    });
    assert.equal((await iam.send(new GetUserCommand({ UserName: "ann" }))).User?.UserName, "ann");
  });

  test("a token that holds no role's id opens nothing", async () => {
    const { seal, random } = h.environment;
    const accessKeyId = "ASIAIOSFODNN7EXAMPLE";
    const token: SessionToken = {
      ...{ accessKeyId, secretAccessKey: "secret", accountId: testAccount },
      ...{ issuedAt: startOfTest, expiresAt: startOfTest + 3_600_000 },
      principal: { kind: "role", roleId: "AROAIOSFODNN7EXAMPLE0", sessionName: "session" },
    };
    const sessionToken = sealSessionToken(seal, token, random.bytes(12));
    const { sts } = h.as({ accessKeyId, secretAccessKey: "secret", sessionToken });
    assert.deepEqual(await refused(sts.send(new GetCallerIdentityCommand({}))), invalid);
  });
});

suite("sessions of roles: condition keys", async () => {
  const h = await harness();
  const ann = await userWithKey(h, "ann", allow(["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"]));
  let made = 0;
  const holds = async (condition: object, options: RoleOptions = {}, more = {}) => {
    const role = await roleWith(h, `role-${made++}`, { ...options, policy: allow("iam:ListUsers", "*", condition) });
    return mayList(await assume(h, ann.sts, role, more));
  };

  test("say who it is", async () => {
    const { roleId } = await roleWith(h, "pattern");
    assert.match(roleId, /^AROA/);
    const arn = (name: string) => `arn:aws:iam::${testAccount}:role/team/${name}`;
    const row = { path: "/team/" };
    assert.equal(await holds({ ArnEquals: { "aws:PrincipalArn": arn(`role-${made}`) } }, { row }), true);
    const session = `arn:aws:sts::${testAccount}:assumed-role/role-${made}/session`;
    assert.equal(await holds({ ArnEquals: { "aws:PrincipalArn": session } }, { row }), false);
    for (const condition of [
      { StringEquals: { "aws:PrincipalType": "AssumedRole", "aws:PrincipalAccount": testAccount } },
      { StringLike: { "aws:userid": "AROA*:session" } },
      {
        Null: {
          "aws:username": "true",
          "aws:SourceIdentity": "true",
          "aws:FederatedProvider": "true",
          "aws:PrincipalOrgID": "true",
        },
      },
      { Bool: { "aws:PrincipalIsAWSService": "false", "aws:MultiFactorAuthPresent": "false" } },
      { Null: { "aws:MultiFactorAuthAge": "true" } },
      { DateEquals: { "aws:TokenIssueTime": "2026-06-15T12:00:00Z" } },
    ]) {
      assert.equal(await holds(condition), true, JSON.stringify(condition));
    }
    assert.equal(
      await holds({ StringEquals: { "aws:SourceIdentity": "Alice" } }, {}, { SourceIdentity: "Alice" }),
      true,
    );
  });

  test("say who vouched for it, and what he said", async () => {
    const { seal, random } = h.environment;
    const google = {
      name: "accounts.google.com",
      conditions: { "accounts.google.com:aud": ["app"], "accounts.google.com:sub": ["7"] },
    };
    const asked = async (provider: SessionToken["provider"], condition: object) => {
      const role = await roleWith(h, `role-${made++}`, { policy: allow("iam:ListUsers", "*", condition) });
      const accessKeyId = `ASIAIOSFODNN7EXAMPL${made % 10}`;
      const token: SessionToken = {
        ...{ accessKeyId, secretAccessKey: "secret", accountId: testAccount, provider },
        ...{ issuedAt: startOfTest, expiresAt: startOfTest + 3_600_000 },
        principal: { kind: "role", roleId: role.roleId, sessionName: "session" },
      };
      return mayList(
        h.as({ accessKeyId, secretAccessKey: "secret", sessionToken: sealSessionToken(seal, token, random.bytes(12)) }),
      );
    };
    const condition = {
      StringEquals: { "aws:FederatedProvider": "accounts.google.com", "accounts.google.com:aud": "app" },
    };
    assert.equal(await asked(google, condition), true);
    assert.equal(await asked(undefined, condition), false);
    assert.equal(await asked(google, { StringEquals: { "accounts.google.com:sub": "8" } }), false);
    assert.equal(await asked(google, { Null: { constructor: "true" } }), true);
  });
});

suite("sessions of users: MFA", async () => {
  const h = await harness();
  const ann = await userWithKey(h, "ann", allow("*", "*", { Bool: { "aws:MultiFactorAuthPresent": "true" } }));

  test("with a code a session may what needs one, IAM included, while the code is young enough", async () => {
    const device = await enabledDevice(h, "phone", "ann");
    h.clock.set(startOfTest + 60_000);
    const { Credentials } = await ann.sts.send(
      new GetSessionTokenCommand({ SerialNumber: device.serialNumber, TokenCode: device.code() }),
    );
    const session = h.as({
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken,
    });
    assert.equal((await session.iam.send(new GetUserCommand({}))).User?.UserName, "ann");
    assert.deepEqual((await session.cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }))).UserPools, []);
    assert.equal((await refused(ann.iam.send(new GetUserCommand({})))).code, "AccessDenied");
    const PolicyDocument = JSON.stringify(allow("*", "*", { NumericLessThan: { "aws:MultiFactorAuthAge": "300" } }));
    await h.iam.send(new PutUserPolicyCommand({ UserName: "ann", PolicyName: "inline", PolicyDocument }));
    await session.iam.send(new GetUserCommand({}));
    h.clock.set(startOfTest + 360_000);
    assert.equal((await refused(session.iam.send(new GetUserCommand({})))).code, "AccessDenied");
    h.clock.set(startOfTest);
  });
});

suite("refusals name the managed policy that denies", async () => {
  const h = await harness();

  test("of the account and of AWS, in the partition that signs; an inline one has no ARN", async () => {
    const ann = await userWithKey(h, "ann");
    const attach = (PolicyArn: string) => h.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn }));
    const { Arn } = await createPolicy(h, "no-lists", {
      Path: "/deny/",
      PolicyDocument: JSON.stringify(deny("iam:ListUsers")),
    });
    await attach(Arn);
    const message = async (clients: Clients) => (await refused(clients.iam.send(new ListUsersCommand({})))).message;
    const where = "with an explicit deny in an identity-based policy";
    assert.equal(
      await message(ann),
      `User: arn:aws:iam::${testAccount}:user/ann is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${testAccount}:user/ ${where}: arn:aws:iam::${testAccount}:policy/deny/no-lists`,
    );
    assert.match(
      await message(h.as(ann.credentials, "cn-north-1")),
      new RegExp(`: arn:aws-cn:iam::${testAccount}:policy/deny/no-lists$`),
    );
    const role = await roleWith(h, "role", {
      policy: deny("iam:ListUsers"),
      trust: trustOf({ AWS: `arn:aws:iam::${testAccount}:user/ann` }),
    });
    assert.match(await message(await assume(h, ann.sts, role)), new RegExp(`${where}$`));
  });
});

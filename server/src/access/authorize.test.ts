import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserPolicyCommand,
  GetAccountSummaryCommand,
  GetPolicyCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListGroupsCommand,
  ListUsersCommand,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  TagPolicyCommand,
  TagUserCommand,
  UntagUserCommand,
  UpdateAccessKeyCommand,
  UpdateUserCommand,
  UploadSigningCertificateCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { certificate } from "../../test/certificates.ts";
import {
  allow,
  type Clients,
  type Credentials,
  type Harness,
  harness,
  refused,
  startOfTest,
  testAccount,
  userWithKey,
} from "../../test/harness.ts";
import { createPolicy, document, insertAwsPolicy, ownArn } from "../../test/policies.ts";
import { accessDenied } from "../../test/refusals.ts";
import { jsonError, jsonRequest, queryRequest, sign, withHeader, xmlError } from "../../test/requests.ts";
import { sealSessionToken } from "./session-token.ts";

const usersArn = `arn:aws:iam::${testAccount}:user`;

function deny(action: string | string[], resource: string | string[] = "*", condition?: object): object {
  return { Effect: "Deny", Action: action, Resource: resource, ...(condition && { Condition: condition }) };
}

function policy(...statements: object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function may(action: string | string[], resource: string | string[] = "*", condition?: object): object {
  return { Effect: "Allow", Action: action, Resource: resource, ...(condition && { Condition: condition }) };
}

/** The user's one inline policy becomes this. */
function grant(h: Harness, UserName: string, ...statements: object[]): Promise<unknown> {
  const PolicyDocument = policy(...statements);
  return h.iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "inline", PolicyDocument }));
}

function explicitlyDenied(userName: string, action: string, resource: string, where: string) {
  return {
    code: "AccessDenied",
    message: `User: ${usersArn}/${userName} is not authorized to perform: ${action} on resource: ${resource} with an explicit deny in ${where}`,
    status: 403,
  };
}

suite("authorize: where permission comes from", async () => {
  const h = await harness();
  const ann = await userWithKey(h, "ann");
  const listUsers = (clients: Clients = ann) => clients.iam.send(new ListUsersCommand({}));
  const denied = accessDenied("ann", "iam:ListUsers", `${usersArn}/`);

  test("root may do everything, a new user nothing", async () => {
    assert.equal((await listUsers(h)).Users?.length, 1);
    assert.deepEqual(await refused(listUsers()), denied);
  });

  test("what no policy can refuse: asking who one is", async () => {
    await grant(h, "ann", deny("*"));
    assert.equal((await ann.sts.send(new GetCallerIdentityCommand({}))).Arn, `${usersArn}/ann`);
  });

  test("the user's own policies, at once when they are put and deleted", async () => {
    await grant(h, "ann", may("iam:ListUsers"));
    assert.equal((await listUsers()).Users?.length, 1);
    await grant(h, "ann", may("iam:listusers"));
    assert.equal((await listUsers()).Users?.length, 1, "actions have no case");
    await h.iam.send(new DeleteUserPolicyCommand({ UserName: "ann", PolicyName: "inline" }));
    assert.deepEqual(await refused(listUsers()), denied);
  });

  test("managed policies, at once when another version becomes the default", async () => {
    const { Arn } = await createPolicy(h, "listers", { PolicyDocument: document("iam:ListUsers") });
    await h.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn: Arn }));
    assert.equal((await listUsers()).Users?.length, 1);
    const replace = (action: string) =>
      h.iam.send(
        new CreatePolicyVersionCommand({ PolicyArn: Arn, PolicyDocument: document(action), SetAsDefault: true }),
      );
    await replace("iam:ListGroups");
    assert.deepEqual(await refused(listUsers()), denied);
    await replace("iam:ListUser*");
    assert.equal((await listUsers()).Users?.length, 1);
    await replace("iam:ListGroups");
  });

  test("the policies of its groups, at once when it joins and leaves", async () => {
    await h.iam.send(new CreateGroupCommand({ GroupName: "staff" }));
    await h.iam.send(
      new PutGroupPolicyCommand({
        GroupName: "staff",
        PolicyName: "may",
        PolicyDocument: document("iam:ListUsers"),
      }),
    );
    assert.deepEqual(await refused(listUsers()), denied);
    await h.iam.send(new AddUserToGroupCommand({ GroupName: "staff", UserName: "ann" }));
    assert.equal((await listUsers()).Users?.length, 1);
    await h.iam.send(new RemoveUserFromGroupCommand({ GroupName: "staff", UserName: "ann" }));
    assert.deepEqual(await refused(listUsers()), denied);
  });

  test("one user's permission is no other's", async () => {
    const bob = await userWithKey(h, "bob", allow("iam:ListUsers"));
    assert.equal((await listUsers(bob)).Users?.length, 2);
    assert.deepEqual(await refused(listUsers()), denied);
  });

  test("an explicit deny anywhere wins, and says where it is", async () => {
    const inIdentity = explicitlyDenied("ann", "iam:ListUsers", `${usersArn}/`, "an identity-based policy");
    await grant(h, "ann", may("*"), deny("iam:ListUsers"));
    assert.deepEqual(await refused(listUsers()), inIdentity);
    assert.equal((await ann.iam.send(new ListGroupsCommand({}))).Groups?.length, 1);
    await grant(h, "ann", may("*"));
    await h.iam.send(
      new PutGroupPolicyCommand({
        GroupName: "staff",
        PolicyName: "may",
        PolicyDocument: policy(deny("iam:ListUsers")),
      }),
    );
    await h.iam.send(new AddUserToGroupCommand({ GroupName: "staff", UserName: "ann" }));
    assert.deepEqual(await refused(listUsers()), inIdentity);
    await h.iam.send(new RemoveUserFromGroupCommand({ GroupName: "staff", UserName: "ann" }));
    await h.iam.send(new DeleteUserPolicyCommand({ UserName: "ann", PolicyName: "inline" }));
  });

  test("in the JSON protocol, a refusal is a 400", async () => {
    const request = sign(jsonRequest("ListUserPools", { MaxResults: 1 }), ann.credentials);
    const error = jsonError(await h.send(request));
    assert.deepEqual([error.status, error.code], [400, "AccessDeniedException"]);
    assert.match(
      error.message ?? "",
      /^User: arn:aws:iam::123456789012:user\/ann is not authorized to perform: cognito-idp:ListUserPools on resource: \S+ because no identity-based policy allows the cognito-idp:ListUserPools action$/,
    );
  });

  test("who may not look, does not learn what there is", async () => {
    const get = (UserName: string) => ann.iam.send(new GetUserCommand({ UserName }));
    for (const name of ["bob", "nobody"]) {
      assert.deepEqual(await refused(get(name)), accessDenied("ann", "iam:GetUser", `${usersArn}/${name}`));
    }
  });

  test("limits are checked before permission, and permission before all else", async () => {
    const request = queryRequest("iam", "TagUser", { UserName: "ann", "Tags.member.1.Key": "aws:x" });
    assert.equal(xmlError(await h.send(sign(request, ann.credentials))).code, "ValidationError", "a value is missing");
    const reserved = queryRequest("iam", "TagUser", {
      UserName: "ann",
      "Tags.member.1.Key": "aws:x",
      "Tags.member.1.Value": "",
    });
    assert.equal(xmlError(await h.send(sign(reserved, ann.credentials))).code, "AccessDenied");
    assert.equal(xmlError(await h.send(sign(reserved, h.root))).code, "InvalidInput");
  });
});

suite("authorize: permissions boundaries", async () => {
  const h = await harness();
  const { Arn } = await createPolicy(h, "bounds", {
    PolicyDocument: policy(may(["iam:ListUsers", "iam:GetUser"]), deny("iam:DeleteUser")),
  });
  await h.iam.send(new CreateUserCommand({ UserName: "ann", PermissionsBoundary: Arn }));
  const { AccessKey } = await h.iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
  const ann = h.as({ accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" });
  const listUsers = () => ann.iam.send(new ListUsersCommand({}));

  test("grant nothing by themselves", async () => {
    assert.deepEqual(await refused(listUsers()), accessDenied("ann", "iam:ListUsers", `${usersArn}/`));
  });

  test("let pass what the user's policies allow and they allow, too", async () => {
    await grant(h, "ann", may("*"));
    assert.equal((await listUsers()).Users?.length, 1);
    assert.deepEqual(await refused(ann.iam.send(new ListGroupsCommand({}))), {
      code: "AccessDenied",
      message: `User: ${usersArn}/ann is not authorized to perform: iam:ListGroups on resource: arn:aws:iam::${testAccount}:group/ because no permissions boundary allows the iam:ListGroups action`,
      status: 403,
    });
  });

  test("deny like other policies, and are named then", async () => {
    const request = sign(queryRequest("iam", "DeleteUser", { UserName: "ann" }), {
      accessKeyId: AccessKey?.AccessKeyId ?? "",
      secretAccessKey: AccessKey?.SecretAccessKey ?? "",
    });
    const { code, message } = xmlError(await h.send(request));
    assert.deepEqual(
      { code, message, status: 403 },
      explicitlyDenied("ann", "iam:DeleteUser", `${usersArn}/ann`, `a permissions boundary: ${Arn}`),
    );
  });

  test("change for whom they bound when their default version does", async () => {
    const replace = (...statements: object[]) =>
      h.iam.send(
        new CreatePolicyVersionCommand({ PolicyArn: Arn, PolicyDocument: policy(...statements), SetAsDefault: true }),
      );
    await replace(may("iam:ListGroups"));
    assert.equal((await ann.iam.send(new ListGroupsCommand({}))).Groups?.length, 0);
    assert.match(
      (await refused(listUsers())).message,
      / because no permissions boundary allows the iam:ListUsers action$/,
    );
    await replace(may("iam:ListUsers"));
    assert.equal((await listUsers()).Users?.length, 1);
  });
});

suite("authorize: condition keys", async () => {
  const h = await harness();
  const ann = await userWithKey(h, "ann");
  const isAllowed = async (call: Promise<unknown>) => {
    try {
      await call;
      return true;
    } catch (error) {
      assert.match(String(error), /is not authorized to perform/);
      return false;
    }
  };
  const listUsers = () => isAllowed(ann.iam.send(new ListUsersCommand({})));

  test("aws:SourceIp, of IPv4 however the socket shows it, and of IPv6", async () => {
    await grant(
      h,
      "ann",
      may("iam:ListUsers", "*", { IpAddress: { "aws:SourceIp": ["192.0.2.0/24", "2001:db8::/32"] } }),
    );
    const from = async (remoteAddress: string) => {
      const request = sign(queryRequest("iam", "ListUsers"), ann.credentials);
      return (await h.send({ ...request, remoteAddress })).status;
    };
    for (const address of ["192.0.2.1", "192.0.2.255", "::ffff:192.0.2.1", "2001:db8::1", "2001:db8:ffff::1"]) {
      assert.equal(await from(address), 200, address);
    }
    for (const address of ["192.0.3.1", "::ffff:192.0.3.1", "127.0.0.1", "::1", "2001:db9::1"]) {
      assert.equal(await from(address), 403, address);
    }
  });

  test("aws:CurrentTime and aws:EpochTime, by the clock that is moved", async () => {
    for (const condition of [
      {
        DateGreaterThan: { "aws:CurrentTime": "2026-06-15T12:00:00Z" },
        DateLessThan: { "aws:CurrentTime": "2026-06-16T00:00:00Z" },
      },
      { NumericGreaterThan: { "aws:EpochTime": "1781524800" }, NumericLessThan: { "aws:EpochTime": "1781568000" } },
    ]) {
      await grant(h, "ann", may("iam:ListUsers", "*", condition));
      for (const [at, expected] of [
        [startOfTest, false],
        [startOfTest + 1000, true],
        [startOfTest + 12 * 3_600_000 - 1000, true],
        [startOfTest + 12 * 3_600_000, false],
      ] as const) {
        h.clock.set(at);
        assert.equal(await listUsers(), expected, new Date(at).toISOString());
      }
      h.clock.set(startOfTest);
    }
  });

  test("who calls, from where, and with what", async () => {
    const { User } = await h.iam.send(new GetUserCommand({ UserName: "ann" }));
    for (const condition of [
      { StringEquals: { "aws:username": "ann" } },
      { StringEquals: { "aws:userid": User?.UserId } },
      { StringEquals: { "AWS:UserName": "ann" } },
      { ArnEquals: { "aws:PrincipalArn": `${usersArn}/ann` } },
      { StringEquals: { "aws:PrincipalAccount": testAccount, "aws:ResourceAccount": testAccount } },
      { StringEquals: { "aws:PrincipalType": "User" } },
      { StringEquals: { "aws:RequestedRegion": "us-east-1" } },
      { Bool: { "aws:SecureTransport": "false", "aws:ViaAWSService": "false", "aws:PrincipalIsAWSService": "false" } },
      { Null: { "aws:MultiFactorAuthPresent": "true", "aws:TokenIssueTime": "true", "aws:PrincipalOrgID": "true" } },
      { Null: { constructor: "true", "aws:PrincipalTag/team": "true", "aws:TagKeys": "true" } },
      { StringLike: { "aws:UserAgent": "aws-sdk-js/*" } },
    ]) {
      await grant(h, "ann", may("iam:ListUsers", "*", condition));
      assert.equal(await listUsers(), true, JSON.stringify(condition));
    }
    for (const condition of [
      { StringEquals: { "aws:username": "Ann" } },
      { ArnEquals: { "aws:PrincipalArn": `${usersArn}/bob` } },
      { StringEquals: { "aws:PrincipalAccount": "210987654321" } },
      { StringEquals: { "aws:RequestedRegion": "eu-central-1" } },
      { Bool: { "aws:SecureTransport": "true" } },
      { StringEquals: { "aws:PrincipalTag/team": "blue" } },
      { StringEquals: { toString: "blue" } },
    ]) {
      await grant(h, "ann", may("iam:ListUsers", "*", condition));
      assert.equal(await listUsers(), false, JSON.stringify(condition));
    }
  });

  test("a key of no meaning, spelled like what every object has, is as absent as another", async () => {
    const { Arn } = await createPolicy(h, "odd");
    const attach = () => isAllowed(ann.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn: Arn })));
    const grantWhen = (condition: string) => {
      const PolicyDocument = policy(may("iam:AttachUserPolicy")).replace(/\}\]\}$/, `,"Condition":${condition}}]}`);
      return h.iam.send(new PutUserPolicyCommand({ UserName: "ann", PolicyName: "inline", PolicyDocument }));
    };
    for (const key of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
      await grantWhen(`{"StringEquals":{"${key}":"x"}}`);
      assert.equal(await attach(), false, key);
      await grantWhen(`{"Null":{"${key}":"true"}}`);
      assert.equal(await attach(), true, key);
    }
  });

  test("aws:UserAgent is absent where the client sends none", async () => {
    const send = async () => (await h.send(sign(queryRequest("iam", "ListUsers"), ann.credentials))).status;
    await grant(h, "ann", may("iam:ListUsers", "*", { Null: { "aws:UserAgent": "true" } }));
    assert.equal(await send(), 200);
    const named = withHeader(queryRequest("iam", "ListUsers"), "user-agent", "curl/8");
    assert.equal((await h.send(sign(named, ann.credentials))).status, 403);
  });

  test("aws:PrincipalTag, at once when the user is tagged", async () => {
    await grant(h, "ann", may("iam:ListUsers", "*", { StringEquals: { "aws:PrincipalTag/team": "blue" } }));
    assert.equal(await listUsers(), false);
    await h.iam.send(new TagUserCommand({ UserName: "ann", Tags: [{ Key: "Team", Value: "blue" }] }));
    assert.equal(await listUsers(), true);
    await h.iam.send(new TagUserCommand({ UserName: "ann", Tags: [{ Key: "team", Value: "red" }] }));
    assert.equal(await listUsers(), false);
    await h.iam.send(new UntagUserCommand({ UserName: "ann", TagKeys: ["TEAM"] }));
    assert.equal(await listUsers(), false);
  });

  test("aws:RequestTag and aws:TagKeys", async () => {
    const tag = (tags: Record<string, string>) =>
      isAllowed(
        ann.iam.send(
          new TagUserCommand({
            UserName: "ann",
            Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
          }),
        ),
      );
    await grant(
      h,
      "ann",
      may("iam:TagUser", "*", {
        StringEquals: { "aws:RequestTag/team": "approved" },
        "ForAllValues:StringEquals": { "aws:TagKeys": ["team", "stage"] },
      }),
      may("iam:UntagUser", "*", { "ForAllValues:StringEquals": { "aws:TagKeys": "stage" } }),
    );
    assert.equal(await tag({ team: "approved" }), true);
    assert.equal(await tag({ team: "approved", stage: "test" }), true);
    assert.equal(await tag({ team: "other" }), false);
    assert.equal(await tag({ stage: "test" }), false);
    assert.equal(await tag({ team: "approved", cost: "1" }), false);
    const untag = (...TagKeys: string[]) => isAllowed(ann.iam.send(new UntagUserCommand({ UserName: "ann", TagKeys })));
    assert.equal(await untag("stage"), true);
    assert.equal(await untag("team", "stage"), false);
  });

  test("of a tag that is given twice the last is compared, before the two are refused, as observed on AWS", async () => {
    await grant(h, "ann", may("iam:TagUser", "*", { StringEquals: { "aws:RequestTag/team": "approved" } }));
    const twice = (...values: string[]) =>
      refused(
        ann.iam.send(new TagUserCommand({ UserName: "ann", Tags: values.map((Value) => ({ Key: "team", Value })) })),
      );
    assert.equal((await twice("other", "approved")).code, "InvalidInput");
    assert.equal((await twice("approved", "other")).code, "AccessDenied");
  });

  test("aws:ResourceTag and iam:ResourceTag, of users and of policies", async () => {
    for (const [UserName, Value] of [
      ["blue-user", "blue"],
      ["red-user", "red"],
    ] as const) {
      await h.iam.send(new CreateUserCommand({ UserName, Tags: [{ Key: "team", Value }] }));
    }
    const rename = (UserName: string) =>
      isAllowed(ann.iam.send(new UpdateUserCommand({ UserName, NewPath: `/${UserName}/` })));
    for (const key of ["aws:ResourceTag/team", "iam:ResourceTag/Team"]) {
      await grant(h, "ann", may("iam:UpdateUser", "*", { StringEquals: { [key]: "blue" } }));
      assert.equal(await rename("blue-user"), true);
      assert.equal(await rename("red-user"), false);
      assert.equal(await rename("ann"), false);
    }
    const blue = await createPolicy(h, "blue", { Tags: [{ Key: "team", Value: "blue" }] });
    const plain = await createPolicy(h, "plain");
    await grant(h, "ann", may("iam:*Policy", "*", { StringEquals: { "aws:ResourceTag/team": "blue" } }));
    const get = (PolicyArn: string) => isAllowed(ann.iam.send(new GetPolicyCommand({ PolicyArn })));
    assert.equal(await get(blue.Arn), true);
    assert.equal(await get(plain.Arn), false);
    const tag = (PolicyArn: string) =>
      isAllowed(ann.iam.send(new TagPolicyCommand({ PolicyArn, Tags: [{ Key: "team", Value: "blue" }] })));
    assert.equal(await tag(plain.Arn), false, "the tag it is to get does not count");
    assert.equal(await tag(blue.Arn), true);
  });

  test("iam:PolicyARN, letter by letter", async () => {
    const allowed = await createPolicy(h, "Allowed");
    const other = await createPolicy(h, "Other");
    await grant(
      h,
      "ann",
      may("iam:AttachUserPolicy"),
      deny("iam:AttachUserPolicy", "*", { ArnNotEquals: { "iam:PolicyARN": allowed.Arn } }),
    );
    const attach = (PolicyArn: string) =>
      refused(ann.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn })));
    const denied = explicitlyDenied("ann", "iam:AttachUserPolicy", `${usersArn}/ann`, "an identity-based policy");
    assert.deepEqual(await attach(other.Arn), denied);
    await ann.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn: allowed.Arn }));
    // The other way round: what is denied by its ARN cannot be had under another spelling of it.
    await grant(
      h,
      "ann",
      may("iam:AttachUserPolicy"),
      deny("iam:AttachUserPolicy", "*", { ArnEquals: { "iam:PolicyARN": other.Arn } }),
    );
    assert.deepEqual(await attach(other.Arn), denied);
    assert.equal((await attach(ownArn("OTHER"))).code, "NoSuchEntity");
  });

  test("aws:ResourceAccount of AWS's own policies is the account that AWS has them in", async () => {
    const aws = await insertAwsPolicy(h, "AdministratorAccess");
    const own = await createPolicy(h, "AdministratorAccess");
    const get = (PolicyArn: string) => isAllowed(ann.iam.send(new GetPolicyCommand({ PolicyArn })));
    for (const [account, awsAllowed, ownAllowed] of [
      ["639982225848", true, false],
      [testAccount, false, true],
      ["aws", false, false],
    ] as const) {
      await grant(h, "ann", may("iam:GetPolicy", "*", { StringEquals: { "aws:ResourceAccount": account } }));
      assert.deepEqual([await get(aws), await get(own.Arn)], [awsAllowed, ownAllowed], account);
    }
  });

  test("aws:MultiFactorAuthPresent is absent for keys, and tells sessions with a device from those without", async () => {
    const { User } = await h.iam.send(new GetUserCommand({ UserName: "ann" }));
    const session = h.as(sessionOf(h, User?.UserId, true));
    const summary = (clients: Clients) => isAllowed(clients.iam.send(new GetAccountSummaryCommand({})));
    const both = async (...statements: object[]) => {
      await grant(h, "ann", ...statements);
      return [await summary(ann), await summary(session)];
    };
    const all = may("iam:GetAccountSummary");
    const required = may("iam:GetAccountSummary", "*", { Bool: { "aws:MultiFactorAuthPresent": "true" } });
    assert.deepEqual(await both(all), [true, true]);
    assert.deepEqual(await both(required), [false, true]);
    // The IAM User Guide's way of denying everything without a device, long-term keys included.
    const without = { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } };
    assert.deepEqual(await both(all, deny("*", "*", without)), [false, true]);
    const onlyFalse = { Bool: { "aws:MultiFactorAuthPresent": "false" } };
    assert.deepEqual(await both(all, deny("*", "*", onlyFalse)), [true, true], "absent is not false");
    assert.deepEqual(await both(all, deny("*", "*", { Null: { "aws:MultiFactorAuthAge": "true" } })), [false, true]);
  });

  test("aws:MultiFactorAuthAge and aws:TokenIssueTime, by the clock", async () => {
    const { User } = await h.iam.send(new GetUserCommand({ UserName: "ann" }));
    const session = h.as(sessionOf(h, User?.UserId, true));
    const summary = () => isAllowed(session.iam.send(new GetAccountSummaryCommand({})));
    await grant(
      h,
      "ann",
      may("iam:GetAccountSummary", "*", {
        NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
        DateEquals: { "aws:TokenIssueTime": "2026-06-15T12:00:00Z" },
      }),
    );
    h.clock.set(startOfTest + 3_599_999);
    assert.equal(await summary(), true);
    h.clock.set(startOfTest + 3_600_000);
    assert.equal(await summary(), false);
    h.clock.set(startOfTest);
  });
});

/** As GetSessionToken would make one for the user with this id. */
function sessionOf(h: Harness, userId: string | undefined, mfa: boolean): Credentials {
  const accessKeyId = "ASIAIOSFODNN7EXAMPLE";
  const secretAccessKey = "temporary";
  const token = {
    ...{ accessKeyId, secretAccessKey, accountId: testAccount, mfaAt: mfa ? startOfTest : undefined },
    ...{ issuedAt: startOfTest, expiresAt: startOfTest + 36_000_000 },
    principal: userId === undefined ? ({ kind: "root" } as const) : ({ kind: "user", userId } as const),
  };
  const { seal, random } = h.environment;
  return { accessKeyId, secretAccessKey, sessionToken: sealSessionToken(seal, token, random.bytes(12)) };
}

suite("authorize: users who look after their own keys and certificates (IAM User Guide)", async () => {
  const h = await harness();
  const own = `arn:aws:iam::*:user/\${aws:username}`;
  const { Arn } = await createPolicy(h, "self-service", {
    PolicyDocument: policy(
      may(["iam:GetAccountPasswordPolicy", "iam:GetAccountSummary"]),
      may(["iam:GetUser"], own),
      may(["iam:CreateAccessKey", "iam:DeleteAccessKey", "iam:ListAccessKeys", "iam:UpdateAccessKey"], own),
      may(
        [
          "iam:DeleteSigningCertificate",
          "iam:ListSigningCertificates",
          "iam:UpdateSigningCertificate",
          "iam:UploadSigningCertificate",
        ],
        own,
      ),
    ),
  });
  const [ann, bob] = [await userWithKey(h, "ann"), await userWithKey(h, "bob")];
  for (const { userName } of [ann, bob]) {
    await h.iam.send(new AttachUserPolicyCommand({ UserName: userName, PolicyArn: Arn }));
  }

  test("each manages its own, named or not", async () => {
    for (const { iam, userName, credentials } of [ann, bob]) {
      assert.equal((await iam.send(new GetUserCommand({}))).User?.UserName, userName);
      assert.equal((await iam.send(new GetUserCommand({ UserName: userName }))).User?.UserName, userName);
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({}));
      assert.equal((await iam.send(new ListAccessKeysCommand({}))).AccessKeyMetadata?.length, 2);
      const AccessKeyId = AccessKey?.AccessKeyId;
      await iam.send(new UpdateAccessKeyCommand({ AccessKeyId, Status: "Inactive" }));
      await iam.send(new DeleteAccessKeyCommand({ UserName: userName, AccessKeyId }));
      const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName: userName }));
      assert.deepEqual(
        AccessKeyMetadata?.map((key) => key.AccessKeyId),
        [credentials.accessKeyId],
      );
    }
    const CertificateBody = certificate("rsa-2048");
    const { Certificate } = await ann.iam.send(new UploadSigningCertificateCommand({ CertificateBody }));
    assert.equal(Certificate?.UserName, "ann");
  });

  test("nobody manages another's, nor anybody else's", async () => {
    const upload = { UserName: "ann", CertificateBody: certificate("ec-p256") };
    for (const [call, caller, action, UserName] of [
      [() => ann.iam.send(new CreateAccessKeyCommand({ UserName: "bob" })), "ann", "iam:CreateAccessKey", "bob"],
      [() => bob.iam.send(new ListAccessKeysCommand({ UserName: "ann" })), "bob", "iam:ListAccessKeys", "ann"],
      [() => bob.iam.send(new GetUserCommand({ UserName: "nobody" })), "bob", "iam:GetUser", "nobody"],
      [() => bob.iam.send(new UploadSigningCertificateCommand(upload)), "bob", "iam:UploadSigningCertificate", "ann"],
    ] as const) {
      assert.deepEqual(await refused(call()), accessDenied(caller, action, `${usersArn}/${UserName}`));
    }
  });

  test("a new name is followed at once; a path is part of the ARN, which the variable is not", async () => {
    await h.iam.send(new UpdateUserCommand({ UserName: "bob", NewUserName: "Bert" }));
    assert.equal((await bob.iam.send(new GetUserCommand({}))).User?.UserName, "Bert");
    await h.iam.send(new UpdateUserCommand({ UserName: "Bert", NewPath: "/team/" }));
    const message = `User: ${usersArn}/team/Bert is not authorized to perform: iam:GetUser on resource: ${usersArn}/team/Bert because no identity-based policy allows the iam:GetUser action`;
    assert.deepEqual(await refused(bob.iam.send(new GetUserCommand({}))), {
      code: "AccessDenied",
      message,
      status: 403,
    });
  });

  test("a variable may stand in the middle of a name", async () => {
    const eve = await userWithKey(h, "eve", JSON.parse(policy(may("iam:GetUser", `${usersArn}/\${aws:username}x`))));
    assert.equal((await refused(eve.iam.send(new GetUserCommand({ UserName: "evex" })))).code, "NoSuchEntity");
    assert.equal((await refused(eve.iam.send(new GetUserCommand({ UserName: "eve" })))).code, "AccessDenied");
  });
});

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { suite, test } from "node:test";
import {
  AttachUserPolicyCommand,
  CreateRoleCommand,
  DeleteAccessKeyCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  GetRoleCommand,
  ListUsersCommand,
  PutUserPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
} from "@aws-sdk/client-sts";
import { allow, type Clients, harness, refused, startOfTest, testAccount, userWithKey } from "../../../test/harness.ts";
import { enabledDevice } from "../../../test/mfa.ts";
import { createPolicy, document } from "../../../test/policies.ts";
import { accountTrust, assume, roleWith, trustOf } from "../../../test/roles.ts";

const mayAssume = allow(["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]);
const otherAccount = "210987654321";
const sessionArn = (role: string, session = "session") => `arn:aws:sts::${testAccount}:assumed-role/${role}/${session}`;

function denied(who: string, arn: string, action = "sts:AssumeRole") {
  return {
    code: "AccessDenied",
    message: `User: ${who} is not authorized to perform: ${action} on resource: ${arn}`,
    status: 403,
  };
}

function invalid(message: string) {
  return { code: "ValidationError", message, status: 400 };
}

function invalidParameter(message: string) {
  return { code: "InvalidParameterValue", message, status: 400 };
}

async function identity({ sts }: Pick<Clients, "sts">) {
  const { $metadata: _, ...answer } = await sts.send(new GetCallerIdentityCommand({}));
  return answer;
}

suite("AssumeRole: what it gives", async () => {
  const h = await harness();
  const ann = await userWithKey(h, "ann", mayAssume);
  const role = await roleWith(h, "reader", { row: { path: "/team/" }, policy: allow("iam:ListUsers") });
  const ask = async (more: Partial<AssumeRoleCommandInput> = {}) => {
    const { $metadata: _, ...answer } = await ann.sts.send(
      new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: "session", ...more }),
    );
    return answer;
  };

  test("credentials for an hour, and who they are", async () => {
    const answer = await ask();
    const { Credentials } = answer;
    assert.deepEqual(answer, {
      Credentials: {
        AccessKeyId: Credentials?.AccessKeyId,
        SecretAccessKey: Credentials?.SecretAccessKey,
        SessionToken: Credentials?.SessionToken,
        Expiration: new Date(startOfTest + 3_600_000),
      },
      // The path is no part of it.
      AssumedRoleUser: { AssumedRoleId: `${role.roleId}:session`, Arn: sessionArn("reader") },
      SessionTokenSize: Credentials?.SessionToken?.length,
      SessionTokenUtilization: Math.ceil(((Credentials?.SessionToken?.length ?? 0) * 100) / 4096),
    });
    assert.match(Credentials?.AccessKeyId ?? "", /^ASIA[A-Z2-7]{16}$/);
    assert.match(Credentials?.SecretAccessKey ?? "", /^[A-Za-z0-9+/]{40}$/);
    assert.match(role.roleId, /^AROA[A-Z2-7]{17}$/);
  });

  test("a session is the role under a name", async () => {
    const session = await assume(h, ann.sts, role, { RoleSessionName: "build@7" });
    assert.deepEqual(await identity(session), {
      UserId: `${role.roleId}:build@7`,
      Account: testAccount,
      Arn: sessionArn("reader", "build@7"),
    });
  });

  test("a session may what the role may, and not what the user may", async () => {
    const session = await assume(h, ann.sts, role);
    assert.equal((await session.iam.send(new ListUsersCommand({}))).IsTruncated, false);
    const message = `User: ${sessionArn("reader")} is not authorized to perform: sts:AssumeRole on resource: ${role.arn}`;
    assert.deepEqual(await refused(assume(h, session.sts, role)), { code: "AccessDenied", message, status: 403 });
    assert.equal((await refused(ann.iam.send(new ListUsersCommand({})))).code, "AccessDenied");
  });

  test("lasts as long as asked, up to the role's maximum", async () => {
    const long = await roleWith(h, "long", { row: { max_session_duration: 7_200 } });
    const expiry = async (DurationSeconds: number) =>
      ((await ask({ RoleArn: long.arn, DurationSeconds })).Credentials?.Expiration?.getTime() ?? 0) - startOfTest;
    for (const seconds of [900, 3_600, 7_200]) assert.equal(await expiry(seconds), seconds * 1000);
    const beyond = invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    assert.deepEqual(await refused(ask({ RoleArn: long.arn, DurationSeconds: 7_201 })), beyond);
    assert.deepEqual(await refused(ask({ DurationSeconds: 3_601 })), beyond);
    for (const [seconds, bound] of [
      [899, "greater than or equal to 900"],
      [43_201, "less than or equal to 43200"],
    ] as const) {
      const message = `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${bound}`;
      assert.deepEqual(await refused(ask({ DurationSeconds: seconds })), invalid(message));
    }
  });

  test("a token is as long as asked for, at least", async () => {
    for (const MinimumSessionTokenSize of [1, 2_000, 3_001, 4_096]) {
      const { Credentials, SessionTokenSize = 0 } = await ask({ MinimumSessionTokenSize });
      const sessionToken = Credentials?.SessionToken ?? "";
      assert.equal(sessionToken.length, SessionTokenSize);
      assert.ok(SessionTokenSize >= MinimumSessionTokenSize && SessionTokenSize <= 4_096, `${SessionTokenSize}`);
      const credentials = {
        accessKeyId: Credentials?.AccessKeyId ?? "",
        secretAccessKey: Credentials?.SecretAccessKey ?? "",
        sessionToken,
      };
      assert.equal((await identity(h.as(credentials))).Arn, sessionArn("reader"));
    }
  });

  test("refuses what is no ARN, and names that no session may have", async () => {
    for (const RoleArn of [
      "nothing-valid-in-here",
      "arn::b:::something/test-role",
      "arn:a::::something/test-role",
      "arn:a:::something/test-role",
      "arn:a:a::aaaaaaaaaa:",
    ]) {
      assert.deepEqual(await refused(ask({ RoleArn })), invalid(`${RoleArn} is invalid`));
    }
    assert.deepEqual(
      await refused(ask({ RoleSessionName: "Session1:2" })),
      invalid(
        "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
      ),
    );
  });
});

suite("AssumeRole: whom a role trusts", async () => {
  const h = await harness();
  const ann = await userWithKey(h, "ann", mayAssume);
  const bob = await userWithKey(h, "bob");
  const annArn = `arn:aws:iam::${testAccount}:user/ann`;
  const bobArn = `arn:aws:iam::${testAccount}:user/bob`;

  test("the account: then its policies say who", async () => {
    const role = await roleWith(h, "for-account");
    await assume(h, ann.sts, role);
    assert.deepEqual(await refused(assume(h, bob.sts, role)), denied(bobArn, role.arn));
  });

  test("a user by name, who needs no policy of its own in the same account", async () => {
    const role = await roleWith(h, "for-bob", { trust: trustOf({ AWS: bobArn }) });
    await assume(h, bob.sts, role);
    assert.deepEqual(await refused(assume(h, ann.sts, role)), denied(annArn, role.arn));
  });

  test("nobody of whom its policy does not speak; a role that is not there says the same", async () => {
    const role = await roleWith(h, "for-ec2", { trust: trustOf({ Service: "ec2.amazonaws.com" }) });
    assert.deepEqual(await refused(assume(h, ann.sts, role)), denied(annArn, role.arn));
    const nowhere = { arn: `arn:aws:iam::${testAccount}:role/nowhere` };
    assert.deepEqual(await refused(assume(h, ann.sts, nowhere)), denied(annArn, nowhere.arn));
    const pathed = await roleWith(h, "pathed", { row: { path: "/a/" } });
    for (const arn of [pathed.arn.replace("/a/", "/"), pathed.arn.replace("pathed", "Pathed")]) {
      assert.deepEqual(await refused(assume(h, ann.sts, { arn })), denied(annArn, arn));
    }
  });

  test("root never assumes a role", async () => {
    const role = await roleWith(h, "for-root");
    const never = { code: "AccessDenied", message: "Roles may not be assumed by root accounts.", status: 403 };
    assert.deepEqual(await refused(assume(h, h.sts, role)), never);
  });

  test("a deny in the caller's policies wins, and one in the trust policy", async () => {
    const carl = await userWithKey(h, "carl", {
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: "sts:AssumeRole", Resource: "*" }],
    });
    const carlArn = `arn:aws:iam::${testAccount}:user/carl`;
    const role = await roleWith(h, "for-carl", { trust: trustOf({ AWS: carlArn }) });
    assert.deepEqual(await refused(assume(h, carl.sts, role)), denied(carlArn, role.arn));
    const allowed = trustOf({ AWS: annArn }) as { Statement: object[] }; // as written above
    const Deny = { Effect: "Deny", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };
    const barred = await roleWith(h, "barred", { trust: { ...allowed, Statement: [...allowed.Statement, Deny] } });
    assert.deepEqual(await refused(assume(h, ann.sts, barred)), denied(annArn, barred.arn));
  });

  test("another account's users: both sides must allow", async () => {
    const row = { account_id: otherAccount };
    const policy = allow(["iam:ListUsers", "sts:GetAccessKeyInfo"]);
    const open = await roleWith(h, "shared", { row, policy, trust: accountTrust });
    const session = await assume(h, ann.sts, open);
    assert.deepEqual(await identity(session), {
      UserId: `${open.roleId}:session`,
      Account: otherAccount,
      Arn: `arn:aws:sts::${otherAccount}:assumed-role/shared/session`,
    });
    assert.deepEqual((await session.iam.send(new ListUsersCommand({}))).Users, [], "the other account's users");
    const AccessKeyId = session.credentials.accessKeyId;
    assert.equal((await session.sts.send(new GetAccessKeyInfoCommand({ AccessKeyId }))).Account, otherAccount);
    // That the other account names bob does not spare him a policy of his own.
    const named = await roleWith(h, "shared-with-bob", { row, trust: trustOf({ AWS: bobArn }) });
    assert.deepEqual(await refused(assume(h, bob.sts, named)), denied(bobArn, named.arn));
    const closed = await roleWith(h, "private", { row, trust: trustOf({ AWS: `arn:aws:iam::${otherAccount}:root` }) });
    assert.deepEqual(await refused(assume(h, ann.sts, closed)), denied(annArn, closed.arn));
  });

  test("an external id, a session name, a time: conditions of the trust policy", async () => {
    const external = await roleWith(h, "external", {
      trust: trustOf({ AWS: annArn }, { StringEquals: { "sts:ExternalId": "secret/7" } }),
    });
    await assume(h, ann.sts, external, { ExternalId: "secret/7" });
    for (const ExternalId of [undefined, "other"]) {
      assert.deepEqual(await refused(assume(h, ann.sts, external, { ExternalId })), denied(annArn, external.arn));
    }
    // The guide's example: a user's session must bear the user's name.
    const named = await roleWith(h, "named", {
      trust: trustOf({ AWS: annArn }, { StringLike: { "sts:RoleSessionName": `\${aws:username}` } }),
    });
    await assume(h, ann.sts, named, { RoleSessionName: "ann" });
    assert.deepEqual(await refused(assume(h, ann.sts, named)), denied(annArn, named.arn));
    const tagged = await roleWith(h, "tagged-role", {
      row: { tags: [{ Key: "Team", Value: "Red" }] },
      trust: trustOf({ AWS: annArn }, { StringEquals: { "aws:ResourceTag/Team": "Red" } }),
    });
    await assume(h, ann.sts, tagged);
  });

  test("a code of the caller's MFA device", async () => {
    const device = await enabledDevice(h, "phone", "ann");
    const trust = trustOf(
      { AWS: annArn },
      { Bool: { "aws:MultiFactorAuthPresent": "true" }, NumericLessThan: { "aws:MultiFactorAuthAge": "300" } },
    );
    const role = await roleWith(h, "mfa", {
      trust,
      policy: allow("iam:ListUsers", "*", { Bool: { "aws:MultiFactorAuthPresent": "true" } }),
    });
    assert.deepEqual(await refused(assume(h, ann.sts, role)), denied(annArn, role.arn));
    const SerialNumber = device.serialNumber;
    h.clock.set(startOfTest + 60_000);
    const TokenCode = device.code();
    const session = await assume(h, ann.sts, role, { SerialNumber, TokenCode });
    assert.equal((await session.iam.send(new ListUsersCommand({}))).IsTruncated, false, "and the session knows");
    const wrong = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
    const half = "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.";
    for (const [given, message] of [
      [{ SerialNumber, TokenCode }, wrong],
      [{ SerialNumber }, half],
      [{ TokenCode }, half],
    ] as const) {
      assert.deepEqual(await refused(assume(h, ann.sts, role, given)), { code: "AccessDenied", message, status: 403 });
    }
    // The session of a user who showed a code will do for a while.
    h.clock.set(startOfTest + 120_000);
    const { Credentials } = await ann.sts.send(new GetSessionTokenCommand({ SerialNumber, TokenCode: device.code() }));
    const own = h.as({
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken,
    });
    await assume(h, own.sts, role);
    h.clock.set(startOfTest + 420_000);
    assert.deepEqual(await refused(assume(h, own.sts, role)), denied(annArn, role.arn));
    h.clock.set(startOfTest);
  });
});

suite("AssumeRole: roles and users come and go", async () => {
  const h = await harness();

  test("a user who is trusted by name is trusted as that very user, and the role says when it was used", async () => {
    const userArn = `arn:aws:iam::${testAccount}:user/ann`;
    const ann = await userWithKey(h, "ann");
    const { Role } = await h.iam.send(
      new CreateRoleCommand({
        RoleName: "builder",
        AssumeRolePolicyDocument: JSON.stringify(trustOf({ AWS: userArn })),
      }),
    );
    const role = { arn: Role?.Arn ?? "" };
    const other = await userWithKey(h, "other");
    const session = await assume(h, ann.sts, role);
    assert.equal((await identity(session)).Arn, sessionArn("builder"));
    const { Role: used } = await h.iam.send(new GetRoleCommand({ RoleName: "builder" }));
    assert.deepEqual(used?.RoleLastUsed, { LastUsedDate: new Date(startOfTest), Region: "us-east-1" });
    assert.equal((await refused(assume(h, other.sts, role))).code, "AccessDenied");
    await h.iam.send(new DeleteAccessKeyCommand({ UserName: "ann", AccessKeyId: ann.credentials.accessKeyId }));
    await h.iam.send(new DeleteUserCommand({ UserName: "ann" }));
    // The role's session is not the user's.
    assert.equal((await identity(session)).Arn, sessionArn("builder"));
    const next = await userWithKey(h, "ann", allow("s3:*"));
    assert.deepEqual(await refused(assume(h, next.sts, role)), denied(userArn, role.arn));
    await h.iam.send(new DeleteRoleCommand({ RoleName: "builder" }));
    assert.equal((await refused(identity(session))).code, "InvalidClientTokenId");
  });

  test("a role that is trusted by its ARN is so through every session, and a change of trust counts at once", async () => {
    const carl = await userWithKey(h, "carl", mayAssume);
    const first = await roleWith(h, "first");
    const trust = (Principal: object) => JSON.stringify(trustOf(Principal));
    const { Role } = await h.iam.send(
      new CreateRoleCommand({ RoleName: "second", AssumeRolePolicyDocument: trust({ AWS: first.arn }) }),
    );
    const second = { arn: Role?.Arn ?? "" };
    const { sts } = await assume(h, carl.sts, first);
    // Within the account, to be named is enough: the first role has no policy.
    await assume(h, sts, second);
    await h.iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: "second",
        PolicyDocument: trust({ Service: "ec2.amazonaws.com" }),
      }),
    );
    assert.deepEqual(await refused(assume(h, sts, second)), denied(sessionArn("first"), second.arn));
  });
});

suite("AssumeRole: session policies", async () => {
  const h = await harness();
  const ann = await userWithKey(h, "ann", mayAssume);
  const role = await roleWith(h, "worker", { policy: allow(["iam:ListUsers", "iam:ListGroups", "cognito-idp:*"]) });
  const listUsers = ({ iam }: Clients) => iam.send(new ListUsersCommand({}));
  const refusedBySession = {
    code: "AccessDenied",
    message: `User: ${sessionArn("worker")} is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${testAccount}:user/ because no session policy allows the iam:ListUsers action`,
    status: 403,
  };

  test("take away, and give nothing", async () => {
    const Policy = (action: string) => JSON.stringify(allow(action));
    await listUsers(await assume(h, ann.sts, role, { Policy: Policy("iam:List*") }));
    assert.deepEqual(
      await refused(listUsers(await assume(h, ann.sts, role, { Policy: Policy("iam:ListGroups") }))),
      refusedBySession,
    );
    const { sts } = await assume(h, ann.sts, role, { Policy: Policy("*") });
    const { message } = await refused(assume(h, sts, role));
    assert.equal(message, denied(sessionArn("worker"), role.arn).message);
  });

  test("a deny in one says so", async () => {
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "*", Resource: "*" },
        { Effect: "Deny", Action: "iam:ListUsers", Resource: "*" },
      ],
    });
    const { message } = await refused(listUsers(await assume(h, ann.sts, role, { Policy })));
    assert.match(message, /with an explicit deny in a session policy$/);
  });

  test("managed ones count together with the inline one, as they are now", async () => {
    const { Arn } = await createPolicy(h, "lists", { PolicyDocument: document("iam:ListUsers") });
    const gone = `arn:aws:iam::${testAccount}:policy/gone`;
    const PolicyArns = [{ arn: gone }, { arn: Arn }];
    await listUsers(await assume(h, ann.sts, role, { PolicyArns, Policy: document("iam:ListGroups") }));
    assert.deepEqual(
      await refused(listUsers(await assume(h, ann.sts, role, { PolicyArns: [{ arn: gone }] }))),
      refusedBySession,
    );
  });

  test("how much of the allotted space they take", async () => {
    const sizeOf = async (more: Partial<AssumeRoleCommandInput>) =>
      (await ann.sts.send(new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: "session", ...more })))
        .PackedPolicySize;
    assert.equal(await sizeOf({}), undefined);
    const small = (await sizeOf({ Policy: document() })) ?? 0;
    const larger = (await sizeOf({ Policy: document(), Tags: [{ Key: "Team", Value: "Red" }] })) ?? 0;
    assert.ok(0 < small && small < larger && larger < 50, `${small} ${larger}`);
  });

  test("are refused where they are too much", async () => {
    const actions = Array.from({ length: 60 }, (_, index) => `service${index * 7919}:Action${index * 104_729}`);
    const tooLarge = await refused(assume(h, ann.sts, role, { Policy: JSON.stringify(allow(actions)) }));
    assert.match(tooLarge.message, /^Packed policy consumes 1\d\d% of allotted space, please use smaller policy\.$/);
    assert.deepEqual([tooLarge.code, tooLarge.status], ["PackedPolicyTooLarge", 400]);
    const Tags = Array.from({ length: 30 }, (_, index) => ({
      Key: `key${index}`,
      Value: createHash("sha256").update(`${index}`).digest("hex").slice(0, 24),
    }));
    const tags = await refused(assume(h, ann.sts, role, { Tags }));
    assert.match(tags.message, /^Packed size of session tags consumes 1\d\d% of allotted space\.$/);
    assert.equal(tags.code, "PackedPolicyTooLarge");
    const plain = JSON.stringify(allow(`s3:Get${"x".repeat(2_048)}`));
    assert.match(
      (await refused(assume(h, ann.sts, role, { Policy: plain }))).message,
      /^Packed policy consumes 10\d% /,
    );
  });

  test("are refused where they are none", async () => {
    for (const [Policy, message] of [
      ["{", "The policy is not in the valid JSON format."],
      [
        JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*" }] }),
        "Policy statement must contain resources.",
      ],
    ] as const) {
      assert.deepEqual(await refused(assume(h, ann.sts, role, { Policy })), {
        code: "MalformedPolicyDocument",
        message,
        status: 400,
      });
    }
    const arn = `arn:aws:iam::${testAccount}:role/worker`;
    assert.deepEqual(await refused(assume(h, ann.sts, role, { PolicyArns: [{ arn }] })), invalid(`${arn} is invalid`));
  });
});

suite("AssumeRole: session tags and source identity", async () => {
  const h = await harness();
  const ann = await userWithKey(h, "ann", mayAssume);
  const annArn = `arn:aws:iam::${testAccount}:user/ann`;
  const may = (tag: string, value: string) =>
    allow("iam:ListUsers", "*", { StringEquals: { [`aws:PrincipalTag/${tag}`]: value } });
  const listUsers = async ({ iam }: Clients) =>
    (await refused(iam.send(new ListUsersCommand({})).then(() => Promise.reject(new Error("allowed"))))).message ===
    "allowed";
  const red = [{ Key: "team", Value: "Red" }];

  test("a session's tags win over the role's, whatever the case of the key", async () => {
    const role = await roleWith(h, "tagged", {
      row: { tags: [{ Key: "Team", Value: "Blue" }] },
      policy: may("Team", "Red"),
    });
    assert.equal(await listUsers(await assume(h, ann.sts, role)), false);
    assert.equal(await listUsers(await assume(h, ann.sts, role, { Tags: red })), true);
  });

  test("refuses tags that are no set, and transitive keys without their tag", async () => {
    const role = await roleWith(h, "strict");
    for (const [given, message] of [
      [
        { Tags: [...red, { Key: "Team", Value: "Blue" }] },
        "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
      ],
      [
        { Tags: red, TransitiveTagKeys: ["other"] },
        "The specified transitive tag key must be included in the requested tags.",
      ],
      [{ Tags: [{ Key: "aws:team", Value: "Red" }] }, "Tag keys beginning with aws: are reserved for system use."],
    ] as const) {
      assert.deepEqual(
        await refused(
          assume(h, ann.sts, role, {
            ...given,
            Tags: [...(given.Tags ?? [])],
            TransitiveTagKeys: "TransitiveTagKeys" in given ? [...given.TransitiveTagKeys] : undefined,
          }),
        ),
        invalidParameter(message),
      );
    }
  });

  test("need sts:TagSession on both sides", async () => {
    const role = await roleWith(h, "untaggable", { trust: trustOf({ AWS: annArn }, undefined, "sts:AssumeRole") });
    await assume(h, ann.sts, role);
    assert.deepEqual(
      await refused(assume(h, ann.sts, role, { Tags: red })),
      denied(annArn, role.arn, "sts:TagSession"),
    );
    const only = await roleWith(h, "red-only", {
      trust: trustOf(
        { AWS: annArn },
        {
          StringEquals: { "aws:RequestTag/team": "Red" },
          "ForAllValues:StringEquals": { "sts:TransitiveTagKeys": ["team"] },
        },
      ),
    });
    await assume(h, ann.sts, only, { Tags: red, TransitiveTagKeys: ["team"] });
    assert.deepEqual(
      await refused(assume(h, ann.sts, only, { Tags: [{ Key: "team", Value: "Blue" }] })),
      denied(annArn, only.arn),
    );
  });

  test("transitive ones go along a chain of roles, others do not", async () => {
    const last = await roleWith(h, "last", { policy: may("team", "Red") });
    const first = await roleWith(h, "first", { policy: mayAssume });
    const plain = await assume(h, ann.sts, first, { Tags: red });
    assert.equal(await listUsers(await assume(h, plain.sts, last)), false);
    const handing = await assume(h, ann.sts, first, { Tags: red, TransitiveTagKeys: ["Team"] });
    const chained = await assume(h, handing.sts, last);
    assert.equal(await listUsers(chained), true);
    const conflict =
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.";
    const Tags = [{ Key: "TEAM", Value: "Blue" }];
    assert.deepEqual(await refused(assume(h, handing.sts, last, { Tags })), invalidParameter(conflict));
    // A chain needs sts:TagSession for what it inherits, too.
    const untaggable = await roleWith(h, "last-untaggable", {
      trust: trustOf({ AWS: first.arn }, undefined, "sts:AssumeRole"),
    });
    assert.deepEqual(
      await refused(assume(h, handing.sts, untaggable)),
      denied(sessionArn("first"), untaggable.arn, "sts:TagSession"),
    );
  });

  test("a source identity stays through a chain", async () => {
    const condition = { StringEquals: { "aws:SourceIdentity": "Alice" } };
    const last = await roleWith(h, "identified", { policy: allow("iam:ListUsers", "*", condition) });
    const first = await roleWith(h, "identifying", {
      policy: mayAssume,
      trust: trustOf({ AWS: annArn }, { StringLike: { "sts:SourceIdentity": "A*" } }),
    });
    assert.deepEqual(await refused(assume(h, ann.sts, first)), denied(annArn, first.arn));
    const session = await assume(h, ann.sts, first, { SourceIdentity: "Alice" });
    assert.equal(await listUsers(await assume(h, session.sts, last)), true);
    const { SourceIdentity } = await session.sts.send(
      new AssumeRoleCommand({ RoleArn: last.arn, RoleSessionName: "session" }),
    );
    assert.equal(SourceIdentity, "Alice");
    assert.deepEqual(await refused(assume(h, session.sts, last, { SourceIdentity: "Bob" })), {
      code: "AccessDenied",
      message: "The source identity of a session cannot be changed.",
      status: 403,
    });
    const deaf = await roleWith(h, "deaf", { trust: trustOf({ AWS: first.arn }, undefined, "sts:AssumeRole") });
    assert.deepEqual(
      await refused(assume(h, session.sts, deaf)),
      denied(sessionArn("identifying"), deaf.arn, "sts:SetSourceIdentity"),
    );
  });
});

suite("AssumeRole: by temporary credentials", async () => {
  const h = await harness();
  const ann = await userWithKey(h, "ann", mayAssume);

  test("a chain lasts an hour at most, and so does what a user's session assumes", async () => {
    const row = { max_session_duration: 43_200 };
    const last = await roleWith(h, "last", { row });
    const first = await roleWith(h, "first", { row, policy: mayAssume });
    const message =
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
    const { Credentials } = await ann.sts.send(new GetSessionTokenCommand({}));
    const own = h.as({
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken,
    });
    await assume(h, ann.sts, last, { DurationSeconds: 43_200 });
    for (const sts of [own.sts, (await assume(h, ann.sts, first)).sts]) {
      await assume(h, sts, last, { DurationSeconds: 3_600 });
      assert.deepEqual(await refused(assume(h, sts, last, { DurationSeconds: 3_601 })), invalid(message));
    }
  });

  test("a role is trusted by its own name or that of one session", async () => {
    const first = await roleWith(h, "trusted", { row: { path: "/p/" } });
    const other = await roleWith(h, "other");
    const byRole = await roleWith(h, "by-role", { trust: trustOf({ AWS: first.arn }) });
    const bySession = await roleWith(h, "by-session", { trust: trustOf({ AWS: sessionArn("trusted", "one") }) });
    const one = await assume(h, ann.sts, first, { RoleSessionName: "one" });
    const two = await assume(h, ann.sts, first, { RoleSessionName: "two" });
    const stranger = await assume(h, ann.sts, other, { RoleSessionName: "one" });
    await assume(h, one.sts, byRole);
    await assume(h, two.sts, byRole);
    await assume(h, one.sts, bySession);
    assert.deepEqual(await refused(assume(h, two.sts, bySession)), denied(sessionArn("trusted", "two"), bySession.arn));
    assert.deepEqual(await refused(assume(h, stranger.sts, byRole)), denied(sessionArn("other", "one"), byRole.arn));
  });

  test("roles get no sessions of other kinds", async () => {
    const everything = await roleWith(h, "everything", { policy: allow("*") });
    const { sts } = await assume(h, ann.sts, everything);
    for (const [call, operation] of [
      [() => sts.send(new GetSessionTokenCommand({})), "GetSessionToken"],
      [() => sts.send(new GetFederationTokenCommand({ Name: "Bob" })), "GetFederationToken"],
    ] as const) {
      const message = `Cannot call ${operation} with session credentials`;
      assert.deepEqual(await refused(call()), { code: "AccessDenied", message, status: 403 });
    }
  });

  test("a permissions boundary bounds whom it may become", async () => {
    const { Arn } = await createPolicy(h, "boundary", { PolicyDocument: document("iam:ListUsers") });
    await h.iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn: Arn }));
    const bounded = await roleWith(h, "bounded", {
      policy: allow("iam:*"),
      row: { permissions_boundary_arn: Arn, permissions_boundary_policy_id: await policyId(Arn) },
    });
    const { iam } = await assume(h, ann.sts, bounded);
    assert.equal((await iam.send(new ListUsersCommand({}))).IsTruncated, false);
    const { message } = await refused(
      iam.send(new PutUserPolicyCommand({ UserName: "ann", PolicyName: "x", PolicyDocument: document() })),
    );
    assert.match(message, /because no permissions boundary allows the iam:PutUserPolicy action$/);
  });

  async function policyId(PolicyArn: string): Promise<string> {
    const { GetPolicyCommand } = await import("@aws-sdk/client-iam");
    const { Policy } = await h.iam.send(new GetPolicyCommand({ PolicyArn }));
    return Policy?.PolicyId ?? "";
  }
});

suite("AssumeRole: under --auth signature and --auth off", async () => {
  for (const auth of ["signature", "off"] as const) {
    const h = await harness({ auth });
    const role = await roleWith(h, "any", { trust: trustOf({ Service: "ec2.amazonaws.com" }) });

    test(`${auth}: no policy is asked`, async () => {
      const ann = await userWithKey(h, "ann");
      await assume(h, ann.sts, role);
      const arn = `arn:aws:iam::${testAccount}:role/nowhere`;
      const who = auth === "off" ? `arn:aws:iam::${testAccount}:root` : `arn:aws:iam::${testAccount}:user/ann`;
      assert.deepEqual(await refused(assume(h, ann.sts, { arn })), denied(who, arn));
    });
  }
});

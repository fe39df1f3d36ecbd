import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListUserPoolsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { DeleteUserCommand, ListUsersCommand, PutUserPolicyCommand, TagUserCommand } from "@aws-sdk/client-iam";
import {
  AssumeRoleCommand,
  DecodeAuthorizationMessageCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetDelegatedAccessTokenCommand,
  GetFederationTokenCommand,
  type GetFederationTokenCommandInput,
} from "@aws-sdk/client-sts";
import {
  allow,
  type Clients,
  type Credentials,
  harness,
  refused,
  startOfTest,
  testAccount,
  userWithKey,
} from "../../../test/harness.ts";
import { createPolicy, document } from "../../../test/policies.ts";
import { accessDenied } from "../../../test/refusals.ts";
import { roleWith, trustOf } from "../../../test/roles.ts";

const bobArn = `arn:aws:sts::${testAccount}:federated-user/Bob`;

suite("GetFederationToken", async () => {
  const h = await harness();
  const broker = await userWithKey(h, "broker", allow(["sts:GetFederationToken", "sts:TagSession", "cognito-idp:*"]));
  const ask = async (more: Partial<GetFederationTokenCommandInput> = {}, sts = broker.sts) => {
    const { $metadata: _, ...answer } = await sts.send(new GetFederationTokenCommand({ Name: "Bob", ...more }));
    return answer;
  };
  const federated = async (
    more: Partial<GetFederationTokenCommandInput> = {},
    sts = broker.sts,
  ): Promise<Clients & { credentials: Credentials }> => {
    const { Credentials } = await ask(more, sts);
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken,
    };
    return { ...h.as(credentials), credentials };
  };
  const listPools = ({ cognito }: Clients) => cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
  const everything = JSON.stringify(allow("*"));

  test("credentials for twelve hours, and whose they are", async () => {
    const answer = await ask();
    const { Credentials } = answer;
    assert.deepEqual(answer, {
      Credentials: {
        AccessKeyId: Credentials?.AccessKeyId,
        SecretAccessKey: Credentials?.SecretAccessKey,
        SessionToken: Credentials?.SessionToken,
        Expiration: new Date(startOfTest + 43_200_000),
      },
      FederatedUser: { FederatedUserId: `${testAccount}:Bob`, Arn: bobArn },
      PackedPolicySize: 0,
      SessionTokenSize: Credentials?.SessionToken?.length,
      SessionTokenUtilization: Math.ceil(((Credentials?.SessionToken?.length ?? 0) * 100) / 4096),
    });
    assert.ok(((await ask({ Policy: everything })).PackedPolicySize ?? 0) > 0);
  });

  test("root may ask, for an hour at most", async () => {
    for (const [asked, given] of [
      [undefined, 3_600],
      [900, 900],
      [129_600, 3_600],
    ] as const) {
      const { Credentials } = await ask({ DurationSeconds: asked }, h.sts);
      assert.deepEqual(Credentials?.Expiration, new Date(startOfTest + given * 1000));
    }
    assert.deepEqual((await listPools(await federated({ Policy: everything }, h.sts))).UserPools, []);
    const less = await federated({ Policy: JSON.stringify(allow("s3:*")) }, h.sts);
    assert.equal(
      (await refused(listPools(less))).message,
      `User: ${bobArn} is not authorized to perform: cognito-idp:ListUserPools on resource: * because no session policy allows the cognito-idp:ListUserPools action`,
    );
  });

  test("may what both the user's policies and its own allow", async () => {
    assert.deepEqual((await listPools(await federated({ Policy: everything }))).UserPools, []);
    const { Arn: arn } = await createPolicy(h, "pools", { PolicyDocument: document("cognito-idp:List*") });
    assert.deepEqual((await listPools(await federated({ PolicyArns: [{ arn }] }))).UserPools, []);
    const why = "because no session policy allows the cognito-idp:ListUserPools action";
    for (const none of [await federated(), await federated({ Policy: document() })]) {
      assert.match((await refused(listPools(none))).message, new RegExp(`${why}$`));
    }
    const poor = await userWithKey(h, "poor", allow("sts:GetFederationToken"));
    const { message } = await refused(listPools(await federated({ Policy: everything }, poor.sts)));
    assert.match(message, /because no identity-based policy allows the cognito-idp:ListUserPools action$/);
  });

  test("calls nothing of IAM, and of STS GetCallerIdentity alone", async () => {
    const { iam, sts, credentials } = await federated({ Policy: everything });
    const { UserId, Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    assert.deepEqual({ UserId, Account, Arn }, { UserId: `${testAccount}:Bob`, Account: testAccount, Arn: bobArn });
    assert.deepEqual(await refused(iam.send(new ListUsersCommand({}))), {
      code: "InvalidClientTokenId",
      message: "The security token included in the request is invalid",
      status: 403,
    });
    const role = await roleWith(h, "open", { trust: trustOf({ AWS: bobArn }) });
    const AccessKeyId = credentials.accessKeyId;
    for (const [call, operation] of [
      [() => ask({}, sts), "GetFederationToken"],
      [() => sts.send(new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: "session" })), "AssumeRole"],
      [() => sts.send(new GetAccessKeyInfoCommand({ AccessKeyId })), "GetAccessKeyInfo"],
      [() => sts.send(new DecodeAuthorizationMessageCommand({ EncodedMessage: "x" })), "DecodeAuthorizationMessage"],
      [() => sts.send(new GetDelegatedAccessTokenCommand({ TradeInToken: "x" })), "GetDelegatedAccessToken"],
    ] as const) {
      const message = `Cannot call ${operation} with session credentials`;
      assert.deepEqual(await refused(call()), { code: "AccessDenied", message, status: 403 });
    }
  });

  test("needs permission for the name, and for tags", async () => {
    const picky = await userWithKey(h, "picky", allow("sts:GetFederationToken", bobArn));
    await ask({}, picky.sts);
    const eveArn = bobArn.replace("Bob", "Eve");
    assert.deepEqual(
      await refused(ask({ Name: "Eve" }, picky.sts)),
      accessDenied("picky", "sts:GetFederationToken", eveArn),
    );
    const Tags = [{ Key: "Team", Value: "Red" }];
    assert.deepEqual(await refused(ask({ Tags }, picky.sts)), accessDenied("picky", "sts:TagSession", bobArn));
  });

  test("conditions see a federated user, with the tags of both", async () => {
    const condition = {
      StringEquals: {
        "aws:PrincipalType": "FederatedUser",
        "aws:userid": `${testAccount}:Bob`,
        "aws:PrincipalTag/Team": "Red",
        "aws:PrincipalTag/Site": "Oslo",
      },
      ArnEquals: { "aws:PrincipalArn": bobArn },
      Null: { "aws:username": "true", "aws:MultiFactorAuthPresent": "true" },
    };
    const carl = await userWithKey(h, "carl", allow(["sts:GetFederationToken", "sts:TagSession"]));
    await h.iam.send(
      new PutUserPolicyCommand({
        UserName: "carl",
        PolicyName: "pools",
        PolicyDocument: JSON.stringify(allow("cognito-idp:ListUserPools", "*", condition)),
      }),
    );
    await h.iam.send(
      new TagUserCommand({
        UserName: "carl",
        Tags: [
          { Key: "team", Value: "Blue" },
          { Key: "Site", Value: "Oslo" },
        ],
      }),
    );
    const red = await federated({ Policy: everything, Tags: [{ Key: "Team", Value: "Red" }] }, carl.sts);
    assert.deepEqual((await listPools(red)).UserPools, []);
    assert.equal(
      (await refused(listPools(await federated({ Policy: everything }, carl.sts)))).code,
      "AccessDeniedException",
    );
  });

  test("ends with its user", async () => {
    const dora = await userWithKey(h, "dora", allow("sts:GetFederationToken"));
    const left = await federated({}, dora.sts);
    await left.sts.send(new GetCallerIdentityCommand({}));
    const { DeleteAccessKeyCommand, DeleteUserPolicyCommand } = await import("@aws-sdk/client-iam");
    await h.iam.send(new DeleteUserPolicyCommand({ UserName: "dora", PolicyName: "inline" }));
    await h.iam.send(new DeleteAccessKeyCommand({ UserName: "dora", AccessKeyId: dora.credentials.accessKeyId }));
    await left.sts.send(new GetCallerIdentityCommand({}));
    await h.iam.send(new DeleteUserCommand({ UserName: "dora" }));
    assert.equal((await refused(left.sts.send(new GetCallerIdentityCommand({})))).code, "InvalidClientTokenId");
  });

  test("refuses what AWS refuses", async () => {
    const long = JSON.stringify(allow(`s3:Get${"x".repeat(2_048)}`));
    assert.deepEqual(await refused(ask({ Policy: long })), {
      code: "ValidationError",
      message: `1 validation error detected: Value '${long}' at 'policy' failed to satisfy constraint: Member must have length less than or equal to 2048`,
      status: 400,
    });
    assert.deepEqual(await refused(ask({ Policy: "{" })), {
      code: "MalformedPolicyDocument",
      message: "The policy is not in the valid JSON format.",
      status: 400,
    });
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { DecodeAuthorizationMessageCommand } from "@aws-sdk/client-sts";
import { allow, type Credentials, harness, refused, testAccount, userWithKey } from "../../../test/harness.ts";
import { accessDenied } from "../../../test/refusals.ts";
import { jsonRequest, queryRequest, sign } from "../../../test/requests.ts";
import { roleWith, trustOf } from "../../../test/roles.ts";

const header = "x-countersign-authorization-message";

suite("DecodeAuthorizationMessage", async () => {
  const h = await harness();
  const messageOf = async (request: ReturnType<typeof queryRequest>, credentials: Credentials) => {
    const { headers } = await h.send(sign(request, credentials));
    const at = headers.indexOf(header);
    assert.ok(at >= 0, "the refusal has a message");
    return headers[at + 1] ?? "";
  };
  const decode = async (EncodedMessage: string, sts = h.sts) =>
    (await sts.send(new DecodeAuthorizationMessageCommand({ EncodedMessage }))).DecodedMessage ?? "";
  const invalid = { code: "InvalidAuthorizationMessageException", message: "Message is not valid", status: 400 };
  const ann = await userWithKey(h, "ann", {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "iam:*", Resource: "*" },
      {
        Sid: "NoBob",
        Effect: "Deny",
        Action: ["iam:GetUser", "iam:TagUser"],
        Resource: "arn:aws:iam::*:user/bob",
        Condition: { StringNotEquals: { "aws:username": ["root", "admin"] } },
      },
    ],
  });
  const bob = await userWithKey(h, "bob");
  const arn = `arn:aws:iam::${testAccount}:user/bob`;
  const get = queryRequest("iam", "GetUser", { UserName: "bob" });
  const value = (key: string, ...values: string[]) => ({ key, values: { items: values.map((value) => ({ value })) } });

  test("tells who was refused what, and that nothing allowed it", async () => {
    const decoded: unknown = JSON.parse(await decode(await messageOf(get, bob.credentials)));
    assert.deepEqual(decoded, {
      allowed: false,
      explicitDeny: false,
      matchedStatements: { items: [] },
      failures: { items: [] },
      context: {
        principal: { id: await userId("bob"), name: "bob", arn },
        action: "iam:GetUser",
        resource: arn,
        conditions: {
          items: [
            value("aws:Region", "us-east-1"),
            value("aws:Service", "iam"),
            value("aws:Resource", "user/bob"),
            value("aws:Type", "user"),
            value("aws:Account", testAccount),
            value("aws:ARN", arn),
          ],
        },
      },
    });
  });

  test("tells which statement denied it", async () => {
    const tag = queryRequest("iam", "TagUser", {
      UserName: "bob",
      "Tags.member.1.Key": "Team",
      "Tags.member.1.Value": "Red",
    });
    const { explicitDeny, matchedStatements, context } = JSON.parse(
      await decode(await messageOf(tag, ann.credentials)),
    ) as { explicitDeny: boolean; matchedStatements: unknown; context: { conditions: { items: unknown[] } } }; // as above
    const items = (...values: string[]) => ({ items: values.map((value) => ({ value })) });
    assert.equal(explicitDeny, true);
    assert.deepEqual(matchedStatements, {
      items: [
        {
          statementId: "NoBob",
          effect: "DENY",
          principals: items(await userId("ann")),
          principalGroups: { items: [] },
          actions: items("iam:GetUser", "iam:TagUser"),
          resources: items("arn:aws:iam::*:user/bob"),
          conditions: {
            items: [{ operator: "StringNotEquals", key: "aws:username", values: items("root", "admin") }],
          },
        },
      ],
    });
    assert.deepEqual(context.conditions.items.at(-1), value("aws:RequestTag/Team", "Red"));
  });

  test("speaks of every service's refusals, and of trust", async () => {
    const pools = await decode(await messageOf(jsonRequest("ListUserPools", { MaxResults: 1 }), bob.credentials));
    assert.match(pools, /"action":"cognito-idp:ListUserPools","resource":"\*"/);
    const role = await roleWith(h, "closed", { trust: trustOf({ Service: "ec2.amazonaws.com" }) });
    const assume = queryRequest("sts", "AssumeRole", { RoleArn: role.arn, RoleSessionName: "session" });
    const trust = await decode(await messageOf(assume, bob.credentials));
    assert.match(trust, /"action":"sts:AssumeRole","resource":"arn:aws:iam::123456789012:role\/closed"/);
  });

  test("shows the refused nothing, and needs permission", async () => {
    const message = await messageOf(get, ann.credentials);
    assert.match(message, /^[\w-]+$/);
    assert.equal(Buffer.from(message, "base64url").includes("NoBob"), false);
    assert.notEqual(await messageOf(get, ann.credentials), message);
    assert.deepEqual(
      await refused(decode(message, ann.sts)),
      accessDenied("ann", "sts:DecodeAuthorizationMessage", "*"),
    );
    const reader = await userWithKey(h, "reader", allow("sts:DecodeAuthorizationMessage"));
    assert.match(await decode(message, reader.sts), /"NoBob"/);
  });

  test("an allowed request has none", async () => {
    const { headers } = await h.send(sign(get, h.root));
    assert.equal(headers.includes(header), false);
  });

  test("refuses what is not whole, not ours, or another account's", async () => {
    const message = await messageOf(get, ann.credentials);
    const at = Math.floor(message.length / 2);
    const changed = message.slice(0, at) + (message[at] === "A" ? "B" : "A") + message.slice(at + 1);
    const { sessionToken = "" } = await ownSession();
    for (const text of [
      changed,
      message.slice(0, -2),
      `${message}AA`,
      `${message}\n`,
      "x",
      "A".repeat(400),
      sessionToken,
    ]) {
      assert.deepEqual(await refused(decode(text)), invalid, text);
    }
    const other = await roleWith(h, "other", {
      row: { account_id: "210987654321" },
      trust: trustOf({ AWS: `arn:aws:iam::${testAccount}:root` }),
      policy: allow("sts:DecodeAuthorizationMessage"),
    });
    const assumer = await userWithKey(h, "assumer", allow("sts:AssumeRole"));
    const { assume } = await import("../../../test/roles.ts");
    const { sts } = await assume(h, assumer.sts, other);
    assert.deepEqual(await refused(decode(message, sts)), invalid);
  });

  async function userId(UserName: string): Promise<string> {
    const { GetUserCommand } = await import("@aws-sdk/client-iam");
    return (await h.iam.send(new GetUserCommand({ UserName }))).User?.UserId ?? "";
  }

  async function ownSession(): Promise<{ sessionToken: string | undefined }> {
    const { GetSessionTokenCommand } = await import("@aws-sdk/client-sts");
    return { sessionToken: (await h.sts.send(new GetSessionTokenCommand({}))).Credentials?.SessionToken };
  }
});

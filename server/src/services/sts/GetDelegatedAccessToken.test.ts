import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  ListGroupsCommand,
  ListUsersCommand,
  SendDelegationTokenCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, GetDelegatedAccessTokenCommand } from "@aws-sdk/client-sts";
import { accept, associate, partner, partnerOf } from "../../../test/delegation-requests.ts";
import { allow, type Clients, harness, refused, startOfTest, testAccount, userWithKey } from "../../../test/harness.ts";
import { createPolicy, document } from "../../../test/policies.ts";
import { sign } from "../../../test/requests.ts";
import { exchangeTokenMessage } from "../delegated-access.ts";

suite("GetDelegatedAccessToken", async () => {
  const h = await harness();
  const { environment } = h;
  const asker = await partnerOf(h);
  const { Arn: PolicyTemplateArn } = await createPolicy({ ...h, ...asker }, "lists", {
    PolicyDocument: document("iam:ListUsers"),
  });
  const ann = await userWithKey(
    h,
    "ann",
    allow(["iam:ListUsers", "iam:*DelegationRequest", "iam:SendDelegationToken"]),
  );
  let asked = 0;
  /** The token that whoever asked gets once `approver` has accepted, for an hour. */
  const tokenFrom = async (approver: Clients): Promise<string> => {
    const RequestorWorkflowId = `trade-${++asked}`;
    const id = await asker.ask({ RequestorWorkflowId, Permissions: { PolicyTemplateArn } });
    await associate(ann.iam, id);
    await accept(approver.iam, id);
    await ann.iam.send(new SendDelegationTokenCommand({ DelegationRequestId: id }));
    const message = await environment.store.read((tx) =>
      exchangeTokenMessage(environment, tx, partner, RequestorWorkflowId, h.clock.now()),
    );
    return (message as { ExchangeToken: string }).ExchangeToken; // the state is FINALIZED now
  };
  const trade = (TradeInToken: string, sts = asker.sts) =>
    sts.send(new GetDelegatedAccessTokenCommand({ TradeInToken }));
  const delegated = async (token: string) => {
    const { Credentials } = await trade(token);
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken,
    };
    return { ...h.as(credentials), credentials };
  };
  const worthless = {
    code: "ExpiredTradeInTokenException",
    message:
      "The trade-in token provided in the request has expired and can no longer be exchanged for credentials. Request a new token and retry the operation.",
    status: 400,
  };
  const rootArn = `arn:aws:iam::${testAccount}:root`;

  test("credentials of whoever accepted, until the access ends", async () => {
    const token = await tokenFrom(h);
    h.clock.set(startOfTest + 600_000);
    const { Credentials, AssumedPrincipal } = await trade(token);
    assert.equal(AssumedPrincipal, rootArn);
    assert.deepEqual(Credentials?.Expiration, new Date(startOfTest + 3_600_000));
    const { sts } = await delegated(token);
    assert.equal((await sts.send(new GetCallerIdentityCommand({}))).Arn, rootArn);
    h.clock.set(startOfTest + 3_600_000);
    assert.equal((await refused(sts.send(new GetCallerIdentityCommand({})))).code, "ExpiredToken");
    assert.deepEqual(await refused(trade(token)), worthless);
    h.clock.set(startOfTest);
  });

  test("may what both the policy of the request and the one who accepted may", async () => {
    const { iam, credentials } = await delegated(await tokenFrom(h));
    assert.equal((await iam.send(new ListUsersCommand({}))).Users?.length, 1);
    assert.deepEqual(await refused(iam.send(new CreateUserCommand({ UserName: "eve" }))), {
      code: "AccessDenied",
      message: `User: ${rootArn} is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::${testAccount}:user/eve because no session policy allows the iam:CreateUser action`,
      status: 403,
    });
    const byAnn = await delegated(await tokenFrom(ann));
    assert.equal((await byAnn.iam.send(new ListUsersCommand({}))).Users?.length, 1);
    assert.equal((await refused(byAnn.iam.send(new ListGroupsCommand({})))).code, "AccessDenied");
    // What stops the server's own operations, which no policy can name.
    const reset = {
      method: "POST",
      path: "/_countersign/reset",
      query: "",
      headers: new Map([["host", "x"]]),
      body: Buffer.from(""),
    };
    const answer = await h.send(sign(reset, credentials, { service: "countersign" }));
    assert.deepEqual(
      [answer.status, answer.body],
      [403, '{"__type":"AccessDeniedException","message":"Only the account\'s root may do this."}\n'],
    );
  });

  test("a token is worth nothing to others, nor is any other text", async () => {
    const token = await tokenFrom(h);
    const session = await delegated(token);
    assert.deepEqual(await refused(trade(token, h.sts)), worthless);
    for (const text of ["trade-in", `${token}A`, session.credentials.sessionToken ?? ""]) {
      assert.deepEqual(await refused(trade(text)), worthless);
    }
  });

  test("needs permission, and no session", async () => {
    const bob = await userWithKey(h, "bob");
    const { code, message } = await refused(trade("trade-in", bob.sts));
    assert.equal(code, "AccessDenied");
    assert.match(
      message,
      /is not authorized to perform: sts:GetDelegatedAccessToken on resource: \* because no identity/,
    );
    const { sts } = await delegated(await tokenFrom(h));
    assert.equal(
      (await refused(trade("trade-in", sts))).message,
      "Cannot call GetDelegatedAccessToken with session credentials",
    );
  });
});

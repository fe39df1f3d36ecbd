import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminGetUserCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, testAccount } from "../../../../test/harness.ts";
import { callback, hostedPool } from "../../../../test/hosted-pool.ts";
import { lambdaEndpoint, type TriggerEvent } from "../../../../test/lambda-endpoint.ts";
import { createSomebody, password } from "../../../../test/pool-users.ts";
import { rootOf } from "../../../access/authenticate.ts";
import { Call } from "../../operation.ts";
import { respondToChallenge } from "../sign-in/respond.ts";
import { startSignIn } from "../sign-in/start.ts";
import { pageContext, type Visit } from "./visit.ts";

suite("a sign-in at a page and one by the API", async () => {
  const h = await harness();
  const pool = await hostedPool(h, "apart", { client: { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] } });
  await createSomebody(h, pool.UserPoolId, "ann", { isTemporary: true });
  const facts: Visit["facts"] = {
    caller: rootOf(testAccount, "aws"),
    region: "us-east-1",
    requestId: "1",
    sourceIp: "127.0.0.1",
    userAgent: undefined,
    secureTransport: false,
    host: pool.host,
  };

  async function atPage() {
    const { environment, clock } = h;
    const context = await environment.store.read((tx) => environment.appClients.find(tx, pool.ClientId));
    if (context === undefined) throw new Error("the client is gone");
    const call = await environment.store.read(async (tx) => new Call<string>(environment, facts, clock.now(), tx));
    const address = { context, base: `http://${pool.host}`, basePath: "", path: "/login" };
    return { call, context: pageContext({ context, address }) };
  }

  const parameters = { USERNAME: "ann", PASSWORD: password };
  const invalid = { code: "NotAuthorizedException", message: "Invalid session for the user.", status: 400 };

  test("go on where they began: neither takes the other's session", async () => {
    const { call, context } = await atPage();
    const hosted = await startSignIn(
      call,
      context,
      { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: parameters },
      "page",
    );
    const answer = {
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      ChallengeResponses: { USERNAME: "ann", NEW_PASSWORD: "Another-word-2" },
    } as const;
    const byApi = new RespondToAuthChallengeCommand({ ...answer, ClientId: pool.ClientId, Session: hosted.Session });
    assert.deepEqual(await refused(h.cognito.send(byApi)), invalid);

    const api = await h.cognito.send(
      new InitiateAuthCommand({
        ClientId: pool.ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: parameters,
      }),
    );
    await assert.rejects(respondToChallenge(call, context, { ...answer, Session: api.Session }, true), {
      code: "NotAuthorizedException",
      message: "Invalid session for the user.",
    });
    // Where they began, both would have been good, and end in what is theirs.
    const ended = await respondToChallenge(call, context, { ...answer, Session: hosted.Session }, true);
    assert.equal(ended.signedIn?.user.username, "ann");
    assert.equal(ended.AuthenticationResult, undefined);
  });
});

suite("the pool's functions at the pages", async () => {
  const refusals = new Map<string, string>();
  const lambda = await lambdaEndpoint((event: TriggerEvent) => {
    const refusal = refusals.get(event.triggerSource);
    if (refusal !== undefined) throw new Error(refusal);
    if (event.triggerSource !== "UserMigration_Authentication") return event;
    if (event.request.password !== password) throw new Error("Unknown here and there");
    const userAttributes = { email: `${event.userName}@example.com`, email_verified: "true" };
    return { ...event, response: { ...event.response, userAttributes, finalUserStatus: "CONFIRMED" } };
  });
  const h = await harness({ lambda: { endpoint: lambda.url } });
  const arn = `arn:aws:lambda:us-east-1:${testAccount}:function:pages`;
  const pool = await hostedPool(h, "functions", {
    pool: { LambdaConfig: { PreAuthentication: arn, PostAuthentication: arn, UserMigration: arn } },
  });
  await createSomebody(h, pool.UserPoolId, "ann");

  async function signIn(username: string, word = password) {
    return (await pool.visitor().get(pool.url("/login"))).send({ username, password: word });
  }

  test("are asked before and after, and may refuse in their own words", async () => {
    const page = await signIn("ann");
    assert.ok(page.header("location")?.startsWith(`${callback}?code=`), page.text);
    assert.deepEqual(
      lambda.events.map(({ triggerSource }) => triggerSource),
      ["PreAuthentication_Authentication", "PostAuthentication_Authentication"],
    );
    assert.equal(lambda.events[1]?.request.newDeviceUsed, false);
    for (const name of ["PreAuthentication", "PostAuthentication"]) {
      refusals.set(`${name}_Authentication`, "Not <today>");
      const refusedPage = await signIn("ann");
      const said = `Something is not as it should be. ${name} failed with error Not <today>.`;
      assert.equal(refusedPage.fault, said);
      assert.ok(!refusedPage.html.includes("<today>"));
      refusals.clear();
    }
  });

  test("may bring users from elsewhere", async () => {
    const page = await signIn("eve");
    assert.ok(page.header("location")?.startsWith(`${callback}?code=`), page.text);
    const { UserStatus } = await h.cognito.send(
      new AdminGetUserCommand({ UserPoolId: pool.UserPoolId, Username: "eve" }),
    );
    assert.equal(UserStatus, "CONFIRMED");
  });
});

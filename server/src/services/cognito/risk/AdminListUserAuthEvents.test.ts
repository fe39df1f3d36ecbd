import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminListUserAuthEventsCommand,
  ChangePasswordCommand,
  DeleteUserPoolCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest, userWithKey } from "../../../../test/harness.ts";
import { createClient, createPool, createSomebody, createUser, password } from "../../../../test/pool-users.ts";
import { accessDenied } from "../../../../test/refusals.ts";
import { threatPool } from "../../../../test/threats.ts";
import { authEvents } from "../../../store/auth-events.ts";
import { poolUsers } from "../../../store/pool-users.ts";

suite("AdminListUserAuthEvents", async () => {
  const h = await harness();
  const { UserPoolId, ClientId, begin, events } = await threatPool(h, "AUDIT", { AutoVerifiedAttributes: ["email"] });
  const list = (given: { NextToken?: string; MaxResults?: number; Username?: string; UserPoolId?: string } = {}) =>
    h.cognito.send(new AdminListUserAuthEventsCommand({ UserPoolId, Username: "ann", ...given }));

  test("a sign-in that failed and one that succeeded, the newest first, with where they came from", async () => {
    assert.deepEqual(await refused(begin({ country: "de" }, "Wrong-word-1")), {
      code: "NotAuthorizedException",
      message: "Incorrect username or password.",
      status: 400,
    });
    h.clock.set(startOfTest + 5_000);
    const { AuthenticationResult } = await begin({ country: "de" });
    h.clock.set(startOfTest);
    const claims = JSON.parse(
      Buffer.from(AuthenticationResult?.AccessToken?.split(".")[1] ?? "", "base64url").toString(),
    );
    const [newest, first, ...others] = await events();
    assert.deepEqual(others, []);
    assert.deepEqual(newest, {
      EventId: claims.event_id,
      EventType: "SignIn",
      CreationDate: new Date(startOfTest + 5_000),
      EventResponse: "Pass",
      EventRisk: { CompromisedCredentialsDetected: false, RiskDecision: "NoRisk" },
      ChallengeResponses: [{ ChallengeName: "Password", ChallengeResponse: "Success" }],
      EventContextData: { IpAddress: "192.0.2.10", DeviceName: "Firefox 140, Linux", Country: "DE" },
    });
    assert.deepEqual([first?.EventResponse, first?.CreationDate], ["Fail", new Date(startOfTest)]);
    assert.deepEqual(first?.ChallengeResponses, [{ ChallengeName: "Password", ChallengeResponse: "Failure" }]);
  });

  test("sign-up, codes and passwords; the user's own requests by their address", async () => {
    const UserAttributes = [{ Name: "email", Value: "bob@example.com" }];
    await h.cognito.send(new SignUpCommand({ ClientId, Username: "bob", Password: password, UserAttributes }));
    await h.cognito.send(new ResendConfirmationCodeCommand({ ClientId, Username: "bob" }));
    assert.deepEqual(
      (await events("bob")).map((event) => [event.EventType, event.EventResponse, event.EventContextData?.IpAddress]),
      [
        ["ResendCode", "Pass", "127.0.0.1"],
        ["SignUp", "InProgress", "127.0.0.1"],
      ],
    );
    await createSomebody(h, UserPoolId, "cid");
    const { AuthenticationResult } = await begin({}, password, "cid");
    const { AccessToken } = AuthenticationResult ?? {};
    const change = (PreviousPassword: string) =>
      h.cognito.send(new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword: "Other-word-1" }));
    await refused(change("Wrong-word-1"));
    await change(password);
    await h.cognito.send(new ForgotPasswordCommand({ ClientId, Username: "cid" }));
    assert.deepEqual(
      (await events("cid")).map((event) => [event.EventType, event.EventResponse]),
      [
        ["ForgotPassword", "Pass"],
        ["PasswordChange", "Pass"],
        ["PasswordChange", "Fail"],
        ["SignIn", "Pass"],
      ],
    );
  });

  test("what AWS's script tells of a browser; a user's word for an address only of a client that may", async () => {
    const payload = JSON.stringify({ contextData: { DeviceId: "device-1", ClientTimezone: "+02:00" } });
    const EncodedData = Buffer.from(JSON.stringify({ payload, signature: "AA==", version: "JS1" })).toString("base64");
    await createSomebody(h, UserPoolId, "dan");
    const signIn = (EncodedData: string) =>
      h.cognito.send(
        new InitiateAuthCommand({
          ClientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "dan", PASSWORD: password },
          UserContextData: { IpAddress: "203.0.113.9", EncodedData },
        }),
      );
    await signIn(EncodedData);
    await signIn("not base64 of JSON");
    assert.deepEqual(
      (await events("dan")).map(({ EventContextData: data }) => [data?.IpAddress, data?.Timezone]),
      [
        ["127.0.0.1", undefined],
        ["127.0.0.1", "+02:00"],
      ],
    );
  });

  test("pages, and no more than 500 of a user", async () => {
    const { UserSub } = await h.cognito.send(new SignUpCommand({ ClientId, Username: "eve", Password: password }));
    const userId = UserSub ?? "";
    await h.environment.store.write(async (tx) => {
      const user = await poolUsers.findById(tx, userId);
      assert.ok(user !== undefined);
      for (let number = 1; number <= 505; number++) {
        await authEvents.add(tx, {
          user_id: userId,
          event_id: `event-${number}`,
          pool_id: UserPoolId,
          created_at: startOfTest + number,
          event_type: "SignIn",
          response: "Pass",
          risk_decision: "NoRisk",
          risk_level: null,
          is_compromised: 0,
          challenges_json: "[]",
          ip: "192.0.2.1",
          device_name: null,
          device_id: null,
          country: null,
          timezone: null,
        });
      }
    });
    const seen: string[] = [];
    let NextToken: string | undefined;
    const sizes: number[] = [];
    do {
      const page = await list({ Username: "eve", ...(NextToken === undefined ? {} : { NextToken }) });
      sizes.push(page.AuthEvents?.length ?? 0);
      seen.push(...(page.AuthEvents ?? []).map(({ EventId = "" }) => EventId));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    assert.deepEqual(sizes, [60, 60, 60, 60, 60, 60, 60, 60, 20]);
    assert.deepEqual(
      seen,
      Array.from({ length: 500 }, (_, at) => `event-${505 - at}`),
    );
    assert.equal((await list({ Username: "eve", MaxResults: 2 })).AuthEvents?.length, 2);
    assert.equal((await list({ Username: "eve", MaxResults: 0 })).AuthEvents?.length, 60);
    const { code, message } = await refused(list({ NextToken: "nothing" }));
    assert.equal(code, "InvalidParameterException");
    assert.match(message, /^Paging marker nothing is invalid for request [0-9a-f-]{36}$/);
  });

  test("nothing is kept without threat protection, and nobody may ask", async () => {
    const plain = await threatPool(h, "OFF");
    await plain.begin();
    const rows = await h.environment.store.read((tx) => authEvents.list(tx, plain.sub, 9, 9));
    assert.deepEqual(rows, []);
    assert.deepEqual(await refused(plain.events()), {
      code: "UserPoolAddOnNotEnabledException",
      message: "Threat protection is not enabled for this user pool.",
      status: 400,
    });
    const bare = await createPool(h);
    await createUser(h, bare, "ann");
    assert.equal((await refused(list({ UserPoolId: bare }))).code, "UserPoolAddOnNotEnabledException");
  });

  test("no such pool, no such user, not allowed, too much", async () => {
    assert.deepEqual(await refused(list({ UserPoolId: "us-east-1_absent" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_absent does not exist.",
      status: 400,
    });
    assert.deepEqual(await refused(list({ Username: "nobody" })), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    const stranger = await userWithKey(h, "stranger");
    const arn = `arn:aws:cognito-idp:us-east-1:${h.accountId}:userpool/${UserPoolId}`;
    const asked = stranger.cognito.send(new AdminListUserAuthEventsCommand({ UserPoolId, Username: "ann" }));
    assert.deepEqual(await refused(asked), {
      ...accessDenied("stranger", "cognito-idp:AdminListUserAuthEvents", arn),
      code: "AccessDeniedException",
      status: 400,
    });
    assert.deepEqual(await refused(list({ MaxResults: 61 })), {
      code: "InvalidParameterException",
      message:
        "1 validation error detected: Value '61' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 60",
      status: 400,
    });
  });

  test("they go with the pool", async () => {
    const gone = await threatPool(h, "AUDIT");
    await createClient(h, gone.UserPoolId);
    await gone.begin();
    const { UserSub } = await h.cognito.send(
      new SignUpCommand({ ClientId: gone.ClientId, Username: "zoe", Password: password }),
    );
    const count = async () =>
      (await h.environment.store.read((tx) => authEvents.list(tx, UserSub ?? "", Number.MAX_SAFE_INTEGER, 9))).length;
    assert.equal(await count(), 1);
    await h.cognito.send(new DeleteUserPoolCommand({ UserPoolId: gone.UserPoolId }));
    assert.equal(await count(), 0);
  });
});

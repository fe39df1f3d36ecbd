import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminSetUserPasswordCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, testAccount } from "../../../../test/harness.ts";
import { lambdaEndpoint, type TriggerEvent } from "../../../../test/lambda-endpoint.ts";
import { createClient, createPool, createUser } from "../../../../test/pool-users.ts";

interface Result {
  readonly challengeName: string;
  readonly challengeResult: boolean;
}

/** Three tries at what is two and two; `broken` is a name for which nothing is decided. */
function respond(event: TriggerEvent): TriggerEvent {
  const session = (event.request.session ?? []) as Result[]; // as the service sends it
  switch (event.triggerSource) {
    case "DefineAuthChallenge_Authentication": {
      const isRight = session.at(-1)?.challengeResult === true;
      const response =
        event.userName === "broken"
          ? event.response
          : {
              challengeName: "CUSTOM_CHALLENGE",
              issueTokens: isRight,
              failAuthentication: !isRight && session.length >= 3,
            };
      return { ...event, response };
    }
    case "CreateAuthChallenge_Authentication":
      return {
        ...event,
        response: {
          publicChallengeParameters: { question: "2 + 2" },
          privateChallengeParameters: { answer: "4" },
          challengeMetadata: `TRY_${session.length + 1}`,
        },
      };
    case "VerifyAuthChallengeResponse_Authentication": {
      const { privateChallengeParameters, challengeAnswer } = event.request as {
        privateChallengeParameters: { answer: string };
        challengeAnswer: string;
      }; // as the service sends it
      return { ...event, response: { answerCorrect: challengeAnswer === privateChallengeParameters.answer } };
    }
    default:
      return event;
  }
}

suite("CUSTOM_AUTH", async () => {
  const lambda = await lambdaEndpoint(respond);
  const h = await harness({ lambda: { endpoint: lambda.url } });
  const arn = `arn:aws:lambda:us-east-1:${testAccount}:function:custom`;
  const UserPoolId = await createPool(h, {
    LambdaConfig: { DefineAuthChallenge: arn, CreateAuthChallenge: arn, VerifyAuthChallengeResponse: arn },
  });
  const { ClientId } = await createClient(h, UserPoolId, { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH"] });
  for (const Username of ["ann", "broken"]) {
    await createUser(h, UserPoolId, Username);
    await h.cognito.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: "Secret-word-1", Permanent: true }),
    );
  }
  const begin = (USERNAME: string, client = ClientId) =>
    h.cognito.send(
      new InitiateAuthCommand({ ClientId: client, AuthFlow: "CUSTOM_AUTH", AuthParameters: { USERNAME } }),
    );
  const answer = (Session: string | undefined, ANSWER: string) =>
    h.cognito.send(
      new RespondToAuthChallengeCommand({
        ClientId,
        ChallengeName: "CUSTOM_CHALLENGE",
        Session,
        ChallengeResponses: { USERNAME: "ann", ANSWER },
        ClientMetadata: { from: "test" },
      }),
    );

  test("the functions ask, look at the answer, and end it", async () => {
    const begun = await begin("ann");
    assert.equal(begun.ChallengeName, "CUSTOM_CHALLENGE");
    assert.deepEqual(begun.ChallengeParameters, { USERNAME: "ann", question: "2 + 2" });
    const again = await answer(begun.Session, "5");
    assert.equal(again.ChallengeName, "CUSTOM_CHALLENGE");
    assert.deepEqual(await refused(answer(begun.Session, "4")), {
      code: "NotAuthorizedException",
      message: "Invalid session for the user, session can only be used once.",
      status: 400,
    });
    const done = await answer(again.Session, "4");
    assert.ok(done.AuthenticationResult?.IdToken !== undefined);
    const defined = lambda.events.filter(({ triggerSource }) => triggerSource.startsWith("Define"));
    assert.deepEqual(defined.at(-1)?.request.session, [
      { challengeName: "CUSTOM_CHALLENGE", challengeResult: false, challengeMetadata: "TRY_1" },
      { challengeName: "CUSTOM_CHALLENGE", challengeResult: true, challengeMetadata: "TRY_2" },
    ]);
    assert.deepEqual(defined.at(-1)?.request.clientMetadata, { from: "test" });
  });

  test("a failure is final: the last challenge cannot be answered once more", async () => {
    let { Session } = await begin("ann");
    for (let at = 0; at < 2; at++) ({ Session } = await answer(Session, "5"));
    const wrong = {
      code: "NotAuthorizedException",
      message: "Incorrect username or password.",
      status: 400,
    };
    assert.deepEqual(await refused(answer(Session, "5")), wrong);
    assert.deepEqual(await refused(answer(Session, "4")), {
      ...wrong,
      message: "Invalid session for the user, session can only be used once.",
    });
  });

  test("functions that decide nothing, and none", async () => {
    assert.deepEqual(await refused(begin("broken")), {
      code: "InvalidLambdaResponseException",
      message: "Unrecognizable lambda output",
      status: 400,
    });
    const plain = await createPool(h);
    const client = await createClient(h, plain, { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH"] });
    await createUser(h, plain, "ann");
    assert.deepEqual(await refused(begin("ann", client.ClientId)), {
      code: "InvalidParameterException",
      message: "Custom auth lambda trigger is not configured for the user pool.",
      status: 400,
    });
  });
});

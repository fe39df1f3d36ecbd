import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { suite, test } from "node:test";
import {
  AdminGetUserCommand,
  ChangePasswordCommand,
  SetRiskConfigurationCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { createSomebody, password } from "../../../../test/pool-users.ts";
import { threatPool } from "../../../../test/threats.ts";
import { readCompromisedPasswords } from "./compromised-passwords.ts";

const known = "Known-word-1";
const digest = (text: string) => createHash("sha1").update(text).digest("hex");

test("a list is passwords and digests, with Windows's line ends or a count or without, and not without end", () => {
  const list = readCompromisedPasswords(`plain word\r\n${digest("a").toUpperCase()}:42\n\n${digest("b")}\nlast`);
  for (const word of ["plain word", "a", "b", "last"]) assert.equal(list.has(word), true, word);
  for (const word of ["", "plain", "A", digest("a"), "last\n"]) assert.equal(list.has(word), false, word);
  assert.throws(() => readCompromisedPasswords("a\nb\nc", 2), {
    name: "PasswordListError",
    message: "no more than 2 passwords can be held",
  });
});

suite("passwords that everybody knows", async () => {
  const h = await harness({ compromisedPasswords: `${known}\n${password}` });
  const set = (UserPoolId: string, EventAction: "BLOCK" | "NO_ACTION", EventFilter?: ("SIGN_IN" | "SIGN_UP")[]) =>
    h.cognito.send(
      new SetRiskConfigurationCommand({
        UserPoolId,
        CompromisedCredentialsRiskConfiguration: { Actions: { EventAction }, ...(EventFilter && { EventFilter }) },
      }),
    );
  const signUp = (ClientId: string, Username: string) =>
    h.cognito.send(new SignUpCommand({ ClientId, Username, Password: known }));
  const insecure = {
    code: "InvalidPasswordException",
    message: "Provided password cannot be used for security reasons.",
    status: 400,
  };

  test("are not for signing up, and not for a change", async () => {
    const { UserPoolId, ClientId, begin } = await threatPool(h, "ENFORCED");
    const { AuthenticationResult } = await begin();
    await set(UserPoolId, "BLOCK");
    assert.deepEqual(await refused(signUp(ClientId, "bob")), insecure);
    const { AccessToken } = AuthenticationResult ?? {};
    const change = (ProposedPassword: string) =>
      h.cognito.send(new ChangePasswordCommand({ AccessToken, PreviousPassword: password, ProposedPassword }));
    assert.deepEqual(await refused(change(known)), insecure);
    await change("Unheard-of-1");
  });

  test("must be reset by who signs in with one; a wrong one tells nothing", async () => {
    const { UserPoolId, begin, events } = await threatPool(h, "ENFORCED");
    await set(UserPoolId, "BLOCK");
    assert.equal((await refused(begin({}, known))).message, "Incorrect username or password.");
    const reset = {
      code: "PasswordResetRequiredException",
      message: "Password reset required for the user",
      status: 400,
    };
    assert.deepEqual(await refused(begin()), reset);
    const { UserStatus } = await h.cognito.send(new AdminGetUserCommand({ UserPoolId, Username: "ann" }));
    assert.equal(UserStatus, "RESET_REQUIRED");
    const [newest] = await events();
    assert.deepEqual(
      [newest?.EventResponse, newest?.EventRisk, newest?.ChallengeResponses],
      [
        "Fail",
        { CompromisedCredentialsDetected: true, RiskDecision: "Block" },
        [{ ChallengeName: "Password", ChallengeResponse: "Success" }],
      ],
    );
    assert.deepEqual(await refused(begin()), reset);
  });

  test("are only seen where the pool says so: NO_ACTION, another event, AUDIT, no threat protection", async () => {
    const lenient = await threatPool(h, "ENFORCED");
    await set(lenient.UserPoolId, "NO_ACTION");
    await lenient.begin();
    await signUp(lenient.ClientId, "bob");
    assert.equal((await lenient.events())[0]?.EventRisk?.CompromisedCredentialsDetected, true);
    const upOnly = await threatPool(h, "ENFORCED");
    await set(upOnly.UserPoolId, "BLOCK", ["SIGN_UP"]);
    await upOnly.begin();
    assert.equal((await upOnly.events())[0]?.EventRisk?.CompromisedCredentialsDetected, false);
    assert.deepEqual(await refused(signUp(upOnly.ClientId, "bob")), insecure);
    const audit = await threatPool(h, "AUDIT");
    await set(audit.UserPoolId, "BLOCK");
    await audit.begin();
    assert.equal((await audit.events())[0]?.EventRisk?.CompromisedCredentialsDetected, true);
    const plain = await threatPool(h, "OFF");
    await signUp(plain.ClientId, "bob");
    await createSomebody(h, plain.UserPoolId, "cid");
    await plain.begin({}, password, "cid");
  });
});

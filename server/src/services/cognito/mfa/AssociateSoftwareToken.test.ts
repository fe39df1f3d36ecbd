import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminDeleteUserCommand,
  AssociateSoftwareTokenCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { codeOf, setMfa, setUpTotp, somebodyWithTotp } from "../../../../test/pool-factors.ts";
import { somebody } from "../../../../test/pool-sessions.ts";

suite("AssociateSoftwareToken", async () => {
  const h = await harness();
  const associate = (AccessToken?: string, Session?: string) =>
    h.cognito.send(new AssociateSoftwareTokenCommand({ AccessToken, Session }));

  test("gives a new secret each time, in base32", async () => {
    const it = await somebodyWithTotp(h);
    const { SecretCode, Session } = await associate(it.AccessToken);
    assert.match(SecretCode ?? "", /^[A-Z2-7]{52}$/);
    assert.equal(Session, undefined);
    assert.notEqual((await associate(it.AccessToken)).SecretCode, SecretCode);
  });

  test("the secret before stays until the new one is verified", async () => {
    const it = await somebodyWithTotp(h);
    await setUpTotp(h, it);
    const { SecretCode = "" } = await associate(it.AccessToken);
    const { poolUserTotp } = await import("../../../store/pool-user-totp.ts");
    const read = () => h.environment.store.read((tx) => poolUserTotp.find(tx, it.sub));
    const before = await read();
    const { AccessToken } = it;
    await h.cognito.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: codeOf(h, SecretCode) }));
    assert.notDeepEqual((await read())?.secret_sealed, before?.secret_sealed);
    assert.notEqual(before, undefined);
  });

  test("is refused where the pool has no authenticator apps", async () => {
    const it = await somebody(h);
    const missing = {
      code: "SoftwareTokenMFANotFoundException",
      message: "Software Token MFA has not been enabled by the userPool.",
      status: 400,
    };
    assert.deepEqual(await refused(associate(it.AccessToken)), missing);
    await setMfa(h, it.UserPoolId, { MfaConfiguration: "OFF" });
    assert.deepEqual(await refused(associate(it.AccessToken)), missing);
  });

  test("is refused without a token or session that is good", async () => {
    assert.deepEqual(await refused(associate()), {
      code: "InvalidParameterException",
      message: "Either AccessToken or Session is required.",
      status: 400,
    });
    const unauthorized = (message: string) => ({ code: "NotAuthorizedException", message, status: 400 });
    assert.deepEqual(await refused(associate("abc")), unauthorized("Invalid Access Token"));
    const session = "x".repeat(40);
    assert.deepEqual(await refused(associate(undefined, session)), unauthorized("Invalid session for the user."));
    const it = await somebodyWithTotp(h);
    await h.cognito.send(new AdminDeleteUserCommand({ UserPoolId: it.UserPoolId, Username: it.Username }));
    assert.equal((await refused(associate(it.AccessToken))).code, "UserNotFoundException");
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  GetUserCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { signIn, somebody } from "../../../../test/pool-sessions.ts";
import { poolUsers } from "../../../store/pool-users.ts";

const notAuthorized = (message: string) => ({ code: "NotAuthorizedException", message, status: 400 });
const invalid = notAuthorized("Invalid Access Token");

suite("requireAccessToken", async () => {
  const h = await harness();
  const getUser = (AccessToken: string) => h.cognito.send(new GetUserCommand({ AccessToken }));

  test("refuses what is no access token of a pool here", async () => {
    const it = await somebody(h);
    const [header = "", payload = "", signature = ""] = it.AccessToken.split(".");
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    const head = JSON.parse(Buffer.from(header, "base64url").toString());
    const [idHeader] = it.IdToken.split(".");
    for (const token of [
      "x",
      "a.b.c",
      it.IdToken,
      it.RefreshToken,
      `${header}.${payload}`,
      `${it.AccessToken}.${signature}`,
      `${header}.${encode({ ...claims, sub: 1 })}.${signature}`,
      `${header}.${encode({ ...claims, client_id: "none at all" })}.${signature}`,
      `${header}.${encode([])}.${signature}`,
      `${encode({ ...head, alg: "none" })}.${payload}.`,
      `${encode({ ...head, alg: "HS256" })}.${payload}.${signature}`,
      `${encode({ ...head, crit: ["x"] })}.${payload}.${signature}`,
      `${encode({ ...head, kid: "other" })}.${payload}.${signature}`,
      `${idHeader}.${payload}.${signature}`,
      "x".repeat(70_000),
    ]) {
      assert.deepEqual(await refused(getUser(token)), invalid, token.slice(0, 100));
    }
    for (const forged of [
      `${header}.${payload}.`,
      `${it.AccessToken}=`,
      `${header}.${encode({ ...claims, username: "other" })}.${signature}`,
    ]) {
      const message = "Could not verify signature for Access Token";
      assert.deepEqual(await refused(getUser(forged)), { ...invalid, message }, forged.slice(0, 100));
    }
    assert.deepEqual(await refused(getUser(`${header}.${encode({ ...claims, client_id: "none" })}.${signature}`)), {
      code: "ResourceNotFoundException",
      message: "User pool client none does not exist.",
      status: 400,
    });
    assert.equal((await getUser(it.AccessToken)).Username, "somebody");
  });

  test("refuses it from the second in which it ends, also where it was seen before", async () => {
    const it = await somebody(h);
    await getUser(it.AccessToken);
    h.clock.set(startOfTest + 3_599_999);
    await getUser(it.AccessToken);
    h.clock.set(startOfTest + 3_600_000);
    assert.deepEqual(await refused(getUser(it.AccessToken)), notAuthorized("Access Token has expired"));
    h.clock.set(startOfTest);
  });

  test("refuses it without the scope of the user's own API", async () => {
    const it = await somebody(h);
    const { AccessToken } = await signIn(h, it.ClientId, it.sub, { scopes: ["openid", "books/read"] });
    assert.deepEqual(await refused(getUser(AccessToken)), notAuthorized("Access Token does not have required scopes"));
  });

  test("refuses who is disabled, and tokens of before even once they are enabled again", async () => {
    const it = await somebody(h);
    const { UserPoolId, Username } = it;
    await getUser(it.AccessToken);
    await h.cognito.send(new AdminDisableUserCommand({ UserPoolId, Username }));
    assert.deepEqual(await refused(getUser(it.AccessToken)), notAuthorized("User is disabled."));
    await h.cognito.send(new AdminEnableUserCommand({ UserPoolId, Username }));
    assert.deepEqual(await refused(getUser(it.AccessToken)), notAuthorized("Access Token has been revoked"));
    await getUser((await signIn(h, it.ClientId, it.sub)).AccessToken);
  });

  test("refuses who must choose a new password first", async () => {
    const it = await somebody(h);
    await getUser(it.AccessToken);
    await h.environment.store.write(async (tx) => {
      const user = await poolUsers.findById(tx, it.sub);
      assert.ok(user !== undefined);
      await poolUsers.update(tx, user, { ...user, status: "RESET_REQUIRED" });
    });
    assert.deepEqual(await refused(getUser(it.AccessToken)), {
      code: "PasswordResetRequiredException",
      message: "Password reset required for the user",
      status: 400,
    });
  });

  test("knows nobody who was deleted, nor a client, nor a pool", async () => {
    const [one, two, three] = [await somebody(h), await somebody(h), await somebody(h)];
    for (const { AccessToken } of [one, two, three]) await getUser(AccessToken);
    await h.cognito.send(new AdminDeleteUserCommand(one));
    assert.deepEqual(await refused(getUser(one.AccessToken)), {
      code: "UserNotFoundException",
      message: "User does not exist.",
      status: 400,
    });
    const noClient = ({ ClientId }: { readonly ClientId: string }) => ({
      code: "ResourceNotFoundException",
      message: `User pool client ${ClientId} does not exist.`,
      status: 400,
    });
    await h.cognito.send(new DeleteUserPoolClientCommand(two));
    assert.deepEqual(await refused(getUser(two.AccessToken)), noClient(two));
    await h.cognito.send(new DeleteUserPoolCommand(three));
    assert.deepEqual(await refused(getUser(three.AccessToken)), noClient(three));
  });

  test("believes tokens by whichever name of this server they were issued", async () => {
    const it = await somebody(h);
    const { AccessToken } = await signIn(h, it.ClientId, it.sub, {}, { host: "elsewhere:4566" });
    assert.equal((await getUser(AccessToken)).Username, "somebody");
  });
});

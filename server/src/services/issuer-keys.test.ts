import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { DeleteUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import { CreateOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import { AssumeRoleWithWebIdentityCommand } from "@aws-sdk/client-sts";
import { harness, refused, testAccount } from "../../test/harness.ts";
import { type Somebody, signIn, somebody } from "../../test/pool-sessions.ts";
import { roleWith, trustOf } from "../../test/roles.ts";

suite("IssuerKeys of user pools here", async () => {
  // Nothing listens where these issuers are: whoever fetched their keys would fail.
  const h = await harness({ issuerUrl: "https://id.example.com/auth" });
  const nearby = await harness();
  let roles = 0;

  /** A role for users of this pool alone who signed in with this client. */
  const roleFor = async (on: typeof h, url: string, it: Somebody) => {
    const { OpenIDConnectProviderArn: Federated = "" } = await on.iam.send(
      new CreateOpenIDConnectProviderCommand({ Url: url, ClientIDList: [it.ClientId] }),
    );
    const key = url.replace(/^https?:\/\//, "");
    const condition = { StringEquals: { [`${key}:aud`]: it.ClientId, [`${key}:sub`]: it.sub } };
    const trust = trustOf({ Federated }, condition, "sts:AssumeRoleWithWebIdentity");
    return (await roleWith(on, `own-${++roles}`, { trust })).arn;
  };
  const assume = (on: typeof h, RoleArn: string, WebIdentityToken: string) =>
    on.sts.send(new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: "web", WebIdentityToken }));

  test("gives credentials for an ID token by the name that the operator gave this server", async () => {
    const it = await somebody(h);
    const url = `https://id.example.com/auth/${it.UserPoolId}`;
    const role = await roleFor(h, url, it);
    const answer = await assume(h, role, it.IdToken);
    assert.equal(answer.SubjectFromWebIdentityToken, it.sub);
    assert.equal(answer.Audience, it.ClientId);
    assert.equal(answer.Provider, `arn:aws:iam::${testAccount}:oidc-provider/id.example.com/auth/${it.UserPoolId}`);
    assert.ok(answer.Credentials?.SessionToken);
    // An access token says no audience.
    assert.equal((await refused(assume(h, role, it.AccessToken))).message, "Missing a required claim: aud");
  });

  test("does so for one on this machine, and for no pool that is gone", async () => {
    const it = await somebody(nearby);
    const host = "localhost:14566";
    const { IdToken } = await signIn(nearby, it.ClientId, it.sub, {}, { host });
    const role = await roleFor(nearby, `http://${host}/${it.UserPoolId}`, it);
    assert.equal((await assume(nearby, role, IdToken)).SubjectFromWebIdentityToken, it.sub);
    const parts = IdToken.split(".");
    const forged = [...parts.slice(0, 2), `A${parts[2]?.slice(1, -1)}A`].join(".");
    assert.equal((await refused(assume(nearby, role, forged))).message, "Token signature invalid");
    await nearby.cognito.send(new DeleteUserPoolCommand(it));
    assert.equal((await refused(assume(nearby, role, IdToken))).code, "IDPCommunicationError");
  });
});

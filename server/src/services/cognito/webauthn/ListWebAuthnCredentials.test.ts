import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  ListWebAuthnCredentialsCommand,
  type ListWebAuthnCredentialsCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { registerPasskey, relyingPartyId, somebodyWithPasskeys } from "../../../../test/pool-factors.ts";

suite("ListWebAuthnCredentials", async () => {
  const h = await harness();
  const { AccessToken } = await somebodyWithPasskeys(h);
  const list = async (more: Partial<ListWebAuthnCredentialsCommandInput> = {}) => {
    const { $metadata, ...answer } = await h.cognito.send(new ListWebAuthnCredentialsCommand({ AccessToken, ...more }));
    return answer;
  };

  test("the user's passkeys, page by page", async () => {
    assert.deepEqual(await list(), { Credentials: [] });
    const ids: string[] = [];
    for (const name of ["a", "b", "c"]) ids.push((await registerPasskey(h, AccessToken, name)).id);
    const { Credentials = [], NextToken } = await list({ MaxResults: 2 });
    assert.deepEqual(Credentials[0], {
      CredentialId: ids[0],
      FriendlyCredentialName: "Passkey",
      RelyingPartyId: relyingPartyId,
      AuthenticatorAttachment: "platform",
      AuthenticatorTransports: ["internal"],
      CreatedAt: new Date(h.clock.now()),
    });
    const rest = await list({ NextToken });
    const all = [...Credentials, ...(rest.Credentials ?? [])];
    assert.deepEqual(
      all.map(({ CredentialId }) => CredentialId),
      ids,
    );
    assert.equal(rest.NextToken, undefined);
  });

  test("is refused with a token that is none", async () => {
    const { code } = await refused(list({ NextToken: "abc" }));
    assert.equal(code, "InvalidParameterException");
    assert.deepEqual(await refused(list({ AccessToken: "abc" })), {
      code: "NotAuthorizedException",
      message: "Invalid Access Token",
      status: 400,
    });
  });
});

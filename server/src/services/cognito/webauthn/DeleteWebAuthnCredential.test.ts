import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  DeleteWebAuthnCredentialCommand,
  ListWebAuthnCredentialsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { registerPasskey, somebodyWithPasskeys } from "../../../../test/pool-factors.ts";

suite("DeleteWebAuthnCredential", async () => {
  const h = await harness();
  const remove = (AccessToken: string, CredentialId: string) =>
    h.cognito.send(new DeleteWebAuthnCredentialCommand({ AccessToken, CredentialId }));
  const missing = { code: "ResourceNotFoundException", message: "Credential does not exist.", status: 400 };

  test("the passkey is not there any more; somebody else's is not there at all", async () => {
    const { AccessToken } = await somebodyWithPasskeys(h);
    const other = await somebodyWithPasskeys(h);
    const { id } = await registerPasskey(h, AccessToken, "one");
    assert.deepEqual(await refused(remove(other.AccessToken, id)), missing);
    await remove(AccessToken, id);
    assert.deepEqual((await h.cognito.send(new ListWebAuthnCredentialsCommand({ AccessToken }))).Credentials, []);
    assert.deepEqual(await refused(remove(AccessToken, id)), missing);
  });

  test("is refused without a token of this server", async () => {
    assert.deepEqual(await refused(remove("abc", "x")), {
      code: "NotAuthorizedException",
      message: "Invalid Access Token",
      status: 400,
    });
  });
});

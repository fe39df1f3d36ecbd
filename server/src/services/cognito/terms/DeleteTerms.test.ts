import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateTermsCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteTermsCommand,
  ListTermsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";

suite("DeleteTerms", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await h.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: "app" }));
  const ClientId = UserPoolClient?.ClientId ?? "";
  const create = async (TermsName: string) =>
    (
      await h.cognito.send(
        new CreateTermsCommand({
          UserPoolId,
          ClientId,
          TermsName,
          TermsSource: "LINK",
          Enforcement: "NONE",
          Links: { "cognito:default": `https://example.com/${TermsName}` },
        }),
      )
    ).Terms;

  test("they are gone, and only they; the name is free", async () => {
    const made = await create("terms-of-use");
    const other = await create("privacy-policy");
    const remove = () => h.cognito.send(new DeleteTermsCommand({ UserPoolId, TermsId: made?.TermsId }));
    const { $metadata, ...answer } = await remove();
    assert.deepEqual(answer, {});
    const { Terms } = await h.cognito.send(new ListTermsCommand({ UserPoolId }));
    assert.deepEqual(
      Terms?.map(({ TermsId }) => TermsId),
      [other?.TermsId],
    );
    assert.deepEqual(await refused(remove()), {
      code: "ResourceNotFoundException",
      message: `Terms ${made?.TermsId} do not exist.`,
      status: 400,
    });
    assert.notEqual((await create("terms-of-use"))?.TermsId, made?.TermsId);
  });
});

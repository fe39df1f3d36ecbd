import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateTermsCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeTermsCommand,
  UpdateTermsCommand,
  type UpdateTermsCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";

suite("UpdateTerms", async () => {
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
  const nobodys = "0f3a5d1e-4a4f-4a67-8f2b-0c6d3d6b3a11";
  const update = async (TermsId: string | undefined, input: Partial<UpdateTermsCommandInput>) =>
    (await h.cognito.send(new UpdateTermsCommand({ UserPoolId, TermsId, ...input }))).Terms;

  test("what is given changes, what is not stays", async () => {
    const made = await create("terms-of-use");
    h.clock.set(startOfTest + 1000);
    const Links = { "cognito:english": "https://example.com/new" };
    const changed = await update(made?.TermsId, { Links });
    assert.deepEqual(changed, { ...made, Links, LastModifiedDate: new Date(startOfTest + 1000) });
    const renamed = await update(made?.TermsId, { TermsName: "privacy-policy" });
    h.clock.set(startOfTest);
    assert.deepEqual(renamed, { ...changed, TermsName: "privacy-policy" });
    const { Terms } = await h.cognito.send(new DescribeTermsCommand({ UserPoolId, TermsId: made?.TermsId }));
    assert.deepEqual(Terms, renamed);
  });

  test("refuses a name that is taken, and terms that are not there", async () => {
    const second = await create("terms-of-use");
    assert.deepEqual(await refused(update(second?.TermsId, { TermsName: "privacy-policy" })), {
      code: "TermsExistsException",
      message: `Terms privacy-policy already exist for user pool client ${ClientId}.`,
      status: 400,
    });
    assert.deepEqual(await refused(update(nobodys, {})), {
      code: "ResourceNotFoundException",
      message: `Terms ${nobodys} do not exist.`,
      status: 400,
    });
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateTermsCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeTermsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, userWithKey } from "../../../../test/harness.ts";

suite("DescribeTerms", async () => {
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
  const describe = async (TermsId = "", pool = UserPoolId, cognito = h.cognito) =>
    (await cognito.send(new DescribeTermsCommand({ UserPoolId: pool, TermsId }))).Terms;

  test("answers what was created, to its own pool alone", async () => {
    const made = await create("terms-of-use");
    assert.deepEqual(await describe(made?.TermsId), made);
    const { UserPool: other } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "q" }));
    assert.deepEqual(await refused(describe(made?.TermsId, other?.Id)), {
      code: "ResourceNotFoundException",
      message: `Terms ${made?.TermsId} do not exist.`,
      status: 400,
    });
  });

  test("terms and pools that are not there", async () => {
    assert.equal((await refused(describe(nobodys))).message, `Terms ${nobodys} do not exist.`);
    assert.equal(
      (await refused(describe(nobodys, "us-east-1_AbCdEfGhI"))).message,
      "User pool us-east-1_AbCdEfGhI does not exist.",
    );
    const ann = await userWithKey(h, "ann");
    assert.equal((await refused(describe(nobodys, UserPoolId, ann.cognito))).code, "AccessDeniedException");
  });
});

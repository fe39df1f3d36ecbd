import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateTermsCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeTermsByClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";

suite("DescribeTermsByClient", async () => {
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
  const describe = async (TermsName: string, client = ClientId) =>
    (await h.cognito.send(new DescribeTermsByClientCommand({ UserPoolId, ClientId: client, TermsName }))).Terms;

  test("each document by its name", async () => {
    const [use, privacy] = [await create("terms-of-use"), await create("privacy-policy")];
    assert.deepEqual(await describe("terms-of-use"), use);
    assert.deepEqual(await describe("privacy-policy"), privacy);
  });

  test("documents and clients that are not there", async () => {
    const { UserPoolClient: bare } = await h.cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId, ClientName: "bare" }),
    );
    assert.deepEqual(await refused(describe("terms-of-use", bare?.ClientId)), {
      code: "ResourceNotFoundException",
      message: `Terms terms-of-use do not exist for user pool client ${bare?.ClientId}.`,
      status: 400,
    });
    assert.deepEqual(await refused(describe("terms-of-use", "nobody")), {
      code: "ResourceNotFoundException",
      message: "User pool client nobody does not exist.",
      status: 400,
    });
  });
});

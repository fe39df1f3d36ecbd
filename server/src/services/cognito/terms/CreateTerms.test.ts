import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateTermsCommand,
  type CreateTermsCommandInput,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest, userWithKey } from "../../../../test/harness.ts";
import { terms } from "../../../store/terms.ts";

suite("CreateTerms", async () => {
  const h = await harness();
  const newPool = async () => (await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }))).UserPool?.Id ?? "";
  const newClient = async (UserPoolId: string) =>
    (await h.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: "app" }))).UserPoolClient
      ?.ClientId ?? "";
  const UserPoolId = await newPool();
  const ClientId = await newClient(UserPoolId);
  const create = async (input: Partial<CreateTermsCommandInput> = {}, cognito = h.cognito) =>
    (
      await cognito.send(
        new CreateTermsCommand({
          UserPoolId,
          ClientId,
          TermsName: "terms-of-use",
          TermsSource: "LINK",
          Enforcement: "NONE",
          ...input,
        }),
      )
    ).Terms;
  const Links = { "cognito:default": "https://example.com/terms", "cognito:german": "https://example.com/agb" };

  test("answers what it keeps", async () => {
    const { TermsId, ...answer } = (await create({ Links })) ?? {};
    assert.match(TermsId ?? "", /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual(answer, {
      UserPoolId,
      ClientId,
      TermsName: "terms-of-use",
      TermsSource: "LINK",
      Enforcement: "NONE",
      Links,
      CreationDate: new Date(startOfTest),
      LastModifiedDate: new Date(startOfTest),
    });
    assert.deepEqual((await create({ TermsName: "privacy-policy" }))?.Links, {});
  });

  test("one document of a name for a client", async () => {
    assert.deepEqual(await refused(create({ Links })), {
      code: "TermsExistsException",
      message: `Terms terms-of-use already exist for user pool client ${ClientId}.`,
      status: 400,
    });
    await create({ ClientId: await newClient(UserPoolId) });
  });

  test("refuses other names and languages", async () => {
    const { code, message } = await refused(create({ TermsName: "imprint" }));
    assert.equal(code, "InvalidParameterException");
    assert.match(message, /'imprint' at 'termsName' failed to satisfy constraint/);
    const language = await refused(create({ Links: { "cognito:klingon": "https://example.com" } }));
    assert.equal(language.code, "InvalidParameterException");
  });

  test("terms go with their client, and with their pool", async () => {
    const pool = await newPool();
    const [first, second] = [await newClient(pool), await newClient(pool)];
    await create({ UserPoolId: pool, ClientId: first });
    await create({ UserPoolId: pool, ClientId: second });
    const count = async () => (await h.environment.store.read((tx) => terms.list(tx, pool, "", 10))).length;
    assert.equal(await count(), 2);
    await h.cognito.send(new DeleteUserPoolClientCommand({ UserPoolId: pool, ClientId: second }));
    assert.equal(await count(), 1);
    await h.cognito.send(new DeleteUserPoolCommand({ UserPoolId: pool }));
    assert.equal(await count(), 0);
  });

  test("clients and pools that are not there; a caller that may not", async () => {
    assert.deepEqual(await refused(create({ ClientId: "nobody" })), {
      code: "ResourceNotFoundException",
      message: "User pool client nobody does not exist.",
      status: 400,
    });
    assert.equal((await refused(create({ UserPoolId: "us-east-1_AbCdEfGhI" }))).code, "ResourceNotFoundException");
    const ann = await userWithKey(h, "ann");
    assert.equal((await refused(create({}, ann.cognito))).code, "AccessDeniedException");
  });
});

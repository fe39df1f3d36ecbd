import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  type AssetType,
  CreateManagedLoginBrandingCommand,
  type CreateManagedLoginBrandingCommandInput,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest, userWithKey } from "../../../../test/harness.ts";
import { managedLoginBrandings } from "../../../store/managed-login-brandings.ts";

const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

suite("CreateManagedLoginBranding", async () => {
  const h = await harness({ quotas: { ManagedLoginBrandingsPerUserPool: 2 } });
  const newPool = async () => (await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }))).UserPool?.Id ?? "";
  const newClient = async (UserPoolId: string) =>
    (await h.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: "app" }))).UserPoolClient
      ?.ClientId ?? "";
  const UserPoolId = await newPool();
  const ClientId = await newClient(UserPoolId);
  const create = async (input: Partial<CreateManagedLoginBrandingCommandInput> = {}, cognito = h.cognito) =>
    (
      await cognito.send(
        new CreateManagedLoginBrandingCommand({ UserPoolId, ClientId, UseCognitoProvidedValues: true, ...input }),
      )
    ).ManagedLoginBranding;
  const own = { UseCognitoProvidedValues: undefined };
  const logo: AssetType = {
    Category: "PAGE_HEADER_LOGO",
    ColorMode: "LIGHT",
    Extension: "PNG",
    Bytes: new Uint8Array([1, 2, 3]),
  };

  test("refuses settings beside the default ones, and nothing at all", async () => {
    const both = invalid("useCognitoProvidedValues or settings should be specified (but not both)");
    assert.deepEqual(await refused(create({ Settings: {} })), both);
    assert.deepEqual(await refused(create(own)), both);
    assert.deepEqual(await refused(create({ UseCognitoProvidedValues: false })), both);
  });

  test("refuses settings and assets that are none", async () => {
    assert.deepEqual(await refused(create({ ...own, Settings: "x" })), invalid("settings must be a JSON object"));
    assert.deepEqual(await refused(create({ ...own, Settings: [] })), invalid("settings must be a JSON object"));
    assert.deepEqual(
      await refused(create({ ...own, Settings: { colors: {} } })),
      invalid("settings has no section colors"),
    );
    assert.deepEqual(
      await refused(create({ Assets: [logo, logo] })),
      invalid("There is more than one asset for PAGE_HEADER_LOGO LIGHT"),
    );
    assert.deepEqual(
      await refused(create({ Assets: [{ ...logo, Extension: "ICO" }] })),
      invalid("An asset of category PAGE_HEADER_LOGO cannot be of extension ICO"),
    );
    assert.deepEqual(
      await refused(create({ Assets: [{ ...logo, Category: "FAVICON_ICO" }] })),
      invalid("An asset of category FAVICON_ICO cannot be of extension PNG"),
    );
    assert.deepEqual(
      await refused(create({ Assets: [{ ...logo, Bytes: undefined }] })),
      invalid("The asset for PAGE_HEADER_LOGO LIGHT has no bytes"),
    );
    const many = await refused(create({ Assets: Array.from({ length: 41 }, () => logo) }));
    assert.match(
      many.message,
      /at 'assets' failed to satisfy constraint: Member must have length less than or equal to 40/,
    );
    const long = await refused(create({ Assets: [{ ...logo, Bytes: new Uint8Array(1_000_001) }] }));
    assert.equal(long.code, "InvalidParameterException");
    assert.match(long.message, /Member must have length less than or equal to 1000000/);
  });

  test("answers the style with its assets, one for a client", async () => {
    const Settings = { components: { form: { borderRadius: 3 } }, categories: {} };
    const { ManagedLoginBrandingId, ...answer } = (await create({ ...own, Settings, Assets: [logo] })) ?? {};
    assert.match(ManagedLoginBrandingId ?? "", /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual(answer, {
      UserPoolId,
      UseCognitoProvidedValues: false,
      Settings,
      Assets: [logo],
      CreationDate: new Date(startOfTest),
      LastModifiedDate: new Date(startOfTest),
    });
    assert.deepEqual(await refused(create()), {
      code: "ManagedLoginBrandingExistsException",
      message: `Managed login branding already exists for user pool client ${ClientId}.`,
      status: 400,
    });
  });

  test("the default style, and no more styles than the quota", async () => {
    const answer = await create({ ClientId: await newClient(UserPoolId) });
    assert.equal(answer?.UseCognitoProvidedValues, true);
    assert.equal(answer?.Settings, undefined);
    assert.deepEqual(answer?.Assets, []);
    assert.deepEqual(await refused(create({ ClientId: await newClient(UserPoolId) })), {
      code: "LimitExceededException",
      message: "Cannot exceed the quota of 2 managed login branding styles.",
      status: 400,
    });
  });

  test("a style goes with its client, and with its pool", async () => {
    const pool = await newPool();
    const [first, second] = [await newClient(pool), await newClient(pool)];
    const kept = await create({ UserPoolId: pool, ClientId: first, Assets: [logo] });
    await create({ UserPoolId: pool, ClientId: second });
    const { store } = h.environment;
    const count = () => store.read((tx) => managedLoginBrandings.count(tx, pool));
    assert.equal(await count(), 2);
    await h.cognito.send(new DeleteUserPoolClientCommand({ UserPoolId: pool, ClientId: second }));
    assert.equal(await count(), 1);
    await h.cognito.send(new DeleteUserPoolCommand({ UserPoolId: pool }));
    assert.equal(await count(), 0);
    const id = kept?.ManagedLoginBrandingId ?? "";
    assert.deepEqual(await store.read((tx) => managedLoginBrandings.listAssets(tx, id)), []);
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

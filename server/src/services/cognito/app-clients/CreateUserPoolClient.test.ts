import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientsCommand,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { allow, harness, refused, startOfTest, userWithKey } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { appClients } from "../../../store/app-clients.ts";

type Given = Partial<CreateUserPoolClientCommandInput>;

suite("CreateUserPoolClient", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });
  const { UserPool } = await h.cognito.send(
    new CreateUserPoolCommand({
      PoolName: "example",
      Schema: [
        { Name: "email", Required: true },
        { Name: "team", AttributeDataType: "String" },
      ],
    }),
  );
  const UserPoolId = UserPool?.Id;
  const create = async (given: Given = {}) => {
    const command = new CreateUserPoolClientCommand({ UserPoolId, ClientName: "web", ...given });
    const { UserPoolClient } = await h.cognito.send(command);
    assert.ok(UserPoolClient !== undefined);
    return UserPoolClient;
  };
  const update = (ClientId: string | undefined, given: Given = {}) =>
    h.cognito.send(new UpdateUserPoolClientCommand({ UserPoolId, ClientId, ...given }));
  const describe = async (ClientId: string | undefined) =>
    (await h.cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }))).UserPoolClient;

  test("with a name alone, AWS's defaults, and Describe answers the same", async () => {
    const client = await create();
    const { ClientId, CreationDate, LastModifiedDate, ...rest } = client;
    assert.match(ClientId ?? "", /^[0-9a-v]{23,26}$/);
    assert.deepEqual([CreationDate, LastModifiedDate], [new Date(startOfTest), new Date(startOfTest)]);
    // Recorded from AWS, 2023 to 2025.
    assert.deepEqual(rest, {
      UserPoolId,
      ClientName: "web",
      RefreshTokenValidity: 30,
      TokenValidityUnits: {},
      AllowedOAuthFlowsUserPoolClient: false,
      EnableTokenRevocation: true,
      EnablePropagateAdditionalUserContextData: false,
      AuthSessionValidity: 3,
    });
    assert.deepEqual(await describe(ClientId), client);
  });

  test("a secret is made, or is the one that was chosen, and is described", async () => {
    const made = await create({ GenerateSecret: true });
    assert.match(made.ClientSecret ?? "", /^[0-9a-v]{49,52}$/);
    assert.equal((await describe(made.ClientId))?.ClientSecret, made.ClientSecret);
    const chosen = await create({ ClientSecret: "a_secret_of_my_own_choosing_1" });
    assert.equal((await describe(chosen.ClientId))?.ClientSecret, "a_secret_of_my_own_choosing_1");
    assert.deepEqual(
      await refused(create({ GenerateSecret: true, ClientSecret: "a_secret_of_my_own_choosing_1" })),
      invalid("GenerateSecret and ClientSecret cannot be used together."),
    );
  });

  test("what was given is answered, and an update without it takes it back", async () => {
    const given = {
      RefreshTokenValidity: 90,
      AccessTokenValidity: 10,
      IdTokenValidity: 20,
      TokenValidityUnits: { AccessToken: "minutes", IdToken: "minutes", RefreshToken: "minutes" },
      ReadAttributes: ["email", "custom:team", "email_verified"],
      WriteAttributes: ["email", "custom:team"],
      ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH"],
      SupportedIdentityProviders: ["COGNITO"],
      CallbackURLs: ["https://example.com/in", "myapp://in", "http://localhost:3000/"],
      LogoutURLs: ["https://example.com/out"],
      DefaultRedirectURI: "myapp://in",
      AllowedOAuthFlows: ["code", "implicit"],
      AllowedOAuthScopes: ["openid", "email", "aws.cognito.signin.user.admin"],
      AllowedOAuthFlowsUserPoolClient: true,
      PreventUserExistenceErrors: "ENABLED",
      EnableTokenRevocation: false,
      EnablePropagateAdditionalUserContextData: true,
      AuthSessionValidity: 15,
      RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 10 },
    } satisfies Given;
    const created = await create({ ...given, GenerateSecret: true });
    const { ClientId, ClientSecret } = created;
    assert.deepEqual({ ...created, ...given }, created);
    h.clock.set(startOfTest + 5000);
    const { UserPoolClient } = await update(ClientId);
    h.clock.set(startOfTest);
    assert.deepEqual(UserPoolClient, {
      UserPoolId,
      ClientId,
      ClientSecret,
      ClientName: "web",
      CreationDate: new Date(startOfTest),
      LastModifiedDate: new Date(startOfTest + 5000),
      RefreshTokenValidity: 30,
      TokenValidityUnits: {},
      AllowedOAuthFlowsUserPoolClient: false,
      EnableTokenRevocation: true,
      EnablePropagateAdditionalUserContextData: false,
      AuthSessionValidity: 3,
    });
    assert.deepEqual(await describe(ClientId), UserPoolClient);
    assert.equal((await update(ClientId, { ClientName: "other" })).UserPoolClient?.ClientName, "other");
  });

  const oauth = { AllowedOAuthFlowsUserPoolClient: true, CallbackURLs: ["https://example.com/"] };
  const refusals: [given: Given, code: string, message: string][] = [
    [{ RefreshTokenValidity: 3651 }, "InvalidParameterException", "Invalid range for token validity."],
    [{ AccessTokenValidity: 25 }, "InvalidParameterException", "Invalid range for token validity."],
    [
      { IdTokenValidity: 4, TokenValidityUnits: { IdToken: "minutes" } },
      "InvalidParameterException",
      "Invalid range for token validity.",
    ],
    [
      { RefreshTokenValidity: 59, TokenValidityUnits: { RefreshToken: "minutes" } },
      "InvalidParameterException",
      "Invalid range for token validity.",
    ],
    [
      { ExplicitAuthFlows: ["ADMIN_NO_SRP_AUTH", "ALLOW_USER_SRP_AUTH"] },
      "InvalidParameterException",
      "ExplicitAuthFlows cannot have values that begin with ALLOW_ beside values that do not.",
    ],
    [
      { ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"], RefreshTokenRotation: { Feature: "ENABLED" } },
      "InvalidParameterException",
      "ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled.",
    ],
    [
      { SupportedIdentityProviders: ["COGNITO", "Acme"] },
      "InvalidParameterException",
      `The provider Acme does not exist for User Pool ${UserPoolId}.`,
    ],
    [{ CallbackURLs: ["nowhere"] }, "InvalidParameterException", "nowhere is not a valid URL."],
    [
      { CallbackURLs: ["http://example.com/"] },
      "InvalidParameterException",
      "http://example.com/ cannot use the HTTP protocol.",
    ],
    [
      { LogoutURLs: ["https://example.com/#here"] },
      "InvalidParameterException",
      "https://example.com/#here cannot have a fragment.",
    ],
    [
      { DefaultRedirectURI: "https://example.com/" },
      "InvalidParameterException",
      "DefaultRedirectURI must be one of the CallbackURLs.",
    ],
    [
      { ...oauth, AllowedOAuthFlows: ["code"] },
      "InvalidOAuthFlowException",
      "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
    ],
    [
      { ...oauth, AllowedOAuthFlows: ["client_credentials", "code"], AllowedOAuthScopes: ["openid"] },
      "InvalidOAuthFlowException",
      "client_credentials flow can not be selected along with code flow or implicit flow.",
    ],
    [
      { ...oauth, AllowedOAuthFlows: ["client_credentials"], AllowedOAuthScopes: ["openid"] },
      "InvalidOAuthFlowException",
      "client_credentials flow can not be selected if client does not have a client secret.",
    ],
    [
      { ...oauth, GenerateSecret: true, AllowedOAuthFlows: ["client_credentials"], AllowedOAuthScopes: ["openid"] },
      "ScopeDoesNotExistException",
      "openid is not supported with client_credentials flow.",
    ],
    [
      { ...oauth, AllowedOAuthFlows: ["code"], AllowedOAuthScopes: ["orders/read"] },
      "ScopeDoesNotExistException",
      "Invalid scope requested: orders/read",
    ],
    [
      { AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthFlows: ["code"], AllowedOAuthScopes: ["openid"] },
      "InvalidParameterException",
      "Missing required parameter: CallbackURLs",
    ],
  ];
  for (const [given, code, message] of refusals) {
    test(`${message} (${JSON.stringify(given).slice(0, 80)})`, async () => {
      assert.deepEqual(await refused(create(given)), { code, message, status: 400 });
    });
  }

  const attributes: [given: Given, kind: string][] = [
    [{ ReadAttributes: ["custom:nothing"] }, "read"],
    [{ WriteAttributes: ["custom:nothing", "email"] }, "write"],
    [{ WriteAttributes: ["email", "email_verified"] }, "write"],
    // The pool requires email.
    [{ WriteAttributes: ["name"] }, "write"],
  ];
  for (const [given, kind] of attributes) {
    test(`invalid ${kind} attributes: ${JSON.stringify(given)}`, async () => {
      assert.deepEqual(
        await refused(create(given)),
        invalid(`Invalid ${kind} attributes specified while creating a client`),
      );
      const { ClientId } = await create();
      assert.deepEqual(
        await refused(update(ClientId, given)),
        invalid(`Invalid ${kind} attributes specified while updating a client`),
      );
    });
  }

  test("choice-based sign-in is not of the LITE plan", async () => {
    const lite = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "lite", UserPoolTier: "LITE" }));
    const ExplicitAuthFlows = ["ALLOW_USER_AUTH" as const];
    assert.deepEqual(await refused(create({ UserPoolId: lite.UserPool?.Id, ExplicitAuthFlows })), {
      code: "FeatureUnavailableInTierException",
      message: "The following features need to be disabled for the LITE pricing tier configured: Choice-Based Sign-In",
      status: 400,
    });
  });

  test("an id that a test chose, once", async () => {
    assert.equal((await create({ ClientName: "_custom_id_=myclient" })).ClientId, "myclient");
    assert.deepEqual(
      await refused(create({ ClientName: "_custom_id_=myclient" })),
      invalid("There is a client myclient already."),
    );
  });

  test("a pool that is not there, and one of another region", async () => {
    assert.deepEqual(await refused(create({ UserPoolId: "us-east-1_nothing00" })), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
    const there = h.as(h.root, "eu-west-1").cognito;
    const command = new CreateUserPoolClientCommand({ UserPoolId, ClientName: "web" });
    assert.equal((await refused(there.send(command))).code, "ResourceNotFoundException");
  });

  test("policies decide by the pool", async () => {
    const ann = await userWithKey(h, "ann", allow("cognito-idp:CreateUserPoolClient", UserPool?.Arn));
    const command = new CreateUserPoolClientCommand({ UserPoolId, ClientName: "web" });
    await ann.cognito.send(command);
    const eve = await userWithKey(h, "eve", allow("cognito-idp:DescribeUserPoolClient", UserPool?.Arn));
    assert.equal((await refused(eve.cognito.send(command))).code, "AccessDeniedException");
  });

  test("with the pool, its clients go", async () => {
    const made = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "short" }));
    const id = made.UserPool?.Id;
    const { ClientId } = await create({ UserPoolId: id, GenerateSecret: true });
    await h.cognito.send(new DeleteUserPoolCommand({ UserPoolId: id }));
    const left = await h.environment.store.read(async (tx) => [
      await appClients.find(tx, ClientId ?? ""),
      await appClients.listSecrets(tx, ClientId ?? ""),
    ]);
    assert.deepEqual(left, [undefined, []]);
  });
});

suite("CreateUserPoolClient, at the quota", async () => {
  const h = await harness({ quotas: { AppClientsPerUserPool: 2 }, keyPairs: await onlyKeyPairs() });

  test("no more than the quota, however many ask at once", async () => {
    const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "example" }));
    const create = () =>
      h.cognito.send(new CreateUserPoolClientCommand({ UserPoolId: UserPool?.Id, ClientName: "web" }));
    const outcomes = await Promise.allSettled([create(), create(), create(), create()]);
    assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 2);
    assert.deepEqual(await refused(create()), {
      code: "LimitExceededException",
      message: "Cannot exceed the quota of 2 app clients.",
      status: 400,
    });
    const { UserPoolClients } = await h.cognito.send(
      new ListUserPoolClientsCommand({ UserPoolId: UserPool?.Id, MaxResults: 60 }),
    );
    assert.equal(UserPoolClients?.length, 2);
  });
});

function invalid(message: string) {
  return { code: "InvalidParameterException", message, status: 400 };
}

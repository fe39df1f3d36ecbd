import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateManagedLoginBrandingCommand,
  type CreateManagedLoginBrandingCommandInput,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeManagedLoginBrandingCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, userWithKey } from "../../../../test/harness.ts";
import { defaultSettings } from "./default-settings.ts";
import { isJsonObject } from "./settings.ts";

suite("DescribeManagedLoginBranding", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  const create = async (input: Partial<CreateManagedLoginBrandingCommandInput>) => {
    const { UserPoolClient } = await h.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: "app" }));
    const { ManagedLoginBranding } = await h.cognito.send(
      new CreateManagedLoginBrandingCommand({ UserPoolId, ClientId: UserPoolClient?.ClientId, ...input }),
    );
    return ManagedLoginBranding;
  };
  const describe = async (ManagedLoginBrandingId = "", ReturnMergedResources?: boolean, cognito = h.cognito) =>
    (
      await cognito.send(
        new DescribeManagedLoginBrandingCommand({ UserPoolId, ManagedLoginBrandingId, ReturnMergedResources }),
      )
    ).ManagedLoginBranding;

  test("what was set, or all that holds", async () => {
    const Settings = { componentClasses: { buttons: { borderRadius: 2 } } };
    const made = await create({ Settings });
    assert.deepEqual(await describe(made?.ManagedLoginBrandingId), made);
    const merged = (await describe(made?.ManagedLoginBrandingId, true))?.Settings;
    const { componentClasses } = defaultSettings;
    assert.ok(isJsonObject(componentClasses));
    assert.deepEqual(merged, {
      ...defaultSettings,
      componentClasses: { ...componentClasses, ...Settings.componentClasses },
    });
  });

  test("the default style is shown when it is asked for", async () => {
    const made = await create({ UseCognitoProvidedValues: true });
    assert.equal((await describe(made?.ManagedLoginBrandingId))?.Settings, undefined);
    assert.deepEqual((await describe(made?.ManagedLoginBrandingId, true))?.Settings, defaultSettings);
  });

  test("a style that is not there", async () => {
    const id = "0f3a5d1e-4a4f-4a67-8f2b-0c6d3d6b3a11";
    assert.deepEqual(await refused(describe(id)), {
      code: "ResourceNotFoundException",
      message: `Managed login branding ${id} does not exist for user pool ${UserPoolId}.`,
      status: 400,
    });
    const ann = await userWithKey(h, "ann");
    assert.equal((await refused(describe(id, false, ann.cognito))).code, "AccessDeniedException");
  });
});

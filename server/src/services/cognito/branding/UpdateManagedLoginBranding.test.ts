import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  type AssetType,
  CreateManagedLoginBrandingCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeManagedLoginBrandingCommand,
  UpdateManagedLoginBrandingCommand,
  type UpdateManagedLoginBrandingCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";

const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

suite("UpdateManagedLoginBranding", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await h.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: "app" }));
  const asset = (ColorMode: AssetType["ColorMode"], byte: number): AssetType => ({
    Category: "FORM_LOGO",
    ColorMode,
    Extension: "PNG",
    Bytes: new Uint8Array([byte]),
  });
  const { ManagedLoginBranding: made } = await h.cognito.send(
    new CreateManagedLoginBrandingCommand({
      UserPoolId,
      ClientId: UserPoolClient?.ClientId,
      Settings: { components: { alert: { borderRadius: 1 }, form: { borderRadius: 2, logo: { enabled: true } } } },
      Assets: [asset("LIGHT", 1), asset("DARK", 2)],
    }),
  );
  const ManagedLoginBrandingId = made?.ManagedLoginBrandingId;
  const update = async (input: Partial<UpdateManagedLoginBrandingCommandInput>) =>
    (await h.cognito.send(new UpdateManagedLoginBrandingCommand({ UserPoolId, ManagedLoginBrandingId, ...input })))
      .ManagedLoginBranding;
  const describe = async () =>
    (await h.cognito.send(new DescribeManagedLoginBrandingCommand({ UserPoolId, ManagedLoginBrandingId })))
      .ManagedLoginBranding;

  test("what is given changes, what is not stays", async () => {
    h.clock.set(startOfTest + 1000);
    const answer = await update({
      Settings: { components: { form: { borderRadius: 9 } }, categories: { global: { colorSchemeMode: "DARK" } } },
      Assets: [asset("DARK", 3), asset("DYNAMIC", 4)],
    });
    h.clock.set(startOfTest);
    assert.deepEqual(answer, {
      ...made,
      Settings: {
        components: { alert: { borderRadius: 1 }, form: { borderRadius: 9, logo: { enabled: true } } },
        categories: { global: { colorSchemeMode: "DARK" } },
      },
      Assets: [asset("LIGHT", 1), asset("DARK", 3), asset("DYNAMIC", 4)],
      LastModifiedDate: new Date(startOfTest + 1000),
    });
    assert.deepEqual(await describe(), answer);
    assert.deepEqual((await update({}))?.Settings, answer?.Settings);
  });

  test("back to the default style, without settings or assets", async () => {
    const answer = await update({ UseCognitoProvidedValues: true });
    assert.equal(answer?.UseCognitoProvidedValues, true);
    assert.equal(answer?.Settings, undefined);
    assert.deepEqual(answer?.Assets, []);
    assert.equal((await update({ Settings: { components: {} } }))?.UseCognitoProvidedValues, false);
  });

  test("refuses what Create refuses, and styles that are not there", async () => {
    assert.deepEqual(
      await refused(update({ UseCognitoProvidedValues: true, Settings: {} })),
      invalid("useCognitoProvidedValues or settings should be specified (but not both)"),
    );
    assert.deepEqual(
      await refused(update({ Assets: [{ ...asset("DARK", 1), Bytes: undefined }] })),
      invalid("The asset for FORM_LOGO DARK has no bytes"),
    );
    for (const name of ["UserPoolId", "ManagedLoginBrandingId"] as const) {
      assert.deepEqual(
        await refused(update({ [name]: undefined })),
        invalid(
          `1 validation error detected: Value null at '${name[0]?.toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must not be null`,
        ),
      );
    }
    const id = "0f3a5d1e-4a4f-4a67-8f2b-0c6d3d6b3a11";
    assert.deepEqual(await refused(update({ ManagedLoginBrandingId: id })), {
      code: "ResourceNotFoundException",
      message: `Managed login branding ${id} does not exist for user pool ${UserPoolId}.`,
      status: 400,
    });
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DeleteUserPoolClientCommand,
  DescribeUserPoolDomainCommand,
  SetUICustomizationCommand,
  type SetUICustomizationCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest, userWithKey } from "../../../../test/harness.ts";
import { uiCustomizations } from "../../../store/ui-customizations.ts";

const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);

suite("SetUICustomization", async () => {
  const h = await harness();
  const newPool = async () => (await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }))).UserPool?.Id ?? "";
  const UserPoolId = await newPool();
  const { UserPoolClient } = await h.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: "app" }));
  const ClientId = UserPoolClient?.ClientId ?? "";
  const set = async (input: Partial<SetUICustomizationCommandInput> = {}, cognito = h.cognito) =>
    (await cognito.send(new SetUICustomizationCommand({ UserPoolId, ...input }))).UICustomization;
  const CSS =
    ".banner-customizable { background-color: #fff; padding: 1px 2px }\n/* x */ .submitButton-customizable:hover{color:red;}";

  test("is for pools with a domain", async () => {
    assert.deepEqual(await refused(set({ CSS })), invalid("A domain must be associated with this user pool."));
    await h.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: "shop" }));
  });

  test("answers what it keeps, with versions and where the image is", async () => {
    const { DomainDescription } = await h.cognito.send(new DescribeUserPoolDomainCommand({ Domain: "shop" }));
    const dates = { LastModifiedDate: new Date(startOfTest), CreationDate: new Date(startOfTest) };
    assert.deepEqual(await set({ CSS, ImageFile: png }), {
      UserPoolId,
      ClientId: "ALL",
      ImageUrl: `https://${DomainDescription?.CloudFrontDistribution}/${UserPoolId}/ALL/20260615120000/assets/images/image.png`,
      CSS,
      CSSVersion: "20260615120000",
      ...dates,
    });
    h.clock.set(startOfTest + 60_000);
    const ImageFile = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);
    const client = await set({ ClientId, ImageFile });
    assert.match(client?.ImageUrl ?? "", new RegExp(`/${ClientId}/20260615120100/assets/images/image\\.jpg$`));
    assert.equal(client?.CSS, undefined);
    const again = await set({ CSS: ".label-customizable{font-weight:400}" });
    h.clock.set(startOfTest);
    assert.equal(again?.ImageUrl, undefined);
    assert.deepEqual(again?.CreationDate, new Date(startOfTest));
    assert.deepEqual(again?.LastModifiedDate, new Date(startOfTest + 60_000));
    const kept = await h.environment.store.read((tx) => uiCustomizations.find(tx, UserPoolId, ClientId));
    assert.deepEqual(Buffer.from(kept?.image ?? []), Buffer.from(ImageFile));
  });

  test("refuses CSS of anything but its classes", async () => {
    for (const name of ["body", "*", "#id"]) {
      assert.deepEqual(
        await refused(set({ CSS: `${name} { color: red }` })),
        invalid(`The CSS class ${name} is not in the list of allowed classes.`),
      );
    }
    assert.deepEqual(
      await refused(set({ CSS: ".label-customizable, .other { color: red }" })),
      invalid("The CSS class other is not in the list of allowed classes."),
    );
    for (const css of [
      ".label-customizable { color: red",
      ".label-customizable { color }",
      ".label-customizable { background: url(https://example.com) }",
      ".label-customizable { color: red } x",
      "/* .label-customizable { color: red }",
      "@import 'x';",
    ]) {
      assert.deepEqual(await refused(set({ CSS: css })), invalid("The CSS is not valid."), css);
    }
    const nested = await refused(set({ CSS: "@media print { .label-customizable { color: red } }" }));
    assert.equal(nested.message, "The CSS class @media print is not in the list of allowed classes.");
  });

  test("refuses images of other kinds, and too long ones", async () => {
    assert.deepEqual(
      await refused(set({ ImageFile: Buffer.from("GIF89a") })),
      invalid("The image must be a PNG or JPEG file."),
    );
    const { code, message } = await refused(set({ ImageFile: new Uint8Array(131_073) }));
    assert.equal(code, "InvalidParameterException");
    assert.match(message, /Member must have length less than or equal to 131072/);
  });

  test("a client's goes with it; clients, pools and callers that may not be", async () => {
    await h.cognito.send(new DeleteUserPoolClientCommand({ UserPoolId, ClientId }));
    assert.equal(await h.environment.store.read((tx) => uiCustomizations.find(tx, UserPoolId, ClientId)), undefined);
    assert.deepEqual(await refused(set({ ClientId })), {
      code: "ResourceNotFoundException",
      message: `User pool client ${ClientId} does not exist.`,
      status: 400,
    });
    assert.equal((await refused(set({ UserPoolId: "us-east-1_AbCdEfGhI" }))).code, "ResourceNotFoundException");
    const ann = await userWithKey(h, "ann");
    assert.equal((await refused(set({}, ann.cognito))).code, "AccessDeniedException");
  });
});

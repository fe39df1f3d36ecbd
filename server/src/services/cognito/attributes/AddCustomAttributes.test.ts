import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddCustomAttributesCommand,
  DescribeUserPoolCommand,
  type SchemaAttributeType,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool, createUser } from "../../../../test/pool-users.ts";

const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

suite("AddCustomAttributes", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs(), quotas: { CustomAttributesPerUserPool: 4 } });
  const UserPoolId = await createPool(h, { Schema: [{ Name: "team", AttributeDataType: "String" }] });
  const add = (CustomAttributes: SchemaAttributeType[], pool = UserPoolId) =>
    h.cognito.send(new AddCustomAttributesCommand({ UserPoolId: pool, CustomAttributes }));
  const describe = async () => (await h.cognito.send(new DescribeUserPoolCommand({ UserPoolId }))).UserPool;

  test("they follow those that are there, and users can have them", async () => {
    const standard = (await describe())?.SchemaAttributes?.length ?? 0;
    h.clock.set(startOfTest + 1000);
    await add([
      {
        Name: "badge",
        AttributeDataType: "Number",
        Mutable: false,
        NumberAttributeConstraints: { MinValue: "1", MaxValue: "9" },
      },
      { Name: "rank", AttributeDataType: "String", DeveloperOnlyAttribute: true },
    ]);
    const pool = await describe();
    assert.deepEqual(pool?.LastModifiedDate, new Date(startOfTest + 1000));
    assert.deepEqual(pool?.SchemaAttributes?.slice(standard), [
      {
        Name: "custom:badge",
        AttributeDataType: "Number",
        DeveloperOnlyAttribute: false,
        Mutable: false,
        Required: false,
        NumberAttributeConstraints: { MinValue: "1", MaxValue: "9" },
      },
      {
        Name: "dev:custom:rank",
        AttributeDataType: "String",
        DeveloperOnlyAttribute: true,
        Mutable: true,
        Required: false,
        StringAttributeConstraints: {},
      },
    ]);
    const user = await createUser(h, UserPoolId, "ada", {
      attributes: { "custom:badge": "7", "dev:custom:rank": "a" },
    });
    assert.equal(user.Attributes?.length, 3);
  });

  test("names that are taken, too many, and what no attribute can be", async () => {
    for (const name of ["team", "badge"]) {
      assert.deepEqual(
        await refused(add([{ Name: name, AttributeDataType: "String" }])),
        invalid(`custom:${name}: Existing attribute already has name custom:${name}.`),
      );
    }
    const twice: SchemaAttributeType = { Name: "twice", AttributeDataType: "String" };
    assert.deepEqual(
      await refused(add([twice, twice])),
      invalid("custom:twice: Existing attribute already has name custom:twice."),
    );
    assert.deepEqual(await refused(add([{ AttributeDataType: "String" }])), invalid("Attribute name is required."));
    assert.deepEqual(
      await refused(add([{ Name: "need", AttributeDataType: "String", Required: true }])),
      invalid("Required custom attributes are not supported currently."),
    );
    assert.deepEqual(
      await refused(add([{ Name: "untyped" }])),
      invalid("Invalid AttributeDataType input, consider using the provided AttributeDataType enum."),
    );
    assert.deepEqual(
      await refused(add([twice, { ...twice, Name: "more" }])),
      invalid("A user pool cannot have more than 4 custom attributes."),
    );
    // A standard name makes an attribute of the pool's own.
    await add([{ Name: "email", AttributeDataType: "String" }]);
    assert.equal((await describe())?.SchemaAttributes?.at(-1)?.Name, "custom:email");
  });

  test("a pool that is not there, and none to add", async () => {
    assert.deepEqual(await refused(add([{ Name: "x", AttributeDataType: "String" }], "us-east-1_nothing00")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
    const { code, message } = await refused(add([]));
    assert.equal(code, "InvalidParameterException");
    assert.match(message, /at 'customAttributes' failed to satisfy constraint: Member must have length greater than/);
  });
});

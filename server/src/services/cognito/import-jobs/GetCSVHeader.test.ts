import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { GetCSVHeaderCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused } from "../../../../test/harness.ts";
import { onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { createPool } from "../../../../test/pool-users.ts";

suite("GetCSVHeader", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs() });

  test("the attributes of the pool, in AWS's order", async () => {
    const UserPoolId = await createPool(h, { Schema: [{ Name: "team", AttributeDataType: "String" }] });
    const { $metadata, ...answer } = await h.cognito.send(new GetCSVHeaderCommand({ UserPoolId }));
    assert.deepEqual(answer, {
      UserPoolId,
      // Recorded in the AWS CLI's reference, but for the custom attribute.
      CSVHeader: [
        ...["name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile", "picture"],
        ...["website", "email", "email_verified", "gender", "birthdate", "zoneinfo", "locale", "phone_number"],
        ...["phone_number_verified", "address", "updated_at", "cognito:mfa_enabled", "cognito:username", "custom:team"],
      ],
    });
  });

  test("a pool that is not there", async () => {
    assert.deepEqual(await refused(h.cognito.send(new GetCSVHeaderCommand({ UserPoolId: "us-east-1_nothing00" }))), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_nothing00 does not exist.",
      status: 400,
    });
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  GetSigningCertificateCommand,
  ListUserPoolsCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { keyPair, onlyKeyPairs } from "../../../../test/key-pairs.ts";
import { userPoolKeys } from "../../../store/user-pool-keys.ts";

suite("DeleteUserPool", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs(keyPair()) });
  const create = async (input: Partial<CreateUserPoolCommandInput> = {}) => {
    const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "example", ...input }));
    return UserPool?.Id ?? "";
  };
  const remove = (UserPoolId: string, cognito = h.cognito) => cognito.send(new DeleteUserPoolCommand({ UserPoolId }));
  const missing = (id: string) => ({
    code: "ResourceNotFoundException",
    message: `User pool ${id} does not exist.`,
    status: 400,
  });

  test("answers nothing; the pool is gone, with its key and its certificates", async () => {
    const id = await create();
    const { store } = h.environment;
    const kept = () =>
      store.read(async (tx) => [
        await userPoolKeys.find(tx, id, "saml-signing"),
        await userPoolKeys.findCertificate(tx, id, "saml-signing"),
      ]);
    assert.ok((await kept()).every((row) => row !== undefined));
    await h.cognito.send(new GetSigningCertificateCommand({ UserPoolId: id }));
    const { $metadata, ...answer } = await remove(id);
    assert.deepEqual(answer, {});
    assert.deepEqual(await kept(), [undefined, undefined]);
    assert.deepEqual(await refused(h.cognito.send(new DescribeUserPoolCommand({ UserPoolId: id }))), missing(id));
    assert.deepEqual(await refused(h.cognito.send(new GetSigningCertificateCommand({ UserPoolId: id }))), missing(id));
    assert.deepEqual(await refused(remove(id)), missing(id));
    assert.deepEqual((await h.cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools, []);
  });

  test("a protected pool stays until its protection ends", async () => {
    const id = await create({ DeletionProtection: "ACTIVE" });
    assert.deepEqual(await refused(remove(id)), {
      code: "InvalidParameterException",
      message:
        "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
      status: 400,
    });
    await h.cognito.send(new DescribeUserPoolCommand({ UserPoolId: id }));
    await h.cognito.send(new UpdateUserPoolCommand({ UserPoolId: id, DeletionProtection: "INACTIVE" }));
    await remove(id);
    assert.deepEqual(await refused(remove(id)), missing(id));
  });

  test("refuses a pool that never was, or in another region", async () => {
    const id = await create();
    assert.deepEqual(await refused(remove("us-east-1_AbCdEfGhI")), missing("us-east-1_AbCdEfGhI"));
    assert.deepEqual(await refused(remove(id, h.as(h.root, "eu-west-1").cognito)), missing(id));
    await h.cognito.send(new DescribeUserPoolCommand({ UserPoolId: id }));
  });

  test("a user needs permission on the pool", async () => {
    const id = await create({ UserPoolTags: { team: "a" } });
    const other = await create();
    const ann = await userWithKey(
      h,
      "ann",
      allow("cognito-idp:DeleteUserPool", "*", { StringEquals: { "aws:ResourceTag/team": "a" } }),
    );
    assert.deepEqual(await refused(remove(other, ann.cognito)), {
      code: "AccessDeniedException",
      message: `User: arn:aws:iam::${testAccount}:user/ann is not authorized to perform: cognito-idp:DeleteUserPool on resource: arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/${other} because no identity-based policy allows the cognito-idp:DeleteUserPool action`,
      status: 400,
    });
    await h.cognito.send(new DescribeUserPoolCommand({ UserPoolId: other }));
    await remove(id, ann.cognito);
    assert.deepEqual(await refused(remove(id)), missing(id));
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  DeleteAccountPasswordPolicyCommand,
  GetAccountPasswordPolicyCommand,
  UpdateAccountPasswordPolicyCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied } from "../../../../test/refusals.ts";

suite("DeleteAccountPasswordPolicy", async () => {
  const h = await harness();
  const remove = (iam = h.iam) => iam.send(new DeleteAccountPasswordPolicyCommand({}));
  const absent = {
    code: "NoSuchEntity",
    message: "The account policy with name PasswordPolicy cannot be found.",
    status: 404,
  };

  test("deletes what there is, once", async () => {
    assert.deepEqual(await refused(remove()), absent);
    await h.iam.send(new UpdateAccountPasswordPolicyCommand({ RequireNumbers: true }));
    assert.deepEqual(Object.keys(await remove()), ["$metadata"]);
    assert.deepEqual(await refused(remove()), absent);
    assert.deepEqual(await refused(h.iam.send(new GetAccountPasswordPolicyCommand({}))), {
      code: "NoSuchEntity",
      message: `The Password Policy with domain name ${testAccount} cannot be found.`,
      status: 404,
    });
  });

  test("a user needs permission on everything, and without does not learn whether there is one", async () => {
    const mayNot = await userWithKey(h, "may-not");
    const denied = accessDenied("may-not", "iam:DeleteAccountPasswordPolicy", "*");
    assert.deepEqual(await refused(remove(mayNot.iam)), denied);
    await h.iam.send(new UpdateAccountPasswordPolicyCommand({}));
    assert.deepEqual(await refused(remove(mayNot.iam)), denied);
    const may = await userWithKey(h, "may", allow("iam:DeleteAccountPasswordPolicy"));
    await remove(may.iam);
    assert.deepEqual(await refused(remove()), absent);
  });
});

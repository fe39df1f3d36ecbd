import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateUserCommand, GetUserPolicyCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { accessDenied, noSuchUser } from "../../../../test/refusals.ts";

suite("GetUserPolicy", async () => {
  const h = await harness();
  await h.iam.send(new CreateUserCommand({ UserName: "Ann" }));
  // Escapes, a percent sign and a plus sign: what decoding twice, or as a form, would spoil.
  const text = `{"Version": "2012-10-17",\r\n "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b%20c+d/(e)'!*é"}]}`;
  await h.iam.send(new PutUserPolicyCommand({ UserName: "Ann", PolicyName: "MixedName", PolicyDocument: text }));
  const get = async (PolicyName: string, UserName = "Ann", iam = h.iam) => {
    const { $metadata, ...output } = await iam.send(new GetUserPolicyCommand({ UserName, PolicyName }));
    return output;
  };

  test("answers the document percent-encoded, byte for byte what was put", async () => {
    const policy = await get("MixedName");
    assert.deepEqual([policy.UserName, policy.PolicyName], ["Ann", "MixedName"]);
    assert.match(policy.PolicyDocument ?? "", /^(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+$/);
    assert.equal(decodeURIComponent(policy.PolicyDocument ?? ""), text);
  });

  test("finds the name in any case, and repeats it as it was asked for, as observed on AWS", async () => {
    const policy = await get("MIXEDNAME", "ann");
    assert.equal(policy.PolicyName, "MIXEDNAME");
    assert.equal(decodeURIComponent(policy.PolicyDocument ?? ""), text);
  });

  test("refuses a policy and a user that are not there", async () => {
    assert.deepEqual(await refused(get("nothing")), {
      code: "NoSuchEntity",
      message: "The user policy with name nothing cannot be found.",
      status: 404,
    });
    assert.deepEqual(await refused(get("MixedName", "nobody")), noSuchUser("nobody"));
  });

  test("who may not, learns neither policy nor user", async () => {
    const arn = `arn:aws:iam::${testAccount}:user`;
    const eve = await userWithKey(h, "eve", allow("iam:GetUserPolicy", `${arn}/eve`));
    assert.equal((await get("inline", "eve", eve.iam)).UserName, "eve");
    for (const [policy, user] of [
      ["MixedName", "Ann"],
      ["nothing", "Ann"],
      ["any", "nobody"],
    ] as const) {
      assert.deepEqual(
        await refused(get(policy, user, eve.iam)),
        accessDenied("eve", "iam:GetUserPolicy", `${arn}/${user}`),
      );
    }
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { ListUserPoolsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { DeleteAccessKeyCommand, DeleteUserCommand, ListUsersCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import {
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  type GetSessionTokenCommandInput,
} from "@aws-sdk/client-sts";
import {
  allow,
  type Credentials,
  harness,
  refused,
  startOfTest,
  testAccount,
  userWithKey,
} from "../../../test/harness.ts";
import { enabledDevice } from "../../../test/mfa.ts";

suite("GetSessionToken", async () => {
  const h = await harness();
  const call = async (sts = h.sts, input: GetSessionTokenCommandInput = {}) =>
    (await sts.send(new GetSessionTokenCommand(input))).Credentials;
  const session = async (
    sts = h.sts,
    DurationSeconds?: number,
    more: GetSessionTokenCommandInput = {},
  ): Promise<Credentials> => {
    const made = await call(sts, { DurationSeconds, ...more });
    return {
      accessKeyId: made?.AccessKeyId ?? "",
      secretAccessKey: made?.SecretAccessKey ?? "",
      sessionToken: made?.SessionToken,
    };
  };
  const identity = async (credentials: Credentials) => {
    const { $metadata: _, ...answer } = await h.as(credentials).sts.send(new GetCallerIdentityCommand({}));
    return answer;
  };
  const ann = await userWithKey(h, "ann", allow("iam:*"));
  const invalid = {
    code: "InvalidClientTokenId",
    message: "The security token included in the request is invalid",
    status: 403,
  };
  const denied = (message: string) => ({ code: "AccessDenied", message, status: 403 });

  test("answers credentials for twelve hours, other ones each time", async () => {
    const made = await call(ann.sts);
    assert.deepEqual(made, {
      AccessKeyId: made?.AccessKeyId,
      SecretAccessKey: made?.SecretAccessKey,
      SessionToken: made?.SessionToken,
      Expiration: new Date(startOfTest + 43_200_000),
    });
    assert.match(made?.AccessKeyId ?? "", /^ASIA[A-Z2-7]{16}$/);
    assert.match(made?.SecretAccessKey ?? "", /^[A-Za-z0-9+/]{40}$/);
    const again = await call(ann.sts);
    for (const member of ["AccessKeyId", "SecretAccessKey", "SessionToken"] as const) {
      assert.notEqual(again?.[member], made?.[member]);
    }
    assert.equal(made?.SessionToken?.includes(made.SecretAccessKey ?? ""), false);
  });

  test("lasts as long as asked, 15 minutes to 36 hours; root's one hour at most", async () => {
    const expiry = async (DurationSeconds: number | undefined, sts = ann.sts) =>
      ((await call(sts, { DurationSeconds }))?.Expiration?.getTime() ?? 0) - startOfTest;
    for (const seconds of [900, 901, 129_600]) assert.equal(await expiry(seconds), seconds * 1000);
    for (const [asked, given] of [
      [undefined, 3600],
      [900, 900],
      [3600, 3600],
      [3601, 3600],
      [129_600, 3600],
    ] as const) {
      assert.equal(await expiry(asked, h.sts), given * 1000);
    }
    for (const [seconds, bound] of [
      [899, "greater than or equal to 900"],
      [129_601, "less than or equal to 129600"],
    ] as const) {
      assert.deepEqual(await refused(call(ann.sts, { DurationSeconds: seconds })), {
        code: "ValidationError",
        message: `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${bound}`,
        status: 400,
      });
    }
  });

  test("no policy stops it, not even one that denies everything", async () => {
    const bob = await userWithKey(h, "bob");
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }],
    });
    await h.iam.send(new PutUserPolicyCommand({ UserName: "bob", PolicyName: "deny", PolicyDocument }));
    assert.equal((await identity(await session(bob.sts))).Arn, `arn:aws:iam::${testAccount}:user/bob`);
  });

  test("a session is its user, or root", async () => {
    assert.deepEqual(await identity(await session(ann.sts)), await identity(ann.credentials));
    assert.deepEqual(await identity(await session()), await identity(h.root));
  });

  test("a session may what its user may, now, but nothing of IAM", async () => {
    const carl = await userWithKey(h, "carl");
    const { iam, cognito } = h.as(await session(carl.sts));
    const list = () => cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
    assert.equal((await refused(list())).code, "AccessDeniedException");
    const PolicyDocument = JSON.stringify(allow(["cognito-idp:ListUserPools", "iam:ListUsers"]));
    await h.iam.send(new PutUserPolicyCommand({ UserName: "carl", PolicyName: "inline", PolicyDocument }));
    assert.deepEqual((await list()).UserPools, []);
    assert.deepEqual(await refused(iam.send(new ListUsersCommand({}))), invalid);
    assert.equal((await carl.iam.send(new ListUsersCommand({}))).IsTruncated, false);
    const root = h.as(await session());
    assert.deepEqual(await refused(root.iam.send(new ListUsersCommand({}))), invalid);
    assert.deepEqual((await root.cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }))).UserPools, []);
  });

  test("a session tells policies that it is one, and without MFA", async () => {
    const dora = await userWithKey(
      h,
      "dora",
      allow("cognito-idp:ListUserPools", "*", { Bool: { "aws:MultiFactorAuthPresent": "false" } }),
    );
    const list = ({ cognito }: Pick<typeof dora, "cognito">) =>
      cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
    assert.deepEqual((await list(h.as(await session(dora.sts)))).UserPools, []);
    // A long-term key has no such condition key at all.
    assert.equal((await refused(list(dora))).code, "AccessDeniedException");
  });

  test("refuses sessions, and MFA by halves or without a device", async () => {
    assert.deepEqual(
      await refused(call(h.as(await session(ann.sts)).sts)),
      denied("Cannot call GetSessionToken with session credentials"),
    );
    const SerialNumber = `arn:aws:iam::${testAccount}:mfa/ann`;
    const half = "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.";
    assert.deepEqual(await refused(call(ann.sts, { SerialNumber })), denied(half));
    assert.deepEqual(await refused(call(ann.sts, { TokenCode: "123456" })), denied(half));
    assert.deepEqual(
      await refused(call(ann.sts, { SerialNumber, TokenCode: "123456" })),
      denied(
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
      ),
    );
  });

  test("with a code of its own device, once, a session is one with MFA", async () => {
    const phone = await enabledDevice(h, "phone", "ann");
    const rootPhone = await enabledDevice(h, "root-phone", testAccount);
    h.clock.set(startOfTest + 60_000);
    const given = { SerialNumber: phone.serialNumber, TokenCode: phone.code() };
    const { iam } = h.as(await session(ann.sts, undefined, given));
    assert.equal((await iam.send(new ListUsersCommand({}))).IsTruncated, false, "which calls IAM");
    const used = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
    assert.deepEqual(await refused(call(ann.sts, given)), denied(used));
    const root = { SerialNumber: rootPhone.serialNumber, TokenCode: rootPhone.code() };
    assert.equal((await refused(call(ann.sts, root))).code, "AccessDenied", "another's device");
    await h.as(await session(h.sts, undefined, root)).iam.send(new ListUsersCommand({}));
    h.clock.set(startOfTest);
  });

  test("a token is good for its own key alone, and whole", async () => {
    const one = await session(ann.sts);
    const two = await session(ann.sts);
    await identity(one);
    const token = one.sessionToken ?? "";
    const at = Math.floor(token.length / 2);
    const tampered = token.slice(0, at) + (token[at] === "A" ? "B" : "A") + token.slice(at + 1);
    for (const sessionToken of [two.sessionToken, tampered, token.slice(0, -1), `${token}A`, "x", "AAAA".repeat(50)]) {
      assert.deepEqual(await refused(identity({ ...one, sessionToken })), invalid, sessionToken);
    }
    assert.deepEqual(await refused(identity({ ...ann.credentials, sessionToken: token })), invalid);
    const { code } = await refused(identity({ ...one, secretAccessKey: two.secretAccessKey }));
    assert.equal(code, "SignatureDoesNotMatch");
    // A temporary key without its token is a key that nobody knows.
    assert.deepEqual(await refused(identity({ ...one, sessionToken: undefined })), {
      ...invalid,
      message: "The security token included in the request is invalid.",
    });
    await identity(one);
  });

  test("an expired token says so, to the second", async () => {
    const short = await session(ann.sts, 900);
    h.clock.set(startOfTest + 899_999);
    await identity(short);
    h.clock.set(startOfTest + 900_000);
    assert.deepEqual(await refused(identity(short)), {
      code: "ExpiredToken",
      message: "The security token included in the request is expired",
      status: 403,
    });
    assert.deepEqual(await refused(h.as(short).cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }))), {
      code: "ExpiredTokenException",
      message: "The security token included in the request is expired",
      status: 400,
    });
    h.clock.set(startOfTest);
  });

  test("outlives the key that asked for it, but not its user", async () => {
    const emil = await userWithKey(h, "emil");
    const left = await session(emil.sts);
    const AccessKeyId = emil.credentials.accessKeyId;
    await h.iam.send(new DeleteAccessKeyCommand({ UserName: "emil", AccessKeyId }));
    assert.equal((await identity(left)).Arn, `arn:aws:iam::${testAccount}:user/emil`);
    await h.iam.send(new DeleteUserCommand({ UserName: "emil" }));
    assert.deepEqual(await refused(identity(left)), invalid);
    // Nor is it the next user's of that name.
    await userWithKey(h, "emil");
    assert.deepEqual(await refused(identity(left)), invalid);
  });
});

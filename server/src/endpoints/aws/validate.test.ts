import assert from "node:assert/strict";
import { test } from "node:test";
import { cognito } from "../../contract/cognito.ts";
import { iam } from "../../contract/iam.ts";
import type { Model } from "../../contract/shape.ts";
import { sts } from "../../contract/sts.ts";
import { compileValidator, linearForms } from "./validate.ts";

function validate(model: Model, operation: string, input: Record<string, unknown>): string | undefined {
  return compileValidator(model, model.operations[operation]?.input)(input);
}

const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: "" }));

// ---- answers recorded from AWS, word for word

test("IAM: several members fail together, in AWS's order, without their values (recorded 2026-02)", () => {
  assert.equal(
    validate(iam, "UpdateAccountPasswordPolicy", {
      MinimumPasswordLength: 129,
      MaxPasswordAge: 1096,
      PasswordReusePrevention: 25,
    }),
    "3 validation errors detected: Value at 'minimumPasswordLength' failed to satisfy constraint: Member must have value less than or equal to 128; Value at 'passwordReusePrevention' failed to satisfy constraint: Member must have value less than or equal to 24; Value at 'maxPasswordAge' failed to satisfy constraint: Member must have value less than or equal to 1095",
  );
});

test("IAM: lists of strings fail once, with all that is asked of an element (recorded 2026-02)", () => {
  assert.equal(
    validate(iam, "CreateOpenIDConnectProvider", {
      Url: "x".repeat(256),
      ClientIDList: ["ok", "x".repeat(256), "x".repeat(257)],
      ThumbprintList: ["x".repeat(41)],
    }),
    "3 validation errors detected: Value at 'clientIDList' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 1]; Value at 'thumbprintList' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 40, Member must have length greater than or equal to 40]; Value at 'url' failed to satisfy constraint: Member must have length less than or equal to 255",
  );
  assert.equal(
    validate(iam, "UntagPolicy", { PolicyArn: "arn:aws:iam::123456789012:policy/x", TagKeys: ["x".repeat(129)] }),
    "1 validation error detected: Value at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+, Member must not be null]",
  );
});

test("IAM: members of listed structures fail under their number (recorded 2026-02)", () => {
  const tagPolicy = (list: unknown) =>
    validate(iam, "TagPolicy", { PolicyArn: "arn:aws:iam::123456789012:policy/x", Tags: list });
  assert.equal(
    tagPolicy([{ Key: "x".repeat(129), Value: "" }]),
    "1 validation error detected: Value at 'tags.1.member.key' failed to satisfy constraint: Member must have length less than or equal to 128",
  );
  assert.equal(
    tagPolicy([{ Key: "a", Value: "x".repeat(257) }]),
    "1 validation error detected: Value at 'tags.1.member.value' failed to satisfy constraint: Member must have length less than or equal to 256",
  );
  assert.equal(
    tagPolicy([{ Key: "invalid^&*", Value: "" }]),
    "1 validation error detected: Value at 'tags.1.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+",
  );
  assert.equal(
    tagPolicy(tags(51)),
    "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50",
  );
  assert.equal(tagPolicy(tags(50)), undefined);
});

test("IAM: patterns, enums and missing members (recorded 2025 and 2026)", () => {
  assert.equal(
    validate(iam, "UpdateServiceSpecificCredential", {
      ServiceSpecificCredentialId: "totally-wrong-credential-id-with-hyphens",
      Status: "Active",
    }),
    "1 validation error detected: Value at 'serviceSpecificCredentialId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w]+",
  );
  assert.equal(
    validate(iam, "GetSSHPublicKey", { UserName: "ann", SSHPublicKeyId: "APKA0123456789ABCDEF", Encoding: "DER" }),
    "1 validation error detected: Value at 'encoding' failed to satisfy constraint: Member must satisfy enum value set: [SSH, PEM]",
  );
  assert.equal(
    validate(iam, "UploadSigningCertificate", {}),
    "1 validation error detected: Value at 'certificateBody' failed to satisfy constraint: Member must not be null",
  );
});

test("IAM: wrong characters in names and paths have their own words, where nothing else is wrong", () => {
  const name = (member: string) =>
    `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`;
  const path = (member: string) =>
    `The specified value for ${member} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.`;
  assert.equal(validate(iam, "GetUser", { UserName: "bad/name" }), name("userName"));
  assert.equal(validate(iam, "UpdateUser", { UserName: "ann", NewUserName: "a b" }), name("newUserName"));
  assert.equal(
    validate(iam, "DeleteGroupPolicy", { GroupName: "g", PolicyName: "arn:aws:iam::aws:policy/x" }),
    name("policyName"),
  );
  // Recorded 2026-02.
  assert.equal(validate(iam, "CreateVirtualMFADevice", { VirtualMFADeviceName: "x", Path: "test" }), path("path"));
  assert.equal(validate(iam, "UpdateUser", { UserName: "ann", NewPath: "invalid" }), path("newPath"));
  assert.equal(
    validate(iam, "CreateVirtualMFADevice", { VirtualMFADeviceName: "x", Path: `/${"a".repeat(512)}` }),
    "1 validation error detected: Value at 'path' failed to satisfy constraint: Member must have length less than or equal to 512",
  );
  assert.equal(
    validate(iam, "GetUser", { UserName: "" }),
    "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must have length greater than or equal to 1",
  );
});

test("STS shows the value (recorded 2025 and 2026)", () => {
  const assume = (RoleSessionName: unknown) =>
    validate(sts, "AssumeRole", { RoleArn: "arn:aws:iam::123456789012:role/x", RoleSessionName });
  assert.equal(
    assume("Session1:2"),
    "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
  );
  assert.equal(
    assume("s".repeat(65)),
    "1 validation error detected: Value 'sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss' at 'roleSessionName' failed to satisfy constraint: Member must have length less than or equal to 64",
  );
  assert.equal(
    assume(undefined),
    "1 validation error detected: Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null",
  );
  assert.equal(
    validate(sts, "AssumeRole", { RoleArn: "x".repeat(20), RoleSessionName: "ab", DurationSeconds: 899 }),
    "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
  );
  assert.equal(
    validate(sts, "AssumeRoleWithSAML", { RoleArn: "x".repeat(20), PrincipalArn: "x".repeat(20), SAMLAssertion: "" }),
    "1 validation error detected: Value at 'sAMLAssertion' failed to satisfy constraint: Member must have length greater than or equal to 4",
  );
});

test("Cognito shows the value (reported 2018 to 2025)", () => {
  assert.equal(
    validate(cognito, "ListGroups", { UserPoolId: " ap-northeast-1_xxx" }),
    "1 validation error detected: Value ' ap-northeast-1_xxx' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
  );
  assert.equal(
    validate(cognito, "CreateUserPool", { PoolName: "x", MfaConfiguration: "false" }),
    "1 validation error detected: Value 'false' at 'mfaConfiguration' failed to satisfy constraint: Member must satisfy enum value set: [OPTIONAL, OFF, ON]",
  );
  assert.equal(
    validate(cognito, "AdminListGroupsForUser", { UserPoolId: "us-east-1_a", Username: "u", Limit: -1 }),
    "1 validation error detected: Value '-1' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 0",
  );
});

test("Cognito: what is sensitive is shown in no form, not even as null (reported 2017 to 2024)", () => {
  assert.equal(
    validate(cognito, "AdminAddUserToGroup", { UserPoolId: "us-east-1_a" }),
    "2 validation errors detected: Value null at 'groupName' failed to satisfy constraint: Member must not be null; Value at 'username' failed to satisfy constraint: Member must not be null",
  );
  assert.equal(
    validate(cognito, "SignUp", { ClientId: "c", Username: "", Password: " " }),
    "3 validation errors detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\S]+; Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+; Value at 'username' failed to satisfy constraint: Member must have length greater than or equal to 1",
  );
  const secret = "s3cr3t".repeat(100);
  for (const [operation, input] of [
    ["ChangePassword", { AccessToken: `${secret} `, PreviousPassword: `${secret} `, ProposedPassword: secret }],
    [
      "InitiateAuth",
      { AuthFlow: "NO", ClientId: secret, AuthParameters: { PASSWORD: secret }, Session: secret.repeat(9) },
    ],
    ["AdminCreateUser", { UserPoolId: "p", Username: "a b", UserAttributes: [{ Name: "", Value: secret.repeat(9) }] }],
  ] as const) {
    const message = validate(cognito, operation, input);
    assert.ok(message !== undefined && !message.includes("s3cr3t"), `${operation}: ${message}`);
  }
});

test("Cognito: lists are shown as Java prints them, unless structures are in them", () => {
  assert.equal(
    validate(cognito, "CreateUserPoolClient", {
      UserPoolId: "us-east-1_a",
      ClientName: "x",
      ExplicitAuthFlows: ["ALLOW_USER_AUTH", "NONE"],
    }),
    "1 validation error detected: Value '[ALLOW_USER_AUTH, NONE]' at 'explicitAuthFlows' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [ALLOW_CUSTOM_AUTH, ALLOW_USER_PASSWORD_AUTH, ADMIN_NO_SRP_AUTH, USER_PASSWORD_AUTH, ALLOW_ADMIN_USER_PASSWORD_AUTH, ALLOW_USER_AUTH, CUSTOM_AUTH_FLOW_ONLY, ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]]",
  );
  assert.equal(
    validate(cognito, "AddCustomAttributes", { UserPoolId: "us-east-1_a", CustomAttributes: [] }),
    "1 validation error detected: Value at 'customAttributes' failed to satisfy constraint: Member must have length greater than or equal to 1",
  );
});

// ---- cases that no service of the three has, on a model of their own

const model: Model = {
  service: "cognito-idp",
  apiVersion: "2016-04-18",
  protocol: "json",
  operations: {},
  shapes: {
    Tree: {
      type: "structure",
      members: {
        Name: "Name",
        Bark: "Bark",
        Share: "Share",
        Labels: "Labels",
        Notes: "Notes",
        Branches: "Branches",
        Root: "Tree",
        Vault: "Vault",
        Rings: "Rings",
      },
    },
    Name: { type: "string", min: 2, max: 4, pattern: "[^ ]*" },
    Bark: { type: "blob", min: 1, max: 3 },
    Share: { type: "double", min: 0, max: 1 },
    Labels: { type: "map", key: "Name", value: "Name", min: 1, max: 2 },
    Notes: { type: "map", key: "Any", value: "Leaf" },
    Any: { type: "string" },
    Leaf: { type: "structure", members: { Name: "Name" }, required: ["Name"] },
    Branches: { type: "list", member: "Tree", max: 2000 },
    Vault: { type: "structure", members: { Name: "Name", Rings: "Rings" }, sensitive: true },
    Rings: { type: "list", member: "Ring", max: 3 },
    Ring: { type: "integer", min: 1 },
  },
  errors: {},
};
const validateTree = compileValidator(model, "Tree");

test("a scalar's pattern stands before its length, a value that keeps both is fine", () => {
  assert.equal(
    validateTree({ Name: "a b c" }),
    "2 validation errors detected: Value 'a b c' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [^ ]*; Value 'a b c' at 'name' failed to satisfy constraint: Member must have length less than or equal to 4",
  );
  assert.equal(validateTree({ Name: "abcd" }), undefined);
});

test("a value far over its length is not matched against its pattern", () => {
  const failures = (length: number) => validateTree({ Name: " ".repeat(length) })?.split(" ", 1)[0];
  assert.equal(failures(4096), "2");
  assert.equal(failures(4097), "1");
});

test("lengths count characters, not the halves that JavaScript keeps", () => {
  assert.equal(validateTree({ Name: "🔑🔑🔑🔑" }), undefined);
  assert.equal(
    validateTree({ Name: "🔑" }),
    "1 validation error detected: Value '🔑' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 2",
  );
});

test("bytes and fractions are printed as Java prints them", () => {
  assert.equal(
    validateTree({ Bark: new Uint8Array(4), Share: 1.5 }),
    "2 validation errors detected: Value 'java.nio.HeapByteBuffer[pos=0 lim=4 cap=4]' at 'bark' failed to satisfy constraint: Member must have length less than or equal to 3; Value '1.5' at 'share' failed to satisfy constraint: Member must have value less than or equal to 1.0",
  );
});

test("a map fails once for its size, once for its keys, once for its values; structures in it under their key", () => {
  assert.equal(
    validateTree({ Labels: { "": "ok", ab: "too long", cd: "ef" } }),
    "3 validation errors detected: Value '{=ok, ab=too long, cd=ef}' at 'labels' failed to satisfy constraint: Member must have length less than or equal to 2; Value '{=ok, ab=too long, cd=ef}' at 'labels' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 4, Member must have length greater than or equal to 2, Member must satisfy regular expression pattern: [^ ]*]; Value '{=ok, ab=too long, cd=ef}' at 'labels' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 4, Member must have length greater than or equal to 2, Member must satisfy regular expression pattern: [^ ]*]",
  );
  assert.equal(
    validateTree({ Notes: { a: { Name: "ok" }, b: {} } }),
    "1 validation error detected: Value null at 'notes.b.member.name' failed to satisfy constraint: Member must not be null",
  );
  assert.equal(validateTree({ Notes: Object.create(null), Labels: { ab: "cd" } }), undefined);
});

test("a shape that holds itself is checked as deep as it goes", () => {
  assert.equal(
    validateTree({ Root: { Branches: [{}, { Root: { Name: "x" } }] } }),
    "1 validation error detected: Value 'x' at 'root.branches.2.member.root.name' failed to satisfy constraint: Member must have length greater than or equal to 2",
  );
});

test("all that is inside a sensitive structure is hidden", () => {
  assert.equal(
    validateTree({ Vault: { Name: "x", Rings: [0] }, Rings: [0] }),
    "3 validation errors detected: Value '[0]' at 'rings' failed to satisfy constraint: Member must satisfy constraint: [Member must have value greater than or equal to 1]; Value at 'vault.rings' failed to satisfy constraint: Member must satisfy constraint: [Member must have value greater than or equal to 1]; Value at 'vault.name' failed to satisfy constraint: Member must have length greater than or equal to 2",
  );
});

test("no more than ten failures are told", () => {
  const message = validateTree({ Branches: Array.from({ length: 2000 }, () => ({ Name: "x" })) });
  assert.ok(message?.startsWith("10 validation errors detected: Value 'x' at 'branches.1.member.name'"));
  assert.ok(
    message?.endsWith(
      "Value 'x' at 'branches.10.member.name' failed to satisfy constraint: Member must have length greater than or equal to 2",
    ),
  );
});

test("an operation without input has no limits", () => {
  assert.equal(compileValidator(model, undefined)({ Name: "x" }), undefined);
});

// ---- patterns

test("blanks are Java's six, not every space of Unicode", () => {
  const client = (ClientName: string) =>
    validate(cognito, "CreateUserPoolClient", { UserPoolId: "us-east-1_a", ClientName });
  assert.equal(client("a b\tc"), undefined);
  assert.ok(client("a\u00a0b")?.includes("Member must satisfy regular expression pattern: [\\w\\s+=,.@-]+"));
  const confirm = (ConfirmationCode: string) =>
    validate(cognito, "ConfirmSignUp", { ClientId: "c", Username: "u", ConfirmationCode });
  assert.equal(confirm("1\u00a02"), undefined);
  assert.ok(confirm("1 2")?.includes("Member must satisfy regular expression pattern: [\\S]+"));
});

test("the linear forms are patterns of the contract, and mean the same", () => {
  const patterns = new Set(
    Object.values(cognito.shapes).flatMap((shape) => (shape.type === "string" && shape.pattern ? [shape.pattern] : [])),
  );
  const letters = ["{", "#", "#", "}", "@", "a", " ", "\u0000", "{##", "##}", "{####}"];
  let seed = 7;
  const next = (limit: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 16) % limit;
  };
  for (const [pattern, linear] of linearForms) {
    assert.ok(patterns.has(pattern), `${pattern} is not in the contract`);
    const original = new RegExp(`^(?:${pattern})$`, "u");
    const ours = new RegExp(`^(?:${linear})$`, "u");
    let matched = 0;
    for (let round = 0; round < 20_000; round++) {
      const text = Array.from({ length: next(9) }, () => letters[next(letters.length)]).join("");
      const expected = original.test(text);
      if (expected) matched++;
      assert.equal(ours.test(text), expected, `${JSON.stringify(text)} and ${pattern}`);
    }
    assert.ok(matched > 100, `${pattern} was hardly ever matched`);
  }
});

test("no pattern of the contract can be kept busy: the longest hostile values are answered at once", () => {
  const parts = ["@", "{##", "##}", "{####}", "a", "/a", "a.", "arn:aws:iam:", " ", "-a", "+", "=", "A-", "/"];
  for (const contract of [iam, sts, cognito]) {
    for (const [name, shape] of Object.entries(contract.shapes)) {
      if (shape.type !== "string" || shape.pattern === undefined) continue;
      const one = {
        ...contract,
        shapes: { In: { type: "structure", members: { Value: name } }, [name]: shape },
      } as const;
      const check = compileValidator(one, "In");
      // The longest that a pattern is asked of; dividing one of these in every possible way would take hours.
      const longest = shape.max === undefined ? 1_000_000 : Math.max(4096, 2 * shape.max);
      for (const part of parts) {
        const Value = `${part.repeat(Math.floor((longest - 2) / part.length))}\u0000\n`;
        assert.notEqual(check({ Value }), undefined, `${name} takes ${part} over and over`);
      }
    }
  }
});

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { SignUpCommand } from "@aws-sdk/client-cognito-identity-provider";
import { CreateLoginProfileCommand, GetUserCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { refused, startHarness, startOfTest, userWithKey } from "../../../test/harness.ts";
import { createClient, createPool } from "../../../test/pool-users.ts";
import { openAuditLog } from "../../runtime/audit-log.ts";

suite("the audit log", async () => {
  const directory = mkdtempSync(join(tmpdir(), "audit-"));
  after(() => rmSync(directory, { recursive: true }));
  const path = join(directory, "audit.jsonl");
  openAuditLog(path, () => {}).write({ before: true });

  const h = await startHarness({ auditLog: path });
  const ann = await userWithKey(h, "ann");
  await h.iam.send(new CreateLoginProfileCommand({ UserName: "ann", Password: "Secret-word-1" }));
  const denied = await refused(ann.iam.send(new GetUserCommand({ UserName: "ann" })));
  const { Credentials } = await ann.sts.send(new GetSessionTokenCommand({}));
  const temporary = h.as({
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  });
  await temporary.sts.send(new GetCallerIdentityCommand({}));
  const { ClientId } = await createClient(h, await createPool(h));
  await h.cognito.send(new SignUpCommand({ ClientId, Username: "bob", Password: "Secret-word-1" }));
  await refused(h.cognito.send(new SignUpCommand({ ClientId, Username: "cid", Password: "Spaced word-1" })));
  await refused(h.as({ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" }).iam.send(new GetUserCommand({})));
  await h.stop();
  const text = readFileSync(path, "utf8");
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const named = (name: string) => lines.filter(({ eventName }) => eventName === name);

  test("goes on where the file ends, and only its owner reads it", () => {
    assert.deepEqual(lines[0], { before: true });
    assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  test("a request that was answered, whole", () => {
    const [{ requestID, eventID, userAgent, ...line }] = named("CreateUser");
    for (const id of [requestID, eventID]) assert.match(id, /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    assert.match(userAgent, /^aws-sdk-js\//);
    assert.deepEqual(line, {
      eventVersion: "1.11",
      userIdentity: {
        type: "Root",
        principalId: h.accountId,
        arn: `arn:aws:iam::${h.accountId}:root`,
        accountId: h.accountId,
        accessKeyId: h.root.accessKeyId,
      },
      eventTime: new Date(startOfTest).toISOString().replace(".000", ""),
      eventSource: "iam.amazonaws.com",
      eventName: "CreateUser",
      awsRegion: "us-east-1",
      sourceIPAddress: "127.0.0.1",
      requestParameters: { userName: "ann" },
      responseElements: null,
      readOnly: false,
      eventType: "AwsApiCall",
      managementEvent: true,
      recipientAccountId: h.accountId,
      eventCategory: "Management",
    });
  });

  test("a refusal, with its code and message", () => {
    const [first] = named("GetUser");
    const [second] = named("GetCallerIdentity");
    assert.deepEqual([first.errorCode, first.errorMessage, first.readOnly], ["AccessDenied", denied.message, true]);
    assert.equal(first.userIdentity.type, "IAMUser");
    assert.equal(first.userIdentity.userName, "ann");
    assert.deepEqual(second.userIdentity.sessionContext.attributes, {
      creationDate: new Date(startOfTest).toISOString().replace(".000", ""),
      mfaAuthenticated: "false",
    });
  });

  test("of whom nobody knows, and of who need not sign", () => {
    const unknown = named("GetUser").at(-1);
    assert.deepEqual(unknown.userIdentity, { type: "Unknown", principalId: "Anonymous" });
    assert.deepEqual([unknown.errorCode, unknown.requestParameters], ["InvalidClientTokenId", null]);
    const [signUp] = named("SignUp");
    assert.deepEqual(signUp.userIdentity, { type: "Unknown", principalId: "Anonymous" });
    assert.deepEqual(signUp.requestParameters, { clientId: "***", username: "***", password: "***" });
    assert.equal(signUp.eventSource, "cognito-idp.amazonaws.com");
  });

  test("no secret is in it", () => {
    assert.deepEqual(named("CreateLoginProfile")[0].requestParameters, { userName: "ann", password: "***" });
    assert.match(named("SignUp")[1].errorMessage, /^1 validation error detected: Value at 'password' failed/);
    assert.equal(text.includes("Spaced word-1"), false);
    assert.equal(text.includes("Secret-word-1"), false);
    assert.equal(text.includes(ann.credentials.secretAccessKey), false);
    assert.equal(text.includes(Credentials?.SessionToken ?? ""), false);
  });
});

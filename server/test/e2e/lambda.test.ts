import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ConfigError, readConfig } from "../../src/config.ts";
import { start } from "../../src/main.ts";
import { silentLog } from "../../src/runtime/log.ts";
import type { UserPoolRow } from "../../src/store/user-pools.ts";
import { startOfTest, testAccount } from "../harness.ts";
import { lambdaEndpoint } from "../lambda-endpoint.ts";

const directory = mkdtempSync(join(tmpdir(), "countersign-lambda-"));
after(() => rmSync(directory, { recursive: true }));
const file = (name: string, text: string) => {
  writeFileSync(join(directory, name), text);
  return join(directory, name);
};

async function started(words: readonly string[], environment: Record<string, string> = {}) {
  const running = await start(readConfig(["--memory", "--port", "0", ...words], environment), { log: silentLog });
  after(() => running.stop());
  return running.environment.triggers;
}

const functionArn = `arn:aws:lambda:us-east-1:${testAccount}:function:sign-up`;
const row: UserPoolRow = {
  pool_id: "us-east-1_example",
  account_id: testAccount,
  region: "us-east-1",
  name: "pool",
  created_at: startOfTest,
  modified_at: startOfTest,
  configuration_json: JSON.stringify({ LambdaConfig: { PreSignUp: functionArn } }),
  tags: {},
};
const call = {
  triggerSource: "PreSignUp_SignUp",
  userName: "ann",
  clientId: "1example23456789",
  request: { userAttributes: {} },
} as const;
const confirmed = { autoConfirmUser: true, autoVerifyEmail: false, autoVerifyPhone: false };

test("--lambda names functions, in a file beside their modules or where the process runs", async () => {
  const source = "export const handler = async (e) => ({ ...e, response: { autoConfirmUser: true } });";
  const module = file("sign-up.mjs", source);
  const fromFile = await started(["--lambda", file("functions.json", '{"sign-up": "./sign-up.mjs"}')]);
  assert.deepEqual(await fromFile.invoke(row, "PreSignUp", call), confirmed);
  const fromList = await started([], { COUNTERSIGN_LAMBDA: `sign-up=${module}` });
  assert.deepEqual(await fromList.invoke(row, "PreSignUp", call), confirmed);
});

test("--lambda-endpoint has all others, and requests to it are signed with keys from the environment", async () => {
  const endpoint = await lambdaEndpoint((event) => ({ ...event, response: { autoConfirmUser: true } }));
  const unsigned = await started(["--lambda-endpoint", endpoint.url], {
    AWS_ACCESS_KEY_ID: "AKIAROOTEXAMPLE12345",
    AWS_SECRET_ACCESS_KEY: "root's own",
  });
  assert.deepEqual(await unsigned.invoke(row, "PreSignUp", call), confirmed);
  assert.equal(endpoint.requests[0]?.headers.authorization, undefined, "root's key is never sent anywhere");
  const signed = await started(["--lambda-endpoint", endpoint.url], {
    COUNTERSIGN_LAMBDA_ACCESS_KEY_ID: "AKIDEXAMPLE",
    COUNTERSIGN_LAMBDA_SECRET_ACCESS_KEY: "secret",
    COUNTERSIGN_LAMBDA_SESSION_TOKEN: "token",
  });
  assert.deepEqual(await signed.invoke(row, "PreSignUp", call), confirmed);
  assert.match(
    endpoint.requests[1]?.headers.authorization ?? "",
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/lambda\/aws4_request, /,
  );
  assert.equal(endpoint.requests[1]?.headers["x-amz-security-token"], "token");
});

for (const [words, environment, message] of [
  [
    ["--lambda", "sign-up=nowhere"],
    {},
    /^--lambda: the target of 'sign-up' must be an http:\/\/ or https:\/\/ URL, or/,
  ],
  [["--lambda", "sign-up=/nowhere/at/all.mjs"], {}, /^--lambda: there is no module \/nowhere\/at\/all\.mjs$/],
  [["--lambda", "/nowhere.json"], {}, /^--lambda \/nowhere\.json cannot be read: ENOENT/],
  [["--lambda-endpoint", "localhost:1"], {}, /^--lambda: the endpoint must be an http:\/\/ or https:\/\/ URL$/],
  [
    [],
    { COUNTERSIGN_LAMBDA_ACCESS_KEY_ID: "AKIDEXAMPLE" },
    /^COUNTERSIGN_LAMBDA_ACCESS_KEY_ID and COUNTERSIGN_LAMBDA_SECRET_ACCESS_KEY go together$/,
  ],
] as const) {
  test(`a start refuses ${words.join(" ")} ${JSON.stringify(environment)}`, async () => {
    await assert.rejects(
      started(words, environment),
      (error) => error instanceof ConfigError && message.test(error.message),
    );
  });
}

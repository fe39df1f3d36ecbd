import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import {
  CognitoIdentityProviderClient,
  CreateUserImportJobCommand,
  CreateUserPoolCommand,
  DescribeUserImportJobCommand,
  DescribeUserPoolCommand,
  GetCSVHeaderCommand,
  StartUserImportJobCommand,
  type UserImportJobType,
} from "@aws-sdk/client-cognito-identity-provider";
import { CloudWatchLogsRoleArn, csv, row } from "../import-jobs.ts";
import { start, temporaryDirectory } from "./process.ts";

const users = 6_000;

suite("a user import", () => {
  test("is uploaded, killed under way, and completed by the next process", async () => {
    const data = temporaryDirectory();
    const first = await start(["--data", data]);
    const cognito = new CognitoIdentityProviderClient(first.config);
    const { UserPool } = await cognito.send(
      new CreateUserPoolCommand({ PoolName: "pool", AutoVerifiedAttributes: ["email"] }),
    );
    const UserPoolId = UserPool?.Id;
    const { UserImportJob: job } = await cognito.send(
      new CreateUserImportJobCommand({ UserPoolId, JobName: "spring", CloudWatchLogsRoleArn }),
    );
    const { CSVHeader = [] } = await cognito.send(new GetCSVHeaderCommand({ UserPoolId }));
    // More than any other request may send.
    const file = csv(
      CSVHeader,
      Array.from({ length: users }, (_, at) => ({ ...row(`user-${at}`), address: "a".repeat(200) })),
    );
    assert.ok(file.length > 1_100_000);
    const url = job?.PreSignedUrl ?? "";
    const forged = url.replace(/signature=.{4}/, "signature=AAAA");
    assert.equal((await put(forged, file)).status, 413);
    assert.equal((await put(forged, "a")).status, 403);
    assert.equal((await put(url, file)).status, 200);

    const ask = { UserPoolId, JobId: job?.JobId };
    await cognito.send(new StartUserImportJobCommand(ask));
    const begun = await until(cognito, ask, ({ ImportedUsers = 0 }) => ImportedUsers > 0);
    assert.equal(begun.Status, "InProgress");
    first.child.kill("SIGKILL");
    assert.equal((await first.ended).signal, "SIGKILL");
    cognito.destroy();

    const second = await start(["--data", data]);
    const again = new CognitoIdentityProviderClient(second.config);
    const over = await until(again, ask, ({ CompletionDate }) => CompletionDate !== undefined);
    assert.deepEqual(
      [over.Status, over.ImportedUsers, over.SkippedUsers, over.FailedUsers],
      ["Succeeded", users, 0, 0],
    );
    const { UserPool: full } = await again.send(new DescribeUserPoolCommand({ UserPoolId }));
    assert.equal(full?.EstimatedNumberOfUsers, users);
    again.destroy();
    second.child.kill("SIGTERM");
    assert.equal((await second.ended).code, 0);
  });
});

function put(url: string, body: string): Promise<Response> {
  return fetch(url, { method: "PUT", body });
}

async function until(
  cognito: CognitoIdentityProviderClient,
  ask: { UserPoolId: string | undefined; JobId: string | undefined },
  isSo: (job: UserImportJobType) => boolean,
): Promise<UserImportJobType> {
  for (;;) {
    const { UserImportJob = {} } = await cognito.send(new DescribeUserImportJobCommand(ask));
    if (isSo(UserImportJob)) return UserImportJob;
    await wait(50);
  }
}

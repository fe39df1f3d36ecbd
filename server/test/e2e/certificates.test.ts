import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, suite, test } from "node:test";
import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  GetSigningCertificateCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { IAMClient, UploadSigningCertificateCommand } from "@aws-sdk/client-iam";
import { readConfig } from "../../src/config.ts";
import { describeCertificate } from "../../src/crypto/x509/describe.ts";
import { start as startInProcess } from "../../src/main.ts";
import { fixedClock } from "../../src/runtime/clock.ts";
import { silentLog } from "../../src/runtime/log.ts";
import { certificate } from "../certificates.ts";
import { execute, rootKey, temporaryDirectory } from "./process.ts";

const day = 86_400_000;
const at = Math.floor(Date.now() / 1000) * 1000;

suite("countersign certificates", async () => {
  const keys = { AWS_ACCESS_KEY_ID: rootKey.accessKeyId, AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey };
  const clock = fixedClock(at);
  const running = await startInProcess(readConfig(["--memory", "--port", "0", "--data", temporaryDirectory()], keys), {
    log: silentLog,
    clock,
  });
  after(() => running.stop());
  const client = { endpoint: running.endpoint, region: "us-east-1", credentials: rootKey };
  const run = (...words: string[]) => execute(["certificates", ...words], { AWS_ENDPOINT_URL: running.endpoint });

  test("none at all is no alarm", async () => {
    assert.deepEqual(await run(), { code: 0, signal: null, output: "No certificates.\n", errors: "" });
    assert.deepEqual(await run("--json"), { code: 0, signal: null, output: "[]\n", errors: "" });
    assert.equal((await run("--expiring", "30d")).code, 0);
  });

  test("a table or JSON of all; with --expiring those that end soon, and exit code 2 where there are any", async () => {
    const iam = new IAMClient(client);
    const cognito = new CognitoIdentityProviderClient(client);
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "pool" }));
    const { Certificate = "" } = await cognito.send(new GetSigningCertificateCommand({ UserPoolId: UserPool?.Id }));
    const CertificateBody = certificate("rsa-2048");
    await iam.send(new UploadSigningCertificateCommand({ CertificateBody }));
    iam.destroy();
    cognito.destroy();
    const own = describeCertificate(CertificateBody);
    const pools = describeCertificate(Certificate);
    const left = Math.floor((own.notAfter - at) / day);
    const date = (time: number) => new Date(time).toISOString().slice(0, 10);
    const root = `arn:aws:iam::${running.accountId}:root`;
    const pool = `arn:aws:cognito-idp:us-east-1:${running.accountId}:userpool/${UserPool?.Id}`;
    const row = (...cells: string[]) => cells.join(" ");
    const words = (text: string) =>
      text
        .trim()
        .split("\n")
        .map((line) => line.trim().split(/ +/).join(" "));

    const table = await run();
    assert.equal(table.code, 0);
    assert.deepEqual(words(table.output), [
      "DAYS EXPIRES STATE KIND SERIAL OWNER",
      row(String(left), date(own.notAfter), "Active", "signing-certificate", own.serialNumber, root),
      row("3652", date(pools.notAfter), "current", "user-pool-signing", pools.serialNumber, pool),
    ]);
    const listed: { owner: string; fingerprint256: string }[] = JSON.parse((await run("--json")).output);
    assert.deepEqual(
      listed.map(({ owner, fingerprint256 }) => [owner, fingerprint256]),
      [
        [root, own.fingerprint256],
        [pool, pools.fingerprint256],
      ],
    );
    const { code, output } = await run("--expiring", "30d");
    assert.deepEqual([code, output], [0, "No certificates.\n"]);

    clock.set(own.notAfter - 20 * day);
    const soon = await run("--expiring", "30d");
    assert.equal(soon.code, 2);
    assert.deepEqual(words(soon.output).slice(1), [
      row("20", date(own.notAfter), "Active", "signing-certificate", own.serialNumber, root),
    ]);
    assert.equal((await run("--expiring", "2w")).code, 0);
    clock.set(own.notAfter + day / 2);
    const ended = await run("--expiring", "1h", "--json");
    assert.equal(ended.code, 2);
    assert.deepEqual(
      JSON.parse(ended.output).map((each: { owner: string; daysLeft: number }) => [each.owner, each.daysLeft]),
      [[root, -1]],
    );
  });

  test("pages are one list, and one table", async () => {
    const listed = (serialNumber: string, daysLeft: number) => ({
      owner: "arn:aws:iam::000000000000:user/ann\u001B[2J",
      kind: "signing-certificate",
      state: "Active",
      serialNumber,
      notAfter: "2031-01-01T00:00:00.000Z",
      daysLeft,
    });
    const pages: Record<string, object> = {
      first: { certificates: [], nextToken: "second" },
      second: { certificates: [listed("AB", 1)], nextToken: "third" },
      third: { certificates: [listed("CDEF", 20)] },
    };
    const server = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? "", "http://127.0.0.1");
      response.end(JSON.stringify(pages[searchParams.get("after") ?? "first"]));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const AWS_ENDPOINT_URL = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
    const { output } = await execute(["certificates", "--json"], { AWS_ENDPOINT_URL });
    assert.deepEqual(JSON.parse(output), [listed("AB", 1), listed("CDEF", 20)]);
    const table = await execute(["certificates"], { AWS_ENDPOINT_URL });
    server.close();
    assert.equal(
      table.output,
      [
        "DAYS  EXPIRES     STATE   KIND                 SERIAL  OWNER",
        "   1  2031-01-01  Active  signing-certificate  AB      arn:aws:iam::000000000000:user/ann\uFFFD[2J",
        "  20  2031-01-01  Active  signing-certificate  CDEF    arn:aws:iam::000000000000:user/ann\uFFFD[2J",
        "",
      ].join("\n"),
    );
  });

  test("says in one line why not, and exits with 1", async () => {
    const refuses = async (line: string, words: readonly string[], more: Record<string, string> = {}) => {
      const environment = { AWS_ENDPOINT_URL: running.endpoint, ...more };
      const { code, output, errors } = await execute(["certificates", ...words], environment);
      assert.deepEqual([code, output, errors], [1, "", `countersign: ${line}\n`]);
    };
    for (const time of ["30", "30days", "-1d", "", "123456d"]) {
      await refuses(`--expiring must be a time such as 30d, 12h or 4w, not '${time}'`, [`--expiring=${time}`]);
    }
    await refuses("Unknown option '--user'", ["--user", "ann"]);
    await refuses(`${running.endpoint} refuses: The security token included in the request is invalid.`, [], {
      AWS_ACCESS_KEY_ID: "AKIAAAAAAAAAAAAAAAAA",
    });
  });
});

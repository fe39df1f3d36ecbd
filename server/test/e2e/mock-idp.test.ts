import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { readMockIdpCommand, startMockIdp } from "../../src/mock-idp-command.ts";
import { systemClock } from "../../src/runtime/clock.ts";
import { silentLog } from "../../src/runtime/log.ts";
import { systemRandom } from "../../src/runtime/random.ts";
import { certificate } from "../certificates.ts";
import { execute, launch, temporaryDirectory } from "./process.ts";

suite("countersign mock-idp", () => {
  test("says where it is, answers, and ends when told to", async () => {
    const { child, ended } = launch(["mock-idp", "--port", "0", "--client-secret", "s3cret"]);
    const url = await new Promise<string>((resolve, reject) => {
      let seen = "";
      child.stdout.on("data", (chunk) => {
        seen += chunk;
        const found = /^Mock identity provider listening on (http:\/\/127\.0\.0\.1:\d+)\n/m.exec(seen)?.[1];
        if (found !== undefined) resolve(found);
      });
      ended.then(({ errors }) => reject(new Error(errors)));
    });
    assert.match(await (await fetch(`${url}/saml/metadata`)).text(), /<md:IDPSSODescriptor /);
    const configuration: { issuer: string } = await (await fetch(`${url}/.well-known/openid-configuration`)).json();
    assert.equal(configuration.issuer, url);
    const start = await fetch(url);
    assert.match(start.headers.get("content-security-policy") ?? "", /^default-src 'none';/);
    assert.equal((await fetch(`${url}/nothing`)).status, 404);
    child.kill("SIGTERM");
    const { code, output, errors } = await ended;
    assert.equal(code, 0);
    assert.equal(
      output,
      [
        `SAML metadata: ${url}/saml/metadata`,
        `OpenID Connect issuer: ${url}, client: countersign`,
        `Mock identity provider listening on ${url}`,
        "",
      ].join("\n"),
    );
    assert.ok(!errors.includes("s3cret"));
  });

  test("warns where other machines can reach it, and only there", async () => {
    const warningsAt = async (host: string) => {
      const warnings: string[] = [];
      const log = { ...silentLog, warn: (message: string) => warnings.push(message) };
      const command = readMockIdpCommand(["--port", "0", "--host", host]);
      await (await startMockIdp(command, { clock: systemClock, random: systemRandom(), log })).stop();
      return warnings.length;
    };
    assert.deepEqual(
      [await warningsAt("0.0.0.0"), await warningsAt("127.0.0.1"), await warningsAt("localhost")],
      [1, 0, 0],
    );
  });

  test("says in one line what it cannot use", async () => {
    const directory = temporaryDirectory();
    const file = (name: string, text: string) => {
      const path = join(directory, name);
      writeFileSync(path, text);
      return path;
    };
    const refuses = async (words: readonly string[], line: string) => {
      const { code, output, errors } = await execute(["mock-idp", ...words]);
      assert.deepEqual([code, output, errors], [1, "", `countersign: ${line}\n`]);
    };
    await refuses(["--port", "x"], "--port must be a number from 0 to 65535, not 'x'");
    await refuses(["--user", "x"], "Unknown option '--user'");
    await refuses(
      ["--require-signed-requests"],
      "--require-signed-requests needs --sp-certificate or --sp-metadata to check them with",
    );
    const none = join(directory, "none");
    await refuses(["--sp-certificate", none], `--sp-certificate ${none} cannot be read: ENOENT`);
    const text = file("text", "x");
    await refuses(["--encrypt-to", text], `--encrypt-to ${text}: This is no certificate.`);
    await refuses(["--users", text], `--users ${text}: the users are not JSON`);
    const twice = file("twice", '[{"username":"a"},{"username":"a"}]');
    await refuses(["--users", twice], `--users ${twice}: two users have one username`);
    const nested = file("nested", '[{"username":"a","b":{}}]');
    await refuses(
      ["--users", nested],
      `--users ${nested}: the attributes of a must be at most 100 texts, numbers, booleans or lists of texts`,
    );
    await refuses(["--users", file("none", "[]")], `--users ${none}: the users must be a list of 1 to 1000`);
    await refuses(
      ["--allow-origin", "https://app.example.com/path"],
      "--allow-origin must be like https://app.example.com, not 'https://app.example.com/path'",
    );
    await refuses(["--clock-offset", "1y"], "--clock-offset must be like 366d or -2h, not '1y'");
    const elliptic = file("ec.pem", certificate("ec-p256"));
    await refuses(
      ["--encrypt-to", elliptic],
      `--encrypt-to ${elliptic}: its key is not RSA, and cannot be encrypted to`,
    );
  });
});

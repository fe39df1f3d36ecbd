import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import {
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
  UpdateSigningCertificateCommand,
  UploadSigningCertificateCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { authorityOf, entityOf, type Issued, issueCertificate } from "../authority.ts";
import { allow } from "../harness.ts";
import { bin, type Ended, execute, start, temporaryDirectory } from "./process.ts";

const directory = temporaryDirectory();
const always = { notBefore: Date.UTC(2020, 0), notAfter: Date.UTC(2049, 0) };
const ann = issueCertificate({ ...always, subject: [["CN", "ann"]] });

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

const pemOf = ({ privateKey }: Issued) => privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const certificate = file("ann.pem", ann.pem);
const privateKey = file("ann.key", pemOf(ann));
const words = ["credential-process", "--certificate", certificate, "--private-key", privateKey];

/** A command that knows of no other credentials. */
const run = (more: readonly string[], environment: Record<string, string> = {}): Promise<Ended> =>
  execute([...words, ...more], { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", ...environment });

suite("countersign credential-process, for a role, by IAM Roles Anywhere", async () => {
  const root = authorityOf("root", always);
  const between = authorityOf("between", { issuer: root, ...always });
  const workload = entityOf(between, { serialNumber: "c0ffee", ...always });
  const arnOf = (kind: string) =>
    `arn:aws:rolesanywhere:eu-west-1:000000000000:${kind}/00000000-0000-4000-8000-000000000001`;
  const roleArn = "arn:aws:iam::000000000000:role/workloads";
  const anchors = file(
    "roles-anywhere.json",
    JSON.stringify({
      trustAnchors: [{ arn: arnOf("trust-anchor"), certificate: root.pem }],
      profiles: [{ arn: arnOf("profile"), roleArns: [roleArn], acceptRoleSessionName: true }],
    }),
  );
  const server = await start(["--memory", "--data", temporaryDirectory(), "--roles-anywhere", anchors]);
  const iam = new IAMClient(server.config);
  const Action = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];
  const Condition = {
    StringEquals: { "aws:PrincipalTag/x509Subject/CN": "workload" },
    ArnEquals: { "aws:SourceArn": arnOf("trust-anchor") },
  };
  const Principal = { Service: "rolesanywhere.amazonaws.com" };
  const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action, Condition }] };
  await iam.send(new CreateRoleCommand({ RoleName: "workloads", AssumeRolePolicyDocument: JSON.stringify(trust) }));
  after(() => {
    iam.destroy();
    server.child.kill("SIGTERM");
  });
  const flags = (held: Issued, name: string) => [
    ...["--certificate", file(`${name}.pem`, held.pem), "--private-key", file(`${name}.key`, pemOf(held))],
    ...["--intermediates", file("between.pem", between.pem), "--role-arn", roleArn],
    ...["--profile-arn", arnOf("profile"), "--trust-anchor-arn", arnOf("trust-anchor")],
    ...["--endpoint", server.endpoint],
  ];

  test("credentials of the role, for an hour, under the certificate's number or a name", async () => {
    for (const [more, sessionName] of [
      [[], "c0ffee"],
      [["--role-session-name", "nightly", "--session-duration", "900"], "nightly"],
    ] as const) {
      const { output, errors } = await run([...flags(workload, "workload"), ...more]);
      assert.equal(errors, "");
      const { Version, AccessKeyId, SecretAccessKey, SessionToken, Expiration } = JSON.parse(output);
      assert.equal(Version, 1);
      assert.match(Expiration, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      const sts = new STSClient({
        endpoint: server.endpoint,
        region: "us-east-1",
        credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
      });
      const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
      assert.equal(Arn, `arn:aws:sts::000000000000:assumed-role/workloads/${sessionName}`);
      sts.destroy();
    }
  });

  test("none, and why, for another certificate", async () => {
    const line = async (held: Issued) => (await run(flags(held, "other"))).errors;
    const stranger = entityOf(authorityOf("between", always), always);
    assert.equal(await line(stranger), "countersign: AccessDeniedException: Untrusted signing certificate\n");
    const other = entityOf(between, { subject: [["CN", "other"]], ...always });
    assert.equal(await line(other), `countersign: AccessDeniedException: Unable to assume role for ${roleArn}\n`);
  });

  test("a file that cannot be used stops the start", async () => {
    const bad = file("bad.json", "{}");
    const { errors, code } = await execute(["start", "--memory", "--port", "0", "--roles-anywhere", bad]);
    assert.equal(code, 1);
    assert.equal(errors, `countersign: --roles-anywhere ${bad}: trustAnchors: a list is wanted\n`);
    const none = join(directory, "none.json");
    const missing = await execute(["start", "--memory", "--port", "0", "--roles-anywhere", none]);
    assert.match(missing.errors, /^countersign: --roles-anywhere \S+ cannot be read: .+\n$/);
  });
});

suite("countersign credential-process, with an IAM signing certificate", async () => {
  const server = await start(["--memory", "--data", temporaryDirectory()]);
  const iam = new IAMClient(server.config);
  await iam.send(new CreateUserCommand({ UserName: "ann" }));
  await iam.send(new UploadSigningCertificateCommand({ UserName: "ann", CertificateBody: ann.pem }));
  const PolicyDocument = JSON.stringify(allow("cognito-idp:ListUserPools"));
  await iam.send(new PutUserPolicyCommand({ UserName: "ann", PolicyName: "list", PolicyDocument }));
  after(() => {
    iam.destroy();
    server.child.kill("SIGTERM");
  });

  test("prints credentials of the certificate's owner, in the form that SDKs read", async () => {
    const asked = Date.now();
    const { code, output, errors } = await run(["--endpoint", server.endpoint]);
    assert.equal(code, 0, errors);
    assert.equal(errors, "");
    const credentials = JSON.parse(output);
    assert.deepEqual(Object.keys(credentials), [
      "Version",
      "AccessKeyId",
      "SecretAccessKey",
      "SessionToken",
      "Expiration",
    ]);
    assert.equal(credentials.Version, 1);
    assert.match(credentials.AccessKeyId, /^ASIA[A-Z2-7]{16}$/);
    const lasts = Date.parse(credentials.Expiration) - asked;
    assert.ok(lasts > 43_190_000 && lasts < 43_260_000, credentials.Expiration);
    const sts = new STSClient({
      endpoint: server.endpoint,
      region: "us-east-1",
      credentials: {
        accessKeyId: credentials.AccessKeyId,
        secretAccessKey: credentials.SecretAccessKey,
        sessionToken: credentials.SessionToken,
      },
    });
    assert.equal((await sts.send(new GetCallerIdentityCommand({}))).Arn, "arn:aws:iam::000000000000:user/ann");
    sts.destroy();
  });

  test("lasts as long as it is asked to; the endpoint comes from the environment, too", async () => {
    const asked = Date.now();
    const { output, errors } = await run(["--session-duration", "900", "--region", "eu-west-1"], {
      AWS_ENDPOINT_URL: server.endpoint,
    });
    const lasts = Date.parse(JSON.parse(output || errors).Expiration) - asked;
    assert.ok(lasts > 890_000 && lasts < 960_000, output);
  });

  test("an SDK with nothing but a line in its config file acts as the certificate's owner", async () => {
    const command = [process.execPath, bin, ...words, "--endpoint", server.endpoint];
    const config = file(
      "config",
      `[profile ann]\nregion = us-east-1\ncredential_process = ${command.map((word) => `"${word}"`).join(" ")}\n`,
    );
    const script = `
      import { STSClient, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
      import { CognitoIdentityProviderClient, ListUserPoolsCommand } from "@aws-sdk/client-cognito-identity-provider";
      const { Arn } = await new STSClient({}).send(new GetCallerIdentityCommand({}));
      const { UserPools } = await new CognitoIdentityProviderClient({}).send(new ListUserPoolsCommand({ MaxResults: 1 }));
      console.log(JSON.stringify({ Arn, UserPools }));
    `;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: import.meta.dirname,
      env: {
        PATH: process.env.PATH ?? "",
        HOME: directory,
        AWS_CONFIG_FILE: config,
        AWS_PROFILE: "ann",
        AWS_ENDPOINT_URL: server.endpoint,
        AWS_EC2_METADATA_DISABLED: "true",
      },
    });
    let output = "";
    let errors = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    await new Promise((resolve) => child.on("close", resolve));
    assert.equal(output, '{"Arn":"arn:aws:iam::000000000000:user/ann","UserPools":[]}\n', errors);
  });

  suite("says in one line why there are none", () => {
    const line = async (more: readonly string[], environment?: Record<string, string>) => {
      const { code, errors, output } = await run(["--endpoint", server.endpoint, ...more], environment);
      assert.equal(code, 1, errors);
      assert.equal(output, "");
      assert.match(errors, /^countersign: .*\n$/, "one line, without a stack");
      return errors.slice("countersign: ".length, -1);
    };

    test("what the server says of the certificate", async () => {
      const stranger = issueCertificate(always);
      const files = ["--certificate", file("stranger.pem", stranger.pem)];
      const keys = ["--private-key", file("stranger.key", pemOf(stranger))];
      assert.equal(
        await line([...files, ...keys]),
        "InvalidClientTokenId: The security token included in the request is invalid.",
      );
      const old = issueCertificate({ notBefore: Date.UTC(2020, 0), notAfter: Date.UTC(2021, 0) });
      assert.equal(
        await line(["--certificate", file("old.pem", old.pem), "--private-key", file("old.key", pemOf(old))]),
        "ExpiredToken: The security token included in the request is expired",
      );
      const { CertificateId } =
        (await iam.send(new UploadSigningCertificateCommand({ UserName: "ann", CertificateBody: ann.pem })))
          .Certificate ?? {};
      await iam.send(new UpdateSigningCertificateCommand({ UserName: "ann", CertificateId, Status: "Inactive" }));
      assert.equal(await line([]), "InvalidClientTokenId: The AWS access key provided does not exist in our records.");
      await iam.send(new UpdateSigningCertificateCommand({ UserName: "ann", CertificateId, Status: "Active" }));
      assert.match(await line(["--session-duration", "1"]), /^ValidationError: .*'durationSeconds'.* 900$/);
    });

    test("files that hold something else", async () => {
      assert.equal(
        await line(["--certificate", privateKey]),
        `--certificate ${privateKey} holds no certificate in PEM`,
      );
      assert.equal(
        await line(["--private-key", certificate]),
        `--private-key ${certificate} holds no private key in PEM, or one under a password`,
      );
      const locked = createPrivateKey(pemOf(ann)).export({
        type: "pkcs8",
        format: "pem",
        cipher: "aes-256-cbc",
        passphrase: "password",
      });
      const path = file("locked.key", locked.toString());
      assert.equal(
        await line(["--private-key", path]),
        `--private-key ${path} holds no private key in PEM, or one under a password`,
      );
      const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
      assert.equal(
        await line(["--private-key", file("other.key", other.export({ type: "pkcs8", format: "pem" }).toString())]),
        "--private-key is not the key of --certificate",
      );
      const broken = file("broken.pem", ann.pem.replace(/M/, ""));
      assert.equal(await line(["--certificate", broken]), `--certificate ${broken}: The base64 is not whole.`);
      assert.match(await line(["--certificate", join(directory, "none")]), /^--certificate cannot be read: /);
    });

    test("flags that are missing, unknown or of no use", async () => {
      const { errors } = await execute(["credential-process", "--certificate", certificate]);
      assert.equal(errors, "countersign: credential-process needs --private-key\n");
      assert.equal(
        await line(["--role-arn", "arn:aws:iam::000000000000:role/r"]),
        "credential-process needs --profile-arn",
      );
      assert.equal(await line(["--role-session-name", "me"]), "credential-process needs --role-arn");
      assert.equal(
        await line(["--session-duration", "1h"]),
        "--session-duration must be a number of seconds, not '1h'",
      );
      assert.equal(
        await line(["--endpoint", "localhost:4566"]),
        "--endpoint must be an http:// or https:// URL, not 'localhost:4566'",
      );
      assert.equal(await line(["--colour"]), "Unknown option '--colour'");
    });

    test("nobody there, or somebody else", async () => {
      assert.match(
        await line(["--endpoint", "http://127.0.0.1:1"]),
        /^http:\/\/127\.0\.0\.1:1 cannot be asked: .*(ECONNREFUSED|bad port)/,
      );
      const other = createServer((_, response) => response.end("hello"));
      await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
      const address = other.address();
      assert.ok(address !== null && typeof address === "object");
      const endpoint = `http://127.0.0.1:${address.port}`;
      assert.equal(await line(["--endpoint", endpoint]), `${endpoint} answered without credentials`);
      other.close();
    });
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  GenerateCredentialReportCommand,
  GetCredentialReportCommand,
  UpdateAccessKeyCommand,
  UpdateAccountPasswordPolicyCommand,
  UpdateLoginProfileCommand,
  UpdateSigningCertificateCommand,
  UploadSigningCertificateCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { certificate } from "../../../../test/certificates.ts";
import {
  allow,
  type Harness,
  harness,
  refused,
  startOfTest,
  testAccount,
  userWithKey,
} from "../../../../test/harness.ts";
import { enabledDevice } from "../../../../test/mfa.ts";
import { accessDenied } from "../../../../test/refusals.ts";
import { reportTask } from "./credential-report.ts";

const hour = 3_600_000;
/** Recorded from AWS, 2026-02 and 2026-09. */
const header =
  "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";
const arn = `arn:aws:iam::${testAccount}`;
const noPassword = "false,N/A,N/A,N/A,false";
const noKey = "false,N/A,N/A,N/A,N/A";
const noCertificate = "false,N/A";

const get = (h: Harness, iam = h.iam) => iam.send(new GetCredentialReportCommand({}));

async function report(h: Harness): Promise<string> {
  await h.iam.send(new GenerateCredentialReportCommand({}));
  await h.environment.tasks.settled();
  return Buffer.from((await get(h)).Content ?? []).toString();
}

suite("GetCredentialReport", async () => {
  const h = await harness();
  // AWS sends no message with these: the SDK has a word of its own for that.
  const without = (code: string, status: number) => ({ code, message: "Unknown", status });

  test("refuses while there is none, and while one is made", async () => {
    assert.deepEqual(await refused(get(h)), without("ReportNotPresent", 410));
    const slow = Promise.withResolvers<void>();
    h.environment.tasks.run(reportTask(testAccount), () => slow.promise);
    assert.deepEqual(await refused(get(h)), without("ReportInProgress", 404));
    slow.resolve();
    await h.environment.tasks.settled();
    assert.deepEqual(await refused(get(h)), without("ReportNotPresent", 410));
  });

  test("answers the same report for four hours, whatever happens, and then none", async () => {
    await h.iam.send(new CreateUserCommand({ UserName: "ann" }));
    const content = await report(h);
    await h.iam.send(new DeleteUserCommand({ UserName: "ann" }));
    h.clock.set(startOfTest + 4 * hour - 1);
    const { $metadata: _, ...answer } = await get(h);
    assert.deepEqual(answer, {
      Content: new Uint8Array(Buffer.from(content)),
      ReportFormat: "text/csv",
      GeneratedTime: new Date(startOfTest),
    });
    h.clock.set(startOfTest + 4 * hour);
    assert.deepEqual(await refused(get(h)), without("ReportExpired", 410));
    h.clock.set(startOfTest);
  });

  test("a user needs permission on everything, and without does not learn whether there is one", async () => {
    const may = await userWithKey(h, "may", allow("iam:GetCredentialReport"));
    assert.equal((await get(h, may.iam)).ReportFormat, "text/csv");
    const mayNot = await userWithKey(h, "may-not", allow("iam:GenerateCredentialReport"));
    assert.deepEqual(await refused(get(h, mayNot.iam)), accessDenied("may-not", "iam:GetCredentialReport", "*"));
  });
});

suite("a credential report", async () => {
  test("begins with root; users follow by name, whatever its case, their names quoted where they hold a comma", async () => {
    const h = await harness();
    for (const UserName of ["b,c@d", "Carl", "ann"]) {
      await h.iam.send(new CreateUserCommand({ UserName, Path: UserName === "Carl" ? "/team/" : "/" }));
    }
    const rest = [noPassword, noKey, noKey, noCertificate, noCertificate].join(",");
    const made = "2026-06-15T12:00:00Z";
    assert.deepEqual((await report(h)).split("\n"), [
      header,
      `<root_account>,${arn}:root,${made},false,N/A,N/A,not_supported,false,true,${made},${made},us-east-1,iam,${noKey},${noCertificate},${noCertificate}`,
      `ann,${arn}:user/ann,${made},${rest}`,
      `"b,c@d","${arn}:user/b,c@d",${made},${rest}`,
      `Carl,${arn}:user/team/Carl,${made},${rest}`,
    ]);
  });

  test("has all users of an account of many", async () => {
    const h = await harness();
    const names = Array.from({ length: 205 }, (_, at) => `user-${String(at).padStart(3, "0")}`);
    for (const UserName of names) await h.iam.send(new CreateUserCommand({ UserName }));
    const lines = (await report(h)).split("\n");
    assert.deepEqual(
      lines.map((line) => line.slice(0, line.indexOf(","))),
      ["user", "<root_account>", ...names],
    );
  });

  test("shows passwords, when they are due, and who has a device", async () => {
    const h = await harness();
    for (const UserName of ["ann", "bob", "carl"]) await h.iam.send(new CreateUserCommand({ UserName }));
    for (const UserName of ["ann", "bob"]) {
      await h.iam.send(new CreateLoginProfileCommand({ UserName, Password: "Passw0rd" }));
    }
    h.clock.set(startOfTest + hour);
    await h.iam.send(new UpdateLoginProfileCommand({ UserName: "ann", Password: "Passw0rd-1" }));
    await h.iam.send(new DeleteLoginProfileCommand({ UserName: "bob" }));
    await enabledDevice(h, "bobs", "bob");
    await enabledDevice(h, "roots", testAccount);
    const cells = async () =>
      (await report(h))
        .split("\n")
        .slice(1)
        .map((line) => line.split(",").slice(3, 8).join(","));
    const changed = "2026-06-15T13:00:00Z";
    assert.deepEqual(await cells(), [
      "false,N/A,N/A,not_supported,true",
      `true,no_information,${changed},N/A,false`,
      "false,N/A,N/A,N/A,true",
      noPassword,
    ]);
    await h.iam.send(new UpdateAccountPasswordPolicyCommand({ MaxPasswordAge: 90 }));
    h.clock.set(startOfTest + 6 * hour);
    assert.equal((await cells())[1], `true,no_information,${changed},2026-09-13T13:00:00Z,false`);
  });

  test("shows of each key its state, the time it was made, and its last use; active ones first", async () => {
    const h = await harness();
    await h.iam.send(new CreateUserCommand({ UserName: "ann" }));
    const keys = [];
    for (const at of [1, 2]) {
      h.clock.set(startOfTest + at * hour);
      const { AccessKey } = await h.iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
      keys.push({ accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" });
    }
    const [older = h.root, newer = h.root] = keys;
    h.clock.set(startOfTest + 3 * hour);
    await h.as(older, "eu-west-1").sts.send(new GetCallerIdentityCommand({}));
    const turnOff = (AccessKeyId: string, Status: "Active" | "Inactive") =>
      h.iam.send(new UpdateAccessKeyCommand({ UserName: "ann", AccessKeyId, Status }));
    const used = "2026-06-15T13:00:00Z,2026-06-15T15:00:00Z,eu-west-1,sts";
    const unused = "2026-06-15T14:00:00Z,N/A,N/A,N/A";
    const row = async (expected: string) => {
      h.clock.set(h.clock.now() + 4 * hour);
      const line = (await report(h)).split("\n").at(-1);
      const cells = [noPassword, expected, noCertificate, noCertificate].join(",");
      assert.equal(line, `ann,${arn}:user/ann,2026-06-15T12:00:00Z,${cells}`);
    };
    await turnOff(older.accessKeyId, "Inactive");
    await row(`true,${unused},false,${used}`);
    await turnOff(older.accessKeyId, "Active");
    await turnOff(newer.accessKeyId, "Inactive");
    await row(`true,${used},false,${unused}`);
  });

  test("shows of each certificate its state and the time of its upload; inactive and expired ones first", async () => {
    const h = await harness();
    const upload = async (UserName: string | undefined, name: string) => {
      const CertificateBody = certificate(name);
      const { Certificate } = await h.iam.send(new UploadSigningCertificateCommand({ UserName, CertificateBody }));
      return Certificate?.CertificateId;
    };
    for (const UserName of ["ann", "bob", "carl", "dora"]) await h.iam.send(new CreateUserCommand({ UserName }));
    await upload("ann", "rsa-2048");
    await upload("carl", "expires-2026-07");
    await upload("dora", "ec-p256");
    await upload(undefined, "ec-p384");
    const old = await upload("bob", "rsa-2048-b");
    h.clock.set(startOfTest + hour);
    await upload("bob", "rsa-2048-c");
    await upload("carl", "ec-p521");
    const fresh = await upload("dora", "rsa-4096");
    h.clock.set(startOfTest + 2 * hour);
    for (const [UserName, CertificateId] of [
      ["bob", old],
      ["dora", fresh],
    ] as const) {
      await h.iam.send(new UpdateSigningCertificateCommand({ UserName, CertificateId, Status: "Inactive" }));
    }
    const first = "2026-06-15T12:00:00Z";
    const second = "2026-06-15T13:00:00Z";
    const cells = async () => (await report(h)).split("\n").map((line) => line.split(",").slice(-4).join(","));
    const [, root, ann, bob, carl, dora] = await cells();
    assert.equal(root, `true,${first},${noCertificate}`);
    assert.equal(ann, `true,${first},${noCertificate}`);
    assert.equal(bob, `false,${first},true,${second}`);
    assert.equal(carl, `true,${first},true,${second}`);
    assert.equal(dora, `false,${second},true,${first}`);
    h.clock.set(Date.UTC(2026, 6, 1, 0, 0, 1));
    assert.equal((await cells())[4], `false,${first},true,${second}`);
  });
});

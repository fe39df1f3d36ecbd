import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { CognitoIdentityProviderClient, ListUserPoolsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { GetAccountSummaryCommand, IAMClient, ListAccountAliasesCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { certificate } from "../certificates.ts";
import { metadataOf } from "../saml-responses.ts";
import { rootKey, start, temporaryDirectory } from "./process.ts";

/**
 * Terraform's AWS provider against a Countersign: it creates, reads back, changes and destroys what terraform/main.tf
 * says, and after each step it finds nothing to do. The provider is large and comes from a directory of this machine
 * (`terraform providers mirror DIR` makes one): COUNTERSIGN_TEST_TERRAFORM names it, or it is one that Terraform itself
 * looks into.
 */
const mirrors = [
  process.env.COUNTERSIGN_TEST_TERRAFORM,
  join(homedir(), ".terraform.d/plugins"),
  "/usr/local/share/terraform/plugins",
  "/usr/share/terraform/plugins",
];
const mirror = mirrors.find(
  (path) => path !== undefined && existsSync(join(path, "registry.terraform.io/hashicorp/aws")),
);

function missing(): string | undefined {
  const { error, status }: SpawnSyncReturns<Buffer> = spawnSync("terraform", ["version"]);
  if (error !== undefined || status !== 0) return "there is no terraform on this machine";
  if (mirror === undefined) return "the AWS provider is not on this machine: COUNTERSIGN_TEST_TERRAFORM may name it";
  return undefined;
}

const reason = missing();
if (reason === undefined) suite("Terraform's AWS provider", withTerraform);
else console.log(`Terraform's AWS provider is not tested: ${reason}`);

function withTerraform(): void {
  test("applies, finds nothing to do, changes, finds nothing to do, and destroys", async () => {
    const directory = temporaryDirectory();
    const { endpoint, config } = await start(["--memory", "--data", temporaryDirectory()]);
    const iam = new IAMClient(config);
    writeFiles(directory);
    const terraform = (...words: string[]) => run(directory, words, endpoint);
    const step = (round: number) => ["-no-color", "-input=false", `-var=round=${round}`];

    await terraform("init", "-no-color", "-input=false");
    const readBack = async () => JSON.parse(await terraform("output", "-json", "read_back"));
    for (const round of [1, 2]) {
      await terraform("apply", "-auto-approve", ...step(round));
      // 0 is no difference, and 2 would be some.
      await terraform("plan", "-detailed-exitcode", ...step(round));
      const account = "000000000000";
      assert.deepEqual(await readBack(), {
        account,
        user: `arn:aws:iam::${account}:user/${round === 1 ? "people/ann" : "people/staff/ann"}`,
        moved: `arn:aws:iam::${account}:user/${round === 1 ? "mover" : "moved"}`,
        role: `arn:aws:iam::${account}:role/work/worker`,
        profile: round === 1 ? await machineRole(iam) : "worker",
        openid: round === 1 ? ["client-a", "client-b"] : ["client-b", "client-c"],
        client: round === 1 ? "web" : "website",
        group: round === 1 ? "Those who came" : "Those who pay",
        scopes: ["read", "write"].slice(0, round).map((scope) => `https://files.example.com/${scope}`),
        dan: "CONFIRMED",
        may: { "s3:GetObject": true, "s3:DeleteObject": false },
      });
    }

    await terraform("destroy", "-auto-approve", ...step(2));
    const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}));
    const left = ["Users", "Groups", "Policies", "Roles", "InstanceProfiles", "MFADevices", "Providers"] as const;
    assert.deepEqual(
      left.filter((kind) => SummaryMap?.[kind] !== 0),
      [],
    );
    assert.equal(SummaryMap?.ServerCertificates, 0);
    assert.equal(SummaryMap?.GlobalEndpointTokenVersion, 1);
    assert.deepEqual((await iam.send(new ListAccountAliasesCommand({}))).AccountAliases, []);
    iam.destroy();
    const cognito = new CognitoIdentityProviderClient(config);
    assert.deepEqual((await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools, []);
    cognito.destroy();
  });
}

/** The one whose name Terraform made up. */
async function machineRole(iam: IAMClient): Promise<string | undefined> {
  const { Roles = [] } = await iam.send(new ListRolesCommand({}));
  return Roles.find((role) => role.RoleName?.startsWith("machine-"))?.RoleName;
}

function writeFiles(directory: string): void {
  cpSync(fileURLToPath(new URL("terraform", import.meta.url)), directory, { recursive: true });
  const vector = (name: string) => readFileSync(new URL(`../vectors/${name}`, import.meta.url), "utf8");
  const write = (name: string, text: string) => writeFileSync(join(directory, name), text);
  write("signing.pem", certificate("rsa-2048"));
  write("server.pem", vector("server-certificates/leaf.pem"));
  write("intermediate.pem", vector("server-certificates/intermediate.pem"));
  write("server.key", vector("server-certificates/leaf.key.pem"));
  const [key] = JSON.parse(vector("ssh-keys.json")) as { line: string }[]; // each of these vectors has its line
  write("key.pub", key?.line ?? "");
  for (const [round, name] of [
    [1, "rsa-2048"],
    [2, "rsa-2048-b"],
  ] as const) {
    write(`metadata-${round}.xml`, metadataOf({ entityId: "https://idp.example.com/saml" }, [certificate(name)]));
  }
  // No other place is looked into: nothing is fetched.
  const paths = `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`;
  write("terraform.rc", `${paths}disable_checkpoint = true\n`);
}

/** What Terraform says, or an error with all of it. */
function run(directory: string, words: readonly string[], endpoint: string): Promise<string> {
  const { PATH = "" } = process.env;
  const child = spawn("terraform", words, {
    cwd: directory,
    env: {
      PATH,
      HOME: directory,
      AWS_ACCESS_KEY_ID: rootKey.accessKeyId,
      AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
      TF_CLI_CONFIG_FILE: join(directory, "terraform.rc"),
      TF_VAR_endpoint: endpoint,
      TF_VAR_round: "1",
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`terraform ${words[0]} ended with ${code}:\n${output}`));
    });
  });
}

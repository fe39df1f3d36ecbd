import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { stageClient, stageServer } from "./package-tarballs.ts";

const modules = fileURLToPath(new URL("../node_modules", import.meta.url));
const execute = promisify(execFile);
const project = mkdtempSync(join(tmpdir(), "countersign-project-"));
const [server, client] = [
  join(project, "node_modules/countersign"),
  join(project, "node_modules/@countersign/resources"),
];
after(() => rmSync(project, { recursive: true }));

// A project in which both packages are installed, with the dependencies that are installed here.
before(() => {
  mkdirSync(join(project, "node_modules/@countersign"), { recursive: true });
  for (const name of readdirSync(modules)) {
    if (name !== "countersign" && name !== "@countersign" && !name.startsWith(".")) {
      symlinkSync(join(modules, name), join(project, "node_modules", name));
    }
  }
  stageServer(server);
  stageClient(client);
});

const node = (...words: string[]) => execute(process.execPath, ["--preserve-symlinks", ...words], { cwd: project });

test("the command of the published package says its version", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../server/package.json", import.meta.url), "utf8"));
  const { stdout } = await node(join(server, "bin/countersign.js"), "--version");
  assert.equal(stdout, `${version}\n`);
});

test("the published packages answer together", async () => {
  writeFileSync(
    join(project, "start.js"),
    `import { startCountersign } from "countersign";
     import { resources } from "@countersign/resources";
     const countersign = await startCountersign();
     const iam = resources(countersign.clientConfig());
     await iam.createUser({ UserName: "ann" });
     for await (const user of iam.users) console.log(user.name);
     await countersign.stop();`,
  );
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module" }));
  const { stdout } = await node("start.js");
  assert.equal(stdout, "ann\n");
});

test("the store's statements are known as compiled, so that Kysely is not loaded", async () => {
  writeFileSync(
    join(project, "statements.js"),
    `import { statements } from ${JSON.stringify(join(server, "dist/store/statement.js"))};
     const { catalog, loadOperation } = await import(${JSON.stringify(join(server, "dist/services/catalog.js"))});
     for (const service of Object.values(catalog)) {
       for (const name of Object.keys(service.operations)) await loadOperation(service, name);
     }
     const stored = JSON.parse((await import("node:fs")).readFileSync(${JSON.stringify(join(server, "dist/store/statements.json"))}, "utf8"));
     console.log([...statements.values()].filter((it) => stored[it.name]?.source !== it.source).map((it) => it.name).join());
     console.log(statements.size > 0);`,
  );
  const { stdout } = await node("statements.js");
  assert.equal(stdout, "\ntrue\n");
});

test("what is published names no source, no test and no development", () => {
  for (const directory of [server, client]) {
    const manifest = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
    assert.deepEqual(manifest.exports["."], { types: "./dist/index.d.ts", default: "./dist/index.js" });
    assert.equal(manifest.devDependencies, undefined);
    assert.equal(manifest.scripts, undefined);
    const files = readdirSync(directory, { recursive: true, encoding: "utf8" });
    assert.deepEqual(
      files.filter((path) => /(?<!\.d)\.ts$|\.test\./.test(path)),
      [],
    );
  }
  const { optionalDependencies } = JSON.parse(readFileSync(join(server, "package.json"), "utf8"));
  const pinned = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).optionalDependencies;
  assert.deepEqual(optionalDependencies, pinned);
});

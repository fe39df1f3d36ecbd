/**
 * `npm run package`: the two packages as they are published, as tarballs in dist/.
 *
 * Node reads no TypeScript below node_modules, so what is published is JavaScript. It is the source with its types blanked
 * out, which is what Node runs here too: the same lines and columns, and the same function texts, by which the store
 * knows its compiled statements. Declarations come from the compiler.
 */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/** The part of a package.json that publication reads or changes. */
interface Manifest {
  readonly version: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly [other: string]: unknown;
}

/** Builds the server's package in a directory: bin/, dist/ and what a package carries beside its code. */
export function stageServer(directory: string): void {
  const source = join(root, "server/src");
  writeJavaScript(source, join(directory, "dist"));
  for (const path of globSync("**/*.json", { cwd: source })) {
    copy(join(source, path), join(directory, "dist", path));
  }
  const declarations = declare("tsconfig.json", root);
  const front = readFileSync(join(declarations, "server/src/index.d.ts"), "utf8");
  rmSync(declarations, { recursive: true });
  // The front alone is declared: the rest of the house is not what a dependent builds on, and its types need AWS's.
  if (/\b(from|import)\b *\(?["']/.test(front)) throw new Error("server/src/index.ts must declare all that it exports");
  write(join(directory, "dist/index.d.ts"), front);

  const bin = readFileSync(join(root, "server/bin/countersign.js"), "utf8");
  write(join(directory, "bin/countersign.js"), replaceOnce(bin, '"../src/cli.ts"', '"../dist/cli.js"'), 0o755);

  const { optionalDependencies } = readManifest("package.json");
  const node = Object.entries(optionalDependencies ?? {}).filter(([name]) => name.startsWith("node-"));
  for (const name of ["README.md", "LICENSE", "NOTICE"]) copyNearest("server", name, directory);
  writeManifest(directory, { ...readManifest("server/package.json"), optionalDependencies: Object.fromEntries(node) });
}

/** Builds the client library's package in a directory. */
export function stageClient(directory: string): void {
  const source = join(root, "client/src");
  writeJavaScript(source, join(directory, "dist"));
  const declarations = declare("client/tsconfig.json", source);
  for (const path of globSync("**/*.d.ts", { cwd: declarations })) {
    write(join(directory, "dist", path), withJavaScriptNames(readFileSync(join(declarations, path), "utf8")));
  }
  rmSync(declarations, { recursive: true });
  for (const name of ["README.md", "LICENSE"]) copyNearest("client", name, directory);
  writeManifest(directory, readManifest("client/package.json"));
}

/** Tests, and a tool that reads the sources of its room. */
const notPublished = ["**/*.test.ts", "store/compile-statements.ts"];

function writeJavaScript(source: string, target: string): void {
  for (const path of globSync("**/*.ts", { cwd: source, exclude: notPublished })) {
    const text = withJavaScriptNames(stripTypeScriptTypes(readFileSync(join(source, path), "utf8")));
    write(join(target, path.replace(/\.ts$/, ".js")), text);
  }
}

/** `"./store.ts"` is `"./store.js"` there: in imports, and where a module is named to be loaded later. */
function withJavaScriptNames(text: string): string {
  return text.replaceAll(/(["'])(\.{1,2}\/[^"'\n]*)\.ts\1/g, "$1$2.js$1");
}

/** Declarations of a project, below a directory of their own. */
function declare(project: string, rootDirectory: string): string {
  const directory = mkdtempSync(join(tmpdir(), "countersign-declarations-"));
  const options = ["--noEmit", "false", "--emitDeclarationOnly", "--declaration"];
  run(process.execPath, [
    join(root, "node_modules/typescript/bin/tsc"),
    ...["--project", join(root, project)],
    ...options,
    ...["--rootDir", rootDirectory, "--outDir", directory],
  ]);
  return directory;
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}

/** Everything as in development, but for what points at sources. */
function writeManifest(directory: string, manifest: Manifest): void {
  const { devDependencies: _, scripts: __, ...kept } = manifest;
  const published = {
    ...kept,
    exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" }, "./package.json": "./package.json" },
    files: ["bin", "dist", "NOTICE"].filter((name) => existsSync(join(directory, name))),
  };
  write(join(directory, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
}

function copyNearest(folder: string, name: string, directory: string): void {
  const found = [join(root, folder, name), join(root, name)].find((path) => existsSync(path));
  if (found === undefined) throw new Error(`a package needs its ${name}: there is none in ${folder}/ or above`);
  copy(found, join(directory, name));
}

function replaceOnce(text: string, from: string, to: string): string {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`${from} must be there once, not ${parts.length - 1} times`);
  return parts.join(to);
}

function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

function run(command: string, words: readonly string[], cwd: string = root): string {
  const { status, stdout, stderr, error } = spawnSync(command, words, {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32" && command === "npm",
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${words.join(" ")} failed:\n${stdout}${stderr}`);
  return stdout;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = join(root, "dist");
  rmSync(target, { recursive: true, force: true });
  for (const [name, stage] of [
    ["server", stageServer],
    ["client", stageClient],
  ] as const) {
    const directory = join(target, name);
    stage(directory);
    console.log(`dist/${run("npm", ["pack", "--silent", "--pack-destination", target], directory).trim()}`);
  }
}

#!/usr/bin/env node
// Plain JavaScript that any Node from 12 on can read: it makes sure that the rest runs on Node 24 or newer, which reads
// TypeScript and has node:sqlite. The pinned Node comes with the package, as an optional platform package.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

if (Number(process.versions.node.split(".")[0]) >= 24) {
  // Compiled sources are kept by Node: the second start spends no time on them.
  require("node:module").enableCompileCache?.();
  await import("../src/cli.ts");
} else {
  const platform = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  let pinned;
  try {
    pinned = require.resolve(`${platform}/bin/node${process.platform === "win32" ? ".exe" : ""}`);
  } catch {
    console.error(
      `countersign needs Node 24 or newer, and this is ${process.versions.node}. ` +
        `Run \`npm ci\` (it brings Node 24 as the package ${platform}, where that exists), or install Node 24.`,
    );
    process.exit(1);
  }
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

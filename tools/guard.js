// Plain JavaScript that any Node from 12 on can read: `node tools/guard.js SCRIPT WORDS` runs the script where Node is
// new enough, and says what to do where it is not. npm puts node_modules/.bin first on PATH, and Node 24 is there.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [script, ...words] = process.argv.slice(2);

if (Number(process.versions.node.split(".")[0]) < 24) {
  console.error(`needs Node 24 or newer, found v${process.versions.node}: run npm ci, then npm run or npm test`);
  process.exitCode = 1;
} else if (script !== undefined) {
  // The script finds its own path and its words where it would if it had been started itself.
  process.argv = [process.execPath, resolve(script), ...words];
  import(pathToFileURL(resolve(script)).href);
}

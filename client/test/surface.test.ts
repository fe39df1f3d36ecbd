import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { apiFile, apiText, clientFolder, compile, inFolder, publicDeclarations } from "./surface.ts";

test("api.txt is the public surface (npm run api writes it)", () => {
  assert.equal(readFileSync(apiFile, "utf8"), apiText());
});

suite("documentation", () => {
  const declarations = publicDeclarations();

  test("every export and every public member is documented", () => {
    const silent = declarations.flatMap(({ name, comment, members }) => [
      ...(comment === "" ? [name] : []),
      ...members
        .filter((member) => member.comment === "" && !isInherited(member.text))
        .map(({ text }) => `${name}: ${text}`),
    ]);
    assert.deepEqual(silent, []);
  });

  test("every class, function, method and getter has an example", () => {
    const without = declarations.flatMap(({ name, text, comment, members }) => [
      ...(/^(abstract class|class|function) /.test(text) && !comment.includes("@example") ? [name] : []),
      ...members
        .filter((member) => /^(abstract )?get |^\w+[(<]/.test(member.text) && !isInherited(member.text))
        .filter((member) => !member.comment.includes("@example"))
        .map((member) => `${name}: ${member.text}`),
    ]);
    assert.deepEqual(without, []);
  });

  test("the examples of the sources and of the README compile", () => {
    const sources = readdirSync(join(clientFolder, "src")).map((file) => join("src", file));
    const examples = [...sources, "README.md"].flatMap((file) => {
      const text = readFileSync(join(clientFolder, file), "utf8");
      return [...text.matchAll(/^( \* | {3}\* |)```ts\n([\s\S]*?)^\1```$/gm)].map(([, margin = "", body = ""]) => ({
        file,
        code: body
          .split("\n")
          .map((line) => line.slice(margin.length))
          .join("\n"),
      }));
    });
    assert.ok(examples.length > 100, `only ${examples.length} examples found`);
    compileModules(examples.map(({ file, code }) => `// ${file}\n${inContext(code)}`));
  });
});

test("attributes have every member that boto3 has", () => {
  const model: { resources: Record<string, { attributes?: string[] }> } = JSON.parse(
    readFileSync(new URL("resource-model.json", import.meta.url), "utf8"),
  );
  const checks = Object.entries(model.resources).flatMap(([type, { attributes = [] }]) =>
    attributes.length === 0
      ? []
      : [
          `import type { ${type} } from "@countersign/resources";`,
          `export const of${type}: (keyof Awaited<ReturnType<${type}["attributes"]>>)[] = ${JSON.stringify(attributes)};`,
        ],
  );
  assert.ok(checks.length > 30);
  compileModules([checks.join("\n")]);
});

// So that it runs in browsers: tsconfig.json keeps Node's globals out, this its modules.
test("the sources import each other and the SDK client, nothing else", () => {
  for (const file of readdirSync(join(clientFolder, "src"))) {
    const text = readFileSync(join(clientFolder, "src", file), "utf8").replaceAll(/^ *(\/\*\*|\*).*$/gm, "");
    for (const [, from] of text.matchAll(/\b(?:from|import)\b *\(?"([^"]+)"/g)) {
      assert.match(String(from), /^(\.\/[\w-]+\.ts|@aws-sdk\/client-iam)$/, file);
    }
  }
});

// A constructor is documented by its class, an override by what it overrides.
function isInherited(member: string): boolean {
  return /^(constructor\(|get kind\(|\[Symbol\.asyncIterator\])/.test(member);
}

/** An example as a module of its own: with `iam` at hand unless it makes its own. */
function inContext(code: string): string {
  const context = /\bconst iam\b/.test(code)
    ? ""
    : 'import type { Iam } from "@countersign/resources";\ndeclare const iam: Iam;\n';
  return `${context}${code}\nexport {};\n`;
}

function compileModules(modules: readonly string[]): void {
  inFolder((folder) => {
    for (const [index, text] of modules.entries()) writeFileSync(join(folder, `module-${index}.mts`), text);
    const installed = fileURLToPath(new URL("..", import.meta.resolve("@aws-sdk/client-iam")));
    const settings = {
      extends: join(clientFolder, "tsconfig.json"),
      compilerOptions: {
        rootDir: "/",
        noUnusedLocals: false,
        isolatedDeclarations: false,
        declaration: false,
        paths: {
          "@countersign/resources": [join(clientFolder, "src/index.ts")],
          "@aws-sdk/client-iam": [join(installed, "dist-types/index.d.ts")],
        },
      },
      include: [join(folder, "*.mts")],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
    compile("-p", folder);
  });
}

import type { Model, OperationShape } from "../../server/src/contract/shape.ts";
import type { Limits } from "./limits.ts";
import type { SdkApi } from "./sdk.ts";

/** One line for each entry of the three tables: a change in AWS's API is a line in a diff. */
export function printJson(document: Model | Limits): string {
  const lines = Object.entries(document).map(([key, value]) => {
    if (typeof value !== "object") return `${JSON.stringify(key)}:${JSON.stringify(value)}`;
    const entries = Object.entries(value).map(([name, entry]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`);
    return `${JSON.stringify(key)}:{\n${entries.join(",\n")}\n}`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}

export interface Names {
  readonly file: string;
  readonly api: string;
}

/** The typed rows and the line that loads the model. */
export function printRows(names: Names, model: Model, sdk: SdkApi, source: string): string {
  const imported = new Set<string>();
  let validates = false;
  const rows = Object.entries(model.operations).map(([name, operation]) => {
    const input = inputType(model, operation, imported);
    validates ||= input.startsWith("Validated<");
    const output = structureType(model, operation.output, imported);
    const error = operation.errors.length === 0 ? "never" : operation.errors.map((code) => `"${code}"`).join(" | ");
    return `  ${name}: {\n    input: ${input};\n    output: ${output};\n    error: ${error};\n    auth: "${operation.auth}";\n  };`;
  });
  const shapeTypes = validates ? "Model, Validated" : "Model";
  return `${[
    "// Made by tools/contract (npm run contract); do not edit: correct tools/contract/overrides.ts and run it again.",
    `// From ${sdk.package} ${sdk.version} and the AWS API model of ${source}.`,
    `import type {\n${[...imported]
      .sort()
      .map((type) => `  ${type},\n`)
      .join("")}} from "${sdk.package}";`,
    `import { loadModel } from "./model.ts";`,
    `import type { ${shapeTypes} } from "./shape.ts";`,
    "",
    `export interface ${names.api} {\n${rows.join("\n")}\n}`,
    "",
    `export const ${names.file}: Model = loadModel("${names.file}");`,
  ].join("\n")}\n`;
}

function structureType(model: Model, name: string | undefined, imported: Set<string>): string {
  const shape = name === undefined ? undefined : model.shapes[name];
  // An interface without members would accept anything at all.
  if (name === undefined || shape?.type !== "structure" || Object.keys(shape.members).length === 0) {
    return "Record<string, never>";
  }
  imported.add(name);
  return name;
}

function inputType(model: Model, operation: OperationShape, imported: Set<string>): string {
  const type = structureType(model, operation.input, imported);
  const shape = operation.input === undefined ? undefined : model.shapes[operation.input];
  const required = shape?.type === "structure" ? (shape.required ?? []) : [];
  return required.length === 0 ? type : `Validated<${type}, ${required.map((member) => `"${member}"`).join(" | ")}>`;
}

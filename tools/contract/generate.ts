/**
 * tools/contract: makes server/src/contract/{iam,sts,cognito}.{json,ts} from two sources. sdk.ts reads the AWS SDK's
 * client packages: operations, members, kinds, required, sensitive, error statuses, who signs. limits.ts reads the AWS
 * API models: lengths, ranges, patterns, enums, errors in order. join.ts walks both at once, overrides.ts (by hand)
 * adds what neither says, print.ts prints. Whatever the sources differ on is printed; a contradiction stops the run.
 *
 *   npm run contract                                              from limits/, which is checked in
 *   npm run contract -- --models DIR --source "botocore 1.43.107"   refreshes limits/ from service-2.json files first
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Model } from "../../server/src/contract/shape.ts";
import { join } from "./join.ts";
import { type Limits, readLimits, reduceModel } from "./limits.ts";
import { cognitoOverrides, iamOverrides, type Overrides, stsOverrides } from "./overrides.ts";
import { printJson, printRows } from "./print.ts";
import { readSdk } from "./sdk.ts";

interface Contract {
  readonly file: "iam" | "sts" | "cognito";
  readonly api: string;
  readonly service: Model["service"];
  readonly overrides: Overrides;
}

export const contracts: readonly Contract[] = [
  { file: "iam", api: "IamApi", service: "iam", overrides: iamOverrides },
  { file: "sts", api: "StsApi", service: "sts", overrides: stsOverrides },
  { file: "cognito", api: "CognitoApi", service: "cognito-idp", overrides: cognitoOverrides },
];

export interface Generated {
  readonly json: string;
  readonly rows: string;
  readonly model: Model;
  readonly report: readonly string[];
}

export async function generate(contract: Contract, limits: Limits): Promise<Generated> {
  const sdk = await readSdk(contract.service);
  const { model, report } = join(contract.service, sdk, limits, contract.overrides);
  return { json: printJson(model), rows: printRows(contract, model, sdk, limits.source), model, report };
}

const target = new URL("../../server/src/contract/", import.meta.url);

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { models: { type: "string" }, source: { type: "string" } } });
  if ((values.models === undefined) !== (values.source === undefined)) {
    throw new Error('--models DIR and --source "name and version of the models" go together');
  }
  for (const contract of contracts) {
    const { service, file } = contract;
    if (values.models !== undefined && values.source !== undefined) {
      const limits = reduceModel(readFileSync(`${values.models}/${service}.json`, "utf8"), values.source);
      writeFileSync(new URL(`limits/${service}.json`, import.meta.url), printJson(limits));
    }
    const { json, rows, model, report } = await generate(contract, readLimits(service));
    writeFileSync(new URL(`${file}.json`, target), json);
    writeFileSync(new URL(`${file}.ts`, target), rows);
    const counts = [model.operations, model.shapes, model.errors].map((table) => Object.keys(table).length);
    process.stdout.write(`${file}: ${counts[0]} operations, ${counts[1]} shapes, ${counts[2]} errors\n`);
    for (const line of report) process.stdout.write(`  ${line}\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();

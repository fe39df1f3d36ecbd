import { loadModel } from "../../src/contract/model.ts";
import type { Model } from "../../src/contract/shape.ts";
import { type Files, parse, readRepository, type Source } from "./source.ts";

/** Everything a rule may look at. */
export interface House {
  readonly files: Files;
  readonly sources: readonly Source[];
  /** Operations that AWS has, by the folder of services/ that they belong to. */
  readonly operations: Readonly<Record<string, ReadonlySet<string>>>;
  /** Every word of AWS's own: operations, shapes and members. */
  readonly awsNames: ReadonlySet<string>;
}

export function houseOf(files: Files): House {
  return { files, sources: parse(files), ...contract };
}

export function thisHouse(): House {
  return houseOf(readRepository());
}

const models = { iam: loadModel("iam"), sts: loadModel("sts"), cognito: loadModel("cognito") };

const contract = {
  operations: Object.fromEntries(
    Object.entries(models).map(([folder, model]) => [folder, new Set(Object.keys(model.operations))]),
  ),
  awsNames: new Set(Object.values(models).flatMap(namesOf)),
};

function namesOf(model: Model): string[] {
  const shapes = Object.entries(model.shapes);
  const members = shapes.flatMap(([, shape]) => (shape.type === "structure" ? Object.keys(shape.members) : []));
  return [...Object.keys(model.operations), ...shapes.map(([name]) => name), ...members];
}

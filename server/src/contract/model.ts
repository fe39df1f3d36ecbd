import { readFileSync } from "node:fs";
import type { Model } from "./shape.ts";

/**
 * The JSON stands beside the code and is read whole: parsing it takes a few milliseconds, where a module of the same
 * tables would be compiled by Node first. It is ours, made and compared by tools/contract, so it is not checked again.
 */
export function loadModel(name: "iam" | "sts" | "cognito"): Model {
  return JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), "utf8"));
}

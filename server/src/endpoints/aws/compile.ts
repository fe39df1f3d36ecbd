import type { Model, Shape } from "../../contract/shape.ts";

/** What a model's shapes were compiled to, by shape name. */
export type Compiled<T> = WeakMap<Model, Map<string, T>>;

export type Named<T> = readonly (readonly [name: string, compiled: T])[];

export function shapeOf(model: Model, shapeName: string): Shape {
  const shape = model.shapes[shapeName];
  if (shape === undefined) throw new Error(`${shapeName} is not a shape of ${model.service}`);
  return shape;
}

/** A structure's members, in AWS's order, each with what its shape was compiled to. */
export function membersOf<T>(
  model: Model,
  shapeName: string,
  compile: (model: Model, shapeName: string) => T,
): Named<T> {
  const shape = shapeOf(model, shapeName);
  if (shape.type !== "structure") throw new Error(`${shapeName} is not a structure`);
  return Object.entries(shape.members).map(([name, member]) => [name, compile(model, member)]);
}

/**
 * Compiles each shape once. The result is known before it is made, so that a shape may hold itself: what is inside is
 * only looked at when it runs.
 */
export function compileOnce<T extends object>(
  compiled: Compiled<T>,
  model: Model,
  shapeName: string,
  make: (model: Model, shapeName: string) => T,
): T {
  let known = compiled.get(model);
  if (known === undefined) {
    known = new Map();
    compiled.set(model, known);
  }
  let result = known.get(shapeName);
  if (result === undefined) {
    result = {} as T; // filled below, before anything runs
    known.set(shapeName, result);
    Object.assign(result, make(model, shapeName));
  }
  return result;
}

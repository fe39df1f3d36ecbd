import type { LocalFunction } from "../../../runtime/local-function.ts";

/*
 * Where a function ARN leads. Functions are called at the places that the operator has named, and nowhere else: an ARN
 * comes from whoever may write a user pool, so none of it is ever taken for an address.
 */

export type Target =
  /** Any endpoint that speaks Invoke of the AWS Lambda API. */
  | { readonly kind: "invoke"; readonly url: string }
  /** The event is posted, the answer is the event with its response. */
  | { readonly kind: "url"; readonly url: string }
  | ({ readonly kind: "module" } & LocalFunction);

export interface Targets {
  /** The target of a function ARN; undefined where nobody has named one. */
  find(functionArn: string): Target | undefined;
  /** All modules that are named, as `file:` URLs. */
  readonly modules: readonly string[];
}

/** A mapping that cannot be used: one line, for a person. */
export class TargetError extends Error {
  override readonly name = "TargetError";
}

export interface TargetSettings {
  /** `NAME=TARGET,NAME=TARGET`, or the JSON object that says the same. */
  readonly functions: string;
  /** Base URL of the endpoint for all other functions. */
  readonly endpoint: string | undefined;
  /** The `file:` URL, with a slash at its end, that paths of modules are relative to. */
  readonly base: string;
}

/** The path of Invoke (AWS Lambda API Reference, 2015-03-31). */
const invokePath = /^\/2015-03-31\/functions\/[^/]+\/invocations$/;

export function readTargets({ functions, endpoint, base }: TargetSettings): Targets {
  const named = new Map(entriesOf(functions).map(([name, target]) => [name, readTarget(name, target, base)]));
  const server = endpoint === undefined ? undefined : httpUrl("the endpoint", endpoint).replace(/\/+$/, "");
  return {
    find(functionArn) {
      for (const name of namesOf(functionArn)) {
        const target = named.get(name);
        if (target !== undefined) return target;
      }
      if (server === undefined) return undefined;
      return { kind: "invoke", url: `${server}/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations` };
    },
    modules: [...named.values()].flatMap((target) => (target.kind === "module" ? [target.module] : [])),
  };
}

/** The name of the function in its ARN: `arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]`. */
export function functionName(functionArn: string): string {
  return functionArn.split(":")[6] ?? functionArn;
}

/** What a mapping may call a function by, the most exact first. */
function namesOf(functionArn: string): readonly string[] {
  const parts = functionArn.split(":");
  const name = functionName(functionArn);
  const qualifier = parts[7];
  if (qualifier === undefined) return [functionArn, name];
  return [functionArn, parts.slice(0, 7).join(":"), `${name}:${qualifier}`, name];
}

function entriesOf(text: string): readonly (readonly [string, string])[] {
  if (text.trim() === "") return [];
  if (!text.trimStart().startsWith("{")) {
    return text.split(",").map((entry) => {
      const equals = entry.indexOf("=");
      if (equals < 1) throw new TargetError(`'${entry}' is no NAME=TARGET`);
      return [entry.slice(0, equals).trim(), entry.slice(equals + 1).trim()];
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TargetError("it is no JSON");
  }
  return Object.entries(value ?? {}).map(([name, target]: [string, unknown]) => {
    if (typeof target !== "string") throw new TargetError(`the target of '${name}' must be a string`);
    return [name, target];
  });
}

function readTarget(name: string, target: string, base: string): Target {
  if (/^https?:/i.test(target)) {
    const url = httpUrl(`the target of '${name}'`, target);
    return { kind: invokePath.test(new URL(url).pathname) ? "invoke" : "url", url };
  }
  const hash = target.lastIndexOf("#");
  const path = hash === -1 ? target : target.slice(0, hash);
  if (!/^[^:]*\.[cm]?js$|^file:.*\.[cm]?js$/.test(path)) {
    throw new TargetError(`the target of '${name}' must be an http:// or https:// URL, or the path of a .js module`);
  }
  const module = path.startsWith("file:") ? path : new URL(encodePath(path), base).href;
  return { kind: "module", module, exportName: hash === -1 ? "handler" : target.slice(hash + 1) };
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

function httpUrl(what: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TargetError(`${what} must be an http:// or https:// URL`);
  }
  // What a URL says before its host ends up in logs of others.
  if (url.username !== "" || url.password !== "") throw new TargetError(`${what} must hold no user name or password`);
  return text;
}

import { cognito } from "../contract/cognito.ts";
import { iam } from "../contract/iam.ts";
import type { Model } from "../contract/shape.ts";
import { sts } from "../contract/sts.ts";
import { nextTurn } from "../runtime/tasks.ts";
import { cognitoOperations } from "./cognito/operations.ts";
import { iamOperations } from "./iam/operations.ts";
import type { AnyOperation } from "./operation.ts";
import { stsOperations } from "./sts/operations.ts";

type LoadOperation = () => Promise<Readonly<Record<string, AnyOperation>>>;

/** A service as the endpoint sees it: what AWS promised, and what is implemented of it. */
export interface ServiceEntry {
  readonly model: Model;
  readonly operations: Readonly<Record<string, LoadOperation | undefined>>;
  /** What takes long to load, so that the first operation which needs it does not load at one stretch. */
  readonly parts: readonly (() => Promise<unknown>)[];
}

export const catalog: Readonly<Record<Model["service"], ServiceEntry>> = {
  iam: { model: iam, operations: iamOperations, parts: [] },
  sts: {
    model: sts,
    operations: stsOperations,
    parts: [() => import("../crypto/jwt.ts"), () => import("./sts/federated-session.ts")],
  },
  "cognito-idp": { model: cognito, operations: cognitoOperations, parts: [] },
};

const used = new Set<ServiceEntry>();
const complete = new Set<ServiceEntry>();

/** Undefined where it is not implemented. */
export async function loadOperation(service: ServiceEntry, name: string): Promise<AnyOperation | undefined> {
  if (!Object.hasOwn(service.operations, name)) return undefined;
  used.add(service);
  return load(service, name);
}

async function load({ operations }: ServiceEntry, name: string): Promise<AnyOperation | undefined> {
  const module = await operations[name]?.();
  return module?.[name];
}

/**
 * The rest of each service that somebody has asked for anything: who signs users in needs not hold all of IAM in memory.
 * One part or operation in each turn of the event loop, so that requests come in between. A server whose files are
 * replaced goes on with those it had.
 */
export async function loadUsedServices(): Promise<void> {
  for (const service of used) {
    if (complete.has(service)) continue;
    for (const part of service.parts) {
      await part();
      await nextTurn();
    }
    for (const name of Object.keys(service.operations)) {
      await load(service, name);
      await nextTurn();
    }
    complete.add(service);
  }
}

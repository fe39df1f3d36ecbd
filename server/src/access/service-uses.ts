import type { Log } from "../runtime/log.ts";
import { serviceUses } from "../store/service-uses.ts";
import type { Store, Tx } from "../store/store.ts";
import type { Caller } from "./caller.ts";
import { WriteBehind } from "./write-behind.ts";

export interface ServiceUse {
  /** As policies name it: `iam`. */
  readonly service: string;
  /** `CreateUser`. */
  readonly action: string;
  /** Milliseconds since the epoch. */
  readonly usedAt: number;
  readonly region: string;
}

interface Noted {
  readonly kind: "user" | "role";
  readonly principalId: string;
  readonly use: ServiceUse;
}

/** As in last-used.ts: an action in steady use is written once a minute, not once a request. */
const granularityMs = 60_000;
/** A principal has at most as many notes as there are actions. */
const mostPrincipals = 2_000;

/**
 * Which user or role last tried which action, allowed or not, as access reports count it (IAM User Guide, "Things to know":
 * all attempts, not just the successful ones). Noted in memory and written behind the requests.
 */
export class ServiceUses {
  readonly #store: Store;
  /** By principal, then by `iam:CreateUser`. */
  readonly #noted = new Map<string, Map<string, Noted>>();
  readonly #unwritten = new Set<Noted>();
  readonly #writing: WriteBehind;

  constructor(store: Store, log: Log) {
    this.#store = store;
    this.#writing = new WriteBehind(log, "uses of services", () => this.#write());
  }

  /** `action` is `iam:CreateUser`. Root's uses are nobody's, as root has no policies to report on. */
  note(caller: Caller, action: string, usedAt: number, region: string): void {
    const kind = caller.session?.issuer?.kind ?? caller.kind;
    if (kind !== "user" && kind !== "role") return;
    const principalId = caller.session?.issuer?.id ?? caller.userId;
    let actions = this.#noted.get(principalId);
    if (actions === undefined) {
      if (this.#noted.size >= mostPrincipals) this.#forgetWritten();
      actions = new Map();
      this.#noted.set(principalId, actions);
    }
    const before = actions.get(action);
    const last = before?.use;
    if (last !== undefined && last.region === region && Math.abs(usedAt - last.usedAt) < granularityMs) return;
    const colon = action.indexOf(":");
    const use = { service: action.slice(0, colon), action: action.slice(colon + 1), usedAt, region };
    const noted = { kind, principalId, use };
    if (before !== undefined) this.#unwritten.delete(before);
    actions.set(action, noted);
    this.#unwritten.add(noted);
    this.#writing.soon();
  }

  /** Of one user or role: what is written, under what is noted and not yet written. */
  async of(tx: Tx, principalId: string): Promise<ServiceUse[]> {
    const uses = new Map<string, ServiceUse>();
    for (const { service, action, used_at, region } of await serviceUses.list(tx, principalId)) {
      uses.set(`${service}:${action}`, { service, action, usedAt: used_at, region });
    }
    for (const [name, noted] of this.#noted.get(principalId) ?? []) {
      if (this.#unwritten.has(noted)) uses.set(name, noted.use);
    }
    return [...uses.values()];
  }

  /** For a store that was emptied. */
  forget(): void {
    this.#noted.clear();
    this.#unwritten.clear();
  }

  /** Writes what is noted, now. */
  flush(): Promise<void> {
    return this.#writing.now();
  }

  async #write(): Promise<void> {
    const due = [...this.#unwritten];
    if (due.length === 0) return;
    await this.#store.write(async (tx) => {
      for (const { kind, principalId, use } of due) {
        const { service, action, usedAt, region } = use;
        await serviceUses.note(tx, kind, { principal_id: principalId, service, action, used_at: usedAt, region });
      }
    });
    for (const noted of due) this.#unwritten.delete(noted);
  }

  #forgetWritten(): void {
    for (const [principalId, actions] of this.#noted) {
      for (const [name, noted] of actions) if (!this.#unwritten.has(noted)) actions.delete(name);
      if (actions.size === 0) this.#noted.delete(principalId);
    }
  }
}

import { refusal } from "../contract/service-exception.ts";
import type { Store } from "../store/store.ts";
import { provisionedRate } from "./cognito/limits/provisioned-limit.ts";
import { categoryOf, type RateCategory, rates } from "./cognito/rate-categories.ts";
import type { RequestFacts } from "./operation.ts";

/** Holds as many requests as may come in a second, and fills up in one. */
interface Bucket {
  left: number;
  /** Milliseconds. */
  filledAt: number;
}

interface Rate {
  /** Requests per second. */
  readonly rate: number;
  /** When the store was asked. */
  readonly askedAt: number;
}

/** What UpdateProvisionedLimit set holds from then on at the latest. */
const askEveryMs = 60_000;
/** Regions are whatever callers sign for. */
const mostKept = 4_096;
/** The challenges of a sign-in come on top of it (developer guide, "special request rate handling"). */
const challengesPerSignIn = 3;
/** Who need not sign says no region that could be believed. */
const regionOfStrangers = "us-east-1";

/** How often each category of operations of user pools may be asked for, by account and region, counted in this process. */
export class RateLimits {
  readonly #store: Store;
  readonly #rates = new Map<string, Rate>();
  readonly #buckets = new Map<string, Bucket>();

  constructor({ store }: { readonly store: Store }) {
    this.#store = store;
  }

  /** Refuses what comes too often. Without a promise but now and then. */
  admit(action: string, { caller, region: signed }: RequestFacts, now: number): undefined | Promise<void> {
    const category = categoryOf(action);
    if (category === undefined) return undefined;
    const region = caller.accessKeyId === "" ? regionOfStrangers : signed;
    const key = `${caller.accountId} ${region} ${category.name}`;
    const known = this.#rates.get(key);
    if (known !== undefined && Math.abs(now - known.askedAt) < askEveryMs) {
      this.#take(key, category, known.rate, now);
      return undefined;
    }
    return this.#store
      .read((tx) => provisionedRate(tx, caller.accountId, region, category.name))
      .then((found) => {
        const rate = found ?? rates[category.name];
        keep(this.#rates, key, { rate, askedAt: now });
        this.#take(key, category, rate, now);
      });
  }

  #take(key: string, { isChallenge, apart }: RateCategory, rate: number, now: number): void {
    if (isChallenge && this.#spend(`${key} challenges`, challengesPerSignIn * rate, now)) return;
    // Reported from AWS (boto3#2517).
    if (!this.#spend(apart === undefined ? key : `${key} ${apart}`, rate, now))
      throw refusal("TooManyRequestsException", "Rate exceeded");
  }

  #spend(key: string, rate: number, now: number): boolean {
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      bucket = { left: rate, filledAt: now };
      keep(this.#buckets, key, bucket);
    }
    // A clock that was set back fills nothing, and waits for nothing.
    const passed = Math.max(0, now - bucket.filledAt);
    bucket.left = Math.min(rate, bucket.left + (passed * rate) / 1000);
    bucket.filledAt = now;
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  }
}

/** The oldest makes room. */
function keep<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  if (map.size >= mostKept) {
    for (const oldest of map.keys()) {
      map.delete(oldest);
      break;
    }
  }
  map.set(key, value);
}

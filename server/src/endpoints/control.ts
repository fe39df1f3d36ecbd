import { authenticate } from "../access/authenticate.ts";
import type { Caller } from "../access/caller.ts";
import { refusal, ServiceException } from "../contract/service-exception.ts";
import type { MovableClock } from "../runtime/clock.ts";
import { mostMessagesAtOnce, readOutbox } from "../services/cognito/messages/outbox.ts";
import { exchangeTokenMessage } from "../services/delegated-access.ts";
import { isUnsealed } from "../services/first-start.ts";
import type { Environment } from "../services/operation.ts";
import type { NotImplementedCounts } from "./aws/endpoint.ts";
import { type Endpoint, type HttpRequest, type HttpResponse, json } from "./http.ts";
import { importsPrefix } from "./user-imports.ts";

/** What the process allows under `/_countersign`, by how it was started. */
export interface Control {
  readonly version: string;
  /** Empties the store and makes the account anew; absent where reset is not allowed. */
  readonly reset: (() => Promise<void>) | undefined;
  /** Present with --test-clock. */
  readonly movableClock: MovableClock | undefined;
}

/** Requests to these are signed like AWS's, for the service `countersign`, with root's key. */
const service = { service: "countersign", protocol: "json" } as const;

/** Farthest time that a Date can hold and that all formats on the wire can say. */
const lastYear = Date.UTC(9999, 11, 31);

export function controlEndpoints(environment: Environment, control: Control, notImplemented: NotImplementedCounts) {
  const rootOnly =
    (act: (request: HttpRequest, caller: Caller) => Promise<HttpResponse> | HttpResponse): Endpoint =>
    async (request) => {
      try {
        const { caller } = await authenticate(request, service, environment);
        // What root delegated is limited by a policy, and this is no action that one could name.
        if (caller.kind !== "root" || caller.session?.policies !== undefined) {
          throw refusal("AccessDeniedException", "Only the account's root may do this.");
        }
        return await act(request, caller);
      } catch (error) {
        if (!(error instanceof ServiceException)) throw error;
        return json(error.code === "NotFound" ? 404 : error.code === "ValidationException" ? 400 : 403, {
          __type: error.code,
          message: error.message,
        });
      }
    };

  return {
    /** Up, with a store that can be read and has its account. Which operations were missed is no secret. */
    health: (async () => {
      if (!(await hasAccount(environment))) return json(503, { status: "unavailable", version: control.version });
      return json(200, {
        status: "ok",
        version: control.version,
        notImplemented: Object.fromEntries([...notImplemented].sort()),
      });
    }) satisfies Endpoint,

    reset: rootOnly(async () => {
      if (control.reset === undefined) {
        throw refusal("NotFound", "Reset is allowed where Countersign was started with --memory or --allow-reset.");
      }
      await control.reset();
      environment.lastUsed.forget();
      environment.serviceUses.forget();
      notImplemented.clear();
      return json(200, {});
    }),

    /** What IAM would publish to the topic of a delegation request once its token is sent; for the account that asked. */
    exchangeToken: rootOnly(async (request, caller) => {
      const workflowId = new URLSearchParams(request.query).get("RequestorWorkflowId") ?? "";
      const now = environment.clock.now();
      const message = await environment.store.read((tx) =>
        exchangeTokenMessage(environment, tx, caller.accountId, workflowId, now),
      );
      if (message === undefined) throw refusal("NotFound", `No token was sent for the workflow id '${workflowId}'.`);
      return json(200, message);
    }),

    /** Messages to pool users, the newest first: `?to=…&userPoolId=…&limit=…&after=…`. Codes that were not sent are readable. */
    outbox: rootOnly(async (request, caller) => {
      const query = new URLSearchParams(request.query);
      const asked = {
        to: query.get("to") ?? undefined,
        userPoolId: query.get("userPoolId") ?? undefined,
        limit: pageSize(query.get("limit") ?? "50", mostMessagesAtOnce),
        after: query.get("after") ?? undefined,
      };
      return json(200, await readOutbox(environment, caller.accountId, asked));
    }),

    /** Signing and encryption certificates: `?expiring=SECONDS&limit=…&after=…`. A page may be empty and not the last. */
    certificates: rootOnly(async (request, caller) => {
      const { listCertificates, mostCertificatesAtOnce } = await import("../services/certificates.ts");
      const query = new URLSearchParams(request.query);
      const expiring = query.get("expiring") ?? undefined;
      if (expiring !== undefined && !/^\d{1,11}$/.test(expiring)) {
        throw refusal("ValidationException", "Expected expiring to be a number of seconds.");
      }
      const certificates = await listCertificates(environment, caller, {
        within: expiring === undefined ? undefined : Number(expiring) * 1000,
        limit: pageSize(query.get("limit") ?? "100", mostCertificatesAtOnce),
        after: query.get("after") ?? undefined,
      });
      if (certificates === undefined)
        throw refusal("ValidationException", "Expected the nextToken of a page as after.");
      return json(200, certificates);
    }),

    /** Which lines of an import job's file made no user. */
    importFailures: rootOnly(async (request, caller) => {
      const { importReport } = await import("../services/cognito/import-jobs/upload.ts");
      const after = Number(new URLSearchParams(request.query).get("after") ?? "0");
      const jobId = request.path.slice(importsPrefix.length);
      const report = Number.isSafeInteger(after)
        ? await importReport(environment, caller.accountId, jobId, after)
        : undefined;
      if (report === undefined) throw refusal("NotFound", "There is no such import job.");
      return json(200, report);
    }),

    /** `{"now": "2031-01-01T00:00:00Z"}` sets, `{"advance": 86400}` moves by seconds, an empty body only reads. */
    clock: rootOnly((request) => {
      const clock = control.movableClock;
      if (clock === undefined) {
        throw refusal("NotFound", "The clock can be moved where Countersign was started with --test-clock.");
      }
      const asked = clockRequest(request.body);
      if (asked !== undefined) {
        const at = "now" in asked ? asked.now : clock.now() + asked.advance * 1000;
        if (!(at >= 0 && at <= lastYear)) throw invalidClock();
        clock.set(at);
      }
      return json(200, { now: new Date(clock.now()).toISOString() });
    }),
  };
}

function pageSize(text: string, most: number): number {
  if (!/^\d{1,4}$/.test(text) || Number(text) < 1 || Number(text) > most) {
    throw refusal("ValidationException", `Expected a limit from 1 to ${most}.`);
  }
  return Number(text);
}

async function hasAccount({ store, log }: Environment): Promise<boolean> {
  try {
    return !(await isUnsealed(store));
  } catch (error) {
    log.error("store cannot be read", { error });
    return false;
  }
}

function clockRequest(body: Uint8Array): { now: number } | { advance: number } | undefined {
  if (body.byteLength === 0) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body).toString());
  } catch {
    throw invalidClock();
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw invalidClock();
  if ("now" in value && typeof value.now === "string") {
    if (!instant.test(value.now)) throw invalidClock();
    return { now: Date.parse(value.now) };
  }
  if ("advance" in value && typeof value.advance === "number") return { advance: value.advance };
  if (Object.keys(value).length === 0) return undefined;
  throw invalidClock();
}

/** With its zone: without one, Date would take the machine's. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/;

function invalidClock(): ServiceException {
  return refusal("ValidationException", 'Expected {"now": "<ISO 8601 time>"} or {"advance": <seconds>}.');
}

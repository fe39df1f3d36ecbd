import type { ServiceLastAccessed } from "@aws-sdk/client-iam";
import type { ServiceUse } from "../../../access/service-uses.ts";
import { nextTurn } from "../../../runtime/tasks.ts";
import { type AccessReportRow, accessReports } from "../../../store/access-reports.ts";
import type { Call, Environment, Resource } from "../../operation.ts";
import { grantedActions, grantedServices } from "./granted-services.ts";
import { serviceName, trackedActions } from "./services.ts";
import { documentsOf, entitiesOf, entityArn, type Subject } from "./subject.ts";

/** How long a report can be read is ours: AWS says that it may be a week later. */
export const reportLifetimeMs = 7 * 24 * 3_600_000;
/** IAM User Guide, "Last accessed information": the tracking period. */
const trackingMs = 400 * 24 * 3_600_000;
const entitiesPerTurn = 100;

/** A service as it is kept: times in milliseconds. */
interface ServiceEntry {
  readonly namespace: string;
  readonly last: LastUse | undefined;
  readonly entities: number;
  readonly actions: readonly { readonly name: string; readonly last: LastUse | undefined }[] | undefined;
}

interface LastUse {
  readonly at: number;
  readonly region: string;
  readonly entity: string;
}

export function reportTask(jobId: string): string {
  return `access report ${jobId}`;
}

/** Behind the answer, a hundred users and roles at a time, so that requests come in between. */
export async function makeReport(
  environment: Pick<Environment, "store" | "clock" | "serviceUses" | "policies">,
  accountId: string,
  jobId: string,
  subject: Subject,
  granularity: string,
): Promise<void> {
  const { store, serviceUses } = environment;
  const documents = await store.read((tx) => documentsOf(environment, tx, subject));
  const latest = new Map<string, LastUse>();
  const entities = new Map<string, number>();
  const seen = new Set<string>();
  let after: string | undefined = "";
  while (after !== undefined) {
    const from: string = after;
    after = await store.read(async (tx) => {
      const page = await entitiesOf(tx, accountId, subject, from, entitiesPerTurn);
      for (const { entity } of page) {
        if (seen.has(entity.id)) continue;
        seen.add(entity.id);
        const arn = entityArn(subject, accountId, entity);
        addUses(await serviceUses.of(tx, entity.id), arn, environment.clock.now() - trackingMs, latest, entities);
      }
      return page.length < entitiesPerTurn ? undefined : page.at(-1)?.key;
    });
    await nextTurn();
  }
  const content = grantedServices(documents).map((namespace): ServiceEntry => {
    const tracked = granularity === "ACTION_LEVEL" ? trackedActions(namespace) : undefined;
    return {
      namespace,
      last: latest.get(namespace),
      entities: entities.get(namespace) ?? 0,
      actions:
        tracked === undefined
          ? undefined
          : grantedActions(documents, namespace, tracked).map((name) => ({
              name,
              last: latest.get(`${namespace}:${name}`),
            })),
    };
  });
  await store.write((tx) => accessReports.complete(tx, jobId, environment.clock.now(), JSON.stringify(content)));
}

/** The latest use of each service and of each action, and how many used each service. */
function addUses(
  uses: readonly ServiceUse[],
  entity: string,
  since: number,
  latest: Map<string, LastUse>,
  entities: Map<string, number>,
): void {
  const services = new Set<string>();
  for (const { service, action, usedAt, region } of uses) {
    if (usedAt < since) continue;
    services.add(service);
    for (const key of [service, `${service}:${action}`]) {
      const before = latest.get(key);
      if (before === undefined || before.at < usedAt) latest.set(key, { at: usedAt, region, entity });
    }
  }
  for (const service of services) entities.set(service, (entities.get(service) ?? 0) + 1);
}

export interface ReportResource extends Resource {
  readonly report: AccessReportRow;
  readonly subject: Subject;
}

export async function requireReport(call: Call<"NoSuchEntityException">, jobId: string): Promise<ReportResource> {
  const report = await accessReports.find(call.tx, call.accountId, jobId);
  if (report === undefined || call.now - report.created_at >= reportLifetimeMs) {
    // The text is ours.
    return call.missing({ arn: "*" }, "NoSuchEntityException", `Job ${jobId} cannot be found.`);
  }
  // AWS's reference knows no resource of these operations.
  return { arn: "*", report, subject: JSON.parse(report.subject_json) };
}

/** What a job has come to; a report that nobody makes any more, since its server stopped, has failed. */
export function reportState(call: Call, { job_id, created_at, completed_at }: AccessReportRow) {
  const JobCreationDate = new Date(created_at);
  if (completed_at !== null) {
    return { JobStatus: "COMPLETED" as const, JobCreationDate, JobCompletionDate: new Date(completed_at) };
  }
  // Another server on the same database may still be at it for a while.
  const isRunning = call.environment.tasks.isRunning(reportTask(job_id)) || call.now - created_at < 600_000;
  if (isRunning) return { JobStatus: "IN_PROGRESS" as const, JobCreationDate, JobCompletionDate: undefined };
  return {
    JobStatus: "FAILED" as const,
    JobCreationDate,
    JobCompletionDate: new Date(created_at),
    Error: { Code: "ServiceFailure", Message: "The report was not completed." },
  };
}

export function readContent({ content_json }: AccessReportRow): readonly ServiceEntry[] {
  return content_json === null ? [] : JSON.parse(content_json);
}

export function serviceShape({ namespace, last, entities, actions }: ServiceEntry): ServiceLastAccessed {
  return {
    ServiceName: serviceName(namespace),
    ServiceNamespace: namespace,
    TotalAuthenticatedEntities: entities,
    ...(last === undefined
      ? {}
      : {
          LastAuthenticated: new Date(last.at),
          LastAuthenticatedEntity: last.entity,
          LastAuthenticatedRegion: last.region,
        }),
    ...(actions === undefined
      ? {}
      : {
          TrackedActionsLastAccessed: actions.map((action) => ({
            ActionName: action.name,
            ...(action.last === undefined
              ? {}
              : {
                  LastAccessedEntity: action.last.entity,
                  LastAccessedTime: new Date(action.last.at),
                  LastAccessedRegion: action.last.region,
                }),
          })),
        }),
  };
}

import { decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { readContent, reportState, requireReport } from "./report.ts";
import { entitiesOf, entityArn } from "./subject.ts";

export const GetServiceLastAccessedDetailsWithEntities = iam("GetServiceLastAccessedDetailsWithEntities", {
  resource: (input, call) => requireReport(call, input.JobId),

  async handle(input, call, { report, subject }) {
    const { tx, accountId } = call;
    const namespace = input.ServiceNamespace;
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodeMarker(call, input.Marker);
    const isCompleted = report.completed_at !== null;
    if (isCompleted && !readContent(report).some((entry) => entry.namespace === namespace)) {
      // The text is ours.
      call.fail("NoSuchEntityException", `The report has no service with namespace ${namespace}.`);
    }
    // Who could have used the permissions, whether or not they did (IAM API reference).
    const found = isCompleted ? await entitiesOf(tx, accountId, subject, after, limit + 1) : [];
    const { rows, ...more } = page(found, limit, ({ key }) => key);
    const EntityDetailsList = [];
    for (const { entity } of rows) {
      const uses = await call.environment.serviceUses.of(tx, entity.id);
      const times = uses.filter(({ service }) => service === namespace).map(({ usedAt }) => usedAt);
      EntityDetailsList.push({
        EntityInfo: {
          Arn: entityArn(subject, accountId, entity),
          Name: entity.name,
          Type: entity.type,
          Id: entity.id,
          Path: entity.path,
        },
        ...(times.length === 0 ? {} : { LastAuthenticated: new Date(Math.max(...times)) }),
      });
    }
    return { ...reportState(call, report), EntityDetailsList, ...more };
  },
});

import { decodePosition, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { readContent, reportState, requireReport, serviceShape } from "./report.ts";

export const GetServiceLastAccessedDetails = iam("GetServiceLastAccessedDetails", {
  resource: (input, call) => requireReport(call, input.JobId),

  handle(input, call, { report }) {
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodePosition(call, input.Marker);
    const entries = readContent(report)
      .slice(after, after + limit + 1)
      .map((entry, index) => ({ entry, position: after + index + 1 }));
    const { rows, ...more } = page(entries, limit, ({ position }) => String(position));
    const JobType = report.granularity === "ACTION_LEVEL" ? ("ACTION_LEVEL" as const) : ("SERVICE_LEVEL" as const);
    return {
      ...reportState(call, report),
      JobType,
      ServicesLastAccessed: rows.map(({ entry }) => serviceShape(entry)),
      ...more,
    };
  },
});

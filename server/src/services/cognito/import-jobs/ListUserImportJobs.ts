import { userImportJobs } from "../../../store/user-import-jobs.ts";
import { decodeNextToken, tokenPage } from "../../paging.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { expired, importJobShape } from "./import-job.ts";

export const ListUserImportJobs = cognito("ListUserImportJobs", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const limit = input.MaxResults;
    const after = decodeNextToken(call, input.PaginationToken);
    const found = await userImportJobs.list(call.tx, pool.pool_id, after, limit + 1);
    const { rows, NextToken } = tokenPage(found, limit, (job) => job.job_id);
    return {
      UserImportJobs: rows.map((job) => importJobShape(call, expired(call, job))),
      PaginationToken: NextToken,
    };
  },
});

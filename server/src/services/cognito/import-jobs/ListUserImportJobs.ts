import { userImportJobs } from "../../../store/user-import-jobs.ts";
import { decodeNextToken, tokenPage } from "../../paging.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { expired, importJobShape } from "./import-job.ts";

export const ListUserImportJobs = cognito("ListUserImportJobs", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const limit = input.MaxResults;
    const [createdAt, jobId] = decodeNextToken(call, input.PaginationToken).split(" ");
    const after = jobId === undefined ? undefined : { created_at: Number(createdAt), job_id: jobId };
    // The last one created comes first (developer guide, "Listing your user import jobs").
    const found = await userImportJobs.list(call.tx, pool.pool_id, after, limit + 1);
    const { rows, NextToken } = tokenPage(found, limit, (job) => `${job.created_at} ${job.job_id}`);
    return {
      UserImportJobs: rows.map((job) => importJobShape(call, expired(call, job))),
      PaginationToken: NextToken,
    };
  },
});

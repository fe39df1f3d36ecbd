import { cognito } from "../cognito.ts";
import { requirePool } from "../users/user-of-pool.ts";
import { csvHeader } from "./import-job.ts";

export const GetCSVHeader = cognito("GetCSVHeader", {
  resource: (input, call) => requirePool(call, input.UserPoolId),

  handle: (_input, _call, { pool, configuration }) => ({
    UserPoolId: pool.pool_id,
    CSVHeader: csvHeader(configuration),
  }),
});

import { poolDomains } from "../../../store/pool-domains.ts";
import { userPools } from "../../../store/user-pools.ts";
import { cognito } from "../cognito.ts";
import { refuseWhileImporting } from "../import-jobs/in-progress.ts";
import { configurationOf, requireUserPool } from "./user-pool.ts";

export const DeleteUserPool = cognito("DeleteUserPool", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(_input, call, { pool }) {
    await refuseWhileImporting(call, pool);
    if (configurationOf(pool).DeletionProtection === "ACTIVE") {
      call.fail(
        "InvalidParameterException",
        "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
      );
    }
    if ((await poolDomains.listOfPool(call.tx, pool.pool_id)).length > 0) {
      call.fail(
        "InvalidParameterException",
        "User pool cannot be deleted. It has a domain configured that should be deleted first.",
      );
    }
    await userPools.delete(call.tx, pool.pool_id);
  },
});

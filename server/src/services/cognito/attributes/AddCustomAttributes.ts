import { userPools } from "../../../store/user-pools.ts";
import { cognito } from "../cognito.ts";
import { refuseWhileImporting } from "../import-jobs/in-progress.ts";
import { countCustomAttributes, newCustomAttributes } from "../user-pools/schema.ts";
import { configurationOf, requireUserPool } from "../user-pools/user-pool.ts";

export const AddCustomAttributes = cognito("AddCustomAttributes", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    await refuseWhileImporting(call, pool);
    const configuration = configurationOf(pool);
    const { SchemaAttributes = [] } = configuration;
    const added = newCustomAttributes(call, SchemaAttributes, input.CustomAttributes);
    const most = call.environment.quotas.CustomAttributesPerUserPool;
    if (countCustomAttributes([...SchemaAttributes, ...added]) > most) {
      // The text is ours.
      call.fail("InvalidParameterException", `A user pool cannot have more than ${most} custom attributes.`);
    }
    await userPools.update(call.tx, {
      ...pool,
      modified_at: call.now,
      configuration_json: JSON.stringify({ ...configuration, SchemaAttributes: [...SchemaAttributes, ...added] }),
    });
  },
});

import { poolDomains } from "../../../store/pool-domains.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { findUiCustomization, requireCustomized, uiCustomizationShape } from "./ui-customization.ts";

export const GetUICustomization = cognito("GetUICustomization", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const clientId = await requireCustomized(call, pool, input.ClientId);
    if ((await poolDomains.listOfPool(call.tx, pool.pool_id)).length === 0) {
      // Reported from AWS since 2020.
      call.fail("InvalidParameterException", "There has to be an existing domain associated with this user pool");
    }
    const row = await findUiCustomization(call.tx, pool.pool_id, clientId);
    return { UICustomization: row === undefined ? {} : await uiCustomizationShape(call.tx, row) };
  },
});

import { cognito } from "../cognito.ts";
import { requireCategory, setProvisionedLimit } from "./provisioned-limit.ts";

export const UpdateProvisionedLimit = cognito("UpdateProvisionedLimit", {
  resource: () => ({ arn: "*" }),

  /** Between the default limit and the account's own (API reference). Both texts are ours. */
  async handle(input, call) {
    const category = requireCategory(call, input.LimitDefinition);
    const value = input.RequestedLimitValue;
    if (value < category.free) {
      call.fail("InvalidParameterException", `The limit of ${category.name} cannot be less than ${category.free}.`);
    }
    const most = call.environment.quotas.RequestsPerSecondPerApiCategory;
    if (value > most) {
      call.fail("ServiceQuotaExceededException", `The limit of ${category.name} cannot be more than ${most}.`);
    }
    return { Limit: await setProvisionedLimit(call, category, value) };
  },
});

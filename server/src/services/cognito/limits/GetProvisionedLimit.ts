import { cognito } from "../cognito.ts";
import { provisionedLimit, requireCategory } from "./provisioned-limit.ts";

export const GetProvisionedLimit = cognito("GetProvisionedLimit", {
  resource: () => ({ arn: "*" }),

  handle: async (input, call) => ({
    Limit: await provisionedLimit(call, requireCategory(call, input.LimitDefinition)),
  }),
});

import { cognito } from "../cognito.ts";
import { associateSoftwareToken } from "./software-token.ts";

export const AssociateSoftwareToken = cognito("AssociateSoftwareToken", {
  resource: () => ({ arn: "*", public: true as const }),

  handle: (input, call) => associateSoftwareToken(call, call.tx, input),
});

import { sts } from "./sts.ts";

export const GetCallerIdentity = sts("GetCallerIdentity", {
  // STS API reference: no permissions are required, and even an explicit deny does not stop it.
  resource: () => ({ arn: "*", public: true as const }),

  handle: (_input, { caller }) => ({ UserId: caller.userId, Account: caller.accountId, Arn: caller.arn }),
});

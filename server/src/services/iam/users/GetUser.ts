import { accounts } from "../../../store/accounts.ts";
import { iam } from "../iam.ts";
import { requireCallingUser, requireUser, rootUser, type UserResource, userDetail } from "./user.ts";

export const GetUser = iam("GetUser", {
  resource(input, call): { arn: string; user?: UserResource["user"] } | Promise<UserResource> {
    if (input.UserName !== undefined) return requireUser(call, input.UserName);
    return call.caller.kind === "root" ? { arn: call.caller.arn } : requireCallingUser(call);
  },

  async handle(_input, call, { user }) {
    if (user !== undefined) return { User: userDetail(call, user) };
    return { User: rootUser(call, await accounts.find(call.tx, call.accountId)) };
  },
});

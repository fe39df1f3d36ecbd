import { accounts } from "../../../store/accounts.ts";
import { iam } from "../iam.ts";
import { requireCallingUser, requireUser, type UserResource, userDetail } from "./user.ts";

export const GetUser = iam("GetUser", {
  resource(input, call): { arn: string; user?: UserResource["user"] } | Promise<UserResource> {
    if (input.UserName !== undefined) return requireUser(call, input.UserName);
    return call.caller.kind === "root" ? { arn: call.caller.arn } : requireCallingUser(call);
  },

  async handle(_input, call, { user }) {
    if (user !== undefined) return { User: userDetail(call, user) };
    // Root asks about itself. Reported from AWS: no path, and no name but the account's alias where there is one.
    const account = await accounts.find(call.tx, call.accountId);
    return {
      User: {
        Path: undefined,
        UserName: account?.alias ?? undefined,
        UserId: call.accountId,
        Arn: call.caller.arn,
        CreateDate: new Date(account?.created_at ?? call.now),
      },
    };
  },
});

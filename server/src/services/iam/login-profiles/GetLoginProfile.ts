import { iam } from "../iam.ts";
import { profileShape, requireProfile, requireProfileUser } from "./login-profile.ts";

export const GetLoginProfile = iam("GetLoginProfile", {
  resource: (input, call) => requireProfileUser(call, input.UserName),

  async handle(_input, call, resource) {
    return { LoginProfile: profileShape(resource, await requireProfile(call, call.tx, resource)) };
  },
});

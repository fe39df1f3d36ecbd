import { loginProfiles } from "../../../store/login-profiles.ts";
import { iam } from "../iam.ts";
import { requireProfile, requireProfileUser } from "./login-profile.ts";

export const DeleteLoginProfile = iam("DeleteLoginProfile", {
  resource: (input, call) => requireProfileUser(call, input.UserName),

  async handle(_input, call, resource) {
    await requireProfile(call, call.tx, resource);
    await loginProfiles.delete(call.tx, resource.user.user_id);
  },
});

import { instanceProfiles } from "../../../store/instance-profiles.ts";
import { roles } from "../../../store/roles.ts";
import { requirePermission } from "../../permission.ts";
import { iam } from "../iam.ts";
import { noSuchRole, refuseServiceLinked, roleResource } from "../roles/role.ts";
import { requireInstanceProfile } from "./instance-profile.ts";

export const AddRoleToInstanceProfile = iam("AddRoleToInstanceProfile", {
  resource: (input, call) => requireInstanceProfile(call, input.InstanceProfileName),

  async handle(input, call, { profile }) {
    const role = await roles.find(call.tx, call.accountId, input.RoleName);
    if (role === undefined) return call.fail("NoSuchEntityException", noSuchRole(input.RoleName));
    // IAM User Guide, "Grant a user permissions to pass a role": adding is passing, to EC2.
    const { arn, tags } = roleResource(call, role);
    const service = call.partition === "aws-cn" ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com";
    await requirePermission(call, "iam:PassRole", { arn, tags, conditions: { "iam:passedtoservice": [service] } });
    refuseServiceLinked(call, role);
    const quota = call.environment.quotas.InstanceSessionsPerInstanceProfile;
    if (profile.role_id !== null) {
      call.fail("LimitExceededException", `Cannot exceed quota for InstanceSessionsPerInstanceProfile: ${quota}`);
    }
    await instanceProfiles.setRole(call.tx, profile.instance_profile_id, role.role_id);
  },
});

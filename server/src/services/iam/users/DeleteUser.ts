import { accessKeys } from "../../../store/access-keys.ts";
import { groups } from "../../../store/groups.ts";
import { inlinePolicies } from "../../../store/inline-policies.ts";
import { loginProfiles } from "../../../store/login-profiles.ts";
import { mfaDevices } from "../../../store/mfa-devices.ts";
import { policyAttachments } from "../../../store/policy-attachments.ts";
import { serviceCredentials } from "../../../store/service-credentials.ts";
import { signingCertificates } from "../../../store/signing-certificates.ts";
import { sshPublicKeys } from "../../../store/ssh-public-keys.ts";
import { users } from "../../../store/users.ts";
import { iam } from "../iam.ts";
import { requireUser } from "./user.ts";

export const DeleteUser = iam("DeleteUser", {
  resource: (input, call) => requireUser(call, input.UserName),

  async handle(_input, call, { user }) {
    const { tx } = call;
    const conflict = (what: string) =>
      call.fail("DeleteConflictException", `Cannot delete entity, must ${what} first.`);
    // Texts recorded from AWS; it names one thing at a time. Which of several it names first is not known.
    if ((await accessKeys.count(tx, call.accountId, user.user_id)) > 0) conflict("delete access keys");
    if ((await signingCertificates.count(tx, call.accountId, user.user_id)) > 0) conflict("delete certificates");
    if ((await loginProfiles.find(tx, user.user_id)) !== undefined) conflict("delete login profile");
    if ((await mfaDevices.countOfOwner(tx, user.user_id)) > 0) conflict("remove tokens from principal");
    if ((await sshPublicKeys.count(tx, user.user_id)) > 0) conflict("remove referenced objects");
    if ((await serviceCredentials.listOfUser(tx, user.user_id)).length > 0) conflict("remove referenced objects");
    if ((await policyAttachments.count(tx, user.user_id)) > 0) conflict("detach all policies");
    if ((await inlinePolicies.list(tx, user.user_id, "", 1)).length > 0) conflict("delete policies");
    if ((await groups.countOfUser(tx, user.user_id)) > 0) conflict("remove users from group");
    await users.delete(tx, user);
  },
});

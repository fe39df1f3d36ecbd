import { wholeAccount } from "../account/account.ts";
import { iam } from "../iam.ts";
import { refuseOutsideOrganization } from "./organization.ts";

export const DisableOrganizationsRootSessions = iam("DisableOrganizationsRootSessions", {
  resource: () => wholeAccount,
  handle: (_input, call) => refuseOutsideOrganization(call),
});

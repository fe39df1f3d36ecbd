import { wholeAccount } from "../account/account.ts";
import { iam } from "../iam.ts";
import { refuseOutsideOrganization } from "./organization.ts";

export const EnableOrganizationsRootSessions = iam("EnableOrganizationsRootSessions", {
  resource: () => wholeAccount,
  handle: (_input, call) => refuseOutsideOrganization(call),
});

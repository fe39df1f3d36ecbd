import { wholeAccount } from "../account/account.ts";
import { iam } from "../iam.ts";
import { refuseOutsideOrganization } from "./organization.ts";

export const DisableOrganizationsRootCredentialsManagement = iam("DisableOrganizationsRootCredentialsManagement", {
  resource: () => wholeAccount,
  handle: (_input, call) => refuseOutsideOrganization(call),
});

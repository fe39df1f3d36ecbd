/** Names under which an account's properties are stored. Those with a slash are AWS's own, of PutAccountProperties. */
export const globalEndpointTokenVersion = "GlobalEndpointTokenVersion";
export const roleManagerEnabled = "RoleManager/Enabled";

/** The one namespace that there is (IAM User Guide, "Manage access to role manager"). */
export const roleManagerNamespace = "RoleManager";

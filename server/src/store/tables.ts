/**
 * store/: what is remembered. One schema over SQLite (node:sqlite, the embedded default) and PostgreSQL. This page is the
 * schema; migrations/ makes it, statement.ts is how SQL is written (with Kysely) and kept compiled, dialects/ hold every
 * difference between the databases, and the files with plural names are the aggregates, a handful of functions each. SQL
 * lives here alone; AWS's codes and texts never come in. "Not found" is undefined; a taken unique key is a Conflict.
 *
 * Conventions: account_id or pool_id leads every key; times are integer milliseconds since the epoch; booleans are 0 and 1;
 * `*_key` is a name folded to lower case, for names unique whatever their case; `*_json` is a bag kept whole; `*_sealed`
 * is encrypted under the master key before it comes here.
 */

export interface SettingsTable {
  name: string;
  value: string;
}

export interface AccountsTable {
  account_id: string;
  created_at: number;
  /** Unique over all accounts. */
  alias: string | null;
  password_policy_json: string | null;
}

/** How many of what an account has, kept with each insert and delete, so that a quota costs the same at any size. */
export interface AccountTotalsTable {
  account_id: string;
  /** `users`, `groups`, `policies`, `roles`: the word is the counted table's. */
  kind: string;
  total: number;
}

export interface UsersTable {
  account_id: string;
  name_key: string;
  user_name: string;
  user_id: string;
  path: string;
  created_at: number;
  tags_json: string;
  permissions_boundary_arn: string | null;
  /** The policy that the ARN names. */
  permissions_boundary_policy_id: string | null;
}

export interface AccessKeysTable {
  access_key_id: string;
  account_id: string;
  /** Null for the account's root. */
  user_id: string | null;
  secret_sealed: Uint8Array;
  status: string;
  created_at: number;
  /** Last creation or change of status: the credential report's last_rotated. */
  changed_at: number;
}

/** Apart from the keys, so that noting a use neither rewrites a secret nor counts as a change of the key. */
export interface AccessKeyUsesTable {
  access_key_id: string;
  used_at: number;
  region: string;
  service: string;
}

export interface GroupsTable {
  account_id: string;
  name_key: string;
  group_name: string;
  group_id: string;
  path: string;
  created_at: number;
}

export interface GroupMembersTable {
  account_id: string;
  group_id: string;
  user_id: string;
}

export interface RolesTable {
  account_id: string;
  name_key: string;
  role_name: string;
  role_id: string;
  path: string;
  created_at: number;
  /** Who may assume it, as its author wrote it. */
  trust_document: string;
  description: string | null;
  /** Seconds. */
  max_session_duration: number;
  tags_json: string;
  permissions_boundary_arn: string | null;
  /** The policy that the ARN names. */
  permissions_boundary_policy_id: string | null;
  /** The service that a service-linked role belongs to, as `elasticbeanstalk.amazonaws.com`. */
  service_name: string | null;
}

/** Apart from the roles, so that noting a use neither rewrites a policy nor counts as a change of the role. */
export interface RoleUsesTable {
  role_id: string;
  used_at: number;
  region: string;
}

/** Managed policies. AWS's own have account_id `aws`. */
export interface PoliciesTable {
  account_id: string;
  name_key: string;
  policy_name: string;
  policy_id: string;
  path: string;
  description: string | null;
  created_at: number;
  updated_at: number;
  default_version: number;
  /** Highest version ever given: numbers are never used twice. */
  last_version: number;
  tags_json: string;
}

/**
 * How often an account uses a managed policy, kept with each change, so that a list costs by page. Apart from the
 * policies, because every account counts its own uses of AWS's.
 */
export interface PolicyUsesTable {
  account_id: string;
  policy_id: string;
  /** The policy's own account and name: what a list of policies in use runs along. */
  policy_account_id: string;
  name_key: string;
  attachment_count: number;
  boundary_count: number;
}

export interface PolicyVersionsTable {
  policy_id: string;
  version: number;
  document: string;
  created_at: number;
}

/** Inline policies of users, groups and roles: owner_id is the owner's unique id. */
export interface InlinePoliciesTable {
  owner_id: string;
  policy_name: string;
  document: string;
}

/** Managed policies attached: owner_id is the unique id of a user, group or role. */
export interface PolicyAttachmentsTable {
  owner_id: string;
  /** `user`, `group` or `role`. */
  owner_kind: string;
  /** The owner's account. */
  account_id: string;
  policy_id: string;
  /** Order of attachment within the owner, rising. */
  position: number;
}

export interface SigningCertificatesTable {
  account_id: string;
  certificate_id: string;
  /** A user's unique id, or the account id for root's own. */
  owner_id: string;
  body: string;
  /** `Active` or `Inactive`: what a caller set. Expired is a reading of not_after. */
  status: string;
  uploaded_at: number;
  changed_at: number;
  not_after: number;
  /** Order of upload within the owner, rising. */
  position: number;
}

export interface CredentialReportsTable {
  account_id: string;
  generated_at: number;
  content: string;
}

export interface UserPoolsTable {
  pool_id: string;
  account_id: string;
  region: string;
  name: string;
  created_at: number;
  modified_at: number;
  /** Everything of the pool that only Create and Update write. */
  configuration_json: string;
  tags_json: string;
}

/** A pool's long-lived private keys. `purpose` is `saml-signing` so far. */
export interface UserPoolKeysTable {
  pool_id: string;
  purpose: string;
  private_key_sealed: Uint8Array;
  created_at: number;
}

/** Every certificate ever issued over a pool's key; the newest is current, the others stay valid until they end. */
export interface UserPoolCertificatesTable {
  pool_id: string;
  purpose: string;
  /** 1 is the first; the highest is the newest. */
  position: number;
  /** Bare base64 of the DER. */
  certificate: string;
  not_before: number;
  not_after: number;
}

export interface Tables {
  settings: SettingsTable;
  accounts: AccountsTable;
  users: UsersTable;
  account_totals: AccountTotalsTable;
  access_keys: AccessKeysTable;
  access_key_uses: AccessKeyUsesTable;
  groups: GroupsTable;
  group_members: GroupMembersTable;
  roles: RolesTable;
  role_uses: RoleUsesTable;
  policies: PoliciesTable;
  policy_uses: PolicyUsesTable;
  policy_versions: PolicyVersionsTable;
  inline_policies: InlinePoliciesTable;
  policy_attachments: PolicyAttachmentsTable;
  signing_certificates: SigningCertificatesTable;
  credential_reports: CredentialReportsTable;
  user_pools: UserPoolsTable;
  user_pool_keys: UserPoolKeysTable;
  user_pool_certificates: UserPoolCertificatesTable;
}

export type TableName = keyof Tables;

const names: { readonly [Name in TableName]: true } = {
  settings: true,
  accounts: true,
  account_totals: true,
  users: true,
  access_keys: true,
  access_key_uses: true,
  groups: true,
  group_members: true,
  roles: true,
  role_uses: true,
  policies: true,
  policy_uses: true,
  policy_versions: true,
  inline_policies: true,
  policy_attachments: true,
  signing_certificates: true,
  credential_reports: true,
  user_pools: true,
  user_pool_keys: true,
  user_pool_certificates: true,
};

export const tableNames = Object.keys(names) as readonly TableName[]; // the type above makes them all and no other

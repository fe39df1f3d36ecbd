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
  /** `users`, `groups`, `policies`, `roles`…: the word is the counted table's, as far as one is. */
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

/** Service-linked roles that were deleted, which is asked about afterwards. */
export interface RoleDeletionsTable {
  account_id: string;
  task_id: string;
  deleted_at: number;
}

export interface InstanceProfilesTable {
  account_id: string;
  name_key: string;
  instance_profile_name: string;
  instance_profile_id: string;
  path: string;
  created_at: number;
  tags_json: string;
  /** A profile has one role at most. */
  role_id: string | null;
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

/** Virtual MFA devices, assigned and not. */
export interface MfaDevicesTable {
  account_id: string;
  /** What follows `mfa` in the serial number, as `/devices/phone`. */
  path_and_name: string;
  created_at: number;
  tags_json: string;
  seed_sealed: Uint8Array;
  /** A user's unique id, or the account id for root. Null while nobody has it. */
  owner_id: string | null;
  enabled_at: number | null;
  /** How many steps of time the device's clock is ahead of ours, as last synchronized. */
  drift: number;
  /** The step of the second code that it was last synchronized with: no earlier code synchronizes it again. 0 for never. */
  last_pair_step: number;
  /** The steps whose codes have authenticated somebody, as far as they could be tried again. */
  used_steps_json: string;
  /** Which span of time the next number counts the attempts of. */
  attempts_window: number;
  attempts: number;
}

/** Console passwords. */
export interface LoginProfilesTable {
  user_id: string;
  account_id: string;
  created_at: number;
  /** When the password was last set. */
  changed_at: number;
  is_reset_required: number;
  /** Salt and hashes, of the password and of those before it. */
  passwords_sealed: Uint8Array;
}

export interface ServerCertificatesTable {
  account_id: string;
  name_key: string;
  certificate_name: string;
  certificate_id: string;
  path: string;
  uploaded_at: number;
  not_after: number;
  body: string;
  chain: string | null;
  private_key_sealed: Uint8Array;
  tags_json: string;
}

export interface SshPublicKeysTable {
  key_id: string;
  account_id: string;
  user_id: string;
  /** As RFC 4253 writes it on the wire. */
  public_key: Uint8Array;
  status: string;
  uploaded_at: number;
  /** Order of upload within the user, rising. */
  position: number;
}

/** Service-specific credentials and API keys. */
export interface ServiceCredentialsTable {
  account_id: string;
  credential_id: string;
  user_id: string;
  /** As `codecommit.amazonaws.com`. */
  service_name: string;
  /** The name to sign in with at the service; unique there, and kept when the user is renamed. */
  alias: string;
  secret_sealed: Uint8Array;
  status: string;
  created_at: number;
  expires_at: number | null;
}

export interface SamlProvidersTable {
  account_id: string;
  name_key: string;
  provider_name: string;
  provider_id: string;
  created_at: number;
  valid_until: number;
  /** As its author wrote it. */
  metadata: string;
  /** What is read from it: entity ids and signing certificates. */
  trusted_json: string;
  /** `Allowed` or `Required`. */
  encryption_mode: string;
  tags_json: string;
}

/** What identity providers encrypt for. */
export interface SamlProviderKeysTable {
  provider_id: string;
  key_id: string;
  private_key_sealed: Uint8Array;
  created_at: number;
  /** Order of addition within the provider, rising. */
  position: number;
}

/** What has been exchanged for a session and must not be again. Here so that a restart forgets none. */
export interface UsedAssertionsTable {
  /** Digest of the provider, the assertion's id and what it was used for. */
  digest: string;
  /** From here on it would be refused anyway. */
  expires_at: number;
}

export interface OidcProvidersTable {
  account_id: string;
  /** Without the scheme: what follows `oidc-provider/` in the ARN. */
  url: string;
  created_at: number;
  client_ids_json: string;
  thumbprints_json: string;
  tags_json: string;
}

/** Accounts that are issuers of web identity tokens themselves, or were: the issuer's id stays. */
export interface OutboundIssuersTable {
  account_id: string;
  issuer_id: string;
  is_enabled: number;
}

export interface OutboundIssuerKeysTable {
  issuer_id: string;
  /** `RS256` or `ES384`. */
  algorithm: string;
  private_key_sealed: Uint8Array;
  created_at: number;
}

export interface CredentialReportsTable {
  account_id: string;
  generated_at: number;
  content: string;
}

/** What somebody outside asks to be allowed for a while, and what became of it. */
export interface DelegationRequestsTable {
  request_id: string;
  requestor_account: string;
  /** The requestor's own name for it, unique there. */
  workflow_id: string;
  /** Null while any account may take it. */
  owner_account: string | null;
  owner_arn: string | null;
  approver_arn: string | null;
  /** As it was last set: past `expires_at`, it has expired. */
  state: string;
  created_at: number;
  updated_at: number;
  expires_at: number;
  description: string;
  request_message: string | null;
  redirect_url: string | null;
  notification_channel: string;
  /** Seconds. */
  session_duration: number;
  only_send_by_owner: number | null;
  /** The template and its parameters, as asked for. */
  permissions_json: string;
  /** What comes of them. */
  policy: string;
  notes: string | null;
  rejection_reason: string | null;
  /** When what was granted ends; null until the exchange token is sent. */
  access_expires_at: number | null;
}

/** Settings of an account that have no column of their own. */
export interface AccountPropertiesTable {
  account_id: string;
  name: string;
  value: string;
}

/** Of the roles that were made from a template. */
export interface RoleSourcesTable {
  role_id: string;
  template_arn: string;
  template_minor_version: number;
  /** Every parameter's values, defaults included. */
  parameters_json: string;
}

/** When a user or role last tried an action. */
export interface ServiceUsesTable {
  principal_id: string;
  service: string;
  action: string;
  used_at: number;
  region: string;
}

export interface AccessReportsTable {
  job_id: string;
  account_id: string;
  created_at: number;
  /** Null while it is being made. */
  completed_at: number | null;
  granularity: string;
  /** Whose report it is. */
  subject_json: string;
  content_json: string | null;
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
  instance_profiles: InstanceProfilesTable;
  role_deletions: RoleDeletionsTable;
  policies: PoliciesTable;
  policy_uses: PolicyUsesTable;
  policy_versions: PolicyVersionsTable;
  inline_policies: InlinePoliciesTable;
  policy_attachments: PolicyAttachmentsTable;
  signing_certificates: SigningCertificatesTable;
  mfa_devices: MfaDevicesTable;
  login_profiles: LoginProfilesTable;
  server_certificates: ServerCertificatesTable;
  ssh_public_keys: SshPublicKeysTable;
  service_credentials: ServiceCredentialsTable;
  saml_providers: SamlProvidersTable;
  saml_provider_keys: SamlProviderKeysTable;
  used_assertions: UsedAssertionsTable;
  oidc_providers: OidcProvidersTable;
  outbound_issuers: OutboundIssuersTable;
  outbound_issuer_keys: OutboundIssuerKeysTable;
  credential_reports: CredentialReportsTable;
  delegation_requests: DelegationRequestsTable;
  account_properties: AccountPropertiesTable;
  role_sources: RoleSourcesTable;
  service_uses: ServiceUsesTable;
  access_reports: AccessReportsTable;
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
  instance_profiles: true,
  role_deletions: true,
  policies: true,
  policy_uses: true,
  policy_versions: true,
  inline_policies: true,
  policy_attachments: true,
  signing_certificates: true,
  mfa_devices: true,
  login_profiles: true,
  server_certificates: true,
  ssh_public_keys: true,
  service_credentials: true,
  saml_providers: true,
  saml_provider_keys: true,
  used_assertions: true,
  oidc_providers: true,
  outbound_issuers: true,
  outbound_issuer_keys: true,
  credential_reports: true,
  delegation_requests: true,
  account_properties: true,
  role_sources: true,
  service_uses: true,
  access_reports: true,
  user_pools: true,
  user_pool_keys: true,
  user_pool_certificates: true,
};

export const tableNames = Object.keys(names) as readonly TableName[]; // the type above makes them all and no other

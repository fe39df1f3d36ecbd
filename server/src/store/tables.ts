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

/** A pool's long-lived private keys. `purpose` is `saml-signing`, or `saml-encryption:` with an identity provider's name. */
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

/** An application that signs pool users in. */
export interface AppClientsTable {
  client_id: string;
  pool_id: string;
  name: string;
  created_at: number;
  modified_at: number;
  /** Everything of the client that only Create and Update write. */
  configuration_json: string;
}

/** A client has several while its secret is being changed; none where it is public. */
export interface AppClientSecretsTable {
  client_id: string;
  secret_id: string;
  secret_sealed: Uint8Array;
  created_at: number;
}

/** A person in a user pool; IAM's users are in `users`. */
export interface PoolUsersTable {
  /** The attribute `sub`. */
  user_id: string;
  pool_id: string;
  username: string;
  /** What makes it the same name: in lower case where the pool does not tell cases apart. */
  username_key: string;
  status: string;
  /** 0 or 1. */
  enabled: number;
  created_at: number;
  modified_at: number;
  /** An object of texts by name, without `sub`. */
  attributes_json: string;
  /** Salt and SRP verifier; null for who has no password. */
  password_sealed: Uint8Array | null;
  password_set_at: number | null;
  /** When a temporary password ends. */
  password_expires_at: number | null;
  /** Which factors the user prefers; null where none was ever chosen. */
  mfa_json: string | null;
  /** Tokens of sessions begun before this are void (GlobalSignOut); 0 where that never was. */
  signed_out_at: number;
}

/** What else than the username names a pool user: aliases, and the addresses of pools that have those for usernames. */
export interface PoolUserAliasesTable {
  pool_id: string;
  alias_key: string;
  user_id: string;
}

/** The attributes that ListUsers filters by, as far as users have them. */
export interface PoolUserAttributesTable {
  pool_id: string;
  name: string;
  value: string;
  user_id: string;
}

/** Pool users of one kind; IAM's groups are in `groups`. */
export interface PoolGroupsTable {
  pool_id: string;
  group_name: string;
  description: string | null;
  role_arn: string | null;
  /** The lower, the sooner its role is taken. */
  precedence: number | null;
  created_at: number;
  modified_at: number;
}

export interface PoolGroupMembersTable {
  pool_id: string;
  group_name: string;
  user_id: string;
}

/** Salts and verifiers of passwords that a user may not choose again. */
export interface PoolUserPasswordsTable {
  user_id: string;
  pool_id: string;
  /** Counted from 1, the newest the highest. */
  number: number;
  password_sealed: Uint8Array;
}

/** An address that takes the place of the user's once it is shown to be theirs. */
export interface PoolUserPendingAttributesTable {
  user_id: string;
  pool_id: string;
  name: string;
  value: string;
}

/** Who somebody of another identity provider is here. */
export interface PoolUserIdentitiesTable {
  pool_id: string;
  provider_name: string;
  /** Cognito_Subject is who the provider says somebody is. */
  attribute_name: string;
  attribute_value: string;
  user_id: string;
}

/** What a sign-in of a pool user began: the life of its refresh token, and all tokens that come of it. */
export interface PoolSessionsTable {
  /** The claim `event_id` of its tokens. */
  event_id: string;
  user_id: string;
  pool_id: string;
  client_id: string;
  /** The claim `origin_jti` of its tokens. */
  origin_jti: string;
  /** What the user's own was when the session began: once that has changed, the session is over. */
  signed_out_at: number;
  authenticated_at: number;
  created_at: number;
  /** When its refresh token ends, however often that is rotated. */
  expires_at: number;
  /** How often the refresh token was rotated: the number that the current one holds. */
  rotation: number;
  rotated_at: number | null;
  /** Separated by blanks, as in tokens. */
  scopes: string;
  device_key: string | null;
  last_active_at: number;
  last_ip: string;
  last_agent: string | null;
  /** 0 or 1: whether it began on the pool's domain and not at the API. */
  is_hosted: number;
  /** Whom its access tokens are for, where an app asked for it. */
  audience: string | null;
}

/** What a browser carries to an app after a sign-in on the pool's domain. */
export interface AuthorizationCodesTable {
  code_digest: string;
  pool_id: string;
  client_id: string;
  user_id: string;
  /** Of the session that begins when it is used. */
  event_id: string;
  authenticated_at: number;
  expires_at: number;
  /** 0 or 1. */
  used: number;
  request_json: string;
}

/** The keys that sign a pool's tokens: of each use the current one, and those of before until their tokens have ended. */
export interface PoolTokenKeysTable {
  /** The header `kid` of tokens. */
  key_id: string;
  pool_id: string;
  /** id or access. */
  token_use: string;
  /** base64url; the exponent is always 65537. */
  modulus: string;
  private_key_sealed: Uint8Array;
  created_at: number;
  /** When the next one was made. */
  superseded_at: number | null;
}

/** How many users a pool has, kept as sixteen numbers, so that those who write at once seldom write the same row. */
export interface PoolTotalsTable {
  pool_id: string;
  kind: string;
  shard: number;
  total: number;
}

/** Codes that were sent to a pool user, and how often they were asked for and tried. */
export interface PoolUserCodesTable {
  user_id: string;
  /** What it is good for, as `sign-up`. */
  purpose: string;
  pool_id: string;
  /** Null once it is used up. */
  code_sealed: Uint8Array | null;
  /** Where it was sent. */
  destination: string;
  expires_at: number;
  /** The span of time that the next two numbers count within begins here. */
  window_at: number;
  requests: number;
  failures: number;
}

/** What is to be sent to pool users, or was, or is kept to be read where nothing sends. */
export interface OutboxTable {
  account_id: string;
  /** In the order of their making. */
  message_id: string;
  pool_id: string;
  user_id: string;
  username: string;
  /** The occasion, as `SignUp`. */
  kind: string;
  medium: string;
  destination: string;
  /** Null once it is sent. */
  content_sealed: Uint8Array | null;
  created_at: number;
  /** `kept`, `queued`, `sent` or `failed`. */
  state: string;
  attempts: number;
  /** Null unless it is queued; ahead of now while it is being sent. */
  next_attempt_at: number | null;
  /** Why the last attempt failed. */
  failure: string | null;
}

/** An API that access tokens of a pool open. */
export interface ResourceServersTable {
  pool_id: string;
  identifier: string;
  name: string;
  /** Null where none were given. */
  scopes_json: string | null;
}

/** Where a pool's pages are. */
export interface PoolDomainsTable {
  region: string;
  /** A prefix of `.auth.{region}.amazoncognito.com`, or a domain of the customer's own. */
  domain: string;
  pool_id: string;
  /** 0 or 1. */
  is_custom: number;
  /** When its look last changed, as `20250702011951`. */
  version: string;
  /** 1 the classic pages, 2 managed login. */
  managed_login_version: number;
  distribution: string;
  custom_config_json: string | null;
  routing_json: string | null;
}

/** Who else signs people in to a pool. */
export interface IdentityProvidersTable {
  pool_id: string;
  provider_name: string;
  provider_type: string;
  created_at: number;
  modified_at: number;
  /** An object of texts by name: client secrets are among them. */
  details_sealed: Uint8Array;
  attribute_mapping_json: string | null;
  acr_mapping_json: string | null;
  /** What SAML metadata said when it was last read. */
  trusted_json: string | null;
  trusted_at: number | null;
}

/** By what else requests may call an identity provider. */
export interface IdentityProviderIdentifiersTable {
  pool_id: string;
  identifier: string;
  provider_name: string;
  position: number;
}

/** What a pool, or a client of it, is told once and whole. */
export interface PoolPropertiesTable {
  pool_id: string;
  /** Empty for the pool's own. */
  client_id: string;
  name: string;
  value_json: string;
  modified_at: number;
}

/** How the classic pages look. */
export interface UiCustomizationsTable {
  pool_id: string;
  /** `ALL` for the clients without their own. */
  client_id: string;
  css: string | null;
  css_version: string | null;
  image: Uint8Array | null;
  /** What it is to be asked for by. */
  image_name: string | null;
  created_at: number;
  modified_at: number;
}

/** How managed login looks for a client. */
export interface ManagedLoginBrandingsTable {
  branding_id: string;
  pool_id: string;
  client_id: string;
  /** Null where the look is the default one. */
  settings_json: string | null;
  created_at: number;
  modified_at: number;
}

export interface ManagedLoginAssetsTable {
  branding_id: string;
  position: number;
  resource_id: string;
  category: string;
  color_mode: string;
  extension: string;
  bytes: Uint8Array;
}

/** Where a client's terms of use and privacy policy are to be read. */
export interface TermsTable {
  terms_id: string;
  pool_id: string;
  client_id: string;
  name: string;
  source: string;
  enforcement: string;
  links_json: string;
  created_at: number;
  modified_at: number;
}

/** Another region in which a pool is to be had. */
export interface PoolReplicasTable {
  pool_id: string;
  region: string;
  status: string;
  tags_json: string;
  created_at: number;
}

/** What has happened to a sign-in under way; one that nothing happened to has no row. */
export interface AuthSessionsTable {
  expires_at: number;
  session_id: string;
  /** 0 or 1. */
  used: number;
  /** Wrong codes. */
  failures: number;
  /** What is too long, or too secret, for the client to carry. */
  content_sealed: Uint8Array | null;
}

/** Of users, by their ids, and of names that are nobody's, by a digest. */
export interface SignInFailuresTable {
  lock_key: string;
  failures: number;
  failed_at: number;
  locked_until: number;
}

/** The secret of a pool user's authenticator app, and the one that is to take its place. */
export interface PoolUserTotpTable {
  user_id: string;
  /** 0 or 1. */
  is_verified: number;
  pool_id: string;
  secret_sealed: Uint8Array;
  friendly_name: string | null;
  /** Of the newest code that was taken, of RFC 6238. */
  last_step: number;
}

/** A pool user's passkey. */
export interface PoolUserPasskeysTable {
  /** Base64url. */
  credential_id: string;
  user_id: string;
  pool_id: string;
  /** COSE. */
  public_key: Uint8Array;
  counter: number;
  friendly_name: string;
  relying_party_id: string;
  attachment: string | null;
  transports_json: string;
  created_at: number;
}

/** A device that a pool user signed in with and confirmed. */
export interface PoolUserDevicesTable {
  user_id: string;
  device_key: string;
  pool_id: string;
  group_key: string;
  /** Salt and SRP verifier. */
  verifier_sealed: Uint8Array;
  name: string | null;
  /** 0 or 1. */
  is_remembered: number;
  last_ip: string;
  created_at: number;
  modified_at: number;
  authenticated_at: number;
}

/** What a pool user did, or somebody in the user's name, and what was thought of it. */
export interface AuthEventsTable {
  user_id: string;
  /** From 1, in the order of time. */
  number: number;
  event_id: string;
  pool_id: string;
  created_at: number;
  event_type: string;
  response: string;
  risk_decision: string;
  risk_level: string | null;
  /** 0 or 1. */
  is_compromised: number;
  challenges_json: string;
  ip: string;
  device_name: string | null;
  /** As the client's own script names it. */
  device_id: string | null;
  country: string | null;
  timezone: string | null;
  feedback_value: string | null;
  feedback_provider: string | null;
  feedback_at: number | null;
}

/** Users that come from a file. */
export interface UserImportJobsTable {
  job_id: string;
  pool_id: string;
  account_id: string;
  name: string;
  role_arn: string;
  status: string;
  created_at: number;
  started_at: number | null;
  completed_at: number | null;
  /** How much of the file is done, in characters, and in lines. */
  position: number;
  line: number;
  imported: number;
  skipped: number;
  failed: number;
  message: string | null;
}

/** The file of a job, until the job is over. */
export interface UserImportFilesTable {
  job_id: string;
  content: Uint8Array;
}

/** Which lines made no user, and why. */
export interface UserImportFailuresTable {
  job_id: string;
  line: number;
  outcome: string;
  reason: string;
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
  app_clients: AppClientsTable;
  app_client_secrets: AppClientSecretsTable;
  pool_users: PoolUsersTable;
  pool_user_aliases: PoolUserAliasesTable;
  pool_user_attributes: PoolUserAttributesTable;
  pool_groups: PoolGroupsTable;
  pool_group_members: PoolGroupMembersTable;
  pool_user_passwords: PoolUserPasswordsTable;
  pool_user_pending_attributes: PoolUserPendingAttributesTable;
  pool_user_identities: PoolUserIdentitiesTable;
  pool_totals: PoolTotalsTable;
  pool_user_totp: PoolUserTotpTable;
  pool_user_passkeys: PoolUserPasskeysTable;
  pool_user_devices: PoolUserDevicesTable;
  user_import_jobs: UserImportJobsTable;
  user_import_files: UserImportFilesTable;
  user_import_failures: UserImportFailuresTable;
  auth_sessions: AuthSessionsTable;
  auth_events: AuthEventsTable;
  sign_in_failures: SignInFailuresTable;
  pool_sessions: PoolSessionsTable;
  authorization_codes: AuthorizationCodesTable;
  pool_token_keys: PoolTokenKeysTable;
  pool_user_codes: PoolUserCodesTable;
  outbox: OutboxTable;
  resource_servers: ResourceServersTable;
  pool_domains: PoolDomainsTable;
  identity_providers: IdentityProvidersTable;
  identity_provider_identifiers: IdentityProviderIdentifiersTable;
  pool_properties: PoolPropertiesTable;
  ui_customizations: UiCustomizationsTable;
  managed_login_brandings: ManagedLoginBrandingsTable;
  managed_login_assets: ManagedLoginAssetsTable;
  terms: TermsTable;
  pool_replicas: PoolReplicasTable;
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
  app_clients: true,
  app_client_secrets: true,
  pool_users: true,
  pool_user_aliases: true,
  pool_user_attributes: true,
  pool_groups: true,
  pool_group_members: true,
  pool_user_passwords: true,
  pool_user_pending_attributes: true,
  pool_user_identities: true,
  pool_totals: true,
  pool_user_totp: true,
  pool_user_passkeys: true,
  pool_user_devices: true,
  user_import_jobs: true,
  user_import_files: true,
  user_import_failures: true,
  auth_sessions: true,
  auth_events: true,
  sign_in_failures: true,
  pool_sessions: true,
  authorization_codes: true,
  pool_token_keys: true,
  pool_user_codes: true,
  outbox: true,
  resource_servers: true,
  pool_domains: true,
  identity_providers: true,
  identity_provider_identifiers: true,
  pool_properties: true,
  ui_customizations: true,
  managed_login_brandings: true,
  managed_login_assets: true,
  terms: true,
  pool_replicas: true,
};

export const tableNames = Object.keys(names) as readonly TableName[]; // the type above makes them all and no other

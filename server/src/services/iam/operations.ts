import type { IamApi } from "../../contract/iam.ts";
import type { OperationTable } from "../operation.ts";
import { CreateAccessKey } from "./access-keys/CreateAccessKey.ts";
import { DeleteAccessKey } from "./access-keys/DeleteAccessKey.ts";
import { GetAccessKeyLastUsed } from "./access-keys/GetAccessKeyLastUsed.ts";
import { ListAccessKeys } from "./access-keys/ListAccessKeys.ts";
import { UpdateAccessKey } from "./access-keys/UpdateAccessKey.ts";
import { CreateAccountAlias } from "./account/CreateAccountAlias.ts";
import { DeleteAccountAlias } from "./account/DeleteAccountAlias.ts";
import { DeleteAccountPasswordPolicy } from "./account/DeleteAccountPasswordPolicy.ts";
import { GenerateCredentialReport } from "./account/GenerateCredentialReport.ts";
import { GetAccountPasswordPolicy } from "./account/GetAccountPasswordPolicy.ts";
import { GetAccountSummary } from "./account/GetAccountSummary.ts";
import { GetCredentialReport } from "./account/GetCredentialReport.ts";
import { ListAccountAliases } from "./account/ListAccountAliases.ts";
import { UpdateAccountPasswordPolicy } from "./account/UpdateAccountPasswordPolicy.ts";
import { AddUserToGroup } from "./groups/AddUserToGroup.ts";
import { CreateGroup } from "./groups/CreateGroup.ts";
import { DeleteGroup } from "./groups/DeleteGroup.ts";
import { GetGroup } from "./groups/GetGroup.ts";
import { ListGroups } from "./groups/ListGroups.ts";
import { ListGroupsForUser } from "./groups/ListGroupsForUser.ts";
import { RemoveUserFromGroup } from "./groups/RemoveUserFromGroup.ts";
import { UpdateGroup } from "./groups/UpdateGroup.ts";
import { DeleteGroupPolicy } from "./inline-policies/DeleteGroupPolicy.ts";
import { DeleteUserPolicy } from "./inline-policies/DeleteUserPolicy.ts";
import { GetGroupPolicy } from "./inline-policies/GetGroupPolicy.ts";
import { GetUserPolicy } from "./inline-policies/GetUserPolicy.ts";
import { ListGroupPolicies } from "./inline-policies/ListGroupPolicies.ts";
import { ListUserPolicies } from "./inline-policies/ListUserPolicies.ts";
import { PutGroupPolicy } from "./inline-policies/PutGroupPolicy.ts";
import { PutUserPolicy } from "./inline-policies/PutUserPolicy.ts";
import { CreatePolicy } from "./managed-policies/CreatePolicy.ts";
import { CreatePolicyVersion } from "./managed-policies/CreatePolicyVersion.ts";
import { DeletePolicy } from "./managed-policies/DeletePolicy.ts";
import { DeletePolicyVersion } from "./managed-policies/DeletePolicyVersion.ts";
import { GetPolicy } from "./managed-policies/GetPolicy.ts";
import { GetPolicyVersion } from "./managed-policies/GetPolicyVersion.ts";
import { ListPolicies } from "./managed-policies/ListPolicies.ts";
import { ListPolicyTags } from "./managed-policies/ListPolicyTags.ts";
import { ListPolicyVersions } from "./managed-policies/ListPolicyVersions.ts";
import { SetDefaultPolicyVersion } from "./managed-policies/SetDefaultPolicyVersion.ts";
import { TagPolicy } from "./managed-policies/TagPolicy.ts";
import { UntagPolicy } from "./managed-policies/UntagPolicy.ts";
import { AttachGroupPolicy } from "./policy-attachments/AttachGroupPolicy.ts";
import { AttachUserPolicy } from "./policy-attachments/AttachUserPolicy.ts";
import { DetachGroupPolicy } from "./policy-attachments/DetachGroupPolicy.ts";
import { DetachUserPolicy } from "./policy-attachments/DetachUserPolicy.ts";
import { ListAttachedGroupPolicies } from "./policy-attachments/ListAttachedGroupPolicies.ts";
import { ListAttachedUserPolicies } from "./policy-attachments/ListAttachedUserPolicies.ts";
import { ListEntitiesForPolicy } from "./policy-attachments/ListEntitiesForPolicy.ts";
import { DeleteSigningCertificate } from "./signing-certificates/DeleteSigningCertificate.ts";
import { ListSigningCertificates } from "./signing-certificates/ListSigningCertificates.ts";
import { UpdateSigningCertificate } from "./signing-certificates/UpdateSigningCertificate.ts";
import { UploadSigningCertificate } from "./signing-certificates/UploadSigningCertificate.ts";
import { CreateUser } from "./users/CreateUser.ts";
import { DeleteUser } from "./users/DeleteUser.ts";
import { GetUser } from "./users/GetUser.ts";
import { ListUsers } from "./users/ListUsers.ts";
import { ListUserTags } from "./users/ListUserTags.ts";
import { TagUser } from "./users/TagUser.ts";
import { UntagUser } from "./users/UntagUser.ts";
import { UpdateUser } from "./users/UpdateUser.ts";

/** IAM's table of contents, by resource. What is not here answers NotImplemented by its name. */
export const iamOperations = {
  // users
  CreateUser,
  DeleteUser,
  GetUser,
  ListUserTags,
  ListUsers,
  TagUser,
  UntagUser,
  UpdateUser,
  // groups
  AddUserToGroup,
  CreateGroup,
  DeleteGroup,
  GetGroup,
  ListGroups,
  ListGroupsForUser,
  RemoveUserFromGroup,
  UpdateGroup,
  // access keys
  CreateAccessKey,
  DeleteAccessKey,
  GetAccessKeyLastUsed,
  ListAccessKeys,
  UpdateAccessKey,
  // managed policies
  CreatePolicy,
  CreatePolicyVersion,
  DeletePolicy,
  DeletePolicyVersion,
  GetPolicy,
  GetPolicyVersion,
  ListPolicies,
  ListPolicyTags,
  ListPolicyVersions,
  SetDefaultPolicyVersion,
  TagPolicy,
  UntagPolicy,
  // policy attachments
  AttachGroupPolicy,
  AttachUserPolicy,
  DetachGroupPolicy,
  DetachUserPolicy,
  ListAttachedGroupPolicies,
  ListAttachedUserPolicies,
  ListEntitiesForPolicy,
  // inline policies
  DeleteGroupPolicy,
  DeleteUserPolicy,
  GetGroupPolicy,
  GetUserPolicy,
  ListGroupPolicies,
  ListUserPolicies,
  PutGroupPolicy,
  PutUserPolicy,
  // signing certificates
  DeleteSigningCertificate,
  ListSigningCertificates,
  UpdateSigningCertificate,
  UploadSigningCertificate,
  // account
  CreateAccountAlias,
  DeleteAccountAlias,
  DeleteAccountPasswordPolicy,
  GenerateCredentialReport,
  GetAccountPasswordPolicy,
  GetAccountSummary,
  GetCredentialReport,
  ListAccountAliases,
  UpdateAccountPasswordPolicy,
} satisfies OperationTable<IamApi>;

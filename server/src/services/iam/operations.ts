import type { IamApi } from "../../contract/iam.ts";
import type { OperationTable } from "../operation.ts";
import { DeleteSigningCertificate } from "./signing-certificates/DeleteSigningCertificate.ts";
import { ListSigningCertificates } from "./signing-certificates/ListSigningCertificates.ts";
import { UpdateSigningCertificate } from "./signing-certificates/UpdateSigningCertificate.ts";
import { UploadSigningCertificate } from "./signing-certificates/UploadSigningCertificate.ts";
import { CreateUser } from "./users/CreateUser.ts";
import { DeleteUser } from "./users/DeleteUser.ts";
import { GetUser } from "./users/GetUser.ts";
import { ListUserTags } from "./users/ListUserTags.ts";
import { ListUsers } from "./users/ListUsers.ts";
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
  // signing certificates
  DeleteSigningCertificate,
  ListSigningCertificates,
  UpdateSigningCertificate,
  UploadSigningCertificate,
} satisfies OperationTable<IamApi>;

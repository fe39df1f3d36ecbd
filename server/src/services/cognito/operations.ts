import type { CognitoApi } from "../../contract/cognito.ts";
import type { OperationTable } from "../operation.ts";
import { GetSigningCertificate } from "./signing-certificates/GetSigningCertificate.ts";
import { ListTagsForResource } from "./tags/ListTagsForResource.ts";
import { TagResource } from "./tags/TagResource.ts";
import { UntagResource } from "./tags/UntagResource.ts";
import { CreateUserPool } from "./user-pools/CreateUserPool.ts";
import { DeleteUserPool } from "./user-pools/DeleteUserPool.ts";
import { DescribeUserPool } from "./user-pools/DescribeUserPool.ts";
import { ListUserPools } from "./user-pools/ListUserPools.ts";
import { UpdateUserPool } from "./user-pools/UpdateUserPool.ts";

/** The user pools' table of contents, by resource. */
export const cognitoOperations = {
  CreateUserPool,
  DescribeUserPool,
  ListUserPools,
  UpdateUserPool,
  DeleteUserPool,

  GetSigningCertificate,

  TagResource,
  UntagResource,
  ListTagsForResource,
} satisfies OperationTable<CognitoApi>;

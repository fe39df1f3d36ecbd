import type { CognitoApi } from "../../contract/cognito.ts";
import type { OperationTable } from "../operation.ts";

/** The user pools' table of contents, by resource. */
export const cognitoOperations = {
  CreateUserPool: () => import("./user-pools/CreateUserPool.ts"),
  DescribeUserPool: () => import("./user-pools/DescribeUserPool.ts"),
  ListUserPools: () => import("./user-pools/ListUserPools.ts"),
  UpdateUserPool: () => import("./user-pools/UpdateUserPool.ts"),
  DeleteUserPool: () => import("./user-pools/DeleteUserPool.ts"),

  GetSigningCertificate: () => import("./signing-certificates/GetSigningCertificate.ts"),

  TagResource: () => import("./tags/TagResource.ts"),
  UntagResource: () => import("./tags/UntagResource.ts"),
  ListTagsForResource: () => import("./tags/ListTagsForResource.ts"),
} satisfies OperationTable<CognitoApi>;

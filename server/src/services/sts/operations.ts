import type { StsApi } from "../../contract/sts.ts";
import type { OperationTable } from "../operation.ts";

/** STS's table of contents. */
export const stsOperations = {
  AssumeRole: () => import("./AssumeRole.ts"),
  AssumeRoleWithSAML: () => import("./AssumeRoleWithSAML.ts"),
  AssumeRoleWithWebIdentity: () => import("./AssumeRoleWithWebIdentity.ts"),
  AssumeRoot: () => import("./AssumeRoot.ts"),
  DecodeAuthorizationMessage: () => import("./DecodeAuthorizationMessage.ts"),
  GetAccessKeyInfo: () => import("./GetAccessKeyInfo.ts"),
  GetCallerIdentity: () => import("./GetCallerIdentity.ts"),
  GetDelegatedAccessToken: () => import("./GetDelegatedAccessToken.ts"),
  GetFederationToken: () => import("./GetFederationToken.ts"),
  GetSessionToken: () => import("./GetSessionToken.ts"),
  GetWebIdentityToken: () => import("./GetWebIdentityToken.ts"),
} satisfies OperationTable<StsApi>;

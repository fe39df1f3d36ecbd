import type { StsApi } from "../../contract/sts.ts";
import type { OperationTable } from "../operation.ts";

/** STS's table of contents. */
export const stsOperations = {
  GetAccessKeyInfo: () => import("./GetAccessKeyInfo.ts"),
  GetCallerIdentity: () => import("./GetCallerIdentity.ts"),
  GetSessionToken: () => import("./GetSessionToken.ts"),
} satisfies OperationTable<StsApi>;

import type { StsApi } from "../../contract/sts.ts";
import type { OperationTable } from "../operation.ts";
import { GetAccessKeyInfo } from "./GetAccessKeyInfo.ts";
import { GetCallerIdentity } from "./GetCallerIdentity.ts";
import { GetSessionToken } from "./GetSessionToken.ts";

/** STS's table of contents. */
export const stsOperations = {
  GetAccessKeyInfo,
  GetCallerIdentity,
  GetSessionToken,
} satisfies OperationTable<StsApi>;

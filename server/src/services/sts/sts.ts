import type { StsApi } from "../../contract/sts.ts";
import { operationsOf } from "../operation.ts";

/** `sts("GetCallerIdentity", { resource, handle })`: an STS operation, typed by the contract. */
export const sts = operationsOf<StsApi>("sts");

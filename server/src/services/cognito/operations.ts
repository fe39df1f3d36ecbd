import type { CognitoApi } from "../../contract/cognito.ts";
import type { OperationTable } from "../operation.ts";

/** The user pools' table of contents, by resource. */
export const cognitoOperations = {} satisfies OperationTable<CognitoApi>;

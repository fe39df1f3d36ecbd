import type { CognitoApi } from "../../contract/cognito.ts";
import { operationsOf } from "../operation.ts";

/** `cognito("DescribeUserPool", { resource, handle })`: a user pools operation, typed by the contract. */
export const cognito = operationsOf<CognitoApi>("cognito-idp");

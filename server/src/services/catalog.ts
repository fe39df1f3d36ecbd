import { cognito } from "../contract/cognito.ts";
import { iam } from "../contract/iam.ts";
import type { Model } from "../contract/shape.ts";
import { sts } from "../contract/sts.ts";
import { cognitoOperations } from "./cognito/operations.ts";
import { iamOperations } from "./iam/operations.ts";
import type { AnyOperation } from "./operation.ts";
import { stsOperations } from "./sts/operations.ts";

/** A service as the endpoint sees it: what AWS promised, and what is implemented of it. */
export interface ServiceEntry {
  readonly model: Model;
  readonly operations: Readonly<Record<string, AnyOperation | undefined>>;
}

export const catalog: Readonly<Record<Model["service"], ServiceEntry>> = {
  iam: { model: iam, operations: iamOperations },
  sts: { model: sts, operations: stsOperations },
  "cognito-idp": { model: cognito, operations: cognitoOperations },
};

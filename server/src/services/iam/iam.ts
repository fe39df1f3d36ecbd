import type { IamApi } from "../../contract/iam.ts";
import { operationsOf } from "../operation.ts";

/** `iam("TagUser", { resource, handle })`: an IAM operation, typed by the contract. */
export const iam = operationsOf<IamApi>("iam");

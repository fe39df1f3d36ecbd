import type { Environment } from "../services/operation.ts";
import { type Endpoint, plain } from "./http.ts";

export const importsPrefix = "/_countersign/imports/";

/** Where CreateUserImportJob's PreSignedUrl leads: what signs it is in its query, so that nothing else is needed. */
export function userImportsEndpoint(environment: Environment): Endpoint {
  return async ({ path, query, body }) => {
    const { upload } = await import("../services/cognito/import-jobs/upload.ts");
    return (await upload(environment, path, query, body)) === "kept"
      ? plain(200, "")
      : plain(403, "The address is wrong or too old, or the job does not wait for a file.\n");
  };
}

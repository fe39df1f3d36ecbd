import { timingSafeText } from "../../../crypto/digest.ts";
import type { Visit } from "./visit.ts";

/**
 * What tells a form of ours from one that another site sends with the browser's cookies: it takes the browser's own cookie
 * to make one, and this server's key. Each page and client has its own.
 */
export function formToken({ environment, binding, request }: Visit, page: string): string {
  const mac = environment.seal.mac(`${page} ${request.clientId} ${binding}`, "form of managed login");
  return Buffer.from(mac).toString("base64url");
}

export function isFormToken(visit: Visit, page: string, given: string): boolean {
  return timingSafeText(formToken(visit, page), given);
}

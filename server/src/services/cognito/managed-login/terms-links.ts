import { terms } from "../../../store/terms.ts";
import type { Environment } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";

export interface TermsLinks {
  readonly termsOfUse: string | undefined;
  readonly privacyPolicy: string | undefined;
}

/** What a client asks its users to agree to, in this language (`cognito:german`) or in any. */
export function findTermsLinks(
  { store }: Pick<Environment, "store">,
  { client }: ClientContext,
  language: string,
): Promise<TermsLinks> {
  return store.read(async (tx) => {
    const link = async (name: string) => {
      const links = (await terms.findByName(tx, client.client_id, name))?.links;
      const url = links?.[`cognito:${language}`] ?? links?.["cognito:default"];
      // Any text can be set as a link: one that is none, or would run as a script, is not shown.
      return url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
    };
    return { termsOfUse: await link("terms-of-use"), privacyPolicy: await link("privacy-policy") };
  });
}

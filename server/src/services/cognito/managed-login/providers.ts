import type { ClientContext } from "../app-clients/app-client.ts";
import { supportedProviders } from "../authorization/authorization-request.ts";

/** As they call themselves, of the four that AWS names without blanks. */
const names: Readonly<Record<string, string>> = { SignInWithApple: "Apple", LoginWithAmazon: "Amazon" };

export interface ProviderButton {
  readonly identityProvider: string;
  readonly label: string;
  /** Of the classic pages' two kinds of buttons. */
  readonly isSocial: boolean;
}

const social: ReadonlySet<string> = new Set(["Facebook", "Google", "LoginWithAmazon", "SignInWithApple"]);

export function providerButtons({ clientConfiguration }: ClientContext): ProviderButton[] {
  return supportedProviders(clientConfiguration)
    .filter((name) => name !== "COGNITO")
    .map((name) => ({ identityProvider: name, label: names[name] ?? name, isSocial: social.has(name) }));
}

/** Whether the client's users may be the pool's own. */
export function hasOwnUsers({ clientConfiguration }: ClientContext): boolean {
  return supportedProviders(clientConfiguration).includes("COGNITO");
}

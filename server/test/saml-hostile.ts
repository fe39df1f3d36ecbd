/** What vectors/saml/hostile.json holds; vectors/saml/generate.ts writes it. */
import type { Expectations } from "../src/saml/response.ts";
import type { SamlErrorCode } from "../src/saml/saml-error.ts";

/** Both in PEM. */
export interface HostileParty {
  readonly certificate: string;
  readonly privateKey: string;
}

export interface HostileCase {
  readonly name: string;
  readonly expected: SamlErrorCode | "believed";
  /** What differs from the strictest reader, who takes signed assertions alone. */
  readonly settings?: Partial<Pick<Expectations, "signed" | "encryption" | "inResponseTo" | "sha1" | "fourByteUtf8">>;
  /** `@@@` in it stands for what `repeat` says. */
  readonly xml: string;
  readonly repeat?: { readonly text: string; readonly times: number };
  /** Of one that is believed. */
  readonly nameId?: string;
}

export interface HostileCases {
  /** The provider that is trusted, one that is not, and who reads. */
  readonly parties: Readonly<Record<"idp" | "foreign" | "ours", HostileParty>>;
  readonly cases: readonly HostileCase[];
}

/** The whole text of the message. */
export function hostileXml({ xml, repeat }: HostileCase): string {
  return repeat === undefined ? xml : xml.replace("@@@", () => repeat.text.repeat(repeat.times));
}

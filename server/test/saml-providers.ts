import assert from "node:assert/strict";
import { CreateSAMLProviderCommand, type CreateSAMLProviderCommandInput } from "@aws-sdk/client-iam";
import { type Harness, testAccount } from "./harness.ts";
import { metadataOf, type SamlIdentityProvider } from "./saml-responses.ts";

export function samlProviderArnOf(name: string): string {
  return `arn:aws:iam::${testAccount}:saml-provider/${name}`;
}

/** The identity provider, made known to IAM under this name. */
export async function createSamlProvider(
  h: Harness,
  Name: string,
  idp: SamlIdentityProvider,
  more: Partial<CreateSAMLProviderCommandInput> = {},
): Promise<string> {
  const SAMLMetadataDocument = metadataOf(idp, [idp.certificate]);
  const { SAMLProviderArn } = await h.iam.send(new CreateSAMLProviderCommand({ Name, SAMLMetadataDocument, ...more }));
  assert.equal(SAMLProviderArn, samlProviderArnOf(Name));
  return SAMLProviderArn;
}

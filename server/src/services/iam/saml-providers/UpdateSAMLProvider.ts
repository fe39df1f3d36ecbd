import type { IamApi } from "../../../contract/iam.ts";
import { samlProviders } from "../../../store/saml-providers.ts";
import type { Tx } from "../../../store/store.ts";
import { Call } from "../../operation.ts";
import { iam } from "../iam.ts";
import {
  insertProviderKey,
  noSuchProvider,
  readProviderKey,
  readProviderMetadata,
  requireSamlProvider,
  validUntil,
} from "./saml-provider.ts";

type UpdateCall = Call<IamApi["UpdateSAMLProvider"]["error"]>;
type Given = Pick<IamApi["UpdateSAMLProvider"]["input"], "AssertionEncryptionMode" | "RemovePrivateKey">;

const privateKeyLimit = 2;

// The texts are AWS's, recorded 2026-09 or in the IAM User Guide, "Troubleshoot SAML federation with IAM".
export const UpdateSAMLProvider = iam("UpdateSAMLProvider", {
  resource: (input, call) => requireSamlProvider(call, input.SAMLProviderArn),

  // As in CreateSAMLProvider.
  transaction: "own",

  async handle(input, call, { provider }) {
    const { SAMLProviderArn, SAMLMetadataDocument: metadata, AddPrivateKey, ...given } = input;
    const { AssertionEncryptionMode: mode, RemovePrivateKey } = given;
    if (metadata === undefined && AddPrivateKey === undefined && RemovePrivateKey === undefined && mode === undefined) {
      call.fail(
        "ValidationError",
        "Unable to update identity provider. No updates are defined for metadata or encryption assertion.",
      );
    }
    if (AddPrivateKey !== undefined && RemovePrivateKey !== undefined) {
      call.fail(
        "ValidationError",
        "Unable to add and remove private keys in the same request. Set a value for only one of the two parameters.",
      );
    }
    const trusted = metadata === undefined ? undefined : await readProviderMetadata(call, metadata);
    const added = AddPrivateKey === undefined ? undefined : await readProviderKey(call, AddPrivateKey);
    await call.environment.store.write(async (tx) => {
      const current = await samlProviders.find(tx, provider.account_id, provider.provider_name);
      if (current?.provider_id !== provider.provider_id) {
        return call.fail("NoSuchEntityException", noSuchProvider(SAMLProviderArn));
      }
      await changeKeys(new Call(call.environment, call.facts, call.now, tx), tx, current, given, added);
      if (mode !== undefined) await samlProviders.setMode(tx, current.provider_id, mode);
      if (metadata !== undefined && trusted !== undefined) {
        await samlProviders.setMetadata(tx, current.provider_id, metadata, trusted, validUntil(call.now));
      }
    });
    return { SAMLProviderArn };
  },
});

async function changeKeys(
  call: UpdateCall,
  tx: Tx,
  provider: { readonly provider_id: string; readonly encryption_mode: string },
  given: Given,
  added: Uint8Array | undefined,
): Promise<void> {
  const held = await samlProviders.listKeys(tx, provider.provider_id);
  const { RemovePrivateKey: removed } = given;
  let count = held.length;
  if (added !== undefined) {
    if (count >= privateKeyLimit) {
      call.fail("LimitExceededException", `Private key limit of ${privateKeyLimit} is reached.`);
    }
    await insertProviderKey(call, tx, provider.provider_id, added, (held.at(-1)?.position ?? 0) + 1);
    count++;
  }
  if (removed !== undefined) {
    const key = held.find(({ key_id }) => key_id === removed);
    if (key === undefined) {
      return call.fail(
        "InvalidInputException",
        "Failed to remove private key because the Key ID does not match a private key.",
      );
    }
    await samlProviders.deleteKey(tx, key);
    count--;
  }
  const required = (given.AssertionEncryptionMode ?? provider.encryption_mode) === "Required";
  if (required && count === 0) {
    call.fail(
      "InvalidInputException",
      removed === undefined
        ? "Failed to set assertion encryption mode to Required because no private key is present."
        : "Failed to remove private key.",
    );
  }
}

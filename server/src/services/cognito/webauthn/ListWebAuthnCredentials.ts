import { poolUserPasskeys } from "../../../store/pool-user-passkeys.ts";
import { decodeNextToken, tokenPage } from "../../paging.ts";
import { cognito } from "../cognito.ts";
import { requireAccessToken } from "../sessions/access-token.ts";
import { mostPasskeys } from "./registration.ts";

export const ListWebAuthnCredentials = cognito("ListWebAuthnCredentials", {
  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const { user } = await requireAccessToken(call, call.tx, input.AccessToken);
    const limit = input.MaxResults || mostPasskeys;
    const after = decodeNextToken(call, input.NextToken);
    const found = await poolUserPasskeys.list(call.tx, user.user_id, after, limit + 1);
    const { rows, ...more } = tokenPage(found, limit, (passkey) => passkey.credential_id);
    return {
      Credentials: rows.map((passkey) => ({
        CredentialId: passkey.credential_id,
        FriendlyCredentialName: passkey.friendly_name,
        RelyingPartyId: passkey.relying_party_id,
        ...(passkey.attachment === null ? {} : { AuthenticatorAttachment: passkey.attachment }),
        AuthenticatorTransports: [...passkey.transports],
        CreatedAt: new Date(passkey.created_at),
      })),
      ...more,
    };
  },
});

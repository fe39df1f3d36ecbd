import { serviceCredentials } from "../../../store/service-credentials.ts";
import { iam } from "../iam.ts";
import { credentialMetadata, newSecret, requireCredential } from "./credential.ts";

export const ResetServiceSpecificCredential = iam("ResetServiceSpecificCredential", {
  resource: (input, call) => requireCredential(call, input),

  // Nothing changes but the secret: an inactive one stays so, and the end stays where it was (recorded from AWS, 2026-09).
  async handle(_input, call, { user, credential }) {
    const { sealed, told } = newSecret(call, credential);
    await serviceCredentials.setSecret(call.tx, credential, sealed);
    return {
      ServiceSpecificCredential: { ...credentialMetadata(call, { ...credential, user_name: user.user_name }), ...told },
    };
  },
});

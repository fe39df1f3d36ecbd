import { serviceCredentials } from "../../../store/service-credentials.ts";
import { iam } from "../iam.ts";
import { requireCredential } from "./credential.ts";

export const DeleteServiceSpecificCredential = iam("DeleteServiceSpecificCredential", {
  resource: (input, call) => requireCredential(call, input),

  async handle(_input, call, { credential }) {
    await serviceCredentials.delete(call.tx, credential);
  },
});

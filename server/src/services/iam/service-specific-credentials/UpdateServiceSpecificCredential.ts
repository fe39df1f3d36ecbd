import { refusal } from "../../../contract/service-exception.ts";
import { serviceCredentials } from "../../../store/service-credentials.ts";
import { iam } from "../iam.ts";
import { requireCredential } from "./credential.ts";

export const UpdateServiceSpecificCredential = iam("UpdateServiceSpecificCredential", {
  resource: (input, call) => requireCredential(call, input),

  async handle(input, call, { credential }) {
    if (input.Status === "Expired") {
      // Recorded from AWS, 2026-09, though its model does not list the error here.
      throw refusal("InvalidInputException", "Operation does not support status Expired");
    }
    if (credential.status !== input.Status) await serviceCredentials.setStatus(call.tx, credential, input.Status);
  },
});

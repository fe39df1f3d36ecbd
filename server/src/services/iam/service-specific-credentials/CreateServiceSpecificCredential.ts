import { uniqueId } from "../../../runtime/ids.ts";
import { serviceCredentials } from "../../../store/service-credentials.ts";
import type { Call } from "../../operation.ts";
import { iam } from "../iam.ts";
import { requireUser } from "../users/user.ts";
import { ageDaysKey, credentialMetadata, newSecret, serviceNameKey } from "./credential.ts";
import { serviceNamed, unsupported } from "./services.ts";

const dayMs = 86_400_000;

export const CreateServiceSpecificCredential = iam("CreateServiceSpecificCredential", {
  async resource(input, call) {
    const found = await requireUser(call, input.UserName);
    const serviceName = serviceNamed(input.ServiceName);
    if (serviceName === undefined) {
      return call.missing(found, "NoSuchEntityException", unsupported(input.ServiceName));
    }
    const days = input.CredentialAgeDays;
    const conditions = {
      [serviceNameKey]: [serviceName],
      ...(days === undefined ? {} : { [ageDaysKey]: [String(days)] }),
    };
    return { ...found, conditions, serviceName };
  },

  // An age counts for every service, though the reference speaks of API keys alone (recorded from AWS, 2026-09).
  async handle(input, call, { user, serviceName }) {
    const { tx } = call;
    const held = await serviceCredentials.listOfUser(tx, user.user_id);
    const quota = call.environment.quotas.ContextSpecificCredentialsPerUserPerContext;
    if (held.filter((credential) => credential.service_name === serviceName).length >= quota) {
      // Recorded from AWS, 2026-09.
      call.fail(
        "LimitExceededException",
        `Cannot exceed quota for ContextSpecificCredentialsPerUserPerContext: ${quota}`,
      );
    }
    const days = input.CredentialAgeDays;
    const credential = {
      account_id: call.accountId,
      credential_id: uniqueId(call.random, "ACCA"),
      user_id: user.user_id,
      service_name: serviceName,
      alias: await freeAlias(call, serviceName, user.user_name),
      status: "Active",
      created_at: call.now,
      expires_at: days === undefined ? null : call.now + days * dayMs,
    };
    const { sealed, told } = newSecret(call, credential);
    await serviceCredentials.insert(tx, { ...credential, secret_sealed: sealed });
    return {
      ServiceSpecificCredential: { ...credentialMetadata(call, { ...credential, user_name: user.user_name }), ...told },
    };
  },
});

/** `ann-at-123456789012`, then `ann+1-at-…`: a user who was called so before keeps its own (recorded from AWS, 2026-09). */
async function freeAlias(call: Call, serviceName: string, userName: string): Promise<string> {
  for (let number = 0; ; number++) {
    const alias = `${userName}${number === 0 ? "" : `+${number}`}-at-${call.accountId}`;
    if (!(await serviceCredentials.isAliasTaken(call.tx, call.accountId, serviceName, alias))) return alias;
  }
}

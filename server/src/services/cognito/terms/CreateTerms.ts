import { terms } from "../../../store/terms.ts";
import { requireClientOfPool } from "../app-clients/app-client.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { refuseTakenName, termsShape } from "./terms.ts";

export const CreateTerms = cognito("CreateTerms", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    const { tx, now } = call;
    await requireClientOfPool(call, tx, pool.pool_id, input.ClientId);
    await refuseTakenName(call, tx, input.ClientId, input.TermsName);
    const row = {
      terms_id: call.random.uuid(),
      pool_id: pool.pool_id,
      client_id: input.ClientId,
      name: input.TermsName,
      source: input.TermsSource,
      enforcement: input.Enforcement,
      links: input.Links ?? {},
      created_at: now,
      modified_at: now,
    };
    await terms.insert(tx, row);
    return { Terms: termsShape(row) };
  },
});

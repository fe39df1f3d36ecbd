import { terms } from "../../../store/terms.ts";
import { requireClientOfPool } from "../app-clients/app-client.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { termsShape } from "./terms.ts";

export const DescribeTermsByClient = cognito("DescribeTermsByClient", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  async handle(input, call, { pool }) {
    await requireClientOfPool(call, call.tx, pool.pool_id, input.ClientId);
    const row = await terms.findByName(call.tx, input.ClientId, input.TermsName);
    if (row === undefined) {
      // The text is ours: AWS's is not known.
      return call.fail(
        "ResourceNotFoundException",
        `Terms ${input.TermsName} do not exist for user pool client ${input.ClientId}.`,
      );
    }
    return { Terms: termsShape(row) };
  },
});

import { terms } from "../../../store/terms.ts";
import { cognito } from "../cognito.ts";
import { requireTerms } from "./terms.ts";

export const DeleteTerms = cognito("DeleteTerms", {
  resource: (input, call) => requireTerms(call, input),

  async handle(_input, call, { terms: row }) {
    await terms.delete(call.tx, row.terms_id);
  },
});

import { terms } from "../../../store/terms.ts";
import { cognito } from "../cognito.ts";
import { refuseTakenName, requireTerms, termsShape } from "./terms.ts";

export const UpdateTerms = cognito("UpdateTerms", {
  resource: (input, call) => requireTerms(call, input),

  async handle(input, call, { terms: before }) {
    const { TermsName = before.name } = input;
    if (TermsName !== before.name) await refuseTakenName(call, call.tx, before.client_id, TermsName);
    const row = {
      ...before,
      name: TermsName,
      source: input.TermsSource ?? before.source,
      enforcement: input.Enforcement ?? before.enforcement,
      links: input.Links ?? before.links,
      modified_at: call.now,
    };
    await terms.update(call.tx, row);
    return { Terms: termsShape(row) };
  },
});

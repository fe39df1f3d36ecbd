import { cognito } from "../cognito.ts";
import { requireTerms, termsShape } from "./terms.ts";

export const DescribeTerms = cognito("DescribeTerms", {
  resource: (input, call) => requireTerms(call, input),

  handle: (_input, _call, { terms }) => ({ Terms: termsShape(terms) }),
});

import { type Html, html } from "./html.ts";
import { form, hidden, submit, type View } from "./parts.ts";

/** What the script reads: where to put what, and whether to make a passkey or to use one. */
export function passkeyForm(
  view: View,
  given: {
    readonly path: string;
    readonly kind: "get" | "create";
    readonly options: string;
    readonly carried?: Html | undefined;
    readonly label: string;
  },
): Html {
  const { strings } = view.language;
  const { path, kind, options, carried, label } = given;
  const content = html`${carried}${hidden("answer", "")}
<div class="errorMessage-customizable" id="passkey-failed" role="alert" hidden><p>${strings.passkeyFailed}</p></div>
<noscript><p>${strings.needsScript}</p></noscript>
${submit(label)}`;
  return form(view, path, content, html` data-passkey="${kind}" data-options="${options}"`);
}

/**
 * The pages' own style. What a client sets comes after it and wins: it uses one class for each thing, as AWS's classic pages
 * do, and variables for the colors of managed login. Contrast is 4.5 to 1 or better for all text (WCAG 2.2, 1.4.3), and 3 to
 * 1 for what shows where a field is (1.4.11).
 */
export const stylesheet = `:root {
  color-scheme: light;
  --page: #f3f5fa;
  --page-glow: #e3eaff;
  --card: #ffffff;
  --card-border: #e2e6ef;
  --card-radius: 16px;
  --heading: #111827;
  --text: #475067;
  --label: #1f2937;
  --hint: #5b6478;
  --input-background: #ffffff;
  --input-border: #838da1;
  --input-radius: 10px;
  --link: #2949c8;
  --link-hover: #1a318f;
  --focus: #3557e6;
  --line: #e2e6ef;
  --primary: #2f4fd8;
  --primary-text: #ffffff;
  --primary-hover: #2440b8;
  --primary-hover-text: #ffffff;
  --secondary: #ffffff;
  --secondary-text: #1f2937;
  --secondary-border: #838da1;
  --secondary-hover: #f3f5fa;
  --button-radius: 10px;
  --error-background: #fef3f2;
  --error-border: #b42318;
  --error-text: #912018;
  --notice-background: #ecfaf2;
  --notice-border: #17794a;
  --notice-text: #0f5132;
}
.dark {
  color-scheme: dark;
  --page: #0c101b;
  --page-glow: #182044;
  --card: #151b2b;
  --card-border: #2a3349;
  --heading: #f3f5fa;
  --text: #b4bdd0;
  --label: #e2e6ef;
  --hint: #a3adc2;
  --input-background: #0f1523;
  --input-border: #6f7b94;
  --link: #9db2ff;
  --link-hover: #c3d0ff;
  --focus: #8ea6ff;
  --line: #2a3349;
  --primary: #8ea6ff;
  --primary-text: #0c1230;
  --primary-hover: #b3c3ff;
  --primary-hover-text: #0c1230;
  --secondary: #151b2b;
  --secondary-text: #e2e6ef;
  --secondary-border: #6f7b94;
  --secondary-hover: #1e2740;
  --error-background: #33120f;
  --error-border: #f5827a;
  --error-text: #ffc9c4;
  --notice-background: #0c2b1c;
  --notice-border: #4cc38a;
  --notice-text: #b9f2d3;
}
html { background: var(--page); }
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0;
  min-height: 100vh;
  min-height: 100dvh;
  display: flex;
  flex-direction: column;
  align-items: center;
  justify-content: center;
  padding: 24px 16px;
  background: radial-gradient(60rem 32rem at 50% -8rem, var(--page-glow), transparent) no-repeat var(--page);
  color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
}
main {
  width: 100%;
  max-width: 26rem;
  padding: 36px 36px 32px;
  background: var(--card);
  border: 1px solid var(--card-border);
  border-radius: var(--card-radius);
  box-shadow: 0 1px 2px rgb(16 24 40 / 6%), 0 16px 40px -12px rgb(16 24 40 / 14%);
  overflow-wrap: anywhere;
}
h1 { margin: 0 0 8px; color: var(--heading); font-size: 1.5rem; line-height: 1.25; letter-spacing: -.01em; text-wrap: balance; }
h1 + form { margin-top: 20px; }
p { margin: 0 0 16px; }
form { margin: 0; }
a { color: var(--link); text-underline-offset: 2px; }
a:hover { color: var(--link-hover); }
.banner-customizable { margin: 0 0 20px; text-align: center; }
.logo-customizable { display: block; margin: 0 auto; max-width: 100%; max-height: 88px; }
.only-dark, .dark .only-light { display: none; }
.dark .only-dark { display: block; }
.field { margin: 0 0 16px; }
.label-customizable { display: block; margin: 0 0 6px; color: var(--label); font-size: .9375rem; font-weight: 600; }
.optional { color: var(--hint); font-weight: 400; }
.redirect-customizable { font-size: .9375rem; }
.inputField-customizable {
  display: block;
  width: 100%;
  min-height: 46px;
  padding: 9px 13px;
  color: var(--heading);
  background: var(--input-background);
  border: 1px solid var(--input-border);
  border-radius: var(--input-radius);
  font: inherit;
}
.code { font-size: 1.25rem; letter-spacing: .18em; font-variant-numeric: tabular-nums; }
.submitButton-customizable, .idpButton-customizable, .socialButton-customizable, .otherButton {
  display: block;
  width: 100%;
  min-height: 46px;
  padding: 10px 16px;
  border: 1px solid transparent;
  border-radius: var(--button-radius);
  font: inherit;
  font-weight: 600;
  text-align: center;
  text-decoration: none;
  cursor: pointer;
}
.submitButton-customizable { margin: 24px 0 0; color: var(--primary-text); background: var(--primary); }
.submitButton-customizable:hover { color: var(--primary-hover-text); background: var(--primary-hover); }
.idpButton-customizable, .socialButton-customizable, .otherButton {
  margin: 12px 0 0;
  color: var(--secondary-text);
  background: var(--secondary);
  border-color: var(--secondary-border);
}
.idpButton-customizable:hover, .socialButton-customizable:hover, .otherButton:hover { background: var(--secondary-hover); color: var(--secondary-text); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.inputField-customizable:focus-visible { outline-offset: 0; }
[aria-invalid="true"] { border-color: var(--error-border); }
.idpDescription-customizable { display: flex; align-items: center; gap: 12px; margin: 22px 0 10px; color: var(--hint); font-size: .9375rem; }
.idpDescription-customizable::before, .idpDescription-customizable::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
.errorMessage-customizable, .notice { margin: 16px 0; padding: 12px 14px; border: 1px solid; border-radius: 10px; font-size: .9375rem; }
.errorMessage-customizable { color: var(--error-text); background: var(--error-background); border-color: var(--error-border); }
.notice { color: var(--notice-text); background: var(--notice-background); border-color: var(--notice-border); }
.errorMessage-customizable > :last-child, .notice > :last-child { margin-bottom: 0; }
.textDescription-customizable { color: var(--text); }
.legalText-customizable { margin: 20px 0 0; color: var(--hint); font-size: .875rem; }
.legalText-customizable ul, .rules ul { margin: 4px 0 0; padding-left: 20px; }
.rules { margin: 0 0 16px; color: var(--hint); font-size: .875rem; }
.foot { margin: 24px 0 0; padding-top: 20px; border-top: 1px solid var(--line); text-align: center; font-size: .9375rem; }
.foot form { display: inline; }
.quiet { padding: 0; border: 0; color: var(--link); background: none; font: inherit; text-decoration: underline; text-underline-offset: 2px; cursor: pointer; }
.quiet:hover { color: var(--link-hover); }
.after { margin: 16px 0 0; text-align: center; font-size: .9375rem; }
.qr { display: block; width: 200px; max-width: 100%; height: auto; margin: 0 auto 16px; border-radius: 8px; }
.key { display: block; margin: 4px 0 16px; padding: 10px 12px; color: var(--heading); background: var(--page); border-radius: 8px; font: .9375rem/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
[hidden] { display: none; }
@media (max-width: 28rem) {
  body { padding: 12px; }
  main { padding: 28px 20px 24px; }
}
@media (forced-colors: active) {
  .submitButton-customizable { border-color: ButtonText; }
}
`;

/** The same variables, for the mode that the browser asks for: the names are those of .dark. */
export function darkWherePreferred(): string {
  const start = stylesheet.indexOf(".dark {");
  const dark = stylesheet.slice(start + ".dark {".length, stylesheet.indexOf("}", start));
  return `@media (prefers-color-scheme: dark) {
.both {${dark}}
.both .only-light { display: none; }
.both .only-dark { display: block; }
}
`;
}

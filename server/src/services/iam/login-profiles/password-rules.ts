import type { PasswordPolicy } from "../account/password-policy.ts";

/** IAM User Guide, "Set an account password policy": what counts as a letter, a number and a symbol. */
const kinds = [
  {
    pattern: /[A-Z]/,
    missing: "Password should have at least one uppercase letter",
    rule: "RequireUppercaseCharacters",
  },
  {
    pattern: /[a-z]/,
    missing: "Password should have at least one lowercase letter",
    rule: "RequireLowercaseCharacters",
  },
  { pattern: /[0-9]/, missing: "Password should have at least one number", rule: "RequireNumbers" },
  { pattern: /[!@#$%^&*()_+\-=[\]{}|']/, missing: "Password should have at least one symbol", rule: "RequireSymbols" },
] as const;

/** Without a policy of the account's own: eight characters, of three of the four kinds (IAM User Guide, as above). */
const defaultLength = 8;
const defaultKinds = 3;

/**
 * Why a password may not be set, in AWS's words, or undefined. Each text was reported from AWS, as was how the missing kinds
 * are told without a policy; the comma between several under a policy is ours.
 */
export function passwordProblem(policy: PasswordPolicy | undefined, password: string): string | undefined {
  const problems: string[] = [];
  const least = policy?.MinimumPasswordLength ?? defaultLength;
  if (password.length < least) problems.push(`Password should have a minimum length of ${least}`);
  const missing = kinds.filter(({ pattern }) => !pattern.test(password));
  if (policy !== undefined) {
    problems.push(...missing.filter(({ rule }) => policy[rule]).map((kind) => kind.missing));
  } else {
    const more = defaultKinds - (kinds.length - missing.length);
    if (more > 0) {
      const list = missing.map((kind) => kind.missing).join(", ");
      problems.push(`Password should meet ${more} more of the following requirements: ${list}`);
    }
  }
  return problems.length === 0 ? undefined : problems.join(", ");
}

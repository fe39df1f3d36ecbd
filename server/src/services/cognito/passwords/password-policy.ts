import type { PasswordPolicyType } from "@aws-sdk/client-cognito-identity-provider";
import type { Random } from "../../../runtime/random.ts";

/** Developer guide, "Adding user pool password requirements": what counts as a symbol, and a blank that is neither first nor last. */
const symbols = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-";
const lower = "abcdefghijklmnopqrstuvwxyz";
const upper = lower.toUpperCase();
const digits = "0123456789";

const requirements = [
  { member: "RequireUppercase", letters: upper, word: "uppercase" },
  { member: "RequireLowercase", letters: lower, word: "lowercase" },
  { member: "RequireNumbers", letters: digits, word: "numeric" },
  { member: "RequireSymbols", letters: symbols, word: "symbol" },
] as const;

/**
 * Why a password is refused, as AWS says it, one reason at a time (data-dot-all/dataall#690; the order is ours, that of the
 * policy's members); undefined where it is good. AWS words it in two ways: one of the password that a user is made with,
 * the other of any after it (recorded 2026-09).
 */
export function passwordFault(policy: PasswordPolicyType, password: string, isFirst = false): string | undefined {
  const refusal = isFirst ? "Password did not conform with password policy" : "Password does not conform to policy";
  const said = (reason: string) => `${refusal}: ${reason}`;
  if ([...password].length < (policy.MinimumLength ?? 8)) return said("Password not long enough");
  for (const { member, letters, word } of requirements) {
    if (policy[member] !== true) continue;
    const isIn = (character: string) =>
      letters.includes(character) || (member === "RequireSymbols" && character === " ");
    if (![...password.trim()].some(isIn)) return said(`Password must have ${word} characters`);
  }
  return undefined;
}

/** One that conforms: a character of each kind, the rest of any, shuffled. Characters that look alike are left out. */
export function temporaryPassword(random: Random, { MinimumLength = 8 }: PasswordPolicyType): string {
  const kinds = [upper, lower, digits, "^$*.[]{}()?!@#%&,>:;|_~=+-"].map((letters) => letters.replace(/[0O1lI|]/g, ""));
  const all = kinds.join("");
  const length = Math.max(MinimumLength, 10);
  const password = kinds.map((letters) => letters[below(random, letters.length)] ?? "");
  while (password.length < length) password.push(all[below(random, all.length)] ?? "");
  for (let at = password.length - 1; at > 0; at--) {
    const other = below(random, at + 1);
    [password[at], password[other]] = [password[other] ?? "", password[at] ?? ""];
  }
  return password.join("");
}

/** Evenly: numbers that would favour the first are drawn again. */
function below(random: Random, limit: number): number {
  for (;;) {
    const [byte = 255] = random.bytes(1);
    if (byte < 256 - (256 % limit)) return byte % limit;
  }
}

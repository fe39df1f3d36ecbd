import type { House } from "./house.ts";
import type { Violation } from "./source.ts";
import { findText } from "./source.ts";

/** What means something only where it was written, and nothing to who reads it later. */
const local = [
  [/(?<![\w.:*}/-])\/(work|root|Users|home\/\w+)(?=\/)/, "a path of one machine"],
  [/\b(the|our) (lead|brief)\b|\bas (instructed|requested)\b/i, "words between those who wrote it"],
] as const;

/** Hosts of AWS, of the providers it federates with, of standards, of sources, and of nobody (RFC 2606, RFC 6761). */
const hosts =
  /^(localhost|host|127\.0\.0\.1|(.*\.)?(amazonaws\.com(\.cn)?|amazon\.com|amazoncognito\.com|aws\.dev|apple\.com|facebook\.com|google(apis)?\.com|example|example\.(com|net|org)|test|invalid|localhost|github\.com|npmjs\.(com|org)|nodejs\.org|typescriptlang\.org|postgresql\.org|sqlite\.org|rfc-editor\.org|ietf\.org|w3\.org|oasis-open\.org|openid\.net|json-schema\.org|apache\.org|wikipedia\.org))$/;

/** The project speaks of itself, of AWS and of standards, and of no place where it is worked on. */
export function checkWords({ files }: House): Violation[] {
  return [...files].flatMap(([path, text]) => [
    ...findText(path, text, "words", local),
    ...text.split("\n").flatMap((line, index) => {
      // npm writes the home pages and funding pages of dependencies into the lock file; where they came from is ours.
      if (path === "package-lock.json" && !line.includes('"resolved"')) return [];
      return [...line.matchAll(/https?:\/\/([\w.-]+)/g)].flatMap(([, host = ""]) => {
        if (hosts.test(host.toLowerCase())) return [];
        return [{ path, line: index + 1, rule: "words", what: `${host} is no host that words.ts knows` }];
      });
    }),
  ]);
}

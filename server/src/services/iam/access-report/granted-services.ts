import type { PolicyDocument, Statement } from "../../../policy/document.ts";
import { compileActions, matchAction } from "../../../policy/match.ts";
import { knownServices } from "./services.ts";

/**
 * The services that the policies allow something of, by their prefixes, in order. IAM User Guide, "Refine permissions using
 * last accessed information": what identity-based policies allow, whatever else may deny it.
 */
export function grantedServices(documents: readonly PolicyDocument[]): string[] {
  const granted = new Set<string>();
  for (const statement of allowing(documents)) {
    const named = new Set(statement.actions.map(prefixOf));
    if (statement.notAction) {
      const left = new Set(statement.actions.filter(isWholeService).map(prefixOf));
      for (const service of knownServices) if (!left.has(service) && !left.has("*")) granted.add(service);
      continue;
    }
    if (named.delete("*")) for (const service of knownServices) granted.add(service);
    for (const service of named) granted.add(service);
  }
  return [...granted].toSorted();
}

export function grantsSome(document: PolicyDocument, service: string): boolean {
  return allowing([document]).some(({ actions, notAction }) =>
    notAction
      ? !actions.some((action) => isWholeService(action) && ["*", service].includes(prefixOf(action)))
      : actions.some((action) => ["*", service].includes(prefixOf(action))),
  );
}

/** Those of a service's actions that the policies allow. */
export function grantedActions(
  documents: readonly PolicyDocument[],
  service: string,
  actions: readonly string[],
): string[] {
  const matchers = allowing(documents).map((statement) => ({
    ...statement,
    matcher: compileActions(statement.actions),
  }));
  return actions.filter((action) => {
    const name = `${service}:${action}`.toLowerCase();
    return matchers.some(({ matcher, notAction }) => matchAction(matcher, name) !== notAction);
  });
}

function allowing(documents: readonly PolicyDocument[]): Statement[] {
  return documents.flatMap(({ statements }) => statements.filter(({ effect }) => effect === "Allow"));
}

/** `iam` of `iam:Get*`, `*` of `*` and `*:*`: the prefix has no other wildcards. */
function prefixOf(action: string): string {
  return action.split(":", 1)[0]?.toLowerCase() ?? "*";
}

function isWholeService(action: string): boolean {
  return action === "*" || action.endsWith(":*");
}

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parsePolicy } from "../document.ts";
import { compilePolicy, evaluate } from "../evaluate.ts";
import { compileCondition } from "./condition.ts";

interface ConditionCase {
  readonly name: string;
  readonly condition: Readonly<Record<string, unknown>>;
  readonly context: Readonly<Record<string, readonly string[]>>;
  /** Whether the condition holds; told apart by effect where AWS does. */
  readonly holds: boolean | { readonly Allow: boolean; readonly Deny: boolean };
  readonly source: string;
}

const vectors = new URL("../../../test/vectors/policy/conditions/", import.meta.url);

function casesIn(file: string): readonly ConditionCase[] {
  const content: { cases: readonly ConditionCase[] } = JSON.parse(readFileSync(new URL(file, vectors), "utf8"));
  return content.cases;
}

const everything = { Effect: "Allow", Action: "*", Resource: "*" };

/** The decision on a request that only this condition can turn. */
function decide(effect: "Allow" | "Deny", { condition, context }: ConditionCase): string {
  const statement = { Sid: "Tested", Effect: effect, Action: "*", Resource: "*", Condition: condition };
  const statements = effect === "Allow" ? [statement] : [everything, statement];
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const policy = compilePolicy(parsePolicy(text, "session"), "tested");
  const decision = evaluate(
    { action: "example:Do", resource: "*", context: new Map(Object.entries(context)) },
    { identity: [policy], sameAccount: true },
  );
  return `${decision.effect} ${decision.statement?.sid ?? ""}`.trim();
}

for (const file of readdirSync(vectors)) {
  test(`conditions: ${file}`, () => {
    const cases = casesIn(file);
    assert.equal(new Set(cases.map((one) => one.name)).size, cases.length, "names differ");
    for (const one of cases) {
      const holds = typeof one.holds === "boolean" ? { Allow: one.holds, Deny: one.holds } : one.holds;
      assert.equal(decide("Allow", one), holds.Allow ? "allowed Tested" : "implicitDeny", `${one.name}, Allow`);
      assert.equal(decide("Deny", one), holds.Deny ? "explicitDeny Tested" : "allowed", `${one.name}, Deny`);
    }
  });
}

test("an operator that nobody knows neither grants nor keeps a deny from denying", () => {
  const condition = { operator: "StringMatches", key: "example:Key", values: ["*"] };
  const context = new Map([["example:key", ["x"]]]);
  assert.equal(compileCondition(condition, true, "Allow")(context), false);
  assert.equal(compileCondition(condition, true, "Deny")(context), true);
});

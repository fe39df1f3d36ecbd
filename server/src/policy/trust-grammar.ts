import { type Condition, readOperator } from "./conditions/condition.ts";
import type { PolicyDocument, PrincipalPattern, PrincipalType, Statement } from "./document.ts";
import { type JsonNode, type JsonObject, member } from "./json.ts";
import { malformed, type PolicyError } from "./policy-error.ts";
import {
  conditionValues,
  type PositionOf,
  type StatementNode,
  statementNodes,
  stringList,
  unknownMember,
} from "./statements.ts";

/*
 * Resource-based policies, role trust policies first among them. AWS reads them with another parser than permissions
 * policies, which refuses with texts of its own and says where it stopped. Texts: recorded from CreateRole and
 * UpdateAssumeRolePolicy (2025, 2026); public reports of the same, for unknown fields and positions.
 */

const topElements = new Set(["Version", "Id", "Statement"]);
const statementElements = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);
const principalTypes: readonly PrincipalType[] = ["AWS", "Service", "Federated", "CanonicalUser"];

const cognito = "cognito-identity.amazonaws.com";
const accountId = /^[0-9]{12}$/;
/** A unique id stands where IAM could no longer show the ARN of a principal that is gone. */
const uniqueId = /^A(?:ID|RO)A[A-Z0-9]{12,124}$/;
const principalArn =
  /^arn:[a-z-]+:(?:iam::[0-9]{12}:(?:root|(?:user|role)\/[^*?]+)|sts::[0-9]{12}:(?:assumed-role|federated-user)\/[^*?]+)$/;
const serviceName = /^[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+$/;
const federatedArn = /^arn:[a-z-]+:iam::[0-9]{12}:(?:saml|oidc)-provider\/[^*?]+$/;

function invalidPrincipal(type: PrincipalType, value: string): PolicyError {
  return malformed(`Invalid principal in policy: "${type.toUpperCase()}":"${value}"`);
}

function isPrincipal(type: PrincipalType, value: string): boolean {
  switch (type) {
    case "AWS":
      return value === "*" || accountId.test(value) || uniqueId.test(value) || principalArn.test(value);
    case "Service":
      return serviceName.test(value);
    case "Federated":
      return value.startsWith("arn:") ? federatedArn.test(value) : value !== "" && !/[*?:]/.test(value);
    case "CanonicalUser":
      return /^[0-9a-f]{64}$/.test(value);
  }
}

class TrustReader {
  readonly #kind: "trust" | "resource";
  readonly #positionOf: PositionOf;

  constructor(kind: "trust" | "resource", positionOf: PositionOf) {
    this.#kind = kind;
    this.#positionOf = positionOf;
  }

  /** Observed: the parser stands just behind the first character of the value that it cannot use. */
  #syntaxErrorAt(offset: number): PolicyError {
    const { line, column } = this.#positionOf(offset);
    return malformed(`Syntax error at position (${line},${column})`);
  }

  #syntaxError(node: JsonNode): PolicyError {
    return this.#syntaxErrorAt(node.start + 1);
  }

  #fields(object: JsonObject, names: ReadonlySet<string>): void {
    const unknown = unknownMember(object, names);
    if (unknown !== undefined) throw malformed(`Unknown field ${unknown}`);
  }

  #string(node: JsonNode | undefined): string | undefined {
    if (node === undefined) return undefined;
    if (node.kind !== "string") throw this.#syntaxError(node);
    return node.value;
  }

  #strings(node: JsonNode): readonly string[] {
    const values = stringList(node);
    if (values === undefined) throw this.#syntaxError(node);
    return values;
  }

  document(root: JsonNode): PolicyDocument {
    if (root.kind !== "object") throw malformed("This policy contains invalid Json");
    this.#fields(root, topElements);
    const version = member(root, "Version");
    const named = version?.kind === "string" ? version.value : undefined;
    if (version !== undefined && named !== "2008-10-17" && named !== "2012-10-17") {
      throw malformed("The policy must contain a valid version string");
    }
    const id = this.#string(member(root, "Id"));
    const element = member(root, "Statement");
    if (element === undefined) throw this.#syntaxErrorAt(root.end);
    const nodes = element.kind === "null" ? [] : statementNodes(element);
    if (nodes === undefined) throw this.#syntaxError(element);
    if (nodes.length === 0) throw malformed("Could not parse the policy: Statement is empty!");
    const statements = nodes.map((node, index) => this.#statement(node, index));
    const sids = statements.map((statement) => statement.sid ?? "").filter((sid) => sid !== "");
    if (new Set(sids).size !== sids.length) throw malformed("The Statement Ids in the policy are not unique");
    return {
      kind: this.#kind,
      version: named === "2012-10-17" ? named : "2008-10-17",
      id,
      statements,
    };
  }

  #statement({ node, start, end }: StatementNode, index: number): Statement {
    const startPosition = this.#positionOf(start);
    if (node.kind !== "object") throw this.#syntaxError(node);
    this.#fields(node, statementElements);
    const effect = this.#string(member(node, "Effect"));
    if (effect === undefined) throw malformed("Missing required field Effect");
    if (effect !== "Allow" && effect !== "Deny") throw malformed(`Invalid effect: ${effect}`);
    const sid = this.#string(member(node, "Sid"));
    const notPrincipal = member(node, "NotPrincipal");
    if (notPrincipal !== undefined) this.#checkNotPrincipal(node, notPrincipal, effect);
    const principals = this.#principals(notPrincipal ?? member(node, "Principal"));
    const conditions = this.#conditions(member(node, "Condition"));
    const { notAction, actions } = this.#actions(node);
    const { notResource, resources } = this.#resources(node);
    if (principals.some(({ value }) => value === cognito) && member(node, "Condition") === undefined) {
      throw malformed("A condition block must be present for the Cognito provider");
    }
    return {
      index,
      sid,
      effect,
      notAction,
      actions,
      notResource,
      resources,
      notPrincipal: notPrincipal !== undefined,
      principals,
      conditions,
      start: startPosition,
      end: this.#positionOf(end),
    };
  }

  #checkNotPrincipal(statement: JsonObject, notPrincipal: JsonNode, effect: "Allow" | "Deny"): void {
    if (effect === "Allow") throw malformed("Allow with NotPrincipal is not allowed.");
    if (this.#kind === "trust") throw malformed("AssumeRole policy must not contain NotPrincipal field.");
    if (member(statement, "Principal") !== undefined) throw this.#syntaxError(notPrincipal);
  }

  #principals(node: JsonNode | undefined): readonly PrincipalPattern[] {
    if (node === undefined) throw malformed("Missing required field Principal");
    if (node.kind === "string" && node.value === "*") {
      if (this.#kind === "trust") throw malformed('AssumeRolepolicy contained an invalid principal: "STAR":"*".');
      return [{ type: "AWS", value: "*" }];
    }
    if (node.kind !== "object") throw this.#syntaxError(node);
    if (node.members.length === 0) throw malformed("Missing required field Principal cannot be empty!");
    const principals: PrincipalPattern[] = [];
    for (const { key, value } of node.members) {
      const type = principalTypes.find((candidate) => candidate === key);
      if (type === undefined) throw this.#syntaxError(value);
      for (const name of this.#strings(value)) principals.push({ type, value: name });
    }
    if (principals.length === 0) throw malformed("Missing required field Principal cannot be empty!");
    for (const { type, value } of principals) {
      const refused = this.#kind === "trust" && type === "CanonicalUser";
      if (refused || !isPrincipal(type, value)) throw invalidPrincipal(type, value);
    }
    return principals;
  }

  #conditions(block: JsonNode | undefined): readonly Condition[] {
    if (block === undefined) return [];
    if (block.kind !== "object") throw this.#syntaxError(block);
    const conditions: Condition[] = [];
    for (const { key: operator, value: keys } of block.members) {
      if (readOperator(operator) === undefined) throw malformed(`Invalid Condition type : ${operator}`);
      if (keys.kind !== "object") throw this.#syntaxError(keys);
      for (const { key, value } of keys.members) {
        const values = conditionValues(value);
        if (values === undefined) throw this.#syntaxError(value);
        conditions.push({ operator, key, values });
      }
    }
    return conditions;
  }

  #actions(statement: JsonObject): { notAction: boolean; actions: readonly string[] } {
    const action = member(statement, "Action");
    const notAction = member(statement, "NotAction");
    if (action !== undefined && notAction !== undefined) throw this.#syntaxError(notAction);
    const node = action ?? notAction;
    const actions = node === undefined ? [] : this.#strings(node);
    if (actions.length === 0) throw malformed("Missing required field Action");
    if (this.#kind === "trust" && !actions.every((name) => /^sts:./i.test(name))) {
      throw malformed("AssumeRole policy may only specify STS AssumeRole actions.");
    }
    return { notAction: notAction !== undefined, actions };
  }

  #resources(statement: JsonObject): { notResource: boolean; resources: readonly string[] | undefined } {
    const resource = member(statement, "Resource");
    const notResource = member(statement, "NotResource");
    if (this.#kind === "trust") {
      if (resource !== undefined) throw malformed("Has prohibited field Resource");
      if (notResource !== undefined) throw malformed("AssumeRole policy must not contain resources.");
      return { notResource: false, resources: undefined };
    }
    if (resource !== undefined && notResource !== undefined) throw this.#syntaxError(notResource);
    const node = resource ?? notResource;
    const resources = node === undefined ? [] : this.#strings(node);
    if (resources.length === 0) throw malformed("Missing required field Resource");
    return { notResource: notResource !== undefined, resources };
  }
}

export function readTrust(root: JsonNode, kind: "trust" | "resource", positionOf: PositionOf): PolicyDocument {
  return new TrustReader(kind, positionOf).document(root);
}

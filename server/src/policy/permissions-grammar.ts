import { type Condition, readOperator } from "./conditions/condition.ts";
import type { PolicyDocument, Statement } from "./document.ts";
import { type JsonNode, type JsonObject, member } from "./json.ts";
import { malformed } from "./policy-error.ts";
import {
  conditionValues,
  type PositionOf,
  type StatementNode,
  statementNodes,
  stringList,
  unknownMember,
} from "./statements.ts";
import { parseTemplate } from "./variables.ts";

/*
 * Permissions policies. The order of the checks and their texts are IAM's, recorded from CreatePolicy in 2026-02 and from
 * PutUserPolicy in 2026: first the whole document's grammar, then its version, then what IAM calls legacy parsing, then
 * statement by statement what they must have, and only then what their resources and actions look like.
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

const partitions = new Set([
  "*",
  "aws",
  "aws-cn",
  "aws-us-gov",
  "aws-iso",
  "aws-iso-b",
  "aws-iso-e",
  "aws-iso-f",
  "aws-eusc",
]);
const iamPaths = [
  "user/",
  "federated-user/",
  "role/",
  "group/",
  "instance-profile/",
  "mfa/",
  "server-certificate/",
  "policy/",
  "sms-mfa/",
  "saml-provider/",
  "oidc-provider/",
  "report/",
  "access-report/",
];
/** Newer than AWS's text, which does not name them. The first was recorded, 2026-09; the second stands beside it in the
 * Service Authorization Reference. */
const unnamedIamPaths = ["role-template/", "delegation-request/"];
/** The types of Amazon S3 resource that are regional (Service Authorization Reference, "Amazon S3"). */
const regionalS3Paths = ["accesspoint/", "access-grants/", "job/", "storage-lens/", "storage-lens-group/"];

const syntaxErrors = "Syntax errors in policy.";
const legacyParsing = "The policy failed legacy parsing";

interface RawStatement {
  readonly sid: string | undefined;
  readonly effect: string;
  readonly hasPrincipal: boolean;
  readonly notAction: boolean;
  readonly actions: readonly string[] | undefined;
  readonly notResource: boolean;
  readonly resources: readonly string[] | undefined;
  readonly conditions: readonly Condition[];
  readonly start: number;
  readonly end: number;
}

function requireString(node: JsonNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.kind !== "string") throw malformed(syntaxErrors);
  return node.value;
}

function requireStrings(node: JsonNode | undefined): readonly string[] | undefined {
  if (node === undefined) return undefined;
  const values = stringList(node);
  if (values === undefined) throw malformed(syntaxErrors);
  return values;
}

function readConditions(block: JsonNode | undefined): readonly Condition[] {
  if (block === undefined) return [];
  if (block.kind !== "object") throw malformed(syntaxErrors);
  const conditions: Condition[] = [];
  for (const { key: operator, value: keys } of block.members) {
    if (keys.kind !== "object") throw malformed(syntaxErrors);
    // Recorded: a name that is no operator passes as long as nothing stands under it.
    if (keys.members.length > 0 && readOperator(operator) === undefined) throw malformed(syntaxErrors);
    for (const { key, value } of keys.members) {
      const values = conditionValues(value);
      if (values === undefined) throw malformed(syntaxErrors);
      conditions.push({ operator, key, values });
    }
  }
  return conditions;
}

function readStatement({ node, start, end }: StatementNode): RawStatement {
  if (node.kind !== "object" || unknownMember(node, statementElements) !== undefined) throw malformed(syntaxErrors);
  const action = member(node, "Action");
  const notAction = member(node, "NotAction");
  const resource = member(node, "Resource");
  const notResource = member(node, "NotResource");
  if (action !== undefined && notAction !== undefined) throw malformed(syntaxErrors);
  if (resource !== undefined && notResource !== undefined) throw malformed(syntaxErrors);
  const effect = requireString(member(node, "Effect"));
  if (effect === undefined || !/^(?:allow|deny)$/i.test(effect)) throw malformed(syntaxErrors);
  return {
    sid: requireString(member(node, "Sid")),
    effect,
    hasPrincipal: member(node, "Principal") !== undefined || member(node, "NotPrincipal") !== undefined,
    notAction: notAction !== undefined,
    actions: requireStrings(action ?? notAction),
    notResource: notResource !== undefined,
    resources: requireStrings(resource ?? notResource),
    conditions: readConditions(member(node, "Condition")),
    start,
    end,
  };
}

function readVersion(root: JsonObject): PolicyDocument["version"] | undefined {
  const version = requireString(member(root, "Version"));
  if (version !== undefined && version !== "2008-10-17" && version !== "2012-10-17") throw malformed(syntaxErrors);
  return version;
}

/**
 * Legacy parsing of the conditions: every value must be of its operator's kind. STS takes other values in a session policy
 * and lets them compare as they can, all but what is not base64 (observed 2026-09).
 */
function checkConditions(conditions: readonly Condition[], kind: PolicyDocument["kind"], variables: boolean): void {
  for (const condition of conditions) {
    const operator = readOperator(condition.operator)?.operator;
    for (const value of condition.values) {
      if (variables && parseTemplate(value) === undefined) throw malformed(legacyParsing);
      if (operator === undefined || operator.accepts(value)) continue;
      if (kind !== "session" || condition.operator.includes("Binary")) throw malformed(legacyParsing);
    }
  }
}

/** The components of a resource, of which the sixth may hold colons, as may a variable. */
function components(resource: string, variables: boolean): readonly string[] {
  const found: string[] = [];
  let from = 0;
  let inVariable = false;
  for (let at = 0; at < resource.length && found.length < 5; at++) {
    const code = resource.charCodeAt(at);
    if (variables && code === 0x24 && resource.charCodeAt(at + 1) === 0x7b) inVariable = true;
    else if (inVariable && code === 0x7d) inVariable = false;
    else if (!inVariable && code === 0x3a) {
      found.push(resource.slice(from, at));
      from = at + 1;
    }
  }
  found.push(resource.slice(from));
  return found;
}

/** Legacy parsing of a resource: an ARN that is cut short may not have empty components, and any must name its service. */
function failsLegacyParsing(resource: string, parts: readonly string[], kind: PolicyDocument["kind"]): boolean {
  if (!resource.startsWith("arn:")) return false;
  // IAM User Guide, "Grammar": AssumeRole and its kin do not take incomplete ARNs.
  if (kind === "session" && parts.length < 6) return true;
  return parts[2] === "" || (parts.length < 6 && resource.includes("::"));
}

/** What IAM says of a resource that passed legacy parsing, if it refuses it. */
function resourceError(resource: string, parts: readonly string[]): string | undefined {
  if (parts.length < 2) return `Resource ${resource} must be in ARN format or "*".`;
  const [, partition = "", service, region = "", , path] = parts;
  if (!partitions.has(partition)) {
    const rest = [2, 3, 4, 5].map((index) => {
      const part = parts[index];
      // Recorded: components that are not there are shown as stars; a last one that is empty counts as not there.
      return part === undefined || (index === 2 && part === "" && parts.length === 3) ? "*" : part;
    });
    return `Partition "${partition}" is not valid for resource "arn:${partition}:${rest.join(":")}".`;
  }
  // Unlike the partition, what stands before it was not seen to be refused with a text of its own.
  if (parts[0] !== "arn") return `Resource ${resource} must be in ARN format or "*".`;
  if (service === undefined || /[*?]/.test(service)) {
    return "Resource vendor must be fully qualified and cannot contain regexes.";
  }
  if (service === "iam") {
    if (region !== "") return `IAM resource ${resource} cannot contain region information.`;
    const isKnown = (start: string) => path?.startsWith(start);
    if (path !== undefined && path !== "*" && path !== "root" && ![...iamPaths, ...unnamedIamPaths].some(isKnown)) {
      return `IAM resource path must either be "*", root, or start with ${iamPaths.join(", ")}.`;
    }
  }
  if (service === "s3" && region !== "" && !regionalS3Paths.some((start) => path?.startsWith(start) === true)) {
    return `Resource ${resource} can not contain region information.`;
  }
  return undefined;
}

/** The first refusal of a resource in the document; legacy parsing, where it comes first, refuses at once. */
function firstResourceError(
  statements: readonly RawStatement[],
  kind: PolicyDocument["kind"],
  variables: boolean,
): string | undefined {
  for (const { resources } of statements) {
    for (const resource of resources ?? []) {
      if (resource === "*") continue;
      if (variables && parseTemplate(resource) === undefined) throw malformed(legacyParsing);
      // A resource may be a variable as a whole; only the request tells what it is.
      if (variables && resource.startsWith("${")) continue;
      const parts = components(resource, variables);
      if (failsLegacyParsing(resource, parts, kind)) throw malformed(legacyParsing);
      const error = resourceError(resource, parts);
      if (error !== undefined) return error;
    }
  }
  return undefined;
}

function checkAction(action: string): void {
  if (action === "*") return;
  const [vendor = "", ...rest] = action.split(":");
  if (rest.length === 0) {
    throw malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
  }
  if (rest.length > 1) throw malformed("Actions/Condition can contain only one colon.");
  if (vendor !== "*" && !/^[A-Za-z0-9.-]+$/.test(vendor)) throw malformed(`Vendor ${vendor} is not valid`);
}

function checkSids(statements: readonly RawStatement[]): void {
  const sids = new Set<string>();
  for (const { sid } of statements) {
    if (sid === undefined || sid === "") continue;
    if (!/^[0-9A-Za-z]*$/.test(sid)) {
      throw malformed(
        "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
      );
    }
    if (sids.has(sid)) throw malformed("Statement IDs (SID) in a single policy must be unique.");
    sids.add(sid);
  }
}

function isEmpty(values: readonly string[] | undefined): boolean {
  return values === undefined || values.length === 0;
}

export function readPermissions(
  root: JsonNode,
  kind: "managed" | "identity" | "session",
  positionOf: PositionOf,
): PolicyDocument {
  if (root.kind !== "object" || unknownMember(root, topElements) !== undefined) throw malformed(syntaxErrors);
  const version = readVersion(root);
  const id = requireString(member(root, "Id"));
  const nodes = statementNodes(member(root, "Statement"));
  if (nodes === undefined || nodes.length === 0) throw malformed(syntaxErrors);
  const raw = nodes.map(readStatement);

  if (kind === "managed" && version !== "2012-10-17") {
    throw malformed("Policy document must be version 2012-10-17 or greater.");
  }
  if (raw.some((statement) => statement.hasPrincipal)) {
    throw malformed("Policy document should not specify a principal.");
  }

  const variables = version === "2012-10-17";
  for (const { effect, conditions } of raw) {
    if (effect !== "Allow" && effect !== "Deny") throw malformed(legacyParsing);
    checkConditions(conditions, kind, variables);
  }
  const wrongResource = firstResourceError(raw, kind, variables);

  checkSids(raw);
  if (raw.some(({ actions }) => isEmpty(actions))) throw malformed("Policy statement must contain actions.");
  if (raw.some(({ resources }) => isEmpty(resources))) throw malformed("Policy statement must contain resources.");
  if (wrongResource !== undefined) throw malformed(wrongResource);
  for (const { actions = [] } of raw) for (const action of actions) checkAction(action);

  const statements = raw.map(
    (statement, index): Statement => ({
      index,
      sid: statement.sid,
      effect: statement.effect === "Deny" ? "Deny" : "Allow",
      notAction: statement.notAction,
      actions: statement.actions ?? [],
      notResource: statement.notResource,
      resources: statement.resources ?? [],
      notPrincipal: false,
      principals: undefined,
      conditions: statement.conditions,
      start: positionOf(statement.start),
      end: positionOf(statement.end),
    }),
  );
  return { kind, version: version ?? "2008-10-17", id, statements };
}

import { performance } from "node:perf_hooks";
import { parsePolicy } from "../../src/policy/document.ts";
import { compilePolicy, evaluate, type PolicyRequest } from "../../src/policy/evaluate.ts";
import { median } from "./load.ts";
import type { Line } from "./report.ts";

const rounds = 9;
const evaluations = 20_000;

/** Ten statements as teams write them: wildcards, a variable, conditions, a deny; the last one allows. */
const statements = [
  { Effect: "Allow", Action: "s3:Get*", Resource: ["arn:aws:s3:::logs/*", "arn:aws:s3:::logs-*/*"] },
  { Effect: "Allow", Action: ["iam:GetUser", "iam:ListUsers"], Resource: "arn:aws:iam::*:user/team/*" },
  { Effect: "Allow", Action: "iam:*AccessKey*", Resource: "arn:aws:iam::*:user/$" + "{aws:username}" },
  { Effect: "Allow", Action: "sts:AssumeRole", Resource: "arn:aws:iam::111122223333:role/deploy-*" },
  {
    Effect: "Allow",
    Action: "ec2:*",
    Resource: "*",
    Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
  },
  { Effect: "Allow", Action: "dynamodb:Query", Resource: "arn:aws:dynamodb:*:*:table/orders*" },
  {
    Effect: "Deny",
    Action: "iam:Delete*",
    Resource: "*",
    Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } },
  },
  {
    Effect: "Deny",
    NotAction: ["iam:*", "sts:*"],
    Resource: "*",
    Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
  },
  { Effect: "Allow", Action: "cognito-idp:Describe*", Resource: "*" },
  {
    Effect: "Allow",
    Action: "iam:GetUser",
    Resource: "arn:aws:iam::123456789012:user/*",
    Condition: { StringLike: { "aws:PrincipalTag/team": "*" } },
  },
];

const context: Readonly<Record<string, readonly string[]>> = {
  "aws:username": ["ann"],
  "aws:requestedregion": ["us-east-1"],
  "aws:sourceip": ["10.1.2.3"],
  "aws:principaltag/team": ["identity"],
};

/** One decision, once the policies are compiled, in this process: no request, no signature, no store. */
export function measurePolicy(): Line[] {
  const identity = statements.map((statement, at) =>
    compilePolicy(parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statement }), "identity"), `p${at}`),
  );
  const request: PolicyRequest = {
    action: "iam:GetUser",
    resource: "arn:aws:iam::123456789012:user/ann",
    context: { get: (key) => context[key] },
  };
  const microseconds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const from = performance.now();
    for (let at = 0; at < evaluations; at++) {
      const { effect } = evaluate(request, { identity, sameAccount: true });
      if (effect !== "allowed") throw new Error(`the policies should allow it: ${effect}`);
    }
    microseconds.push(((performance.now() - from) * 1000) / evaluations);
  }
  return [
    {
      what: "a decision over ten policies of one statement, compiled",
      bound: "at most",
      target: 10,
      unit: " µs",
      measured: median(microseconds),
    },
  ];
}

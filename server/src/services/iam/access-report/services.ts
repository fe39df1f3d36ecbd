import { cognito } from "../../../contract/cognito.ts";
import { iam } from "../../../contract/iam.ts";
import { sts } from "../../../contract/sts.ts";

/**
 * Service Authorization Reference, "Actions, resources, and condition keys for AWS services": what a service prefix stands
 * for. A policy that allows everything is reported to reach these; one that names another service reaches that, too, under
 * its prefix.
 */
const names: Readonly<Record<string, string>> = {
  acm: "AWS Certificate Manager",
  apigateway: "Amazon API Gateway",
  athena: "Amazon Athena",
  autoscaling: "Amazon EC2 Auto Scaling",
  backup: "AWS Backup",
  cloudformation: "AWS CloudFormation",
  cloudfront: "Amazon CloudFront",
  cloudtrail: "AWS CloudTrail",
  cloudwatch: "Amazon CloudWatch",
  codebuild: "AWS CodeBuild",
  codecommit: "AWS CodeCommit",
  "cognito-identity": "Amazon Cognito Identity",
  "cognito-idp": "Amazon Cognito User Pools",
  "cognito-sync": "Amazon Cognito Sync",
  config: "AWS Config",
  dynamodb: "Amazon DynamoDB",
  ec2: "Amazon EC2",
  ecr: "Amazon Elastic Container Registry",
  ecs: "Amazon Elastic Container Service",
  eks: "Amazon Elastic Kubernetes Service",
  elasticache: "Amazon ElastiCache",
  elasticfilesystem: "Amazon Elastic File System",
  events: "Amazon EventBridge",
  firehose: "Amazon Kinesis Firehose",
  glue: "AWS Glue",
  guardduty: "Amazon GuardDuty",
  iam: "AWS Identity and Access Management",
  kinesis: "Amazon Kinesis",
  kms: "AWS Key Management Service",
  lambda: "AWS Lambda",
  logs: "Amazon CloudWatch Logs",
  organizations: "AWS Organizations",
  rds: "Amazon RDS",
  redshift: "Amazon Redshift",
  route53: "Amazon Route 53",
  s3: "Amazon S3",
  sagemaker: "Amazon SageMaker",
  secretsmanager: "AWS Secrets Manager",
  ses: "Amazon SES",
  sns: "Amazon SNS",
  sqs: "Amazon SQS",
  ssm: "AWS Systems Manager",
  states: "AWS Step Functions",
  sts: "AWS Security Token Service",
  support: "AWS Support",
  waf: "AWS WAF",
  xray: "AWS X-Ray",
};

export const knownServices: readonly string[] = Object.keys(names);

export function serviceName(namespace: string): string {
  return (Object.hasOwn(names, namespace) ? names[namespace] : undefined) ?? namespace;
}

/** The services whose actions are tracked: those that are served here, and whose uses can be seen. */
const tracked: Readonly<Record<string, readonly string[]>> = {
  "cognito-idp": Object.keys(cognito.operations),
  iam: Object.keys(iam.operations),
  sts: Object.keys(sts.operations),
};

export function trackedActions(namespace: string): readonly string[] | undefined {
  return Object.hasOwn(tracked, namespace) ? tracked[namespace] : undefined;
}

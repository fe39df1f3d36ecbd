import type { Json } from "../policy-template.ts";

interface Parameter {
  readonly Name: string;
  readonly Type: "String" | "StringList";
  readonly Description: string;
  readonly IsRequired: boolean;
  readonly DefaultValue?: string;
  readonly Immutable: boolean;
}

/** As GetRoleTemplateVersion answers it, but documents and times as JSON has them, and ARNs in the partition `aws`. */
export interface RoleTemplate {
  readonly TemplateArn: string;
  readonly TemplateName: string;
  readonly TemplateVersionId: string;
  readonly Description: string;
  readonly MajorVersion: number;
  readonly DefaultMinorVersion: number;
  readonly ManagedByType: "Service";
  readonly ManagedByValue: string;
  readonly Enabled: boolean;
  readonly MinorVersion: number;
  readonly RoleNamePattern: string;
  readonly RolePathPattern?: string;
  readonly RoleDescriptionPattern: string;
  readonly AssumeRolePolicyDocumentTemplate: Json;
  readonly InlinePolicyTemplates?: readonly { readonly PolicyName: string; readonly PolicyDocument: Json }[];
  readonly ManagedPolicyArns?: readonly string[];
  readonly ParametersDefinition: readonly Parameter[];
  readonly MaxSessionDuration: number;
  readonly VersionEnabled: boolean;
  readonly CreateTimestamp: string;
  readonly UpdateTimestamp: string;
}

/**
 * AWS's role templates as its GetRoleTemplateVersion answered on 2026-09-12: those five of the twelve in the IAM User
 * Guide's "Role template directory" that it had. What AWS writes there is nobody else's to invent.
 */
export const roleTemplates: readonly RoleTemplate[] = [
  {
    TemplateArn: "arn:aws:iam::aws:role-template/iam.amazonaws.com/PowerUserRoleTemplate:1",
    TemplateName: "PowerUserRoleTemplate",
    TemplateVersionId: "AVTAZKAPJZG4N6BGA67NU",
    Description:
      "Creates a role that grants PowerUser permissions to the calling AWS service, allowing it to create and manage most AWS resources on your behalf. Intended for services that require wide-ranging permissions. The trusted service is configurable via the AWSServiceName parameter.",
    MajorVersion: 1,
    DefaultMinorVersion: 0,
    ManagedByType: "Service",
    ManagedByValue: "iam.amazonaws.com",
    Enabled: true,
    MinorVersion: 0,
    RoleNamePattern: "@{RoleName}",
    RoleDescriptionPattern: "Power user role for @{AWSServiceName}",
    AssumeRolePolicyDocumentTemplate: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: {
            Service: "@{AWSServiceName}",
          },
          Action: "sts:AssumeRole",
        },
      ],
    },
    ManagedPolicyArns: ["arn:aws:iam::aws:policy/PowerUserAccess"],
    ParametersDefinition: [
      {
        Name: "AWSServiceName",
        Type: "String",
        Description: "Service principal of the service",
        IsRequired: true,
        Immutable: false,
      },
      {
        Name: "RoleName",
        Type: "String",
        Description: "Customized name for the role",
        IsRequired: false,
        DefaultValue: "PowerUserRole",
        Immutable: false,
      },
    ],
    MaxSessionDuration: 3600,
    VersionEnabled: true,
    CreateTimestamp: "2026-06-12T02:57:08Z",
    UpdateTimestamp: "2026-06-12T02:57:08Z",
  },
  {
    TemplateArn: "arn:aws:iam::aws:role-template/backup.amazonaws.com/AWSBackupDefaultServiceRoleTemplate:1",
    TemplateName: "AWSBackupDefaultServiceRoleTemplate",
    TemplateVersionId: "AVTAZKAPJZG4ILRKDYSS2",
    Description:
      "Create a role that grants AWS Backup the permissions it needs to protect your resources, including creating and managing backups for DynamoDB, RDS, EC2 EBS volumes, EFS file systems, and Storage Gateway volumes. This is the standard service role used by AWS Backup when performing backup and restore jobs.",
    MajorVersion: 1,
    DefaultMinorVersion: 0,
    ManagedByType: "Service",
    ManagedByValue: "backup.amazonaws.com",
    Enabled: true,
    MinorVersion: 0,
    RoleNamePattern: "@{RoleName}",
    RolePathPattern: "/service-role/",
    RoleDescriptionPattern:
      "Standard service role the provides AWS Backup service permission to create and restore backups on your behalf across AWS services",
    AssumeRolePolicyDocumentTemplate: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: {
            Service: "backup.amazonaws.com",
          },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: {
              "aws:SourceAccount": "@{accountId}",
            },
          },
        },
      ],
    },
    ManagedPolicyArns: [
      "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
      "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
    ],
    ParametersDefinition: [
      {
        Name: "accountId",
        Type: "String",
        Description: "Account id of the target account",
        IsRequired: true,
        Immutable: false,
      },
      {
        Name: "RoleName",
        Type: "String",
        Description: "Custom name for the role",
        IsRequired: false,
        DefaultValue: "AWSBackupDefaultServiceRole",
        Immutable: false,
      },
    ],
    MaxSessionDuration: 3600,
    VersionEnabled: true,
    CreateTimestamp: "2026-07-09T15:27:12Z",
    UpdateTimestamp: "2026-07-09T15:27:12Z",
  },
  {
    TemplateArn:
      "arn:aws:iam::aws:role-template/datazone.amazonaws.com/AmazonSageMakerAdminIAMPermissiveExecutionRoleTemplate:1",
    TemplateName: "AmazonSageMakerAdminIAMPermissiveExecutionRoleTemplate",
    TemplateVersionId: "AVTAZKAPJZG4OFOHF2FKU",
    Description:
      "Creates a role that provides full administrative control over the Amazon SageMaker Unified Studio domain, and broad permissions to your account's data and AWS services to execute operations within Amazon SageMaker Unified Studio.",
    MajorVersion: 1,
    DefaultMinorVersion: 0,
    ManagedByType: "Service",
    ManagedByValue: "datazone.amazonaws.com",
    Enabled: true,
    MinorVersion: 0,
    RoleNamePattern: "@{RoleName}",
    RoleDescriptionPattern:
      "Administrative role that provides full administrative control over the Amazon SageMaker Unified Studio domain, and broad permissions to your account's data and AWS services to execute operations within Amazon SageMaker Unified Studio.",
    AssumeRolePolicyDocumentTemplate: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: {
            Service: [
              "sagemaker.amazonaws.com",
              "scheduler.amazonaws.com",
              "bedrock.amazonaws.com",
              "datazone.amazonaws.com",
              "lakeformation.amazonaws.com",
              "airflow-serverless.amazonaws.com",
              "emr-serverless.amazonaws.com",
              "redshift.amazonaws.com",
              "glue.amazonaws.com",
              "athena.amazonaws.com",
            ],
          },
          Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetContext", "sts:SetSourceIdentity"],
          Condition: {
            StringEquals: {
              "aws:SourceAccount": "@{accountId}",
            },
          },
        },
      ],
    },
    InlinePolicyTemplates: [
      {
        PolicyName: "CustomKMSKeyPolicy",
        PolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            {
              "@Enabled": "CMK_ENABLED",
              Sid: "KMSDescribePermissions",
              Effect: "Allow",
              Action: "kms:DescribeKey",
              Resource: ["arn:aws:kms:@{keyRegion}:@{keyAccountId}:key/@{kmsKeyId}"],
            },
            {
              "@Enabled": "CMK_ENABLED",
              Sid: "KMSPermissions",
              Effect: "Allow",
              Action: ["kms:Decrypt", "kms:GenerateDataKey"],
              Resource: ["arn:aws:kms:@{keyRegion}:@{keyAccountId}:key/@{kmsKeyId}"],
              Condition: {
                "ForAnyValue:StringEquals": {
                  "kms:EncryptionContextKeys": "aws:datazone:domainId",
                },
              },
            },
          ],
        },
      },
    ],
    ManagedPolicyArns: ["arn:aws:iam::aws:policy/SageMakerStudioAdminIAMPermissiveExecutionPolicy"],
    ParametersDefinition: [
      {
        Name: "CMK_ENABLED",
        Type: "String",
        Description: "An indicator on whether a custom KMS key is used. Must be True or False",
        IsRequired: false,
        DefaultValue: "False",
        Immutable: false,
      },
      {
        Name: "RoleName",
        Type: "String",
        Description: "Custom name for the role",
        IsRequired: false,
        DefaultValue: "AmazonSageMakerAdminIAMExecutionRole",
        Immutable: false,
      },
      {
        Name: "accountId",
        Type: "String",
        Description: "Account id of the target account",
        IsRequired: true,
        Immutable: false,
      },
      {
        Name: "keyAccountId",
        Type: "String",
        Description: "AWS account that hosts the KMS key. Effective only if CMK_ENABLED is True.",
        IsRequired: true,
        Immutable: false,
      },
      {
        Name: "keyRegion",
        Type: "String",
        Description: "AWS region for the KMS key. Effective only if CMK_ENABLED is True.",
        IsRequired: true,
        Immutable: false,
      },
      {
        Name: "kmsKeyId",
        Type: "String",
        Description: "KMS key id for the custom key. Effective only if CMK_ENABLED is True.",
        IsRequired: true,
        Immutable: false,
      },
    ],
    MaxSessionDuration: 3600,
    VersionEnabled: true,
    CreateTimestamp: "2026-07-08T22:12:14Z",
    UpdateTimestamp: "2026-07-08T22:12:14Z",
  },
  {
    TemplateArn:
      "arn:aws:iam::aws:role-template/datazone.amazonaws.com/AmazonSageMakerUserIAMPermissiveExecutionRoleTemplate:1",
    TemplateName: "AmazonSageMakerUserIAMPermissiveExecutionRoleTemplate",
    TemplateVersionId: "AVTAZKAPJZG4HTC3G2PFY",
    Description:
      "User role that provides broad permissions to your account's data and AWS services to execute operations within Amazon SageMaker Unified Studio.",
    MajorVersion: 1,
    DefaultMinorVersion: 0,
    ManagedByType: "Service",
    ManagedByValue: "datazone.amazonaws.com",
    Enabled: true,
    MinorVersion: 0,
    RoleNamePattern: "@{RoleName}",
    RoleDescriptionPattern:
      "User role that provides broad permissions to your account's data and AWS services to execute operations within Amazon SageMaker Unified Studio.",
    AssumeRolePolicyDocumentTemplate: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: {
            Service: [
              "sagemaker.amazonaws.com",
              "scheduler.amazonaws.com",
              "bedrock.amazonaws.com",
              "datazone.amazonaws.com",
              "lakeformation.amazonaws.com",
              "airflow-serverless.amazonaws.com",
              "emr-serverless.amazonaws.com",
              "redshift.amazonaws.com",
              "glue.amazonaws.com",
              "athena.amazonaws.com",
            ],
          },
          Action: ["sts:AssumeRole", "sts:TagSession", "sts:SetContext", "sts:SetSourceIdentity"],
          Condition: {
            StringEquals: {
              "aws:SourceAccount": "@{accountId}",
            },
          },
        },
      ],
    },
    ManagedPolicyArns: ["arn:aws:iam::aws:policy/SageMakerStudioUserIAMPermissiveExecutionPolicy"],
    ParametersDefinition: [
      {
        Name: "RoleName",
        Type: "String",
        Description: "Custom name for the role",
        IsRequired: false,
        DefaultValue: "AmazonSageMakerUserIAMExecutionRole",
        Immutable: false,
      },
      {
        Name: "accountId",
        Type: "String",
        Description: "Account id of the target account",
        IsRequired: true,
        Immutable: false,
      },
    ],
    MaxSessionDuration: 3600,
    VersionEnabled: true,
    CreateTimestamp: "2026-07-08T22:12:17Z",
    UpdateTimestamp: "2026-07-08T22:12:17Z",
  },
  {
    TemplateArn: "arn:aws:iam::aws:role-template/secretsmanager.amazonaws.com/AWSSecretsManagerRotationRoleTemplate:1",
    TemplateName: "AWSSecretsManagerRotationRoleTemplate",
    TemplateVersionId: "AVTAZKAPJZG4PCYR454GW",
    Description:
      "Creates a role that allows AWS Secrets Manager to perform secret rotation by accessing and updating secret values",
    MajorVersion: 1,
    DefaultMinorVersion: 0,
    ManagedByType: "Service",
    ManagedByValue: "secretsmanager.amazonaws.com",
    Enabled: true,
    MinorVersion: 0,
    RoleNamePattern: "@{RoleName}",
    RolePathPattern: "/service-role/",
    RoleDescriptionPattern:
      "Allows AWS Secrets Manager to perform secret rotation by accessing and updating secret values",
    AssumeRolePolicyDocumentTemplate: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "SecretsManagerPrincipalAccess",
          Effect: "Allow",
          Principal: {
            Service: "secretsmanager.amazonaws.com",
          },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: {
              "aws:SourceAccount": "@{accountId}",
            },
          },
        },
      ],
    },
    InlinePolicyTemplates: [
      {
        PolicyName: "SecretRotationPermissionPolicy",
        PolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "AllowRotationAccessGeneric",
              Effect: "Allow",
              Action: [
                "secretsmanager:DescribeSecret",
                "secretsmanager:GetSecretValue",
                "secretsmanager:PutSecretValue",
                "secretsmanager:UpdateSecretVersionStage",
              ],
              Resource: "arn:aws:secretsmanager:@{region}:@{accountId}:secret:*",
              Condition: {
                StringEquals: {
                  "secretsmanager:resource/Type": "@{resourceType}",
                },
              },
            },
            {
              Effect: "Allow",
              Sid: "AllowPasswordGenerationAccessAdmin",
              Action: ["secretsmanager:GetRandomPassword"],
              Resource: "*",
            },
            {
              "@Enabled": "ADMIN_RESOURCE_ENABLED",
              Sid: "AllowRotationAccess",
              Action: ["secretsmanager:GetSecretValue"],
              Resource: "arn:aws:secretsmanager:@{region}:@{accountId}:secret:*",
              Effect: "Allow",
              Condition: {
                StringEquals: {
                  "secretsmanager:resource/Type": "@{adminType}",
                },
              },
            },
            {
              "@Enabled": "CMK_ENABLED",
              Sid: "KMSAccessForCustomerSecret",
              Effect: "Allow",
              Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
              Resource: "@{kmsKeyArn}",
              Condition: {
                StringEquals: {
                  "kms:ViaService": "secretsmanager.@{region}.amazonaws.com",
                },
              },
            },
          ],
        },
      },
    ],
    ParametersDefinition: [
      {
        Name: "ADMIN_RESOURCE_ENABLED",
        Type: "String",
        Description:
          "An indicator on whether a administrative resource type for secrets manager is enabled. Must be True or False",
        IsRequired: false,
        DefaultValue: "False",
        Immutable: false,
      },
      {
        Name: "CMK_ENABLED",
        Type: "String",
        Description: "An indicator on whether a custom key is used with the secret. Must be True or False",
        IsRequired: false,
        DefaultValue: "False",
        Immutable: false,
      },
      {
        Name: "RoleName",
        Type: "String",
        Description: "Custom name for the role",
        IsRequired: false,
        DefaultValue: "AWSSecretsManagerSecretRotationRole",
        Immutable: false,
      },
      {
        Name: "accountId",
        Type: "String",
        Description: "Account id of the target account",
        IsRequired: true,
        Immutable: false,
      },
      {
        Name: "adminType",
        Type: "String",
        Description:
          "Administrative resource type for secret rotation access condition. Effective only if ADMIN_RESOURCE_ENABLED is True",
        IsRequired: true,
        Immutable: false,
      },
      {
        Name: "kmsKeyArn",
        Type: "StringList",
        Description: "List of KMS key ARNs for the custom keys. Effective only if CMK_ENABLED is True.",
        IsRequired: true,
        Immutable: false,
      },
      {
        Name: "region",
        Type: "String",
        Description: "AWS region for the Secret Manager secret",
        IsRequired: true,
        Immutable: false,
      },
      {
        Name: "resourceType",
        Type: "String",
        Description: "Partner/resource type for secret rotation access condition",
        IsRequired: true,
        Immutable: false,
      },
    ],
    MaxSessionDuration: 3600,
    VersionEnabled: true,
    CreateTimestamp: "2026-07-09T15:27:27Z",
    UpdateTimestamp: "2026-07-09T15:27:27Z",
  },
];

/** What AWS makes for a service. */
export interface ServiceRole {
  readonly role: string;
  /** The policy in `aws-service-role/` that its role has. */
  readonly policy: string;
  /** Whether an account may have several roles of it, told apart by a suffix. */
  readonly suffix: boolean;
}

/** Names as recorded from AWS, 2025-03, and as its services' guides list them: role, policy, whether suffixes are allowed. */
const services: ReadonlyMap<string, readonly [role: string, policy: string, suffix?: true]> = new Map<
  string,
  readonly [role: string, policy: string, suffix?: true]
>([
  ["access-analyzer.amazonaws.com", ["AWSServiceRoleForAccessAnalyzer", "AccessAnalyzerServiceRolePolicy"]],
  [
    "accountdiscovery.ssm.amazonaws.com",
    ["AWSServiceRoleForAmazonSSM_AccountDiscovery", "AWSSystemsManagerAccountDiscoveryServicePolicy"],
  ],
  ["acm.amazonaws.com", ["AWSServiceRoleForCertificateManager", "CertificateManagerServiceRolePolicy"]],
  ["appmesh.amazonaws.com", ["AWSServiceRoleForAppMesh", "AWSAppMeshServiceRolePolicy"]],
  [
    "autoscaling-plans.amazonaws.com",
    ["AWSServiceRoleForAutoScalingPlans_EC2AutoScaling", "AWSAutoScalingPlansEC2AutoScalingPolicy"],
  ],
  ["autoscaling.amazonaws.com", ["AWSServiceRoleForAutoScaling", "AutoScalingServiceRolePolicy", true]],
  ["backup.amazonaws.com", ["AWSServiceRoleForBackup", "AWSBackupServiceLinkedRolePolicyForBackup"]],
  ["batch.amazonaws.com", ["AWSServiceRoleForBatch", "BatchServiceRolePolicy"]],
  [
    "cassandra.application-autoscaling.amazonaws.com",
    ["AWSServiceRoleForApplicationAutoScaling_CassandraTable", "AWSApplicationAutoscalingCassandraTablePolicy"],
  ],
  [
    "cks.kms.amazonaws.com",
    ["AWSServiceRoleForKeyManagementServiceCustomKeyStores", "AWSKeyManagementServiceCustomKeyStoresServiceRolePolicy"],
  ],
  ["cloudtrail.amazonaws.com", ["AWSServiceRoleForCloudTrail", "CloudTrailServiceRolePolicy"]],
  [
    "codestar-notifications.amazonaws.com",
    ["AWSServiceRoleForCodeStarNotifications", "AWSCodeStarNotificationsServiceRolePolicy"],
  ],
  ["config.amazonaws.com", ["AWSServiceRoleForConfig", "AWSConfigServiceRolePolicy"]],
  ["connect.amazonaws.com", ["AWSServiceRoleForAmazonConnect", "AmazonConnectServiceLinkedRolePolicy", true]],
  ["dms-fleet-advisor.amazonaws.com", ["AWSServiceRoleForDMSFleetAdvisor", "AWSDMSFleetAdvisorServiceRolePolicy"]],
  ["dms.amazonaws.com", ["AWSServiceRoleForDMSServerless", "AWSDMSServerlessServiceRolePolicy"]],
  ["docdb-elastic.amazonaws.com", ["AWSServiceRoleForDocDB-Elastic", "AmazonDocDB-ElasticServiceRolePolicy"]],
  [
    "dynamodb.application-autoscaling.amazonaws.com",
    ["AWSServiceRoleForApplicationAutoScaling_DynamoDBTable", "AWSApplicationAutoscalingDynamoDBTablePolicy"],
  ],
  ["ec2-instance-connect.amazonaws.com", ["AWSServiceRoleForEc2InstanceConnect", "Ec2InstanceConnectEndpoint"]],
  [
    "ec2.application-autoscaling.amazonaws.com",
    [
      "AWSServiceRoleForApplicationAutoScaling_EC2SpotFleetRequest",
      "AWSApplicationAutoscalingEC2SpotFleetRequestPolicy",
    ],
  ],
  ["ecr.amazonaws.com", ["AWSServiceRoleForECRTemplate", "ECRTemplateServiceRolePolicy"]],
  ["ecs.amazonaws.com", ["AWSServiceRoleForECS", "AmazonECSServiceRolePolicy"]],
  [
    "ecs.application-autoscaling.amazonaws.com",
    ["AWSServiceRoleForApplicationAutoScaling_ECSService", "AWSApplicationAutoscalingECSServicePolicy"],
  ],
  ["eks-connector.amazonaws.com", ["AWSServiceRoleForAmazonEKSConnector", "AmazonEKSConnectorServiceRolePolicy"]],
  ["eks-fargate.amazonaws.com", ["AWSServiceRoleForAmazonEKSForFargate", "AmazonEKSForFargateServiceRolePolicy"]],
  ["eks-nodegroup.amazonaws.com", ["AWSServiceRoleForAmazonEKSNodegroup", "AWSServiceRoleForAmazonEKSNodegroup"]],
  ["eks.amazonaws.com", ["AWSServiceRoleForAmazonEKS", "AmazonEKSServiceRolePolicy"]],
  ["elasticache.amazonaws.com", ["AWSServiceRoleForElastiCache", "ElastiCacheServiceRolePolicy"]],
  ["elasticbeanstalk.amazonaws.com", ["AWSServiceRoleForElasticBeanstalk", "AWSElasticBeanstalkServiceRolePolicy"]],
  [
    "elasticfilesystem.amazonaws.com",
    ["AWSServiceRoleForAmazonElasticFileSystem", "AmazonElasticFileSystemServiceRolePolicy"],
  ],
  [
    "elasticloadbalancing.amazonaws.com",
    ["AWSServiceRoleForElasticLoadBalancing", "AWSElasticLoadBalancingServiceRolePolicy"],
  ],
  ["elasticmapreduce.amazonaws.com", ["AWSServiceRoleForEMRCleanup", "AmazonEMRCleanupPolicy"]],
  [
    "email.cognito-idp.amazonaws.com",
    ["AWSServiceRoleForAmazonCognitoIdpEmailService", "AmazonCognitoIdpEmailServiceRolePolicy"],
  ],
  ["emr-containers.amazonaws.com", ["AWSServiceRoleForAmazonEMRContainers", "AmazonEMRContainersServiceRolePolicy"]],
  ["emrwal.amazonaws.com", ["AWSServiceRoleForEMRWAL", "EMRDescribeClusterPolicyForEMRWAL"]],
  ["es.amazonaws.com", ["AWSServiceRoleForAmazonElasticsearchService", "AmazonElasticsearchServiceRolePolicy"]],
  ["fis.amazonaws.com", ["AWSServiceRoleForFIS", "AmazonFISServiceRolePolicy"]],
  ["grafana.amazonaws.com", ["AWSServiceRoleForAmazonGrafana", "AmazonGrafanaServiceLinkedRolePolicy"]],
  ["guardduty.amazonaws.com", ["AWSServiceRoleForAmazonGuardDuty", "AmazonGuardDutyServiceRolePolicy"]],
  ["imagebuilder.amazonaws.com", ["AWSServiceRoleForImageBuilder", "AWSServiceRoleForImageBuilder"]],
  [
    "iotmanagedintegrations.amazonaws.com",
    ["AWSServiceRoleForIoTManagedIntegrations", "AWSIoTManagedIntegrationsRolePolicy"],
  ],
  ["kafka.amazonaws.com", ["AWSServiceRoleForKafka", "KafkaServiceRolePolicy"]],
  ["kafkaconnect.amazonaws.com", ["AWSServiceRoleForKafkaConnect", "KafkaConnectServiceRolePolicy"]],
  [
    "lakeformation.amazonaws.com",
    ["AWSServiceRoleForLakeFormationDataAccess", "LakeFormationDataAccessServiceRolePolicy"],
  ],
  ["lex.amazonaws.com", ["AWSServiceRoleForLexBots", "AmazonLexBotPolicy"]],
  ["lexv2.amazonaws.com", ["AWSServiceRoleForLexV2Bots", "AmazonLexV2BotPolicy", true]],
  ["lightsail.amazonaws.com", ["AWSServiceRoleForLightsail", "LightsailExportAccess"]],
  ["m2.amazonaws.com", ["AWSServiceRoleForAWSM2", "AWSM2ServicePolicy"]],
  ["memorydb.amazonaws.com", ["AWSServiceRoleForMemoryDB", "MemoryDBServiceRolePolicy"]],
  ["mq.amazonaws.com", ["AWSServiceRoleForAmazonMQ", "AmazonMQServiceRolePolicy"]],
  [
    "mrk.kms.amazonaws.com",
    ["AWSServiceRoleForKeyManagementServiceMultiRegionKeys", "AWSKeyManagementServiceMultiRegionKeysServiceRolePolicy"],
  ],
  [
    "notifications.amazonaws.com",
    ["AWSServiceRoleForAwsUserNotifications", "AWSUserNotificationsServiceLinkedRolePolicy"],
  ],
  [
    "observability.aoss.amazonaws.com",
    ["AWSServiceRoleForAmazonOpenSearchServerless", "AmazonOpenSearchServerlessServiceRolePolicy"],
  ],
  [
    "opensearchservice.amazonaws.com",
    ["AWSServiceRoleForAmazonOpenSearchService", "AmazonOpenSearchServiceRolePolicy"],
  ],
  ["ops.apigateway.amazonaws.com", ["AWSServiceRoleForAPIGateway", "APIGatewayServiceRolePolicy"]],
  [
    "ops.emr-serverless.amazonaws.com",
    ["AWSServiceRoleForAmazonEMRServerless", "AmazonEMRServerlessServiceRolePolicy"],
  ],
  [
    "opsdatasync.ssm.amazonaws.com",
    ["AWSServiceRoleForSystemsManagerOpsDataSync", "AWSSystemsManagerOpsDataSyncServiceRolePolicy"],
  ],
  ["opsinsights.ssm.amazonaws.com", ["AWSServiceRoleForAmazonSSM_OpsInsights", "AWSSSMOpsInsightsServiceRolePolicy"]],
  ["organizations.amazonaws.com", ["AWSServiceRoleForOrganizations", "AWSOrganizationsServiceTrustPolicy"]],
  [
    "pullthroughcache.ecr.amazonaws.com",
    ["AWSServiceRoleForECRPullThroughCache", "AWSECRPullThroughCache_ServiceRolePolicy"],
  ],
  ["ram.amazonaws.com", ["AWSServiceRoleForResourceAccessManager", "AWSResourceAccessManagerServiceRolePolicy"]],
  ["rds.amazonaws.com", ["AWSServiceRoleForRDS", "AmazonRDSServiceRolePolicy"]],
  [
    "rds.application-autoscaling.amazonaws.com",
    ["AWSServiceRoleForApplicationAutoScaling_RDSCluster", "AWSApplicationAutoscalingRDSClusterPolicy"],
  ],
  ["redshift.amazonaws.com", ["AWSServiceRoleForRedshift", "AmazonRedshiftServiceLinkedRolePolicy"]],
  [
    "replication.cassandra.amazonaws.com",
    ["AWSServiceRoleForKeyspacesReplication", "KeyspacesReplicationServiceRolePolicy"],
  ],
  ["replication.ecr.amazonaws.com", ["AWSServiceRoleForECRReplication", "ECRReplicationServiceRolePolicy"]],
  ["repository.sync.codeconnections.amazonaws.com", ["AWSServiceRoleForGitSync", "AWSGitSyncServiceRolePolicy"]],
  ["resource-explorer-2.amazonaws.com", ["AWSServiceRoleForResourceExplorer", "AWSResourceExplorerServiceRolePolicy"]],
  ["role-manager.iam.amazonaws.com", ["AWSServiceRoleForIAMRoleManager", "AWSIAMRoleManagerServiceRolePolicy"]],
  ["rolesanywhere.amazonaws.com", ["AWSServiceRoleForRolesAnywhere", "AWSRolesAnywhereServicePolicy"]],
  ["s3-outposts.amazonaws.com", ["AWSServiceRoleForS3OnOutposts", "AWSS3OnOutpostsServiceRolePolicy"]],
  ["ses.amazonaws.com", ["AWSServiceRoleForAmazonSES", "AmazonSESServiceRolePolicy"]],
  ["shield.amazonaws.com", ["AWSServiceRoleForAWSShield", "AWSShieldServiceRolePolicy"]],
  ["spot.amazonaws.com", ["AWSServiceRoleForEC2Spot", "AWSEC2SpotServiceRolePolicy"]],
  ["spotfleet.amazonaws.com", ["AWSServiceRoleForEC2SpotFleet", "AWSEC2SpotFleetServiceRolePolicy"]],
  ["ssm-incidents.amazonaws.com", ["AWSServiceRoleForIncidentManager", "AWSIncidentManagerServiceRolePolicy"]],
  ["ssm-quicksetup.amazonaws.com", ["AWSServiceRoleForSSMQuickSetup", "SSMQuickSetupRolePolicy"]],
  ["ssm.amazonaws.com", ["AWSServiceRoleForAmazonSSM", "AmazonSSMServiceRolePolicy"]],
  ["sso.amazonaws.com", ["AWSServiceRoleForSSO", "AWSSSOServiceRolePolicy"]],
  ["transitgateway.amazonaws.com", ["AWSServiceRoleForVPCTransitGateway", "AWSVPCTransitGatewayServiceRolePolicy"]],
  [
    "vpcorigin.cloudfront.amazonaws.com",
    ["AWSServiceRoleForCloudFrontVPCOrigin", "AWSCloudFrontVPCOriginServiceRolePolicy"],
  ],
  ["waf.amazonaws.com", ["AWSServiceRoleForWAFLogging", "WAFLoggingServiceRolePolicy"]],
  ["wafv2.amazonaws.com", ["AWSServiceRoleForWAFV2Logging", "WAFV2LoggingServiceRolePolicy"]],
]);

/** Undefined where no service of this name is known to have service-linked roles. */
export function serviceRole(name: string): ServiceRole | undefined {
  const known = services.get(name);
  return known && { role: known[0], policy: known[1], suffix: known[2] === true };
}

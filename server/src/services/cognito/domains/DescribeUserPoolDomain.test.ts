import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DescribeUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";

suite("DescribeUserPoolDomain", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  const describe = async (Domain: string, cognito = h.cognito) =>
    (await cognito.send(new DescribeUserPoolDomainCommand({ Domain }))).DomainDescription;

  test("a prefix, member by member as recorded", async () => {
    await h.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: "shop" }));
    const { CloudFrontDistribution, ...rest } = (await describe("shop")) ?? {};
    assert.match(CloudFrontDistribution ?? "", /^d[0-9a-v]{13}\.cloudfront\.net$/);
    assert.deepEqual(rest, {
      UserPoolId,
      AWSAccountId: testAccount,
      Domain: "shop",
      S3Bucket: "aws-cognito-prod-iad-assets",
      Version: "20260615120000",
      Status: "ACTIVE",
      ManagedLoginVersion: 1,
    });
  });

  test("a custom domain with its certificate", async () => {
    const CustomDomainConfig = {
      CertificateArn: `arn:aws:acm:us-east-1:${testAccount}:certificate/0f3a5d1e-4a4f-4a67-8f2b-0c6d3d6b3a11`,
      SecurityPolicy: "TLS_V1_2_2021" as const,
    };
    const Routing = {
      Failover: { SecondaryRegion: "us-west-2", PrimaryRoute53HealthCheckId: "0f3a5d1e-4a4f-4a67-8f2b-0c6d3d6b3a11" },
    };
    const Domain = "auth.example.com";
    const created = await h.cognito.send(
      new CreateUserPoolDomainCommand({ UserPoolId, Domain, CustomDomainConfig, Routing }),
    );
    assert.deepEqual(created.Routing, Routing);
    const found = await describe(Domain);
    assert.deepEqual(found?.CustomDomainConfig, CustomDomainConfig);
    assert.deepEqual(found?.Routing, Routing);
    assert.equal(found?.CloudFrontDistribution, created.CloudFrontDomain);
  });

  test("a domain that is not there has an empty description, in another region, too", async () => {
    assert.deepEqual(await describe("nobodys"), {});
    assert.deepEqual(await describe("shop", h.as(h.root, "eu-west-1").cognito), {});
  });

  test("who may not look is told so, whether it is there or not", async () => {
    const ann = await userWithKey(h, "ann");
    assert.equal((await refused(describe("shop", ann.cognito))).code, "AccessDeniedException");
    assert.equal((await refused(describe("nobodys", ann.cognito))).code, "AccessDeniedException");
  });
});

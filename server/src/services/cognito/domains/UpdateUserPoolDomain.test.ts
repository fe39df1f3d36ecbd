import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DescribeUserPoolDomainCommand,
  UpdateUserPoolDomainCommand,
  type UpdateUserPoolDomainCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { harness, refused, startOfTest, testAccount } from "../../../../test/harness.ts";

suite("UpdateUserPoolDomain", async () => {
  const h = await harness();
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  const UserPoolId = UserPool?.Id ?? "";
  const arn = (id: string) => `arn:aws:acm:us-east-1:${testAccount}:certificate/${id}`;
  const CustomDomainConfig = { CertificateArn: arn("old") };
  await h.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: "shop" }));
  await h.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: "a.example.com", CustomDomainConfig }));
  const update = (Domain: string, input: Partial<UpdateUserPoolDomainCommandInput> = {}) =>
    h.cognito.send(new UpdateUserPoolDomainCommand({ UserPoolId, Domain, ...input }));
  const describe = async (Domain: string) =>
    (await h.cognito.send(new DescribeUserPoolDomainCommand({ Domain }))).DomainDescription;
  const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

  test("a new look is a new version of the domain", async () => {
    h.clock.set(startOfTest + 61_000);
    const { $metadata, ...answer } = await update("shop", { ManagedLoginVersion: 2 });
    assert.deepEqual(answer, { ManagedLoginVersion: 2 });
    const found = await describe("shop");
    assert.deepEqual([found?.ManagedLoginVersion, found?.Version], [2, "20260615120101"]);
  });

  test("a new certificate; what is not given stays", async () => {
    const before = await describe("a.example.com");
    const { CloudFrontDomain } = await update("a.example.com", { CustomDomainConfig: { CertificateArn: arn("new") } });
    assert.equal(CloudFrontDomain, before?.CloudFrontDistribution);
    await update("a.example.com", { ManagedLoginVersion: 2 });
    const found = await describe("a.example.com");
    assert.deepEqual(found?.CustomDomainConfig, { CertificateArn: arn("new") });
    assert.equal(found?.ManagedLoginVersion, 2);
  });

  test("refuses domains that are not this pool's, and what does not go with them", async () => {
    assert.deepEqual(await refused(update("nobodys")), invalid("No such domain or user pool exists."));
    const { UserPool: other } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "q" }));
    assert.deepEqual(
      await refused(update("shop", { UserPoolId: other?.Id })),
      invalid("No such domain or user pool exists."),
    );
    assert.deepEqual(
      await refused(update("shop", { CustomDomainConfig })),
      invalid("CustomDomainConfig is for custom domains only."),
    );
    assert.deepEqual(
      await refused(update("shop", { ManagedLoginVersion: 0 })),
      invalid("ManagedLoginVersion must be 1 or 2."),
    );
    assert.equal(
      (await refused(update("shop", { UserPoolId: "us-east-1_AbCdEfGhI" }))).code,
      "ResourceNotFoundException",
    );
  });

  test("managed login is not for the plan Lite", async () => {
    const { UserPool: lite } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "q", UserPoolTier: "LITE" }));
    await h.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: lite?.Id, Domain: "lite" }));
    assert.deepEqual(await refused(update("lite", { UserPoolId: lite?.Id, ManagedLoginVersion: 2 })), {
      code: "FeatureUnavailableInTierException",
      message: "The following feature is not available for the LITE pricing tier configured: Managed Login Version 2",
      status: 400,
    });
  });
});

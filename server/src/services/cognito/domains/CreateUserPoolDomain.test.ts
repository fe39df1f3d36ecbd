import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  type CreateUserPoolDomainCommandInput,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { poolDomains } from "../../../store/pool-domains.ts";
import { userPools } from "../../../store/user-pools.ts";

const certificate = `arn:aws:acm:us-east-1:${testAccount}:certificate/0f3a5d1e-4a4f-4a67-8f2b-0c6d3d6b3a11`;

suite("CreateUserPoolDomain", async () => {
  const h = await harness({ quotas: { CustomDomainsPerRegion: 2 } });
  const newPool = async (UserPoolTier?: "LITE") =>
    (await h.cognito.send(new CreateUserPoolCommand({ PoolName: "p", UserPoolTier }))).UserPool?.Id ?? "";
  const create = (
    UserPoolId: string,
    Domain: string,
    input: Partial<CreateUserPoolDomainCommandInput> = {},
    cognito = h.cognito,
  ) => cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain, ...input }));
  const described = async (UserPoolId: string) =>
    (await h.cognito.send(new DescribeUserPoolCommand({ UserPoolId }))).UserPool;
  const invalid = (message: string) => ({ code: "InvalidParameterException", message, status: 400 });

  test("a prefix: one for a pool, shown with it, and it keeps the pool from deletion", async () => {
    const id = await newPool();
    assert.equal((await described(id))?.Domain, undefined);
    const { $metadata, ...answer } = await create(id, "sign-in");
    assert.deepEqual(answer, { ManagedLoginVersion: 1 });
    assert.equal((await described(id))?.Domain, "sign-in");
    assert.equal((await described(id))?.CustomDomain, undefined);
    assert.deepEqual(await refused(create(id, "another")), invalid("User pool already has a domain configured."));
    assert.deepEqual(
      await refused(h.cognito.send(new DeleteUserPoolCommand({ UserPoolId: id }))),
      invalid("User pool cannot be deleted. It has a domain configured that should be deleted first."),
    );
  });

  test("a prefix is one pool's in a region, whichever account's; other regions have their own", async () => {
    const taken = invalid("Domain already associated with another user pool.");
    const id = await newPool();
    await create(id, "shop");
    assert.deepEqual(await refused(create(await newPool(), "shop")), taken);
    const elsewhere = h.as(h.root, "eu-west-1").cognito;
    const { UserPool } = await elsewhere.send(new CreateUserPoolCommand({ PoolName: "p" }));
    await create(UserPool?.Id ?? "", "shop", {}, elsewhere);
    // A pool of another account has it: the prefix is taken all the same.
    await h.environment.store.write(async (tx) => {
      const pool = await userPools.find(tx, id);
      assert.ok(pool !== undefined);
      await userPools.insert(tx, { ...pool, pool_id: "us-east-1_Strangers", account_id: "210987654321" });
      await poolDomains.delete(tx, "us-east-1", "shop");
      await poolDomains.insert(tx, {
        region: "us-east-1",
        domain: "shop",
        pool_id: "us-east-1_Strangers",
        is_custom: 0,
        version: "20260615120000",
        managed_login_version: 1,
        distribution: "d111111abcdef8.cloudfront.net",
        custom_config_json: null,
        routing_json: null,
      });
    });
    assert.deepEqual(await refused(create(id, "shop")), taken);
    assert.deepEqual(
      (await h.cognito.send(new DescribeUserPoolDomainCommand({ Domain: "shop" }))).DomainDescription,
      {},
    );
  });

  test("a custom domain beside the prefix, unique everywhere", async () => {
    const id = await newPool();
    await create(id, "both");
    const CustomDomainConfig = { CertificateArn: certificate };
    const { CloudFrontDomain, ManagedLoginVersion } = await create(id, "auth.example.com", {
      CustomDomainConfig,
      ManagedLoginVersion: 2,
    });
    assert.match(CloudFrontDomain ?? "", /^d[0-9a-v]{13}\.cloudfront\.net$/);
    assert.equal(ManagedLoginVersion, 2);
    const pool = await described(id);
    assert.deepEqual([pool?.Domain, pool?.CustomDomain], ["both", "auth.example.com"]);
    const elsewhere = h.as(h.root, "eu-west-1").cognito;
    const { UserPool } = await elsewhere.send(new CreateUserPoolCommand({ PoolName: "p" }));
    assert.deepEqual(
      await refused(create(UserPool?.Id ?? "", "auth.example.com", { CustomDomainConfig }, elsewhere)),
      invalid("Domain already associated with another user pool."),
    );
    await create(await newPool(), "login.example.com", { CustomDomainConfig });
    assert.deepEqual(await refused(create(await newPool(), "id.example.com", { CustomDomainConfig })), {
      code: "LimitExceededException",
      message: "Cannot exceed the quota of 2 custom domains.",
      status: 400,
    });
  });

  test("refuses wrong names", async () => {
    const id = await newPool();
    const wrong =
      "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. Please enter a different name that follows this format: ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$";
    for (const name of ["Shop", "-shop", "auth.example.com", "läden"]) {
      assert.deepEqual(await refused(create(id, name)), invalid(wrong), name);
    }
    for (const word of ["aws", "amazon", "cognito"]) {
      assert.deepEqual(
        await refused(create(id, `my-${word}-shop`)),
        invalid(`Domain cannot contain reserved word: ${word}`),
      );
    }
    await create(id, "my-awsome-shop");
    const CustomDomainConfig = { CertificateArn: certificate };
    for (const name of ["example.com", "shop", "a..example.com"]) {
      assert.deepEqual(
        await refused(create(id, name, { CustomDomainConfig })),
        invalid(
          "Custom domain is not a valid subdomain: Was not able to resolve a DNS A record for the parent domain or domain parent is a top-level domain.",
        ),
        name,
      );
    }
    assert.equal((await refused(create(id, "x".repeat(64)))).code, "InvalidParameterException");
  });

  test("refuses settings that do not go with the domain", async () => {
    const id = await newPool();
    assert.deepEqual(
      await refused(create(id, "x", { ManagedLoginVersion: 3 })),
      invalid("ManagedLoginVersion must be 1 or 2."),
    );
    const CertificateArn = certificate.replace("us-east-1", "eu-west-1");
    assert.deepEqual(
      await refused(create(id, "a.example.com", { CustomDomainConfig: { CertificateArn } })),
      invalid("CertificateArn must be the ARN of an ACM certificate in us-east-1."),
    );
    const Failover = {
      SecondaryRegion: "us-west-2",
      PrimaryRoute53HealthCheckId: "0f3a5d1e-4a4f-4a67-8f2b-0c6d3d6b3a11",
    };
    assert.deepEqual(
      await refused(create(id, "x", { Routing: { Failover } })),
      invalid("Routing is for custom domains only."),
    );
    assert.deepEqual(
      await refused(
        create(id, "a.example.com", {
          CustomDomainConfig: { CertificateArn: certificate },
          Routing: { Failover: { ...Failover, SecondaryRegion: "us-east-1" } },
        }),
      ),
      invalid("us-east-1 is the primary Region of the user pool."),
    );
    assert.deepEqual(await refused(create(await newPool("LITE"), "x", { ManagedLoginVersion: 2 })), {
      code: "FeatureUnavailableInTierException",
      message: "The following feature is not available for the LITE pricing tier configured: Managed Login Version 2",
      status: 400,
    });
  });

  test("a pool that is not there; a caller that may not", async () => {
    assert.deepEqual(await refused(create("us-east-1_AbCdEfGhI", "x")), {
      code: "ResourceNotFoundException",
      message: "User pool us-east-1_AbCdEfGhI does not exist.",
      status: 400,
    });
    const id = await newPool();
    const arn = `arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/${id}`;
    const ann = await userWithKey(h, "ann", allow("cognito-idp:CreateUserPoolDomain", arn));
    await create(id, "anns", {}, ann.cognito);
    assert.equal((await refused(create(await newPool(), "x", {}, ann.cognito))).code, "AccessDeniedException");
  });
});

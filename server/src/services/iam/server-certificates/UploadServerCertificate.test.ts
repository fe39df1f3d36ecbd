import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { suite, test } from "node:test";
import { GetServerCertificateCommand } from "@aws-sdk/client-iam";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";
import { serverCertificate, uploadServerCertificate } from "../../../../test/server-certificates.ts";
import { serverCertificates } from "../../../store/server-certificates.ts";

suite("UploadServerCertificate", async () => {
  const h = await harness({ quotas: { ServerCertificatesPerAccount: 100 } });
  let names = 0;
  const upload = (input: Parameters<typeof uploadServerCertificate>[2], name = `name-${names++}`) =>
    uploadServerCertificate(h.iam, name, input);
  const malformed = (message: string) => ({ code: "MalformedCertificate", message, status: 400 });
  const brokenAt = (index: number) =>
    malformed(
      `Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: ${index}`,
    );

  test("answers what it is called, where, its id and its end", async () => {
    const { ServerCertificateMetadata: metadata, Tags } = await upload({ Path: "/probe/" }, "Server");
    assert.match(metadata?.ServerCertificateId ?? "", /^ASCA[A-Z2-7]{17}$/);
    assert.deepEqual(metadata, {
      Path: "/probe/",
      ServerCertificateName: "Server",
      ServerCertificateId: metadata?.ServerCertificateId,
      Arn: `arn:aws:iam::${testAccount}:server-certificate/probe/Server`,
      UploadDate: new Date(startOfTest),
      Expiration: new Date(new X509Certificate(serverCertificate("leaf")).validTo),
    });
    assert.equal(Tags, undefined);
  });

  test("with tags, whose keys differ by case", async () => {
    const Tags = [
      { Key: "Team", Value: "one" },
      { Key: "team", Value: "two" },
    ];
    assert.deepEqual((await upload({ Tags })).Tags, Tags);
    assert.deepEqual(await refused(upload({ Tags: [{ Key: "aws:x", Value: "" }] })), {
      code: "InvalidInput",
      message: "Tag keys beginning with aws: are reserved for system use.",
      status: 400,
    });
  });

  test("takes RSA and EC keys in PKCS #8 and in the older forms", async () => {
    await upload({ PrivateKey: serverCertificate("leaf.pkcs1.key") });
    await upload({ CertificateBody: serverCertificate("ec"), PrivateKey: serverCertificate("ec.key") });
  });

  test("the private key is stored sealed, and told to nobody", async () => {
    const { ServerCertificateMetadata } = await upload({}, "secret");
    const { ServerCertificate } = await h.iam.send(
      new GetServerCertificateCommand({ ServerCertificateName: "secret" }),
    );
    assert.doesNotMatch(JSON.stringify(ServerCertificate), /PRIVATE/);
    const row = await h.environment.store.read((tx) => serverCertificates.find(tx, testAccount, "secret"));
    const context = `server_certificates:${ServerCertificateMetadata?.ServerCertificateId}`;
    const opened = h.environment.seal.open(row?.private_key_sealed ?? new Uint8Array(), context);
    const pem = serverCertificate("leaf.key").split("\n").slice(1, -2).join("");
    assert.equal(Buffer.from(opened).toString("base64"), pem);
  });

  test("a chain in order, with or without its root, or the root twice; or none at all", async () => {
    const [intermediate, root] = [serverCertificate("intermediate"), serverCertificate("root")];
    for (const CertificateChain of [
      undefined,
      intermediate,
      intermediate + root,
      `${intermediate}\n\n${root}${root}\n`,
    ]) {
      await upload({ CertificateChain });
    }
  });

  test("refuses a chain out of order, of others, or with the certificate itself in it", async () => {
    const [leaf, intermediate, root] = [
      serverCertificate("leaf"),
      serverCertificate("intermediate"),
      serverCertificate("root"),
    ];
    for (const [chain, index] of [
      [root, -1],
      [root + intermediate, -1],
      [leaf, -1],
      [serverCertificate("impostor"), -1],
      [intermediate + leaf, 1],
      [intermediate + root + intermediate, 2],
    ] as const) {
      assert.deepEqual(await refused(upload({ CertificateChain: chain })), brokenAt(index));
    }
  });

  test("refuses a chain that is none, with a code alone", async () => {
    const intermediate = serverCertificate("intermediate");
    const other = serverCertificate("leaf.key");
    for (const chain of [
      "not a chain",
      " \n",
      `text\n${intermediate}`,
      intermediate + other,
      intermediate.repeat(21),
    ]) {
      const { code, status } = await refused(upload({ CertificateChain: chain }));
      assert.deepEqual([code, status], ["MalformedCertificate", 400]);
    }
  });

  test("refuses what is no certificate", async () => {
    for (const body of ["not a certificate", serverCertificate("leaf.key"), serverCertificate("leaf").repeat(2)]) {
      assert.deepEqual(
        await refused(upload({ CertificateBody: body })),
        malformed("Unable to parse certificate. Please ensure the certificate is in PEM format."),
      );
    }
  });

  test("refuses one that has ended, and one that has not begun", async () => {
    for (const name of ["expired", "not-yet-valid"]) {
      assert.deepEqual(
        await refused(upload({ CertificateBody: serverCertificate(name) })),
        malformed("Certificate is no longer valid. The 'Not After' date restriction on the certificate has passed."),
      );
    }
  });

  test("refuses a key of another certificate, an encrypted one, and what is none", async () => {
    assert.deepEqual(await refused(upload({ PrivateKey: serverCertificate("ec.key") })), {
      code: "KeyPairMismatch",
      message: "The private key did not match the public key provided. Please verify the key material and try again.",
      status: 400,
    });
    for (const PrivateKey of ["not a key", serverCertificate("leaf"), serverCertificate("leaf.encrypted.key")]) {
      assert.deepEqual(
        await refused(upload({ PrivateKey })),
        malformed("Unable to parse private key. Please ensure the private key is in PEM format."),
      );
    }
  });

  test("refuses a name that is taken, whatever its case", async () => {
    await upload({}, "Taken");
    assert.deepEqual(await refused(upload({ Path: "/other/" }, "TAKEN")), {
      code: "EntityAlreadyExists",
      message: "The Server Certificate with name TAKEN already exists.",
      status: 409,
    });
  });

  test("refuses the twenty-first", async () => {
    const full = await harness();
    for (let number = 1; number <= 20; number++) await uploadServerCertificate(full.iam, `name-${number}`);
    assert.deepEqual(await refused(uploadServerCertificate(full.iam, "name-21")), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for ServerCertificatesPerAccount: 20",
      status: 409,
    });
  });

  test("refuses who may not, and names the certificate", async () => {
    const eve = await userWithKey(
      h,
      "eve",
      allow("iam:UploadServerCertificate", "arn:aws:iam::*:server-certificate/eve/*"),
    );
    await uploadServerCertificate(eve.iam, "allowed", { Path: "/eve/" });
    assert.deepEqual(await refused(uploadServerCertificate(eve.iam, "denied")), {
      code: "AccessDenied",
      message: `User: arn:aws:iam::${testAccount}:user/eve is not authorized to perform: iam:UploadServerCertificate on resource: arn:aws:iam::${testAccount}:server-certificate/denied because no identity-based policy allows the iam:UploadServerCertificate action`,
      status: 403,
    });
  });
});

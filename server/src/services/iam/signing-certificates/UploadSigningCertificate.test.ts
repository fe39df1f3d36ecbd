import assert from "node:assert/strict";
import { createHash, X509Certificate } from "node:crypto";
import { suite, test } from "node:test";
import {
  CreateUserCommand,
  DeleteSigningCertificateCommand,
  ListSigningCertificatesCommand,
  UpdateSigningCertificateCommand,
  UploadSigningCertificateCommand,
} from "@aws-sdk/client-iam";
import { certificate } from "../../../../test/certificates.ts";
import { allow, harness, refused, startOfTest, testAccount, userWithKey } from "../../../../test/harness.ts";

suite("UploadSigningCertificate", async () => {
  const h = await harness();
  let users = 0;
  const newUser = async () => {
    const UserName = `user-${users++}`;
    await h.iam.send(new CreateUserCommand({ UserName }));
    return UserName;
  };
  const upload = (UserName: string | undefined, CertificateBody: string, iam = h.iam) =>
    iam.send(new UploadSigningCertificateCommand({ UserName, CertificateBody }));
  const list = async (UserName: string) =>
    (await h.iam.send(new ListSigningCertificatesCommand({ UserName }))).Certificates ?? [];

  test("answers the whole certificate, Active, with the id that AWS derives from its DER", async () => {
    const UserName = await newUser();
    const body = certificate("rsa-2048");
    const { Certificate } = await upload(UserName, body);
    const sha1 = createHash("sha1").update(new X509Certificate(body).raw).digest();
    assert.deepEqual(Certificate, {
      UserName,
      CertificateId: base32(sha1),
      CertificateBody: body,
      Status: "Active",
      UploadDate: new Date(startOfTest),
    });
    assert.match(Certificate?.CertificateId ?? "", /^[A-Z2-7]{32}$/);
    assert.deepEqual(await list(UserName), [Certificate]);
    await h.iam.send(new DeleteSigningCertificateCommand({ UserName, CertificateId: Certificate?.CertificateId }));
  });

  for (const name of [
    "rsa-4096",
    "rsa-1024",
    "ec-p256",
    "ec-p384",
    "ec-p521",
    "issued",
    "version-1",
    "crlf",
    "leading-text",
  ]) {
    test(`accepts ${name} and gives its body back byte for byte`, async () => {
      const UserName = await newUser();
      const body = certificate(name);
      const { Certificate } = await upload(UserName, body);
      assert.equal(Certificate?.CertificateBody, body);
      assert.equal((await list(UserName))[0]?.CertificateBody, body);
    });
  }

  for (const name of ["expired", "not-yet-valid", "chain", "private-key", "request"]) {
    test(`refuses ${name} as malformed, repeating the body`, async () => {
      const UserName = await newUser();
      const body = certificate(name);
      assert.deepEqual(await refused(upload(UserName, body)), {
        code: "MalformedCertificate",
        message: `Certificate ${body} is malformed.`,
        status: 400,
      });
      assert.deepEqual(await list(UserName), []);
    });
  }

  test("refuses what is no certificate, even for a user that is not there", async () => {
    const malformed = {
      code: "MalformedCertificate",
      message: "Certificate invalid-certificate-body is malformed.",
      status: 400,
    };
    assert.deepEqual(await refused(upload(await newUser(), "invalid-certificate-body")), malformed);
    assert.deepEqual(await refused(upload("nobody", "invalid-certificate-body")), malformed);
  });

  for (const name of ["ed25519", "dsa-2048", "ec-secp256k1"]) {
    test(`refuses ${name}: a sound certificate over a key that signs nothing here`, async () => {
      assert.deepEqual(await refused(upload(await newUser(), certificate(name))), {
        code: "InvalidCertificate",
        message: "The certificate's public key is not supported.",
        status: 400,
      });
    });
  }

  test("refuses a user that is not there", async () => {
    assert.deepEqual(await refused(upload("nobody", certificate("rsa-2048"))), {
      code: "NoSuchEntity",
      message: "The user with name nobody cannot be found.",
      status: 404,
    });
  });

  test("uploading again succeeds with the first id and date, says Active and leaves an Inactive one Inactive", async () => {
    const UserName = await newUser();
    const body = certificate("rsa-2048-b");
    const first = await upload(UserName, body);
    const CertificateId = first.Certificate?.CertificateId;
    await h.iam.send(new UpdateSigningCertificateCommand({ UserName, CertificateId, Status: "Inactive" }));
    h.clock.set(startOfTest + 3_600_000);
    const again = await upload(UserName, body);
    h.clock.set(startOfTest);
    assert.deepEqual(again.Certificate, first.Certificate);
    assert.equal(again.Certificate?.Status, "Active");
    assert.deepEqual(
      (await list(UserName)).map((held) => held.Status),
      ["Inactive"],
    );
    const other = await newUser();
    assert.deepEqual(await refused(upload(other, body)), {
      code: "DuplicateCertificate",
      message: "Duplicate certificate uploaded.",
      status: 409,
    });
    await h.iam.send(new DeleteSigningCertificateCommand({ UserName, CertificateId }));
    assert.equal((await upload(other, body)).Certificate?.CertificateId, CertificateId);
  });

  test("holds two, of one subject even, and refuses the third", async () => {
    const UserName = await newUser();
    await upload(UserName, certificate("rsa-2048"));
    await upload(UserName, certificate("rsa-2048-same-subject"));
    assert.deepEqual(await refused(upload(UserName, certificate("rsa-2048-c"))), {
      code: "LimitExceeded",
      message: "Cannot exceed quota for CertificatesPerUser: 2",
      status: 409,
    });
    assert.equal((await list(UserName)).length, 2);
  });

  test("sixteen uploads at once never pass the quota", async () => {
    const { iam } = await harness({ seed: "concurrent" });
    await iam.send(new CreateUserCommand({ UserName: "ann" }));
    const names = ["rsa-2048", "rsa-2048-b", "rsa-2048-c", "ec-p256", "ec-p384", "ec-p521", "rsa-4096", "issued"];
    const answers = await Promise.allSettled([...names, ...names].map((name) => upload("ann", certificate(name), iam)));
    const held = (await iam.send(new ListSigningCertificatesCommand({ UserName: "ann" }))).Certificates ?? [];
    assert.equal(held.length, 2);
    // Each of the two may have been uploaded twice: the second time finds it there.
    const ids = new Set(answers.flatMap((a) => (a.status === "fulfilled" ? [a.value.Certificate?.CertificateId] : [])));
    assert.deepEqual(ids, new Set(held.map((item) => item.CertificateId)));
    for (const answer of answers) {
      if (answer.status === "rejected") {
        assert.equal(answer.reason.message, "Cannot exceed quota for CertificatesPerUser: 2");
      }
    }
  });

  test("without a user name it is the signer's own certificate, and root has its own", async () => {
    const ann = await userWithKey(h, "ann", allow("iam:*SigningCertificate*", `arn:aws:iam::${testAccount}:user/ann`));
    const own = await upload(undefined, certificate("ec-p256"), (await freshAccount()).iam);
    assert.equal(own.Certificate?.UserName, testAccount);
    const hers = await upload(undefined, certificate("rsa-2048-c"), ann.iam);
    assert.equal(hers.Certificate?.UserName, "ann");
    assert.deepEqual(await list("ann"), [hers.Certificate]);
  });

  test("who may not, learns neither that a user is missing nor that a body is bad", async () => {
    const bob = await userWithKey(
      h,
      "bob",
      allow("iam:UploadSigningCertificate", `arn:aws:iam::${testAccount}:user/bob`),
    );
    for (const name of ["ann", "nobody"]) {
      assert.deepEqual(await refused(upload(name, "x", bob.iam)), {
        code: "AccessDenied",
        message: `User: arn:aws:iam::${testAccount}:user/bob is not authorized to perform: iam:UploadSigningCertificate on resource: arn:aws:iam::${testAccount}:user/${name} because no identity-based policy allows the iam:UploadSigningCertificate action`,
        status: 403,
      });
    }
  });

  test("limits are AWS's and are told without the value", async () => {
    assert.deepEqual(await refused(upload("a b", certificate("rsa-2048"))), {
      code: "ValidationError",
      message:
        "The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-",
      status: 400,
    });
    assert.deepEqual(await refused(upload("a".repeat(129), "x".repeat(16_385))), {
      code: "ValidationError",
      message:
        "2 validation errors detected: Value at 'userName' failed to satisfy constraint: Member must have length less than or equal to 128; Value at 'certificateBody' failed to satisfy constraint: Member must have length less than or equal to 16384",
      status: 400,
    });
    assert.deepEqual(await refused(upload("ann", "x".repeat(16_385))), {
      code: "ValidationError",
      message:
        "1 validation error detected: Value at 'certificateBody' failed to satisfy constraint: Member must have length less than or equal to 16384",
      status: 400,
    });
  });

  async function freshAccount() {
    return harness({ seed: "root's own" });
  }
});

/** RFC 4648, 6, without padding: written out here so that the product's own is not its own witness. */
function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? [])
    .map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Number.parseInt(five, 2)])
    .join("");
}

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  CreateIdentityProviderCommand,
  CreateUserPoolCommand,
  GetSigningCertificateCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  CreateUserCommand,
  UpdateSigningCertificateCommand,
  UploadSigningCertificateCommand,
} from "@aws-sdk/client-iam";
import { certificate } from "../../test/certificates.ts";
import {
  allow,
  type Credentials,
  type Harness,
  harness,
  startOfTest,
  testAccount,
  userWithKey,
} from "../../test/harness.ts";
import { keyPair, onlyKeyPairs } from "../../test/key-pairs.ts";
import { sign } from "../../test/requests.ts";
import { createSamlProvider } from "../../test/saml-providers.ts";
import { metadataOf, samlIdentityProvider } from "../../test/saml-responses.ts";
import { uploadServerCertificate } from "../../test/server-certificates.ts";
import { describeCertificate } from "../crypto/x509/describe.ts";
import { type ListedCertificate, listCertificates } from "../services/certificates.ts";

const day = 86_400_000;
const year = 31_556_952_000;

interface Page {
  readonly certificates: readonly ListedCertificate[];
  readonly nextToken?: string;
}

async function get(h: Harness, query: string, credentials: Credentials = h.root): Promise<[number, unknown]> {
  const request = {
    method: "GET",
    path: "/_countersign/certificates",
    query,
    headers: new Map([["host", "countersign.test"]]),
    body: new Uint8Array(0),
  };
  const response = await h.send(sign(request, credentials, { service: "countersign" }));
  return [response.status, JSON.parse(response.body)];
}

async function pageOf(h: Harness, query: string): Promise<Page> {
  const [status, body] = await get(h, query);
  assert.equal(status, 200);
  return body as Page;
}

/** All pages, one after the other. */
async function all(h: Harness, query = ""): Promise<readonly ListedCertificate[]> {
  const found: ListedCertificate[] = [];
  for (let after = ""; ; ) {
    const { certificates, nextToken } = await pageOf(h, `${query}${after && `&after=${after}`}`);
    found.push(...certificates);
    if (nextToken === undefined) return found;
    after = nextToken;
  }
}

function short({ owner, provider, kind, use, state, daysLeft }: ListedCertificate) {
  return [owner.replace(`:${testAccount}:`, ":"), ...(provider ? [provider] : []), kind, use, state, daysLeft];
}

suite("/_countersign/certificates", async () => {
  const h = await harness({ keyPairs: await onlyKeyPairs(keyPair(), keyPair(), keyPair()) });
  const idp = await samlIdentityProvider("https://one.example.com");
  const renewed = await samlIdentityProvider("https://one.example.com", {
    notBefore: startOfTest,
    notAfter: startOfTest + 700 * day,
  });
  const { UserPool } = await h.cognito.send(new CreateUserPoolCommand({ PoolName: "pool" }));
  const poolId = UserPool?.Id ?? "";
  const getCertificate = async () =>
    (await h.cognito.send(new GetSigningCertificateCommand({ UserPoolId: poolId }))).Certificate ?? "";
  const first = await getCertificate();
  const { cognito: abroad } = h.as(h.root, "eu-west-1");
  const other = (await abroad.send(new CreateUserPoolCommand({ PoolName: "other" }))).UserPool?.Id ?? "";
  await abroad.send(new GetSigningCertificateCommand({ UserPoolId: other }));
  await h.cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId: poolId,
      ProviderName: "Corporate",
      ProviderType: "SAML",
      ProviderDetails: { MetadataFile: metadataOf(idp, [idp.certificate, renewed.certificate]) },
    }),
  );
  await createSamlProvider(h, "iam-idp", idp);
  await h.iam.send(new CreateUserCommand({ UserName: "ann", Path: "/staff/" }));
  const upload = async (UserName: string | undefined, name: string) => {
    const { Certificate } = await h.iam.send(
      new UploadSigningCertificateCommand({ UserName, CertificateBody: certificate(name) }),
    );
    return Certificate?.CertificateId ?? "";
  };
  const soon = await upload("ann", "expires-2026-07");
  const CertificateId = await upload(undefined, "rsa-2048");
  await h.iam.send(new UpdateSigningCertificateCommand({ CertificateId, Status: "Inactive" }));
  await uploadServerCertificate(h.iam, "web", { Path: "/site/" });

  const pool = `arn:aws:cognito-idp:us-east-1:${testAccount}:userpool/${poolId}`;

  test("all of them: users', root's, servers', SAML providers', of user pools in every region", async () => {
    const listed = await all(h);
    assert.deepEqual(
      new Set(listed.map((each) => short(each).slice(0, -1).join(" "))),
      new Set([
        "arn:aws:iam::user/staff/ann signing-certificate signing Active",
        "arn:aws:iam::root signing-certificate signing Inactive",
        "arn:aws:iam::server-certificate/site/web server-certificate tls current",
        "arn:aws:iam::saml-provider/iam-idp saml-provider signing current",
        `arn:aws:cognito-idp:eu-west-1:userpool/${other} user-pool-signing signing current`,
        `${pool.replace(`:${testAccount}:`, ":")} user-pool-signing signing current`,
        `${pool.replace(`:${testAccount}:`, ":")} Corporate user-pool-encryption encryption current`,
        `${pool.replace(`:${testAccount}:`, ":")} Corporate identity-provider signing current`,
      ]),
    );
    assert.equal(listed.length, 9);
    const { serialNumber, fingerprint256 } = describeCertificate(first);
    assert.deepEqual(
      listed.find(({ owner, kind }) => owner === pool && kind === "user-pool-signing"),
      {
        owner: pool,
        kind: "user-pool-signing",
        use: "signing",
        state: "current",
        serialNumber,
        fingerprint256,
        subject: `CN=${poolId}`,
        notBefore: new Date(startOfTest).toISOString(),
        notAfter: new Date(startOfTest + 10 * year).toISOString(),
        daysLeft: 3652,
      },
    );
    const ids = listed.flatMap(({ certificateId }) => certificateId ?? []);
    assert.deepEqual(new Set(ids), new Set([soon, CertificateId]));
    assert.equal(JSON.stringify(listed).includes("PRIVATE"), false);
  });

  test("the same page by page, whatever the size of the pages", async () => {
    const whole = await all(h);
    for (const limit of [1, 2, 3, 5, 9]) {
      assert.deepEqual(await all(h, `limit=${limit}`), whole);
    }
    assert.ok((await pageOf(h, "limit=1")).certificates.length <= 1);
  });

  test("those that end within a time, as the clock has it", async () => {
    assert.deepEqual(await all(h, "expiring=86400"), []);
    const month = (await all(h, `expiring=${60 * 86_400}`)).map(short);
    assert.deepEqual(month, [
      ["arn:aws:iam::user/staff/ann", "signing-certificate", "signing", "Active", month[0]?.at(-1)],
    ]);
    const left = Number(month[0]?.at(-1));
    assert.ok(left > 0 && left < 60);

    // A year on: the pool has renewed, the first certificates of ann and of the identity provider have ended.
    h.clock.set(startOfTest + year + day);
    const second = await getCertificate();
    assert.notEqual(second, first);
    const signing = (await all(h)).filter(({ owner, kind }) => owner === pool && kind === "user-pool-signing");
    assert.deepEqual(
      signing.map(({ serialNumber, state, daysLeft }) => [serialNumber, state, daysLeft]),
      [
        [describeCertificate(first).serialNumber, "previous", 3286],
        [describeCertificate(second).serialNumber, "current", 3652],
      ],
    );
    const ended = await all(h, "expiring=0&limit=2");
    assert.deepEqual(
      new Set(ended.map((each) => short(each).slice(0, -1).join(" "))),
      new Set([
        "arn:aws:iam::user/staff/ann signing-certificate signing Active",
        "arn:aws:iam::saml-provider/iam-idp saml-provider signing current",
        `${pool.replace(`:${testAccount}:`, ":")} Corporate identity-provider signing current`,
      ]),
    );
    assert.ok(ended.every(({ daysLeft }) => daysLeft < 0));

    // Ten years on, what ended and was replaced is nobody's concern; what ended and is in use is.
    h.clock.set(startOfTest + 10 * year + day);
    const third = await getCertificate();
    const late = (await all(h)).filter(({ owner, kind }) => owner === pool && kind !== "identity-provider");
    assert.deepEqual(
      late.map(({ kind, state, daysLeft }) => [kind, state, daysLeft < 0]),
      [
        ["user-pool-encryption", "current", true],
        ["user-pool-signing", "previous", false],
        ["user-pool-signing", "current", false],
      ],
    );
    assert.equal(late.at(-1)?.serialNumber, describeCertificate(third).serialNumber);
    h.clock.set(startOfTest);
  });

  test("no other account's", async () => {
    const stranger = { accountId: "210987654321", partition: "aws" };
    assert.deepEqual(await listCertificates(h.environment, stranger, { limit: 100 }), { certificates: [] });
  });

  test("nobody but root, whatever its policies say", async () => {
    const bob = await userWithKey(h, "bob", allow("*"));
    assert.deepEqual(await get(h, "", bob.credentials), [
      403,
      { __type: "AccessDeniedException", message: "Only the account's root may do this." },
    ]);
  });

  test("what it does not understand it refuses", async () => {
    const refuses = async (query: string, message: string) =>
      assert.deepEqual(await get(h, query), [400, { __type: "ValidationException", message }]);
    for (const limit of ["0", "501", "x"]) await refuses(`limit=${limit}`, "Expected a limit from 1 to 500.");
    for (const time of ["", "-1", "30d", "1e3", "123456789012"]) {
      await refuses(`expiring=${time}`, "Expected expiring to be a number of seconds.");
    }
    const token = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    for (const after of [
      "",
      "x",
      ...[[], [9, ""], [0], [0, 1], [0, "", ""], [3, ""], ["0", ""], null, {}].map(token),
    ]) {
      await refuses(`after=${after}`, "Expected the nextToken of a page as after.");
    }
  });
});

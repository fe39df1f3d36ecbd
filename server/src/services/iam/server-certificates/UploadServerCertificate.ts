import { encodePrivateKey } from "../../../crypto/private-key.ts";
import { type Certificate, CertificateError, readCertificate } from "../../../crypto/x509/read.ts";
import { brokenLink, isKeyOf, readPrivateKey } from "../../../crypto/x509/server-certificate.ts";
import { uniqueId } from "../../../runtime/ids.ts";
import { serverCertificates } from "../../../store/server-certificates.ts";
import type { Call } from "../../operation.ts";
import { iam } from "../iam.ts";
import { exactKeys, mergeTags } from "../tags.ts";
import { nameIsTaken, serverCertificateArn, serverCertificateMetadata } from "./server-certificate.ts";

type UploadCall = Call<"MalformedCertificateException" | "KeyPairMismatchException">;

export const UploadServerCertificate = iam("UploadServerCertificate", {
  resource: (input, call) => ({ arn: serverCertificateArn(call, input.Path ?? "/", input.ServerCertificateName) }),

  // Signatures are checked before the transaction.
  transaction: "own",

  async handle(input, call) {
    const { store, seal, quotas } = call.environment;
    const name = input.ServerCertificateName;
    const tags = mergeTags(call, [], input.Tags ?? [], quotas.TagsPerServerCertificate, exactKeys);
    const certificate = usableCertificate(call, input.CertificateBody);
    const privateKey = keyOf(call, certificate, input.PrivateKey);
    if (input.CertificateChain !== undefined) checkChain(call, certificate, input.CertificateChain);
    const id = uniqueId(call.random, "ASCA");
    const row = {
      account_id: call.accountId,
      certificate_name: name,
      certificate_id: id,
      path: input.Path ?? "/",
      uploaded_at: call.now,
      not_after: certificate.notAfter,
      // Recorded from AWS: without the blanks at the end.
      body: input.CertificateBody.trimEnd(),
      chain: input.CertificateChain?.trimEnd() ?? null,
      private_key_sealed: seal.seal(privateKey, `server_certificates:${id}`, call.random.bytes(12)),
      tags,
    };
    privateKey.fill(0);
    await store.write(async (tx) => {
      if ((await serverCertificates.find(tx, call.accountId, name)) !== undefined) {
        call.fail("EntityAlreadyExistsException", nameIsTaken(name));
      }
      await serverCertificates.insert(tx, row);
      const quota = quotas.ServerCertificatesPerAccount;
      if ((await serverCertificates.count(tx, call.accountId)) > quota) {
        // Reported from AWS.
        call.fail("LimitExceededException", `Cannot exceed quota for ServerCertificatesPerAccount: ${quota}`);
      }
    });
    return {
      ServerCertificateMetadata: serverCertificateMetadata(call, row),
      ...(tags.length === 0 ? {} : { Tags: [...tags] }),
    };
  },
});

function usableCertificate(call: UploadCall, body: string): Certificate {
  const certificate = orMalformed(
    () => readCertificate(body),
    // Recorded from AWS, 2026-09.
    () =>
      call.fail(
        "MalformedCertificateException",
        "Unable to parse certificate. Please ensure the certificate is in PEM format.",
      ),
  );
  if (call.now < certificate.notBefore || call.now > certificate.notAfter) {
    // Recorded of one that has ended; reported, with this text, of one that has not begun.
    call.fail(
      "MalformedCertificateException",
      "Certificate is no longer valid. The 'Not After' date restriction on the certificate has passed.",
    );
  }
  return certificate;
}

function keyOf(call: UploadCall, certificate: Certificate, pem: string): Uint8Array {
  const privateKey = orMalformed(
    () => readPrivateKey(pem),
    // The text is ours, after the one for certificates: AWS's is not known.
    () =>
      call.fail(
        "MalformedCertificateException",
        "Unable to parse private key. Please ensure the private key is in PEM format.",
      ),
  );
  if (!isKeyOf(certificate, privateKey)) {
    // Recorded from AWS, 2026-09.
    call.fail(
      "KeyPairMismatchException",
      "The private key did not match the public key provided. Please verify the key material and try again.",
    );
  }
  return encodePrivateKey(privateKey);
}

/** No chain is no error, even where an authority issued the certificate (recorded from AWS, 2026-09). */
function checkChain(call: UploadCall, certificate: Certificate, chain: string): void {
  const broken = orMalformed(
    () => brokenLink(certificate, chain),
    // Recorded from AWS: without a message.
    () => call.fail("MalformedCertificateException"),
  );
  if (broken === undefined) return;
  // Recorded from AWS: the first one counts as -1, the second as 1.
  const index = broken === 0 ? -1 : broken;
  call.fail(
    "MalformedCertificateException",
    `Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: ${index}`,
  );
}

function orMalformed<T>(read: () => T, refuse: () => never): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    return refuse();
  }
}

import { serverCertificates } from "../../../store/server-certificates.ts";
import { iam } from "../iam.ts";
import { mayBecome } from "../users/rename.ts";
import { nameIsTaken, requireServerCertificate, serverCertificateArn } from "./server-certificate.ts";

export const UpdateServerCertificate = iam("UpdateServerCertificate", {
  resource: (input, call) => requireServerCertificate(call, input.ServerCertificateName),

  async handle(input, call, resource) {
    const { certificate } = resource;
    const wanted = input.NewServerCertificateName;
    const name = wanted ?? certificate.certificate_name;
    const path = input.NewPath ?? certificate.path;
    // IAM API reference: "the entity making the request must have permission" on both names, as for users.
    await mayBecome(call, "iam:UpdateServerCertificate", resource, serverCertificateArn(call, path, name));
    const namesake = wanted === undefined ? undefined : await serverCertificates.find(call.tx, call.accountId, wanted);
    if (namesake !== undefined && namesake.certificate_id !== certificate.certificate_id) {
      call.fail("EntityAlreadyExistsException", nameIsTaken(name));
    }
    // It keeps id and tags. On AWS, a request that changes nothing loses the tags for good (recorded, 2026-09): not here.
    await serverCertificates.rename(call.tx, certificate.certificate_id, name, path);
  },
});

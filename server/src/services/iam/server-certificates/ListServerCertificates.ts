import { serverCertificates } from "../../../store/server-certificates.ts";
import { accountResource, decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { serverCertificateMetadata } from "./server-certificate.ts";

export const ListServerCertificates = iam("ListServerCertificates", {
  resource: (input, call) => accountResource(call, `server-certificate${input.PathPrefix ?? "/"}`),

  async handle(input, call) {
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodeMarker(call, input.Marker);
    const found = await serverCertificates.list(call.tx, call.accountId, input.PathPrefix ?? "/", after, limit + 1);
    const { rows, ...more } = page(found, limit, (certificate) => certificate.name_key);
    return { ServerCertificateMetadataList: rows.map((row) => serverCertificateMetadata(call, row)), ...more };
  },
});

import { signingCertificates } from "../../../store/signing-certificates.ts";
import { decodePosition, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { certificateShape, requireOwner } from "./signing-certificate.ts";

export const ListSigningCertificates = iam("ListSigningCertificates", {
  resource: (input, call) => requireOwner(call, input.UserName),

  async handle(input, call, owner) {
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodePosition(call, input.Marker);
    const held = await signingCertificates.list(call.tx, call.accountId, owner.ownerId);
    const rest = after === 0 ? held : held.filter((row) => row.position > after);
    const { rows, ...more } = page(rest, limit, (row) => String(row.position));
    return { Certificates: rows.map((row) => certificateShape(call, row, owner)), ...more };
  },
});

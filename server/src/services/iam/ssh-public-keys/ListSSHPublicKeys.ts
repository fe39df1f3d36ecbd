import { sshPublicKeys } from "../../../store/ssh-public-keys.ts";
import { decodePosition, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { keyMetadata, requireKeyUser } from "./ssh-public-key.ts";

export const ListSSHPublicKeys = iam("ListSSHPublicKeys", {
  resource: (input, call) => requireKeyUser(call, input.UserName),

  async handle(input, call, resource) {
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodePosition(call, input.Marker);
    const held = await sshPublicKeys.list(call.tx, resource.user.user_id);
    const rest = held.filter((row) => row.position > after);
    const { rows, ...more } = page(rest, limit, (row) => String(row.position));
    return { SSHPublicKeys: rows.map((row) => keyMetadata(resource, row)), ...more };
  },
});

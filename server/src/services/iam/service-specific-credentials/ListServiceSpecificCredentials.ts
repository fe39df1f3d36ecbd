import { refusal } from "../../../contract/service-exception.ts";
import { serviceCredentials } from "../../../store/service-credentials.ts";
import { accountResource, decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import type { UserResource } from "../users/user.ts";
import { credentialMetadata, requireCredentialUser } from "./credential.ts";
import { serviceNamed, unsupported } from "./services.ts";

export const ListServiceSpecificCredentials = iam("ListServiceSpecificCredentials", {
  async resource(input, call): Promise<{ arn: string; user?: UserResource["user"] }> {
    if (input.AllUsers !== true) return requireCredentialUser(call, input.UserName);
    if (input.UserName !== undefined) {
      // Recorded from AWS, 2026-09, though its model does not list the error here.
      throw refusal("InvalidInputException", "Cannot list credentials for all users if a username is given");
    }
    return accountResource(call, "user/*");
  },

  async handle(input, call, { user }) {
    const limit = input.MaxItems ?? defaultPageSize;
    const after = decodeMarker(call, input.Marker);
    // Recorded from AWS, 2026-09: an empty name is none.
    const asked = input.ServiceName === undefined || input.ServiceName === "" ? undefined : input.ServiceName;
    const serviceName = asked === undefined ? undefined : serviceNamed(asked);
    if (asked !== undefined && serviceName === undefined) call.fail("NoSuchEntityException", unsupported(asked));
    const found =
      user === undefined
        ? await serviceCredentials.list(call.tx, call.accountId, serviceName, after, limit + 1)
        : (await serviceCredentials.listOfUser(call.tx, user.user_id)).filter(
            (row) => row.credential_id > after && (serviceName === undefined || row.service_name === serviceName),
          );
    const { rows, ...more } = page(found, limit, (row) => row.credential_id);
    return { ServiceSpecificCredentials: rows.map((row) => credentialMetadata(call, row)), ...more };
  },
});

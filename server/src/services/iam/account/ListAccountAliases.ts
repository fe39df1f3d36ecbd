import { decodeMarker } from "../../paging.ts";
import { iam } from "../iam.ts";
import { requireAccount, wholeAccount } from "./account.ts";

export const ListAccountAliases = iam("ListAccountAliases", {
  resource: () => wholeAccount,

  async handle(input, call) {
    decodeMarker(call, input.Marker);
    const { alias } = await requireAccount(call);
    return { AccountAliases: alias === null ? [] : [alias], IsTruncated: false };
  },
});

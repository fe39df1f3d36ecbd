import { accountOfAccessKeyId } from "../../runtime/ids.ts";
import { accessKeys } from "../../store/access-keys.ts";
import { refuseSession } from "../session.ts";
import { sts } from "./sts.ts";

export const GetAccessKeyInfo = sts("GetAccessKeyInfo", {
  resource(_input, call) {
    refuseSession(call, "GetAccessKeyInfo", "roles");
    return { arn: "*" };
  },

  async handle(input, call) {
    // A key of ours may have been brought along with an id of any form; every other id carries its account, live or not.
    const known = await accessKeys.find(call.tx, input.AccessKeyId);
    const Account = known?.account_id ?? accountOfAccessKeyId(input.AccessKeyId);
    return Account === undefined ? call.fail("ValidationError", "Invalid Access Key ID") : { Account };
  },
});

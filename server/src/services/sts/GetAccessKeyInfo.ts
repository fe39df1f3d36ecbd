import { accountOfAccessKeyId } from "../../runtime/ids.ts";
import { accessKeys } from "../../store/access-keys.ts";
import { sts } from "./sts.ts";

export const GetAccessKeyInfo = sts("GetAccessKeyInfo", {
  resource: () => ({ arn: "*" }),

  async handle(input, call) {
    // IAM User Guide, "Compare AWS STS credentials": those of GetSessionToken call nothing of STS but AssumeRole and
    // GetCallerIdentity. The text is that of their refusal by GetSessionToken: AWS's own is not known.
    if (call.caller.session !== undefined) {
      call.fail("AccessDenied", "Cannot call GetAccessKeyInfo with session credentials");
    }
    // A key of ours may have been brought along with an id of any form; every other id carries its account, live or not.
    const known = await accessKeys.find(call.tx, input.AccessKeyId);
    const Account = known?.account_id ?? accountOfAccessKeyId(input.AccessKeyId);
    return Account === undefined ? call.fail("ValidationError", "Invalid Access Key ID") : { Account };
  },
});

import { decodeAuthorizationMessage } from "../../access/authorization-message.ts";
import { refuseSession } from "../session.ts";
import { sts } from "./sts.ts";

export const DecodeAuthorizationMessage = sts("DecodeAuthorizationMessage", {
  resource(_input, call) {
    refuseSession(call, "DecodeAuthorizationMessage", "roles");
    return { arn: "*" };
  },

  transaction: "read",

  handle(input, call) {
    const DecodedMessage = decodeAuthorizationMessage(call.environment.seal, call.accountId, input.EncodedMessage);
    // The text is ours: no record of AWS's was found.
    if (DecodedMessage === undefined) return call.fail("InvalidAuthorizationMessageException", "Message is not valid");
    return { DecodedMessage };
  },
});

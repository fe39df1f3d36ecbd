import { packSession, type SessionPrincipal } from "../../access/session-token.ts";
import { roles } from "../../store/roles.ts";
import type { Tx } from "../../store/store.ts";
import { users } from "../../store/users.ts";
import { type DelegatedAccess, redeemExchangeToken } from "../delegated-access.ts";
import { issueCredentials, refuseSession } from "../session.ts";
import { sts } from "./sts.ts";

export const GetDelegatedAccessToken = sts("GetDelegatedAccessToken", {
  resource(_input, call) {
    refuseSession(call, "GetDelegatedAccessToken", "roles");
    return { arn: "*" };
  },

  // Nothing is written: what a session is travels sealed inside its token.
  transaction: "read",

  async handle(input, call) {
    const { environment, tx, now } = call;
    const access = await redeemExchangeToken(environment, tx, input.TradeInToken, call.accountId, now);
    const principal = access === undefined || access === "expired" ? undefined : await approver(tx, access);
    if (access === undefined || access === "expired" || principal === undefined) {
      // The STS API reference's text. It models no other error for a token that is not good, whatever the reason.
      return call.fail(
        "ExpiredTradeInTokenException",
        "The trade-in token provided in the request has expired and can no longer be exchanged for credentials. Request a new token and retry the operation.",
      );
    }
    const packed = packSession({ policies: { document: access.policy, arns: [] } });
    const { Credentials } = issueCredentials(
      call,
      { accountId: access.ownerAccount, principal, packed },
      (access.expiresAt - now) / 1000,
      undefined,
    );
    return { Credentials, AssumedPrincipal: access.approverArn };
  },
});

/** Who accepted the request, as the store has him now; undefined where he is gone. */
async function approver(tx: Tx, { approverArn, ownerAccount }: DelegatedAccess): Promise<SessionPrincipal | undefined> {
  const [kind, ...rest] = approverArn.slice(approverArn.lastIndexOf(":") + 1).split("/");
  const name = rest.at(-1) ?? "";
  if (kind === "root") return { kind };
  if (kind === "user") {
    const user = await users.find(tx, ownerAccount, name);
    return user === undefined ? undefined : { kind, userId: user.user_id };
  }
  const role = kind === "assumed-role" ? await roles.find(tx, ownerAccount, rest[0] ?? "") : undefined;
  return role === undefined ? undefined : { kind: "role", roleId: role.role_id, sessionName: name };
}

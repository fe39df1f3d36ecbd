import { type AccountRow, accounts } from "../../../store/accounts.ts";
import type { Call, Resource } from "../../operation.ts";

/** What operations on the account itself act on: AWS defines no resource for them. */
export const wholeAccount: Resource = { arn: "*" };

/** The caller's account; `--auth off` may act in one that a first start under another id did not make. */
export async function requireAccount(call: Call): Promise<AccountRow> {
  const account = await accounts.find(call.tx, call.accountId);
  if (account === undefined) throw new Error(`account ${call.accountId} is not in the store`);
  return account;
}

import type { Environment, RequestFacts } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import { confirm } from "./accounts.ts";
import type { Fault } from "./fault.ts";

/** What became of a link in a message. */
export interface Followed {
  /** Undefined where the link names no client. */
  readonly context: ClientContext | undefined;
  readonly fault: Fault | undefined;
}

/** Whose pool a link is of: it names a client, and is under this server's own address (messages/compose.ts). */
export async function poolOfLink({ store, appClients }: Environment, clientId: string): Promise<string | undefined> {
  const context = await store.read((tx) => appClients.find(tx, clientId));
  return context?.pool.pool_id;
}

/** Names and codes are much shorter. */
const longest = 256;

/** A link of CONFIRM_WITH_LINK: whoever has it reads the user's mail, which is all that it takes. */
export async function followConfirmationLink(
  environment: Environment,
  facts: RequestFacts,
  query: URLSearchParams,
): Promise<Followed> {
  const clientId = query.get("client_id") ?? "";
  const username = query.get("user_name") ?? "";
  const code = query.get("confirmation_code") ?? "";
  const context = await environment.store.read((tx) => environment.appClients.find(tx, clientId));
  const isWhole = username !== "" && code !== "" && username.length <= longest && code.length <= longest;
  if (context === undefined || !isWhole) return { context, fault: { kind: "incomplete" } };
  return { context, fault: (await confirm({ environment, facts, context }, username, code))?.fault };
}

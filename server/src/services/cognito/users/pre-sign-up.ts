import type { AttributeType } from "@aws-sdk/client-cognito-identity-provider";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Call } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import type { StringMap, TriggerEvents } from "../triggers/events.ts";

type PreSignUp = TriggerEvents["PreSignUp"];

/** Asks the pool's function about somebody who is about to be a user; undefined where it has none. */
export function askPreSignUp(
  { environment, facts }: Call,
  { pool }: PoolContext,
  user: Pick<PoolUserRow, "attributes"> & { readonly username: string },
  from: {
    readonly source: PreSignUp["source"];
    readonly clientId?: string | undefined;
    readonly validation?: readonly AttributeType[] | undefined;
    readonly clientMetadata?: StringMap | undefined;
  },
): Promise<PreSignUp["response"] | undefined> {
  return environment.triggers.invoke(pool, "PreSignUp", {
    triggerSource: from.source,
    userName: user.username,
    clientId: from.clientId,
    userAgent: facts.userAgent,
    request: {
      userAttributes: user.attributes,
      validationData:
        from.validation && Object.fromEntries(from.validation.map(({ Name = "", Value = "" }) => [Name, Value])),
      clientMetadata: from.clientMetadata,
    },
  });
}

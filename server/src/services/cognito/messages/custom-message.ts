import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Call } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { eventAttributes } from "../users/pool-user.ts";
import type { Medium } from "./address.ts";
import { type CustomMessage, codePlaceholder, linkPlaceholder, type Occasion, usernamePlaceholder } from "./compose.ts";

type TriggerCall = Call<
  "UnexpectedLambdaException" | "UserLambdaValidationException" | "InvalidLambdaResponseException"
>;

/**
 * What the pool's CustomMessage trigger makes of a message that is about to be sent; undefined where there is none. Asked
 * before the transaction that sends it, since a function may take seconds. Pools with a sender of their own are refused:
 * what a sender is given would be encrypted by KMS.
 */
export async function customMessage(
  { environment, facts }: TriggerCall,
  { pool }: PoolContext,
  user: Pick<PoolUserRow, "user_id" | "username" | "status" | "attributes">,
  occasion: {
    readonly kind: Occasion["kind"];
    readonly medium: Medium;
    readonly clientId?: string | undefined;
    readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
  },
): Promise<CustomMessage | undefined> {
  const { kind, medium, clientId, clientMetadata } = occasion;
  environment.triggers.refuseCustomSender(pool, medium);
  return environment.triggers.invoke(pool, "CustomMessage", {
    triggerSource: `CustomMessage_${kind}`,
    userName: user.username,
    clientId,
    userAgent: facts.userAgent,
    request: {
      userAttributes: eventAttributes(user),
      codeParameter: codePlaceholder,
      linkParameter: linkPlaceholder,
      usernameParameter: kind === "AdminCreateUser" ? usernamePlaceholder : undefined,
      clientMetadata,
    },
  });
}

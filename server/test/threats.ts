/** User pools with threat protection, for tests. */
import {
  AdminInitiateAuthCommand,
  type AdminInitiateAuthCommandInput,
  AdminListUserAuthEventsCommand,
  type AuthEventType,
  type CreateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Harness } from "./harness.ts";
import { createClient, createPool, createSomebody, password } from "./pool-users.ts";

export interface Place {
  readonly ip?: string;
  readonly agent?: string;
  readonly country?: string;
}

export const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/** A pool whose events are kept, a client of it, and `ann`, who has a password and a verified address. */
export async function threatPool(
  h: Harness,
  mode: "AUDIT" | "ENFORCED" | "OFF",
  more: Partial<CreateUserPoolCommandInput> = {},
) {
  const UserPoolId = await createPool(h, {
    UserPoolTier: "PLUS",
    UserPoolAddOns: { AdvancedSecurityMode: mode },
    ...more,
  });
  const ExplicitAuthFlows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH"] as const;
  const { ClientId } = await createClient(h, UserPoolId, { ExplicitAuthFlows: [...ExplicitAuthFlows] });
  const { Attributes } = await createSomebody(h, UserPoolId, "ann");
  const sub = Attributes?.find(({ Name }) => Name === "sub")?.Value ?? "";
  const begin = (
    { ip = "192.0.2.10", agent = firefox, country }: Place = {},
    given = password,
    Username = "ann",
    parameters: Partial<AdminInitiateAuthCommandInput> = {},
  ) =>
    h.cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: Username, PASSWORD: given },
        ContextData: {
          IpAddress: ip,
          ServerName: "app.example.com",
          ServerPath: "/",
          HttpHeaders: [
            { headerName: "User-Agent", headerValue: agent },
            ...(country === undefined ? [] : [{ headerName: "CloudFront-Viewer-Country", headerValue: country }]),
          ],
        },
        ...parameters,
      }),
    );
  const events = async (Username = "ann"): Promise<AuthEventType[]> => {
    const { AuthEvents } = await h.cognito.send(new AdminListUserAuthEventsCommand({ UserPoolId, Username }));
    return AuthEvents ?? [];
  };
  return { UserPoolId, ClientId, sub, begin, events };
}

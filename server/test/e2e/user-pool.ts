/** A user pool behind a socket, as applications find it, and the codes that its users are sent. */
import { after } from "node:test";
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { readConfig } from "../../src/config.ts";
import { start } from "../../src/main.ts";
import { shiftedClock } from "../../src/runtime/clock.ts";
import { silentLog } from "../../src/runtime/log.ts";
import { readOutbox } from "../../src/services/cognito/messages/outbox.ts";
import { codeOf } from "../pool-factors.ts";
import { rootKey } from "./process.ts";

/** Its users may sign themselves up with an address, and turn an authenticator app on. */
export async function userPool(
  pool: Partial<CreateUserPoolCommandInput> = {},
  client: Partial<CreateUserPoolClientCommandInput> = {},
) {
  const config = readConfig(["--memory", "--port", "0"], {
    AWS_ACCESS_KEY_ID: rootKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
  });
  const clock = shiftedClock();
  const running = await start(config, { log: silentLog, clock });
  after(() => running.stop());
  const cognito = new CognitoIdentityProviderClient({
    endpoint: running.endpoint,
    region: "us-east-1",
    credentials: rootKey,
  });
  after(() => cognito.destroy());
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({ PoolName: "people", AutoVerifiedAttributes: ["email"], ...pool }),
  );
  const UserPoolId = UserPool?.Id ?? "";
  await cognito.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId,
      MfaConfiguration: "OPTIONAL",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    }),
  );
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: "web", ...client }),
  );
  return {
    cognito,
    endpoint: running.endpoint,
    UserPoolId,
    ClientId: UserPoolClient?.ClientId ?? "",
    /** The code of the newest message to this address. */
    async codeSentTo(to: string): Promise<string> {
      const { messages } = await readOutbox(running.environment, "000000000000", { to, limit: 1 });
      const [code] = /\b\d{6,8}\b/.exec(messages[0]?.message ?? "") ?? [];
      if (code === undefined) throw new Error(`no code was sent to ${to}`);
      return code;
    },
    /** What the authenticator app shows now, or so many half minutes later: each code signs in once. */
    appCode: (secret: string, steps = 0): string => codeOf({ clock }, secret, steps),
  };
}

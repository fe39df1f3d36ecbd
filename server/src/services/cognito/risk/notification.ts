import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Tx } from "../../../store/store.ts";
import type { Call } from "../../operation.ts";
import type { ClientContext } from "../app-clients/app-client.ts";
import { addressOf } from "../messages/address.ts";
import { queueMessage } from "../messages/outbox.ts";
import { feedbackToken } from "./auth-event.ts";
import type { Risk } from "./decide.ts";
import type { Origin } from "./origin.ts";
import { riskSettingsFor } from "./risk-configuration.ts";

/** AWS's own texts (developer guide, "Message templates" of threat protection), shortened to what is always known. */
const defaults = {
  BlockEmail: {
    Subject: "Blocked sign-in attempt",
    TextBody:
      "We blocked an unrecognized sign-in to your account with this information:\nTime: {login-time}\nDevice: {device-name}\nLocation: {city}, {country}\nIf this sign-in was not by you, you should change your password.",
  },
  MfaEmail: {
    Subject: "New sign-in attempt",
    TextBody:
      "We required you to use multi-factor authentication for the following sign-in attempt:\nTime: {login-time}\nDevice: {device-name}\nLocation: {city}, {country}\nIf this sign-in was not by you, you should change your password.",
  },
  NoActionEmail: {
    Subject: "New sign-in attempt",
    TextBody:
      "We observed an unrecognized sign-in to your account with this information:\nTime: {login-time}\nDevice: {device-name}\nLocation: {city}, {country}\nIf this sign-in was not by you, you should change your password.",
  },
} as const;

const placeholder = /\{(ip-address|city|country|login-time|device-name|event-id|feedback-token|username)\}/g;

/** Tells the user of a sign-in, where there is an address to tell it to. The one-click links of AWS need managed login. */
export async function queueNotification(
  call: Pick<Call, "environment" | "now">,
  tx: Tx,
  context: ClientContext,
  user: PoolUserRow,
  { eventId, origin, risk }: { readonly eventId: string; readonly origin: Origin; readonly risk: Risk },
): Promise<void> {
  const address = addressOf("email", user.attributes);
  if (address === undefined) return;
  const { pool, client } = context;
  const settings = await riskSettingsFor(tx, pool.pool_id, client.client_id);
  const { NotifyConfiguration: given } = settings.AccountTakeoverRiskConfiguration ?? {};
  const kind =
    risk.decision === "Block" ? "BlockEmail" : risk.action?.startsWith("MFA") === true ? "MfaEmail" : "NoActionEmail";
  const { Subject = "", TextBody, HtmlBody } = { ...defaults[kind], ...given?.[kind] };
  const isHtml = HtmlBody !== undefined && given?.[kind]?.TextBody === undefined;
  const values: Readonly<Record<string, string>> = {
    "ip-address": origin.ip,
    city: "unknown",
    country: origin.country ?? "unknown",
    "login-time": new Date(call.now).toISOString(),
    "device-name": origin.deviceName ?? "unknown",
    "event-id": eventId,
    "feedback-token": feedbackToken(call.environment, user.user_id, eventId),
    username: user.username,
  };
  const fill = (template: string, escapes: boolean) =>
    template.replace(placeholder, (_, name: string) => (escapes ? escaped(values[name] ?? "") : (values[name] ?? "")));
  await queueMessage(call, tx, {
    context,
    user,
    kind: "AccountTakeOverNotification",
    address,
    content: { subject: fill(Subject, false), body: fill((isHtml ? HtmlBody : TextBody) ?? "", isHtml), isHtml },
  });
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

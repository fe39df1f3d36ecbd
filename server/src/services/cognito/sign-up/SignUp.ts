import type { SignUpRequest } from "@aws-sdk/client-cognito-identity-provider";
import type { CognitoApi } from "../../../contract/cognito.ts";
import type { Call } from "../../operation.ts";
import { type ClientContext, requirePublicClient, requireSecretHash } from "../app-clients/app-client.ts";
import { inOrder, requireWritable } from "../attributes/attribute-rules.ts";
import { issueCode } from "../codes/code.ts";
import { cognito } from "../cognito.ts";
import { signUpAddress } from "../messages/address.ts";
import { customMessage } from "../messages/custom-message.ts";
import { sendCode } from "../messages/outbox.ts";
import { makePassword } from "../passwords/set-password.ts";
import { recordStep } from "../risk/auth-event.ts";
import { signUpSession } from "../sign-in/auto-sign-in.ts";
import { attributesOfNewUser, insertPoolUser, newPoolUser, requireFreeUsername } from "../users/new-pool-user.ts";
import { askPreSignUp } from "../users/pre-sign-up.ts";
import { afterConfirmation } from "./confirmation.ts";

type SignUpCall = Call<CognitoApi["SignUp"]["error"]>;

/** Reported from AWS. */
const taken = "User already exists";

export const SignUp = cognito("SignUp", {
  // Triggers are asked, and a password's verifier is made, outside any transaction.
  transaction: "own",

  resource: () => ({ arn: "*", public: true as const }),

  async handle(input, call) {
    const { store } = call.environment;
    const { ClientId: clientId, Username, ClientMetadata: clientMetadata } = input;
    const userId = call.random.uuid();
    const { context, given } = await store.read(async (tx) => {
      const context = await requirePublicClient(call, tx, clientId);
      requireSecretHash(call, context, Username, input.SecretHash);
      const given = attributesOf(call, context, input);
      requirePasswordOrOther(call, context, input.Password);
      await requireFreeUsername(call, tx, context, Username, taken);
      return { context, given };
    });
    const { configuration } = context;
    const draft = newPoolUser(call, context, userId, {
      username: Username,
      attributes: given,
      status: "UNCONFIRMED",
      password: undefined,
    });
    // The policy is looked at first: a function that is called for its decision may write down what it decided.
    const made =
      input.Password === undefined
        ? undefined
        : await makePassword(call, context, draft, input.Password, {
            temporary: false,
            isFirst: true,
            event: "SIGN_UP",
          });
    const decided = await askPreSignUp(call, context, draft, {
      source: "PreSignUp_SignUp",
      clientId,
      validation: input.ValidationData,
      clientMetadata,
    });
    // Of an address that nobody vouched for the flag says so (recorded from AWS, 2026-09), unlike AdminCreateUser's.
    const attributes = inOrder({
      ...given,
      ...(given.email !== undefined && { email_verified: String(decided?.autoVerifyEmail === true) }),
      ...(given.phone_number !== undefined && { phone_number_verified: String(decided?.autoVerifyPhone === true) }),
    });
    const status = decided?.autoConfirmUser ? "CONFIRMED" : "UNCONFIRMED";
    const user = newPoolUser(call, context, userId, {
      username: Username,
      attributes,
      status,
      password: made?.fields,
    });
    const address = status === "CONFIRMED" ? undefined : signUpAddress(configuration, attributes);
    const kind = "SignUp";
    const custom =
      address && (await customMessage(call, context, user, { kind, medium: address.medium, clientId, clientMetadata }));
    const CodeDeliveryDetails = await store.write(async (tx) => {
      await requireFreeUsername(call, tx, context, Username, taken);
      await insertPoolUser(call, tx, context, user, false);
      const response = status === "CONFIRMED" ? "Pass" : "InProgress";
      await recordStep(call, tx, context, user, input, { type: "SignUp", response });
      if (address === undefined) return undefined;
      const { destination } = address;
      const code = await issueCode(call, tx, { poolId: user.pool_id, userId, purpose: "sign-up", destination });
      return sendCode(call, tx, { context, user, kind, address, code, clientId, custom });
    });
    if (status === "CONFIRMED") {
      await afterConfirmation(call, context, user, "ConfirmSignUp", { clientId, clientMetadata });
    }
    const Session = signUpSession(call, context, user, status === "CONFIRMED" ? "CONFIRMED_SIGN_UP" : "SIGN_UP");
    return { UserConfirmed: status === "CONFIRMED", UserSub: userId, CodeDeliveryDetails, Session };
  },
});

/** What the user says of himself, with the username where that is an address. */
function attributesOf(call: SignUpCall, context: ClientContext, input: SignUpRequest): Record<string, string> {
  const { configuration, clientConfiguration } = context;
  if (configuration.AdminCreateUserConfig?.AllowAdminCreateUserOnly === true) {
    // Reported from AWS.
    call.fail("NotAuthorizedException", "SignUp is not permitted for this user pool");
  }
  const given = input.UserAttributes ?? [];
  requireWritable(
    call,
    clientConfiguration,
    given.map(({ Name }) => Name ?? ""),
  );
  return attributesOfNewUser(call, configuration, input.Username ?? "", given, { areRequired: true });
}

/** Without a password only where something else can be the first factor (API reference, SignUp). */
function requirePasswordOrOther(
  call: SignUpCall,
  { configuration }: ClientContext,
  password: string | undefined,
): void {
  if (password !== undefined) return;
  const factors = configuration.Policies.SignInPolicy?.AllowedFirstAuthFactors ?? [];
  if (factors.some((factor) => factor !== "PASSWORD")) return;
  // The text is ours.
  call.fail("InvalidParameterException", "A password is required: the user pool has no other first factor.");
}

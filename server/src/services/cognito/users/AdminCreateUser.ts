import type { AdminCreateUserRequest } from "@aws-sdk/client-cognito-identity-provider";
import type { CognitoApi } from "../../../contract/cognito.ts";
import type { PoolUserRow } from "../../../store/pool-users.ts";
import type { Call } from "../../operation.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { cognito } from "../cognito.ts";
import { temporaryPassword } from "../passwords/password-policy.ts";
import { makePassword, setPassword } from "../passwords/set-password.ts";
import { type Invitation, planInvitation, sendInvitation } from "./invitation.ts";
import {
  attributesOfNewUser,
  insertPoolUser,
  type NewPoolUser,
  newPoolUser,
  requireFreeUsername,
} from "./new-pool-user.ts";
import { poolUserShape, requirePoolUser, rereadPoolUser } from "./pool-user.ts";
import { askPreSignUp } from "./pre-sign-up.ts";
import { requirePool } from "./user-of-pool.ts";

type CreateCall = Call<CognitoApi["AdminCreateUser"]["error"]>;

/** Reported from AWS, as SignUp's "User already exists" is. */
const taken = "User account already exists";

export const AdminCreateUser = cognito("AdminCreateUser", {
  // Triggers are asked, and a password's verifier is made, outside any transaction.
  transaction: "own",

  resource: (input, call) => requirePool(call, input.UserPoolId),

  async handle(input, call, context) {
    const make = input.MessageAction === "RESEND" ? inviteAgain : create;
    return { User: poolUserShape(await make(call, context, input)) };
  },
});

async function create(call: CreateCall, context: PoolContext, input: AdminCreateUserRequest): Promise<PoolUserRow> {
  const { configuration } = context;
  const { store, random } = call.environment;
  const username = input.Username ?? "";
  const attributes = attributesOfNewUser(call, configuration, username, input.UserAttributes, { areRequired: false });
  // An alias is what is verified, so that nothing else can be taken from another user (API reference).
  const isVerified = attributes.email_verified === "true" || attributes.phone_number_verified === "true";
  const moves = input.ForceAliasCreation === true && isVerified;
  await store.read((tx) => requireFreeUsername(call, tx, context, username, taken, moves));

  const userId = random.uuid();
  const password = passwordOf(call, context, input, attributes);
  const status = password === undefined ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD";
  const draft: NewPoolUser = { username, attributes, status, password: undefined };
  const made =
    password === undefined
      ? undefined
      : await makePassword(call, context, newPoolUser(call, context, userId, draft), password, {
          temporary: true,
          isFirst: true,
        });
  const user = newPoolUser(call, context, userId, { ...draft, password: made?.fields });
  // The function can refuse. What it would confirm is not looked at here, unlike on SignUp (developer guide, "Pre sign-up").
  await askPreSignUp(call, context, user, {
    source: "PreSignUp_AdminCreateUser",
    validation: input.ValidationData,
    clientMetadata: input.ClientMetadata,
  });
  const invitation = await invitationOf(call, context, input, user, password);

  await store.write(async (tx) => {
    await requireFreeUsername(call, tx, context, username, taken, moves);
    await insertPoolUser(call, tx, context, user, moves);
    if (invitation !== undefined) await sendInvitation(call, tx, invitation);
  });
  return user;
}

/** A new temporary password, which lasts as long as the first one did. */
async function inviteAgain(
  call: CreateCall,
  context: PoolContext,
  input: AdminCreateUserRequest,
): Promise<PoolUserRow> {
  const { store, random } = call.environment;
  const user = await store.read((tx) => requirePoolUser(call, tx, context, input.Username ?? ""));
  requireInvited(call, user);
  const password = input.TemporaryPassword || temporaryPassword(random, context.configuration.Policies.PasswordPolicy);
  const made = await makePassword(call, context, user, password, { temporary: true, isFirst: true });
  const invitation = await invitationOf(call, context, input, user, password);
  return store.write(async (tx) => {
    const before = await rereadPoolUser(call, tx, user);
    requireInvited(call, before);
    const after = await setPassword(call, tx, context, before, made, "FORCE_CHANGE_PASSWORD");
    if (invitation !== undefined) await sendInvitation(call, tx, invitation);
    return after;
  });
}

function requireInvited(call: CreateCall, user: PoolUserRow): void {
  if (user.status !== "FORCE_CHANGE_PASSWORD") {
    // As other implementations have it from AWS, 2026.
    call.fail(
      "UnsupportedUserStateException",
      `Resend not possible. ${user.username} status is not FORCE_CHANGE_PASSWORD`,
    );
  }
}

/**
 * The one that is given, or one that is made up. None where the pool lets users in by codes and none is given: then there
 * must be somewhere to send a code (API reference, TemporaryPassword and UserAttributes).
 */
function passwordOf(
  call: CreateCall,
  { configuration }: PoolContext,
  input: AdminCreateUserRequest,
  attributes: Readonly<Record<string, string>>,
): string | undefined {
  if (input.TemporaryPassword) return input.TemporaryPassword;
  const { PasswordPolicy, SignInPolicy } = configuration.Policies;
  const factors = SignInPolicy?.AllowedFirstAuthFactors ?? [];
  const byEmail = factors.includes("EMAIL_OTP");
  const bySms = factors.includes("SMS_OTP");
  if (!byEmail && !bySms) return temporaryPassword(call.random, PasswordPolicy);
  if ((byEmail && attributes.email !== undefined) || (bySms && attributes.phone_number !== undefined)) return undefined;
  // The text is ours.
  return call.fail(
    "InvalidParameterException",
    "A user without a password must have an email address or a phone number that one-time passwords can be sent to.",
  );
}

async function invitationOf(
  call: CreateCall,
  context: PoolContext,
  input: AdminCreateUserRequest,
  user: PoolUserRow,
  password: string | undefined,
): Promise<Invitation | undefined> {
  if (password === undefined || input.MessageAction === "SUPPRESS") return undefined;
  return planInvitation(call, context, user, {
    username: input.Username ?? "",
    password,
    mediums: input.DesiredDeliveryMediums,
    clientMetadata: input.ClientMetadata,
  });
}

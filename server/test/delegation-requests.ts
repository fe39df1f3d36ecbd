import {
  AcceptDelegationRequestCommand,
  AssociateDelegationRequestCommand,
  CreateDelegationRequestCommand,
  type CreateDelegationRequestCommandInput,
  CreatePolicyCommand,
  GetDelegationRequestCommand,
  type IAMClient,
} from "@aws-sdk/client-iam";
import { accessKeyId, secretAccessKey } from "../src/runtime/ids.ts";
import { accessKeys } from "../src/store/access-keys.ts";
import { accounts } from "../src/store/accounts.ts";
import { type Clients, type Harness, startOfTest, testAccount } from "./harness.ts";

export const partner = "210987654321";
export const day = 24 * 60 * 60 * 1000;

/** The root of another account of the same server: who asks for access. */
export async function otherAccount(h: Harness, accountId = partner): Promise<Clients> {
  const { random, seal, store } = h.environment;
  const key = {
    accessKeyId: accessKeyId(random, "AKIA", accountId),
    secretAccessKey: secretAccessKey(random),
  };
  await store.write(async (tx) => {
    await accounts.insert(tx, {
      account_id: accountId,
      created_at: startOfTest,
      alias: null,
      password_policy_json: null,
    });
    await accessKeys.insert(tx, {
      access_key_id: key.accessKeyId,
      account_id: accountId,
      user_id: null,
      secret_sealed: seal.seal(key.secretAccessKey, `access_keys:${key.accessKeyId}`, random.bytes(12)),
      status: "Active",
      created_at: startOfTest,
      changed_at: startOfTest,
    });
  });
  return h.as(key);
}

/** A template of the partner's, which lets read one bucket. */
export async function bucketTemplate(iam: IAMClient): Promise<string> {
  const { Policy } = await iam.send(
    new CreatePolicyCommand({
      PolicyName: "bucket-template",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::@{bucketName}/*" }],
      }),
    }),
  );
  return Policy?.Arn ?? "";
}

/** An otherAccount with a template, and requests of its own. */
export async function partnerOf(h: Harness) {
  const clients = await otherAccount(h);
  const PolicyTemplateArn = await bucketTemplate(clients.iam);
  let asked = 0;
  const ask = async (input: Partial<CreateDelegationRequestCommandInput> = {}): Promise<string> => {
    const { DelegationRequestId } = await clients.iam.send(
      new CreateDelegationRequestCommand({
        OwnerAccountId: testAccount,
        Description: "Reads a bucket.",
        Permissions: { PolicyTemplateArn, Parameters: [{ Name: "bucketName", Values: ["theirs"] }] },
        RequestorWorkflowId: `workflow-${++asked}`,
        NotificationChannel: `arn:aws:sns:us-east-1:${partner}:requests`,
        SessionDuration: 3600,
        ...input,
      }),
    );
    return DelegationRequestId ?? "";
  };
  return { ...clients, PolicyTemplateArn, ask };
}

export async function associate(iam: IAMClient, DelegationRequestId: string): Promise<void> {
  await iam.send(new AssociateDelegationRequestCommand({ DelegationRequestId }));
}

export async function accept(iam: IAMClient, DelegationRequestId: string): Promise<void> {
  await iam.send(new AcceptDelegationRequestCommand({ DelegationRequestId }));
}

export async function request(iam: IAMClient, DelegationRequestId: string) {
  return (await iam.send(new GetDelegationRequestCommand({ DelegationRequestId }))).DelegationRequest;
}

export function noSuchRequest(id: string) {
  return { code: "NoSuchEntity", message: `The delegation request with id ${id} cannot be found.`, status: 404 };
}

export function wrongState(id: string, state: string, wanted: string, code = "InvalidInput") {
  const message = `The delegation request with id ${id} is in the state ${state}; it must be ${wanted}.`;
  return { code, message, status: 400 };
}

export const noId = "00000000-0000-0000-0000-000000000000";

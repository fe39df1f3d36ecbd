import type { Authenticated } from "../../access/authenticate.ts";
import type { Caller } from "../../access/caller.ts";
import type { ServiceException } from "../../contract/service-exception.ts";
import type { Model } from "../../contract/shape.ts";
import type { Environment } from "../../services/operation.ts";
import type { HttpRequest } from "../http.ts";

/** What is known of a request once it is answered. */
export interface Audited {
  readonly request: HttpRequest;
  readonly requestId: string;
  readonly operation: { readonly model: Model; readonly name: string; readonly signed: boolean };
  /** Undefined where it could not be told. */
  readonly identified: Authenticated | undefined;
  /** Redacted; undefined where it could not be read. */
  readonly parameters: unknown;
  readonly refusal?: ServiceException | undefined;
}

const version = "1.11";

/** A record as CloudTrail's are ("CloudTrail record contents", 2026), of whatever operation; nothing that was answered is in it. */
export function audit({ auditLog, clock, random }: Environment, audited: Audited): void {
  if (auditLog === undefined) return;
  const { request, requestId, operation, identified, parameters, refusal } = audited;
  const caller = identified?.caller;
  auditLog.write({
    eventVersion: version,
    userIdentity: operation.signed && caller !== undefined ? identityOf(caller) : anonymous,
    eventTime: `${new Date(clock.now()).toISOString().slice(0, 19)}Z`,
    eventSource: `${operation.model.service}.amazonaws.com`,
    eventName: operation.name,
    awsRegion: identified?.region ?? "us-east-1",
    sourceIPAddress: request.remoteAddress,
    userAgent: request.headers.get("user-agent"),
    errorCode: refusal?.code,
    errorMessage: refusal?.message || undefined,
    requestParameters: parameters ?? null,
    responseElements: null,
    requestID: requestId,
    eventID: random.uuid(),
    readOnly: readOnly.test(operation.name),
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: caller?.accountId,
    eventCategory: "Management",
  });
}

const readOnly = /^(?:Get|List|Describe|AdminGet|AdminList|Simulate|Decode)/;

/** As CloudTrail has requests of user pools that nobody signed. */
const anonymous = { type: "Unknown", principalId: "Anonymous" };

const types = { root: "Root", user: "IAMUser", role: "AssumedRole", federated: "FederatedUser" } as const;

function identityOf(caller: Caller): object {
  const { kind, userId, arn, accountId, accessKeyId, userName, session } = caller;
  return {
    type: types[kind],
    principalId: userId,
    arn,
    accountId,
    accessKeyId: accessKeyId || undefined,
    userName: kind === "user" ? userName : undefined,
    sessionContext: session && {
      sessionIssuer: session.issuer && {
        type: { role: "Role", user: "IAMUser", root: "Root" }[session.issuer.kind],
        principalId: session.issuer.id,
        arn: session.issuer.arn,
        accountId,
        userName: session.issuer.name,
      },
      attributes: {
        creationDate: `${new Date(session.issuedAt).toISOString().slice(0, 19)}Z`,
        mfaAuthenticated: String(session.mfaAt !== undefined),
      },
      sourceIdentity: session.sourceIdentity,
    },
  };
}

/** CloudTrail writes AWS's names with a small first letter: `userName`, `sAMLProviderArn`. */
export function auditName(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}

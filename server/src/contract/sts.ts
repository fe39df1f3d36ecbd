// Made by tools/contract (npm run contract); do not edit: correct tools/contract/overrides.ts and run it again.
// From @aws-sdk/client-sts 3.1169.0 and the AWS API model of botocore 1.43.107.
import type {
  AssumeRoleRequest,
  AssumeRoleResponse,
  AssumeRoleWithSAMLRequest,
  AssumeRoleWithSAMLResponse,
  AssumeRoleWithWebIdentityRequest,
  AssumeRoleWithWebIdentityResponse,
  AssumeRootRequest,
  AssumeRootResponse,
  DecodeAuthorizationMessageRequest,
  DecodeAuthorizationMessageResponse,
  GetAccessKeyInfoRequest,
  GetAccessKeyInfoResponse,
  GetCallerIdentityResponse,
  GetDelegatedAccessTokenRequest,
  GetDelegatedAccessTokenResponse,
  GetFederationTokenRequest,
  GetFederationTokenResponse,
  GetSessionTokenRequest,
  GetSessionTokenResponse,
  GetWebIdentityTokenRequest,
  GetWebIdentityTokenResponse,
} from "@aws-sdk/client-sts";
import { loadModel } from "./model.ts";
import type { Model, Validated } from "./shape.ts";

export interface StsApi {
  AssumeRole: {
    input: Validated<AssumeRoleRequest, "RoleArn" | "RoleSessionName">;
    output: AssumeRoleResponse;
    error: "MalformedPolicyDocumentException" | "PackedPolicyTooLargeException" | "RegionDisabledException" | "ExpiredTokenException";
    auth: "sigv4";
  };
  AssumeRoleWithSAML: {
    input: Validated<AssumeRoleWithSAMLRequest, "RoleArn" | "PrincipalArn" | "SAMLAssertion">;
    output: AssumeRoleWithSAMLResponse;
    error: "MalformedPolicyDocumentException" | "PackedPolicyTooLargeException" | "IDPRejectedClaimException" | "InvalidIdentityTokenException" | "ExpiredTokenException" | "RegionDisabledException";
    auth: "none";
  };
  AssumeRoleWithWebIdentity: {
    input: Validated<AssumeRoleWithWebIdentityRequest, "RoleArn" | "RoleSessionName" | "WebIdentityToken">;
    output: AssumeRoleWithWebIdentityResponse;
    error: "MalformedPolicyDocumentException" | "PackedPolicyTooLargeException" | "IDPRejectedClaimException" | "IDPCommunicationErrorException" | "InvalidIdentityTokenException" | "ExpiredTokenException" | "RegionDisabledException";
    auth: "none";
  };
  AssumeRoot: {
    input: Validated<AssumeRootRequest, "TargetPrincipal" | "TaskPolicyArn">;
    output: AssumeRootResponse;
    error: "RegionDisabledException" | "ExpiredTokenException";
    auth: "sigv4";
  };
  DecodeAuthorizationMessage: {
    input: Validated<DecodeAuthorizationMessageRequest, "EncodedMessage">;
    output: DecodeAuthorizationMessageResponse;
    error: "InvalidAuthorizationMessageException";
    auth: "sigv4";
  };
  GetAccessKeyInfo: {
    input: Validated<GetAccessKeyInfoRequest, "AccessKeyId">;
    output: GetAccessKeyInfoResponse;
    error: never;
    auth: "sigv4";
  };
  GetCallerIdentity: {
    input: Record<string, never>;
    output: GetCallerIdentityResponse;
    error: never;
    auth: "sigv4";
  };
  GetDelegatedAccessToken: {
    input: Validated<GetDelegatedAccessTokenRequest, "TradeInToken">;
    output: GetDelegatedAccessTokenResponse;
    error: "ExpiredTradeInTokenException" | "RegionDisabledException" | "PackedPolicyTooLargeException";
    auth: "sigv4";
  };
  GetFederationToken: {
    input: Validated<GetFederationTokenRequest, "Name">;
    output: GetFederationTokenResponse;
    error: "MalformedPolicyDocumentException" | "PackedPolicyTooLargeException" | "RegionDisabledException";
    auth: "sigv4";
  };
  GetSessionToken: {
    input: GetSessionTokenRequest;
    output: GetSessionTokenResponse;
    error: "RegionDisabledException";
    auth: "sigv4";
  };
  GetWebIdentityToken: {
    input: Validated<GetWebIdentityTokenRequest, "Audience" | "SigningAlgorithm">;
    output: GetWebIdentityTokenResponse;
    error: "SessionDurationEscalationException" | "OutboundWebIdentityFederationDisabledException" | "JWTPayloadSizeExceededException";
    auth: "sigv4";
  };
}

export const sts: Model = loadModel("sts");

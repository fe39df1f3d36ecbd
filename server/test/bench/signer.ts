import { createHash, createHmac, createSecretKey, type KeyObject } from "node:crypto";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Makes whole HTTP/1.1 requests, signed now: bytes that a socket can send as they are. */
export interface Signer {
  /** The Query protocol of IAM and STS. */
  query(service: "iam" | "sts", parameters: Readonly<Record<string, string>>): Buffer;
  /** JSON 1.1, as user pools speak it. */
  json(action: string, input: object): Buffer;
}

const versions = { iam: "2010-05-08", sts: "2011-06-15" } as const;
const region = "us-east-1";
const jsonTarget = "AWSCognitoIdentityProviderService.";

/**
 * SigV4 (IAM User Guide, "Create a signed AWS API request") of the bench's own, so that a fault in the server's
 * verification is not met by the same fault here.
 */
export function createSigner(port: number, { accessKeyId, secretAccessKey }: Credentials, clock: () => Date): Signer {
  const host = `127.0.0.1:${port}`;
  const keys = new Map<string, KeyObject>();

  function signingKey(date: string, service: string): KeyObject {
    const scope = `${date}/${service}`;
    let key = keys.get(scope);
    if (key === undefined) {
      let bytes: Buffer = Buffer.from(`AWS4${secretAccessKey}`);
      for (const part of [date, region, service, "aws4_request"])
        bytes = createHmac("sha256", bytes).update(part).digest();
      key = createSecretKey(bytes);
      keys.set(scope, key);
    }
    return key;
  }

  /** `headers` in canonical order: lower case, sorted; all of them are signed. */
  function request(
    service: string,
    headers: readonly (readonly [string, string])[],
    timestamp: string,
    body: string,
  ): Buffer {
    const lines = headers.map(([name, value]) => `${name}:${value}\n`).join("");
    const names = headers.map(([name]) => name).join(";");
    const canonical = `POST\n/\n\n${lines}\n${names}\n${sha256(body)}`;
    const date = timestamp.slice(0, 8);
    const scope = `${date}/${region}/${service}/aws4_request`;
    const signature = createHmac("sha256", signingKey(date, service))
      .update(`AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonical)}`)
      .digest("hex");
    const sent = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    return Buffer.from(
      `POST / HTTP/1.1\r\n${sent}authorization: AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, ` +
        `SignedHeaders=${names}, Signature=${signature}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }

  return {
    query(service, parameters) {
      const timestamp = basicFormat(clock());
      const body = new URLSearchParams({ ...parameters, Version: versions[service] }).toString();
      const contentType = "application/x-www-form-urlencoded; charset=utf-8";
      return request(
        service,
        [
          ["content-type", contentType],
          ["host", host],
          ["x-amz-date", timestamp],
        ],
        timestamp,
        body,
      );
    },
    json(action, input) {
      const timestamp = basicFormat(clock());
      const headers: [string, string][] = [
        ["content-type", "application/x-amz-json-1.1"],
        ["host", host],
        ["x-amz-date", timestamp],
        ["x-amz-target", jsonTarget + action],
      ];
      return request("cognito-idp", headers, timestamp, JSON.stringify(input));
    },
  };
}

/** What user pools take from users themselves, who sign nothing. */
export function unsigned(port: number, action: string, input: object): Buffer {
  const body = JSON.stringify(input);
  return Buffer.from(
    `POST / HTTP/1.1\r\ncontent-type: application/x-amz-json-1.1\r\nhost: 127.0.0.1:${port}\r\n` +
      `x-amz-target: ${jsonTarget}${action}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** YYYYMMDDTHHMMSSZ. */
function basicFormat(time: Date): string {
  return time.toISOString().replace(/[-:]|\.\d{3}/g, "");
}

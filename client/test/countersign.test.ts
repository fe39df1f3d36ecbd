import { suite, test } from "node:test";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { startCountersign } from "countersign";
import {
  ownSigningCertificate,
  pagedUsers,
  roleLife,
  signingCertificateAfterRename,
  signingCertificateErrors,
  signingCertificateLife,
  userLife,
} from "./flows.ts";
import { pem } from "./recorded.ts";

/** The same flows that run over recorded answers, against a real service over a socket. */
suite("the resources against Countersign", async () => {
  const countersign = await startCountersign({ now: new Date("2027-01-01T00:00:00Z") });
  const client = new IAMClient({ ...countersign.clientConfig(), maxAttempts: 1 });

  test("the life of a signing certificate", () =>
    signingCertificateLife(client, { userName: "ann", certificateBody: pem("one") }));

  test("what is refused of signing certificates", () =>
    signingCertificateErrors(client, { userName: "bob", certificateBodies: [pem("one"), pem("two"), pem("three")] }));

  test("a certificate follows its user's new name", () =>
    signingCertificateAfterRename(client, { userName: "eve", newUserName: "eva", certificateBody: pem("one") }));

  test("a user's own certificate, by the key that signs", async () => {
    await client.send(new CreateUserCommand({ UserName: "own" }));
    await client.send(
      new PutUserPolicyCommand({
        UserName: "own",
        PolicyName: "own",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: ["iam:GetUser", "iam:*SigningCertificate*"],
              Resource: `arn:aws:iam::*:user/\${aws:username}`,
            },
          ],
        }),
      }),
    );
    const { AccessKey } = await client.send(new CreateAccessKeyCommand({ UserName: "own" }));
    const own = new IAMClient({
      ...countersign.clientConfig(),
      credentials: {
        accessKeyId: AccessKey?.AccessKeyId ?? "",
        secretAccessKey: AccessKey?.SecretAccessKey ?? "",
      },
    });
    await ownSigningCertificate(own, { userName: "own", certificateBody: pem("two") });
    own.destroy();
  });

  test("the life of a user", () => userLife(client, { userName: "kim", groupName: "crew", policyName: "may" }));

  test("the life of a role", () => roleLife(client, { roleName: "worker", profileName: "machine" }));

  test("users, page by page", () => pagedUsers(client, { pathPrefix: "/paged/" }));

  test("stops", async () => {
    client.destroy();
    await countersign.stop();
  });
});

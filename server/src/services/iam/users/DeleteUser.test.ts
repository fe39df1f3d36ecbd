import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateServiceSpecificCredentialCommand,
  CreateUserCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeletePolicyCommand,
  DeleteServiceSpecificCredentialCommand,
  DeleteSigningCertificateCommand,
  DeleteSSHPublicKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
  GetUserCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  UploadSigningCertificateCommand,
  UploadSSHPublicKeyCommand,
} from "@aws-sdk/client-iam";
import { certificate } from "../../../../test/certificates.ts";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { enabledDevice } from "../../../../test/mfa.ts";
import { accessDenied, noSuchUser } from "../../../../test/refusals.ts";
import { sshKeys } from "../../../../test/ssh-keys.ts";

suite("DeleteUser", async () => {
  const h = await harness();
  const arn = `arn:aws:iam::${testAccount}:user`;
  const create = async (UserName: string, Path?: string) =>
    (await h.iam.send(new CreateUserCommand({ UserName, Path }))).User;
  const remove = (UserName: string, iam = h.iam) => iam.send(new DeleteUserCommand({ UserName }));
  const conflict = (what: string) => ({
    code: "DeleteConflict",
    message: `Cannot delete entity, must ${what} first.`,
    status: 409,
  });

  test("deletes whatever the case of the name; who comes after under it is somebody else", async () => {
    const first = await create("ann");
    const answer = await remove("ANN");
    assert.deepEqual(Object.keys(answer), ["$metadata"]);
    assert.deepEqual(await refused(h.iam.send(new GetUserCommand({ UserName: "ann" }))), noSuchUser("ann"));
    assert.deepEqual(await refused(remove("ann")), noSuchUser("ann"));
    assert.notEqual((await create("ann"))?.UserId, first?.UserId);
  });

  test("refuses while anything hangs on the user, and says what", async () => {
    const UserName = "bob";
    await create(UserName);
    await h.iam.send(new CreateGroupCommand({ GroupName: "crew" }));
    const PolicyDocument = JSON.stringify(allow("sts:*"));
    const { Policy } = await h.iam.send(new CreatePolicyCommand({ PolicyName: "policy", PolicyDocument }));
    const PolicyArn = Policy?.Arn;
    const key = await h.iam.send(new CreateAccessKeyCommand({ UserName }));
    const AccessKeyId = key.AccessKey?.AccessKeyId;
    const CertificateBody = certificate("rsa-2048");
    const uploaded = await h.iam.send(new UploadSigningCertificateCommand({ UserName, CertificateBody }));
    const CertificateId = uploaded.Certificate?.CertificateId;
    await h.iam.send(new CreateLoginProfileCommand({ UserName, Password: "Passw0rd" }));
    const { serialNumber: SerialNumber } = await enabledDevice(h, UserName, UserName);
    const [{ line: SSHPublicKeyBody }] = sshKeys;
    const ssh = await h.iam.send(new UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody }));
    const SSHPublicKeyId = ssh.SSHPublicKey?.SSHPublicKeyId;
    const service = await h.iam.send(
      new CreateServiceSpecificCredentialCommand({ UserName, ServiceName: "codecommit.amazonaws.com" }),
    );
    const ServiceSpecificCredentialId = service.ServiceSpecificCredential?.ServiceSpecificCredentialId;
    await h.iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    await h.iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "inline", PolicyDocument }));
    await h.iam.send(new AddUserToGroupCommand({ UserName, GroupName: "crew" }));

    assert.deepEqual(await refused(remove(UserName)), conflict("delete access keys"));
    await h.iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    assert.deepEqual(await refused(remove(UserName)), conflict("delete certificates"));
    await h.iam.send(new DeleteSigningCertificateCommand({ UserName, CertificateId }));
    assert.deepEqual(await refused(remove(UserName)), conflict("delete login profile"));
    await h.iam.send(new DeleteLoginProfileCommand({ UserName }));
    assert.deepEqual(await refused(remove(UserName)), conflict("remove tokens from principal"));
    await h.iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }));
    assert.deepEqual(await refused(remove(UserName)), conflict("remove referenced objects"));
    await h.iam.send(new DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId }));
    assert.deepEqual(await refused(remove(UserName)), conflict("remove referenced objects"));
    await h.iam.send(new DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId }));
    assert.deepEqual(await refused(remove(UserName)), conflict("detach all policies"));
    await h.iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn }));
    assert.deepEqual(await refused(remove(UserName)), conflict("delete policies"));
    await h.iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: "inline" }));
    assert.deepEqual(await refused(remove(UserName)), conflict("remove users from group"));
    await h.iam.send(new RemoveUserFromGroupCommand({ UserName, GroupName: "crew" }));
    await remove(UserName);
    assert.deepEqual(await refused(h.iam.send(new GetUserCommand({ UserName }))), noSuchUser(UserName));
  });

  test("a boundary goes with the user that it bounds", async () => {
    const { Policy } = await h.iam.send(
      new CreatePolicyCommand({ PolicyName: "edge", PolicyDocument: JSON.stringify(allow("sts:*")) }),
    );
    const PolicyArn = Policy?.Arn;
    await h.iam.send(new CreateUserCommand({ UserName: "bounded", PermissionsBoundary: PolicyArn }));
    const uses = async () =>
      (await h.iam.send(new GetPolicyCommand({ PolicyArn }))).Policy?.PermissionsBoundaryUsageCount;
    assert.equal(await uses(), 1);
    await remove("bounded");
    assert.equal(await uses(), 0);
    await h.iam.send(new DeletePolicyCommand({ PolicyArn }));
  });

  test("who may delete below one path may not elsewhere, and learns no name", async () => {
    await create("inside", "/team/");
    await create("outside");
    const sub = await userWithKey(h, "sub", allow("iam:DeleteUser", `${arn}/team/*`));
    await remove("inside", sub.iam);
    for (const name of ["outside", "unheard-of"]) {
      assert.deepEqual(await refused(remove(name, sub.iam)), accessDenied("sub", "iam:DeleteUser", `${arn}/${name}`));
    }
  });

  test("of ten at once, exactly one deletes", async () => {
    await create("race");
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => remove("race")));
    assert.equal(answers.filter((answer) => answer.status === "fulfilled").length, 1);
    for (const answer of answers) {
      if (answer.status === "rejected") assert.equal(answer.reason.message, noSuchUser("race").message);
    }
  });
});

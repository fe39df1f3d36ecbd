import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { inspect } from "node:util";
import { IAMClient } from "@aws-sdk/client-iam";
import { resources } from "../src/index.ts";
import {
  ownSigningCertificate,
  refusal,
  signingCertificateAfterRename,
  signingCertificateErrors,
  signingCertificateLife,
  userLife,
} from "./flows.ts";
import { pem, recordedAnswer } from "./recorded.ts";
import { type Answer, answering, type Exchange, type Form, scripted } from "./wire.ts";

const one = pem("one");
const idOfOne = "VC5FZ2Q4ZFGPUJ3RPVSSXL5AWVQ5XKCK";
const idOfTwo = "Y3EK7RMEQ4ZFGPUJ3RPVSSXL5AWVQ5XK";
const notFound = (name: string): Answer => ({
  status: 404,
  Code: "NoSuchEntity",
  Message: `The user with name ${name} cannot be found.`,
});
const userAnn = {
  Path: "/",
  UserName: "ann",
  UserId: "AIDAIOSFODNN7EXAMPLE1",
  Arn: "arn:aws:iam::111122223333:user/ann",
  CreateDate: "2026-03-05T12:00:00Z",
};

suite("signing certificates, against answers recorded from AWS", () => {
  test("the life of a certificate", async () => {
    const step = (name: string) =>
      recordedAnswer("test_signing_certificate_lifecycle", name, {
        "<user-name:1>": "ann",
        "<user-id:1>": "AIDAIOSFODNN7EXAMPLE1",
        "<certificate-id:1>": idOfOne,
        "<certificate-body>": one,
      });
    const list = { Action: "ListSigningCertificates", UserName: "ann" };
    const update = { Action: "UpdateSigningCertificate", UserName: "ann", CertificateId: idOfOne };
    const script = scripted([
      { sent: { Action: "CreateUser", UserName: "ann" }, answer: step("create-user") },
      {
        sent: { Action: "UploadSigningCertificate", UserName: "ann", CertificateBody: one },
        answer: step("upload-certificate"),
      },
      { sent: list, answer: step("list-certificates") },
      { sent: { ...update, Status: "Inactive" }, answer: step("update-certificate-inactive") },
      { sent: list, answer: step("list-certificates-after-inactive") },
      { sent: { ...update, Status: "Active" }, answer: step("update-certificate-active") },
      { sent: list, answer: step("list-certificates-after-active") },
      {
        sent: { Action: "DeleteSigningCertificate", UserName: "ann", CertificateId: idOfOne },
        answer: step("delete-certificate"),
      },
      { sent: list, answer: step("list-certificates-after-delete") },
      { sent: { Action: "DeleteUser", UserName: "ann" }, answer: {} },
    ]);
    await signingCertificateLife(script.client, { userName: "ann", certificateBody: one });
    script.finished();
  });

  test("what is refused", async () => {
    const step = (name: string) =>
      recordedAnswer("test_signing_certificate_errors", name, {
        "<user-name:1>": "bea",
        "<user-id:1>": "AIDAIOSFODNN7EXAMPLE2",
        "<certificate-id:1>": idOfOne,
        "<certificate-id:2>": idOfTwo,
        "<certificate-body>": one,
      });
    const unknown = { UserName: "bea", CertificateId: "NONEXISTENTCERTID12345678901" };
    const nobodys = { ...unknown, UserName: "nonexistent-user" };
    const upload = { Action: "UploadSigningCertificate", UserName: "bea" };
    const item = (CertificateId: string) => ({
      ...{ UserName: "bea", CertificateId, CertificateBody: one, Status: "Active" },
      UploadDate: "2026-03-05T12:00:00Z",
    });
    const script = scripted([
      { sent: { Action: "CreateUser", UserName: "bea" }, answer: step("create-user") },
      {
        sent: { ...upload, UserName: "nonexistent-user", CertificateBody: one },
        answer: step("upload-nonexistent-user-error"),
      },
      {
        sent: { Action: "ListSigningCertificates", UserName: "nonexistent-user" },
        answer: step("list-certificates-nonexistent-user-error"),
      },
      {
        sent: { Action: "DeleteSigningCertificate", ...nobodys },
        answer: step("delete-certificate-nonexistent-user-error"),
      },
      {
        sent: { Action: "UpdateSigningCertificate", ...nobodys, Status: "Inactive" },
        answer: step("update-certificate-nonexistent-user-error"),
      },
      {
        sent: { ...upload, CertificateBody: "invalid-certificate-body" },
        answer: step("upload-invalid-certificate-error"),
      },
      {
        sent: { Action: "UpdateSigningCertificate", ...unknown, Status: "Inactive" },
        answer: step("update-nonexistent-certificate-error"),
      },
      {
        sent: { Action: "DeleteSigningCertificate", ...unknown },
        answer: step("delete-nonexistent-certificate-error"),
      },
      { sent: { ...upload, CertificateBody: one }, answer: step("upload-certificate-1") },
      { sent: { ...upload, CertificateBody: pem("two") }, answer: step("upload-certificate-2") },
      { sent: { ...upload, CertificateBody: pem("three") }, answer: step("upload-exceeds-limit-error") },
      {
        sent: { Action: "ListSigningCertificates", UserName: "bea" },
        answer: { Certificates: [item(idOfOne), item(idOfTwo)], IsTruncated: false },
      },
      { sent: { Action: "DeleteSigningCertificate", UserName: "bea", CertificateId: idOfOne }, answer: {} },
      { sent: { Action: "DeleteSigningCertificate", UserName: "bea", CertificateId: idOfTwo }, answer: {} },
      { sent: { Action: "DeleteUser", UserName: "bea" }, answer: {} },
    ]);
    const certificateBodies = [one, pem("two"), pem("three")] as const;
    await signingCertificateErrors(script.client, { userName: "bea", certificateBodies });
    script.finished();
  });

  test("a user's new name", async () => {
    const step = (name: string) =>
      recordedAnswer("test_user_rename_updates_signing_certificates", name, {
        "<user-name:1>": "cid",
        "<user-name:2>": "dan",
        "<user-id:1>": "AIDAIOSFODNN7EXAMPLE3",
        "<certificate-id:1>": idOfOne,
        "<cert>": one,
      });
    const uploaded = recordedAnswer("test_signing_certificate_lifecycle", "upload-certificate", {
      "<user-name:1>": "cid",
      "<certificate-id:1>": idOfOne,
      "<certificate-body>": one,
    });
    const script = scripted([
      { sent: { Action: "CreateUser", UserName: "cid" }, answer: step("create-user") },
      { sent: { Action: "UploadSigningCertificate", UserName: "cid", CertificateBody: one }, answer: uploaded },
      {
        sent: { Action: "ListSigningCertificates", UserName: "cid" },
        answer: step("list-signing-certificates-before-rename"),
      },
      { sent: { Action: "UpdateUser", UserName: "cid", NewUserName: "dan" }, answer: {} },
      { sent: { Action: "GetUser", UserName: "dan" }, answer: step("get-user-after-update") },
      {
        sent: { Action: "ListSigningCertificates", UserName: "dan" },
        answer: step("list-signing-certificates-after-rename"),
      },
      { sent: { Action: "DeleteSigningCertificate", UserName: "dan", CertificateId: idOfOne }, answer: {} },
      { sent: { Action: "DeleteUser", UserName: "dan" }, answer: {} },
    ]);
    await signingCertificateAfterRename(script.client, { userName: "cid", newUserName: "dan", certificateBody: one });
    script.finished();
  });

  test("one's own certificate, with no user named in any request", async () => {
    const certificate = {
      ...{ UserName: "ann", CertificateId: idOfOne, CertificateBody: one, Status: "Active" },
      UploadDate: "2026-03-05T12:00:00Z",
    };
    const script = scripted([
      { sent: { Action: "UploadSigningCertificate", CertificateBody: one }, answer: { Certificate: certificate } },
      { sent: { Action: "ListSigningCertificates" }, answer: { Certificates: [certificate], IsTruncated: false } },
      {
        sent: { Action: "UpdateSigningCertificate", UserName: "ann", CertificateId: idOfOne, Status: "Inactive" },
        answer: {},
      },
      { sent: { Action: "GetUser" }, answer: { User: userAnn } },
      { sent: { Action: "DeleteSigningCertificate", UserName: "ann", CertificateId: idOfOne }, answer: {} },
      { sent: { Action: "ListSigningCertificates" }, answer: { Certificates: [], IsTruncated: false } },
    ]);
    await ownSigningCertificate(script.client, { userName: "ann", certificateBody: one });
    script.finished();
  });

  test("a body keeps its carriage returns", async () => {
    const body = one.replaceAll("\n", "\r\n");
    const client = answering((form) => ({
      Certificate: {
        UserName: "ann",
        CertificateId: idOfOne,
        CertificateBody: form.CertificateBody ?? "",
        Status: "Active",
      },
    }));
    const certificate = await resources({ client }).createSigningCertificate({ CertificateBody: body });
    assert.equal(await certificate.get("CertificateBody"), body);
  });

  test("an answer without the user's name is an AnswerError that says so", async () => {
    const client = answering(() => ({
      Certificate: { CertificateId: idOfOne, CertificateBody: one, Status: "Active" },
    }));
    await assert.rejects(resources({ client }).createSigningCertificate({ CertificateBody: one }), {
      name: "AnswerError",
      operation: "UploadSigningCertificate",
      message: "The answer to UploadSigningCertificate lacks Certificate.UserName.",
    });
  });
});

suite("a carried status does not lie", () => {
  const certificateOf = async (Status: string, refused?: Answer) => {
    const client = answering((form) =>
      form.Action === "ListSigningCertificates"
        ? {
            Certificates: [{ UserName: "ann", CertificateId: idOfOne, CertificateBody: one, Status }],
            IsTruncated: false,
          }
        : (refused ?? {}),
    );
    const [certificate] = await resources({ client }).user("ann").signingCertificates.toArray();
    assert.ok(certificate !== undefined);
    return certificate;
  };

  test("it stays Expired, which no caller can end", async () => {
    const certificate = await certificateOf("Expired");
    await certificate.activate();
    assert.equal(await certificate.get("Status"), "Expired");
  });

  test("it stays as it was when the update is refused", async () => {
    const Message = `The Certificate with id ${idOfOne} cannot be found.`;
    const certificate = await certificateOf("Active", { status: 404, Code: "NoSuchEntity", Message });
    await assert.rejects(certificate.deactivate(), refusal("NoSuchEntityException", Message));
    assert.equal(await certificate.get("Status"), "Active");
  });

  test("a deleted certificate carries nothing", async () => {
    const certificate = await certificateOf("Active");
    await certificate.delete();
    assert.equal(certificate.loaded, undefined);
    await assert.rejects(certificate.get("Status"), { name: "ResourceLoadError", resource: String(certificate) });
  });
});

suite("resources without a load()", () => {
  const iam = resources({ client: answering(() => assert.fail("nothing may be sent")) });
  const cases = {
    SigningCertificate: () => iam.signingCertificate("ann", idOfOne).get("CertificateBody"),
    AccessKey: () => iam.accessKey("ann", "AKIAIOSFODNN7EXAMPLE").get("Status"),
    AccessKeyPair: () => iam.accessKeyPair("ann", "AKIAIOSFODNN7EXAMPLE", "hush").attributes(),
    MfaDevice: () => iam.mfaDevice("ann", "arn:aws:iam::111122223333:mfa/ann").get("EnableDate"),
    VirtualMfaDevice: () => iam.virtualMfaDevice("arn:aws:iam::111122223333:mfa/ann").user(),
  };
  for (const [kind, read] of Object.entries(cases)) {
    test(kind, async () => {
      await assert.rejects(read(), (error: Error) => {
        assert.equal(error.name, "ResourceLoadError");
        assert.match(
          error.message,
          new RegExp(`^iam\\.${kind}\\(.*\\) carries no attributes and has no load\\(\\)\\.`),
        );
        assert.doesNotMatch(error.message, /hush/);
        return true;
      });
    });
  }
});

/** A client that keeps back the answer to the first command of a name until it is released. */
function holdingFirst(command: string, respond: (form: Form) => Answer): { client: IAMClient; release: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const client = answering(respond);
  let seen = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== command) return await next(args);
      seen += 1;
      const held = seen === 1;
      const result = await next(args);
      if (held) await promise;
      return result;
    },
    {},
  );
  return { client, release: resolve };
}

suite("attributes", () => {
  const getAnn: Exchange = {
    sent: { Action: "GetUser", UserName: "ann" },
    answer: { User: { ...userAnn, Tags: [{ Key: "team", Value: "press" }] } },
  };

  test("are loaded once, also by reads at the same time", async () => {
    const script = scripted([getAnn]);
    const user = resources({ client: script.client }).user("ann");
    assert.equal(user.loaded, undefined);
    const [arn, path, all] = await Promise.all([user.get("Arn"), user.get("Path"), user.attributes()]);
    assert.deepEqual([arn, path, all.UserId], [userAnn.Arn, "/", userAnn.UserId]);
    assert.equal(await user.get("PasswordLastUsed"), undefined);
    assert.equal(user.loaded, await user.attributes());
    script.finished();
  });

  test("of a list item are there; a member that the list leaves out is fetched", async () => {
    const script = scripted([
      { sent: { Action: "ListUsers" }, answer: { Users: [userAnn], IsTruncated: false } },
      getAnn,
    ]);
    const [user] = await resources({ client: script.client }).users.toArray();
    assert.equal(await user?.get("Arn"), userAnn.Arn);
    assert.equal(user?.loaded?.Tags, undefined);
    assert.deepEqual(await user?.get("Tags"), [{ Key: "team", Value: "press" }]);
    script.finished();
  });

  test("are fetched anew by reload, and after an action that changes them", async () => {
    const script = scripted([
      getAnn,
      getAnn,
      { sent: { Action: "UpdateUser", UserName: "ann", NewPath: "/staff/" }, answer: {} },
      { sent: getAnn.sent, answer: { User: { ...userAnn, Path: "/staff/" } } },
    ]);
    const user = await resources({ client: script.client }).user("ann").load();
    assert.equal(await user.reload(), user);
    assert.equal((await user.update({ NewPath: "/staff/" })).name, "ann");
    assert.equal(user.loaded, undefined);
    assert.equal(await user.get("Path"), "/staff/");
    script.finished();
  });

  test("of a load that began before a change are not carried after it", async () => {
    let path = "/old/";
    const { client, release } = holdingFirst("GetUserCommand", (form) =>
      form.Action === "GetUser" ? { User: { ...userAnn, Path: path } } : {},
    );
    const user = resources({ client }).user("ann");
    const before = user.get("Path");
    await user.update({ NewPath: "/new/" });
    path = "/new/";
    assert.equal(await user.get("Path"), "/new/");
    release();
    assert.equal(await before, "/old/");
    assert.equal(user.loaded?.Path, "/new/");
  });

  test("one reader's signal does not stop another reader", async () => {
    const { client, release } = holdingFirst("GetUserCommand", () => ({ User: userAnn }));
    const user = resources({ client }).user("ann");
    const first = user.get("Arn");
    await assert.rejects(user.get("Arn", { abortSignal: AbortSignal.abort() }), { name: "AbortError" });
    release();
    assert.equal(await first, userAnn.Arn);
  });

  test("cannot be changed through the object that shows them", async () => {
    const user = await resources({ client: scripted([getAnn]).client })
      .user("ann")
      .load();
    assert.ok(Object.isFrozen(user.loaded));
  });

  test("an error of the service is passed on, and the next read asks again", async () => {
    const script = scripted([{ sent: getAnn.sent, answer: notFound("ann") }, getAnn]);
    const user = resources({ client: script.client }).user("ann");
    await assert.rejects(user.get("Arn"), refusal("NoSuchEntityException", "The user with name ann cannot be found."));
    assert.equal(await user.get("Arn"), userAnn.Arn);
    script.finished();
  });
});

suite("policy documents are JSON text", () => {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: [{ Resource: "arn:aws:s3:::50% + ü" }] });
  const encoded = encodeURIComponent(text);
  const role = {
    ...{ Path: "/", RoleName: "deploy", RoleId: "AROAIOSFODNN7EXAMPLE1", CreateDate: "2026-03-05T12:00:00Z" },
    Arn: "arn:aws:iam::111122223333:role/deploy",
    AssumeRolePolicyDocument: encoded,
  };

  test("of inline policies, versions and roles", async () => {
    const client = answering(
      (form) =>
        ({
          GetUserPolicy: { UserName: "ann", PolicyName: "p", PolicyDocument: encoded },
          GetGroupPolicy: { GroupName: "writers", PolicyName: "p", PolicyDocument: encoded },
          GetRolePolicy: { RoleName: "deploy", PolicyName: "p", PolicyDocument: encoded },
          GetPolicyVersion: { PolicyVersion: { VersionId: "v1", Document: encoded } },
          GetRole: { Role: role },
          ListRoles: { Roles: [role], IsTruncated: false },
        })[String(form.Action)] ?? assert.fail(),
    );
    const iam = resources({ client });
    const policy = await iam.userPolicy("ann", "p").attributes();
    assert.deepEqual(policy, { UserName: "ann", PolicyName: "p", PolicyDocument: text });
    assert.equal(await iam.groupPolicy("writers", "p").get("PolicyDocument"), text);
    assert.equal(await iam.rolePolicy("deploy", "p").get("PolicyDocument"), text);
    assert.equal(await iam.policyVersion("arn:aws:iam::111122223333:policy/p", "v1").get("Document"), text);
    assert.equal(await iam.role("deploy").get("AssumeRolePolicyDocument"), text);
    assert.equal((await iam.roles.toArray())[0]?.loaded?.AssumeRolePolicyDocument, text);
  });

  test("of the roles of an instance profile", async () => {
    const client = answering(() => ({
      InstanceProfile: { Path: "/", InstanceProfileName: "web", Roles: [role] },
    }));
    const profile = await resources({ client }).instanceProfile("web").load();
    assert.equal(profile.loaded?.Roles[0]?.AssumeRolePolicyDocument, text);
    assert.equal((await profile.roles())[0]?.loaded?.AssumeRolePolicyDocument, text);
  });

  test("one that comes plain is left alone, one that is broken is an AnswerError", async () => {
    let document = `\n${text}`;
    const client = answering(() => ({ UserName: "ann", PolicyName: "p", PolicyDocument: document }));
    const policy = resources({ client }).userPolicy("ann", "p");
    assert.equal(await policy.get("PolicyDocument"), document);
    document = "%7B%22Version%2";
    await assert.rejects(policy.load(), {
      name: "AnswerError",
      message: "The answer to GetUserPolicy holds a policy document that is not percent-encoded JSON.",
    });
  });
});

suite("identifiers", () => {
  const iam = resources({ client: answering(() => assert.fail("nothing may be sent")) });

  // Without a UserName, AWS would act on the caller's own certificates.
  test("must be there", () => {
    const absent: unknown = undefined;
    for (const value of ["", absent]) {
      const wrong = value as string; // what a caller without types can pass
      assert.throws(() => iam.user(wrong), { name: "TypeError", message: "Required identifier name is not set." });
      assert.throws(() => iam.signingCertificate(wrong, idOfOne), {
        message: "Required identifier userName is not set.",
      });
      assert.throws(() => iam.signingCertificate("ann", wrong), { message: "Required identifier id is not set." });
      assert.throws(() => iam.accessKeyPair("ann", "AKIAIOSFODNN7EXAMPLE", wrong), {
        message: "Required identifier secret is not set.",
      });
    }
  });

  test("are shown, secrets and the client are not", () => {
    const pair = iam.accessKeyPair("ann", "AKIAIOSFODNN7EXAMPLE", "hush");
    assert.equal(String(pair), 'iam.AccessKeyPair(userName="ann", id="AKIAIOSFODNN7EXAMPLE")');
    assert.equal(inspect(pair), "AccessKeyPair { userName: 'ann', id: 'AKIAIOSFODNN7EXAMPLE' }");
    assert.equal(JSON.stringify(pair), '{"userName":"ann","id":"AKIAIOSFODNN7EXAMPLE"}');
    assert.deepEqual(pair.identifiers, { userName: "ann", id: "AKIAIOSFODNN7EXAMPLE" });
    assert.equal(pair.secret, "hush");
    assert.equal(String(iam), "iam.ServiceResource()");
  });

  test("the created device's seed is carried but not shown", async () => {
    const client = answering(() => ({
      VirtualMFADevice: { SerialNumber: "arn:aws:iam::111122223333:mfa/ann", Base32StringSeed: "SFVTSA==" },
    }));
    const device = await resources({ client }).createVirtualMfaDevice({ VirtualMFADeviceName: "ann" });
    assert.deepEqual(await device.get("Base32StringSeed"), new TextEncoder().encode("HUSH"));
    assert.equal(inspect(device), "VirtualMfaDevice { serialNumber: 'arn:aws:iam::111122223333:mfa/ann' }");
    assert.equal(await device.user(), undefined);
  });
});

suite("resources()", () => {
  test("takes a client, or settings for one", async () => {
    const client = answering(() => ({}));
    assert.equal(resources({ client }).client, client);
    const iam = resources({ region: "eu-central-1", endpoint: "http://localhost:8080" });
    assert.ok(iam.client instanceof IAMClient);
    assert.equal(await iam.client.config.region(), "eu-central-1");
  });

  test("an aborted signal stops the request", async () => {
    const client = answering(() => assert.fail("nothing may be sent"));
    await assert.rejects(resources({ client }).user("ann").delete({ abortSignal: AbortSignal.abort() }), {
      name: "AbortError",
    });
  });
});

test("the life of a user", async () => {
  const document =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::100%25 + more/*"}]}';
  const date = "2026-03-05T12:00:00Z";
  const user = { ...userAnn, Path: "/flows/", Arn: "arn:aws:iam::111122223333:user/flows/ann" };
  const tagged = { User: { ...user, Tags: [{ Key: "team", Value: "press" }] } };
  const group = {
    ...{ Path: "/", GroupName: "writers", GroupId: "AGPAIOSFODNN7EXAMPLE1", CreateDate: date },
    Arn: "arn:aws:iam::111122223333:group/writers",
  };
  const key = { UserName: "ann", AccessKeyId: "AKIAIOSFODNN7EXAMPLE", Status: "Active", CreateDate: date };
  const ann = { UserName: "ann" };
  const read = { ...ann, PolicyName: "read" };
  const script = scripted([
    {
      sent: {
        ...{ Action: "CreateUser", ...ann, Path: "/flows/" },
        ...{ "Tags.member.1.Key": "team", "Tags.member.1.Value": "press" },
      },
      answer: tagged,
    },
    { sent: { Action: "GetUser", ...ann }, answer: tagged },
    { sent: { Action: "CreateGroup", GroupName: "writers" }, answer: { Group: group } },
    { sent: { Action: "AddUserToGroup", ...ann, GroupName: "writers" }, answer: {} },
    { sent: { Action: "ListGroupsForUser", ...ann }, answer: { Groups: [group], IsTruncated: false } },
    { sent: { Action: "GetGroup", GroupName: "writers" }, answer: { Group: group, Users: [user], IsTruncated: false } },
    { sent: { Action: "RemoveUserFromGroup", ...ann, GroupName: "writers" }, answer: {} },
    { sent: { Action: "GetGroup", GroupName: "writers" }, answer: { Group: group, Users: [], IsTruncated: false } },
    { sent: { Action: "DeleteGroup", GroupName: "writers" }, answer: {} },
    { sent: { Action: "CreateAccessKey", ...ann }, answer: { AccessKey: { ...key, SecretAccessKey: "hush" } } },
    {
      sent: { Action: "UpdateAccessKey", ...ann, AccessKeyId: "AKIAIOSFODNN7EXAMPLE", Status: "Inactive" },
      answer: {},
    },
    {
      sent: { Action: "ListAccessKeys", ...ann },
      answer: { AccessKeyMetadata: [{ ...key, Status: "Inactive" }], IsTruncated: false },
    },
    { sent: { Action: "DeleteAccessKey", ...ann, AccessKeyId: "AKIAIOSFODNN7EXAMPLE" }, answer: {} },
    { sent: { Action: "PutUserPolicy", ...read, PolicyDocument: document }, answer: {} },
    {
      sent: { Action: "GetUserPolicy", ...read },
      answer: { ...read, PolicyDocument: encodeURIComponent(document) },
    },
    { sent: { Action: "ListUserPolicies", ...ann }, answer: { PolicyNames: ["read"], IsTruncated: false } },
    { sent: { Action: "DeleteUserPolicy", ...read }, answer: {} },
    { sent: { Action: "DeleteUser", ...ann }, answer: {} },
    { sent: { Action: "GetUser", ...ann }, answer: notFound("ann") },
  ]);
  await userLife(script.client, { userName: "ann", groupName: "writers", policyName: "read" });
  script.finished();
});

/**
 * What a caller does with the library, from beginning to end, with the outcome of every step asserted. Each flow takes an
 * IAMClient and leaves nothing behind, so it can be pointed at a scripted peer, at a Countersign endpoint or at AWS.
 */

import assert from "node:assert/strict";
import { type IAMClient, IAMServiceException } from "@aws-sdk/client-iam";
import { resources, type SigningCertificate } from "../src/index.ts";

/** Upload, list, deactivate, activate and delete a certificate of a new user. */
export async function signingCertificateLife(
  client: IAMClient,
  { userName, certificateBody }: { userName: string; certificateBody: string },
): Promise<void> {
  const iam = resources({ client });
  const user = await iam.createUser({ UserName: userName });

  const certificate = await iam.createSigningCertificate({ UserName: userName, CertificateBody: certificateBody });
  assert.equal(certificate.userName, userName);
  assert.match(certificate.id, /^\w{24,128}$/);
  assert.equal(await certificate.get("CertificateBody"), certificateBody);
  assert.equal(await certificate.get("Status"), "Active");
  assert.ok((await certificate.get("UploadDate")) instanceof Date);
  assert.deepEqual(await certificate.attributes(), await onlyOne(user.signingCertificates.toArray()));

  await certificate.deactivate();
  assert.equal(await certificate.get("Status"), "Inactive");
  assert.equal((await onlyOne(user.signingCertificates.toArray())).Status, "Inactive");

  await certificate.activate();
  assert.equal(await certificate.get("Status"), "Active");
  assert.equal((await onlyOne(user.signingCertificates.toArray())).Status, "Active");

  // The same certificate, known by its identifiers alone.
  const known = iam.signingCertificate(userName, certificate.id);
  await assert.rejects(known.get("Status"), {
    name: "ResourceLoadError",
    message: `iam.SigningCertificate(userName="${userName}", id="${certificate.id}") carries no attributes and has no load(). Take it from a collection, or keep the resource that the creating action returned.`,
  });
  await known.delete();
  assert.deepEqual(await user.signingCertificates.toArray(), []);

  await certificate.user.delete();
}

/** What the four operations refuse, and the quota of two. */
export async function signingCertificateErrors(
  client: IAMClient,
  { userName, certificateBodies }: { userName: string; certificateBodies: readonly [string, string, string] },
): Promise<void> {
  const iam = resources({ client });
  const user = await iam.createUser({ UserName: userName });
  const [first, second, third] = certificateBodies;
  const unknownId = "NONEXISTENTCERTID12345678901";

  const nobody = iam.user("nonexistent-user");
  const noUser = refusal("NoSuchEntityException", "The user with name nonexistent-user cannot be found.");
  await assert.rejects(iam.createSigningCertificate({ UserName: nobody.name, CertificateBody: first }), noUser);
  await assert.rejects(nobody.signingCertificates.toArray(), noUser);
  await assert.rejects(nobody.signingCertificate(unknownId).delete(), noUser);
  await assert.rejects(nobody.signingCertificate(unknownId).deactivate(), noUser);

  await assert.rejects(
    iam.createSigningCertificate({ UserName: userName, CertificateBody: "invalid-certificate-body" }),
    refusal("MalformedCertificateException", "Certificate invalid-certificate-body is malformed."),
  );
  const noCertificate = refusal("NoSuchEntityException", `The Certificate with id ${unknownId} cannot be found.`);
  await assert.rejects(user.signingCertificate(unknownId).deactivate(), noCertificate);
  await assert.rejects(user.signingCertificate(unknownId).delete(), noCertificate);

  await iam.createSigningCertificate({ UserName: userName, CertificateBody: first });
  await iam.createSigningCertificate({ UserName: userName, CertificateBody: second });
  await assert.rejects(
    iam.createSigningCertificate({ UserName: userName, CertificateBody: third }),
    refusal("LimitExceededException", "Cannot exceed quota for CertificatesPerUser: 2"),
  );

  for (const certificate of await user.signingCertificates.toArray()) await certificate.delete();
  await user.delete();
}

/** Certificates follow their user's new name. */
export async function signingCertificateAfterRename(
  client: IAMClient,
  { userName, newUserName, certificateBody }: { userName: string; newUserName: string; certificateBody: string },
): Promise<void> {
  const iam = resources({ client });
  const before = await iam.createUser({ UserName: userName });
  const certificate = await iam.createSigningCertificate({ UserName: userName, CertificateBody: certificateBody });
  assert.equal((await onlyOne(before.signingCertificates.toArray())).UserName, userName);

  const after = await before.update({ NewUserName: newUserName });
  assert.equal(after.name, newUserName);
  assert.equal(await after.get("UserName"), newUserName);
  const renamed = await onlyOne(after.signingCertificates.toArray());
  assert.deepEqual(renamed, { ...(await certificate.attributes()), UserName: newUserName });

  await after.signingCertificate(certificate.id).delete();
  await after.delete();
}

/** The caller's own certificate: nobody is named in any request. The client must sign with a user's access key. */
export async function ownSigningCertificate(
  client: IAMClient,
  { userName, certificateBody }: { userName: string; certificateBody: string },
): Promise<void> {
  const iam = resources({ client });
  const certificate = await iam.createSigningCertificate({ CertificateBody: certificateBody });
  assert.equal(certificate.userName, userName);
  assert.equal(certificate.loaded?.CertificateBody, certificateBody);

  const [own, ...others] = await iam.currentUser().signingCertificates.toArray();
  assert.deepEqual(others, []);
  assert.equal(own?.userName, userName);
  assert.equal(own?.id, certificate.id);
  await own?.deactivate();
  assert.equal(await own?.get("Status"), "Inactive");

  const user = await iam.currentUser().user();
  assert.equal(user.name, userName);
  await certificate.delete();
  assert.deepEqual(await iam.currentUser().signingCertificates.toArray(), []);
}

/** A user with tags, a group, a key and an inline policy; then everything taken away again. */
export async function userLife(
  client: IAMClient,
  { userName, groupName, policyName }: { userName: string; groupName: string; policyName: string },
): Promise<void> {
  const iam = resources({ client });
  const user = await iam.createUser({ UserName: userName, Path: "/flows/", Tags: [{ Key: "team", Value: "press" }] });
  assert.equal(await user.get("Path"), "/flows/");
  await user.waitUntilExists();
  assert.deepEqual(await user.get("Tags"), [{ Key: "team", Value: "press" }]);

  const group = await iam.createGroup({ GroupName: groupName });
  await user.addGroup({ GroupName: group.name });
  assert.deepEqual(
    (await user.groups.toArray()).map(({ name }) => name),
    [groupName],
  );
  assert.deepEqual(
    (await group.users.toArray()).map(({ name }) => name),
    [userName],
  );
  await group.removeUser({ UserName: userName });
  assert.deepEqual(await group.users.toArray(), []);
  await group.delete();

  const pair = await user.createAccessKeyPair();
  assert.ok(pair.secret.length > 0);
  await pair.deactivate();
  assert.equal(pair.loaded?.Status, "Inactive");
  const [key] = await user.accessKeys.toArray();
  assert.equal(key?.id, pair.id);
  assert.equal(await key?.get("Status"), "Inactive");
  await key?.delete();

  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::100%25 + more/*" }],
  });
  const policy = await user.createPolicy({ PolicyName: policyName, PolicyDocument });
  assert.equal(await policy.get("PolicyDocument"), PolicyDocument);
  assert.deepEqual(
    (await user.policies.toArray()).map(({ name }) => name),
    [policyName],
  );
  await policy.delete();

  await user.delete();
  await assert.rejects(
    user.get("Arn"),
    refusal("NoSuchEntityException", `The user with name ${userName} cannot be found.`),
  );
}

/** Pages of a list, and a limit that ends inside one. */
export async function pagedUsers(client: IAMClient, { pathPrefix }: { pathPrefix: string }): Promise<void> {
  const iam = resources({ client });
  const names = ["a", "b", "c", "d", "e"].map((letter) => `paged-${letter}`);
  for (const UserName of names) await iam.createUser({ UserName, Path: pathPrefix });

  const users = iam.users.filter({ PathPrefix: pathPrefix });
  const sizes: number[] = [];
  for await (const page of users.pageSize(2).pages()) sizes.push(page.length);
  assert.deepEqual(sizes, [2, 2, 1]);
  assert.deepEqual(
    (await users.pageSize(2).limit(3).toArray()).map(({ name }) => name),
    names.slice(0, 3),
  );
  for await (const user of users) await user.delete();
  assert.deepEqual(await users.toArray(), []);
}

/** A role with its policies, in an instance profile, until nothing is left of them. */
export async function roleLife(
  client: IAMClient,
  { roleName, profileName }: { roleName: string; profileName: string },
): Promise<void> {
  const iam = resources({ client });
  const trust = (service: string) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
    });
  const role = await iam.createRole({ RoleName: roleName, AssumeRolePolicyDocument: trust("ec2.amazonaws.com") });
  await role.waitUntilExists({ delay: 0, maxAttempts: 3 });
  assert.equal(await role.get("AssumeRolePolicyDocument"), trust("ec2.amazonaws.com"));
  assert.match(await role.get("RoleId"), /^AROA\w{17}$/);

  await role.assumeRolePolicy.update({ PolicyDocument: trust("lambda.amazonaws.com") });
  await role.reload();
  assert.equal(await role.get("AssumeRolePolicyDocument"), trust("lambda.amazonaws.com"));

  const document = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
  });
  const policy = await iam.createPolicy({ PolicyName: `${roleName}-policy`, PolicyDocument: document });
  await role.attachPolicy({ PolicyArn: policy.arn });
  assert.deepEqual(
    (await role.attachedPolicies.toArray()).map((attached) => attached.arn),
    [policy.arn],
  );
  assert.deepEqual(
    (await policy.attachedRoles.toArray()).map((holder) => holder.name),
    [roleName],
  );
  await role.policy("inline").put({ PolicyDocument: document });
  assert.equal(await role.policy("inline").get("PolicyDocument"), document);
  await assert.rejects(
    role.delete(),
    refusal("DeleteConflictException", "Cannot delete entity, must detach all policies first."),
  );

  const profile = await iam.createInstanceProfile({ InstanceProfileName: profileName });
  await profile.addRole({ RoleName: roleName });
  await profile.reload();
  assert.deepEqual(
    (await profile.roles()).map((held) => held.name),
    [roleName],
  );
  await assert.rejects(
    profile.delete(),
    refusal("DeleteConflictException", "Cannot delete entity, must remove roles from instance profile first."),
  );
  await profile.removeRole({ RoleName: roleName });
  await profile.delete();

  await role.detachPolicy({ PolicyArn: policy.arn });
  await policy.delete();
  await role.policy("inline").delete();
  await role.delete();
  await assert.rejects(
    role.reload(),
    refusal("NoSuchEntityException", `The role with name ${roleName} cannot be found.`),
  );
}

export function refusal(name: string, message: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof IAMServiceException, String(error));
    assert.deepEqual({ name: error.name, message: error.message }, { name, message });
    return true;
  };
}

async function onlyOne(
  list: Promise<SigningCertificate[]>,
): Promise<Awaited<ReturnType<SigningCertificate["attributes"]>>> {
  const [certificate, ...others] = await list;
  assert.deepEqual(others, []);
  assert.ok(certificate !== undefined);
  return await certificate.attributes();
}

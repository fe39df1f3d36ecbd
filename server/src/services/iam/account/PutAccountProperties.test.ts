import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  GetAccountPropertiesCommand,
  ListAttachedRolePoliciesCommand,
  PutAccountPropertiesCommand,
} from "@aws-sdk/client-iam";
import { allow, harness, refused, testAccount, userWithKey } from "../../../../test/harness.ts";
import { insertAwsPolicy } from "../../../../test/policies.ts";
import { accessDenied } from "../../../../test/refusals.ts";
import { roles } from "../../../store/roles.ts";

suite("PutAccountProperties", async () => {
  const h = await harness();
  const put = (Properties: Record<string, string>, iam = h.iam) =>
    iam.send(new PutAccountPropertiesCommand({ Properties }));
  const properties = async () => (await h.iam.send(new GetAccountPropertiesCommand({}))).Properties;
  const linkedRole = () =>
    h.environment.store.read((tx) => roles.find(tx, testAccount, "AWSServiceRoleForIAMRoleManager"));
  const off = { "RoleManager/Enabled": "false" };
  const on = { "RoleManager/Enabled": "true" };

  test("turning role manager on makes its service-linked role, which stays when it is turned off", async () => {
    assert.deepEqual(Object.keys(await put(off)), ["$metadata"]);
    assert.equal(await linkedRole(), undefined);
    await put(on);
    const made = await linkedRole();
    assert.equal(made?.path, "/aws-service-role/role-manager.iam.amazonaws.com/");
    assert.equal(made?.service_name, "role-manager.iam.amazonaws.com");
    assert.deepEqual(JSON.parse(made?.trust_document ?? ""), {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { Service: "role-manager.iam.amazonaws.com" }, Action: "sts:AssumeRole" },
      ],
    });
    await put(on);
    await put(off);
    assert.deepEqual(await properties(), off);
    assert.equal((await linkedRole())?.role_id, made?.role_id);
  });

  test("AWS's policy for that role is attached where it is known", async () => {
    const other = await harness();
    const path = "/aws-service-role/";
    await insertAwsPolicy(other, "AWSIAMRoleManagerServiceRolePolicy", path);
    await put(on, other.iam);
    const { AttachedPolicies } = await other.iam.send(
      new ListAttachedRolePoliciesCommand({ RoleName: "AWSServiceRoleForIAMRoleManager" }),
    );
    assert.deepEqual(
      AttachedPolicies?.map((policy) => policy.PolicyName),
      ["AWSIAMRoleManagerServiceRolePolicy"],
    );
  });

  test("other properties of the namespace are taken, and not kept", async () => {
    await put({ ...off, "RoleManager/Unknown": "whatever" });
    assert.deepEqual(await properties(), off);
  });

  test("refuses what is not one namespace with its one property", async () => {
    for (const [given, message] of [
      [{ RoleManager: "true" }, "Property key must be in format Namespace/PropertyName: RoleManager"],
      [{ "RoleManager/a/b": "true" }, "RoleManager namespace requires Enabled property"],
      [{ "RoleManager/Unknown": "true" }, "RoleManager namespace requires Enabled property"],
      [{ "Other/Enabled": "true" }, "Unsupported namespace: Other"],
      [{ ...off, "Other/Enabled": "true" }, "All properties must belong to the same namespace"],
      [{ "RoleManager/Enabled": "FALSE" }, "Enabled must be 'true' or 'false'"],
      [{ "RoleManager/Enabled": " false" }, "Enabled must be 'true' or 'false'"],
      [{ "RoleManager/Enabled": "0" }, "Enabled must be 'true' or 'false'"],
    ] as const) {
      assert.deepEqual(await refused(put(given)), { code: "InvalidInput", message, status: 400 });
    }
    assert.deepEqual(await properties(), off);
  });

  test("a user needs the permission, and to turn it on the role's, too, though it is there", async () => {
    const arn = `arn:aws:iam::${testAccount}:role/aws-service-role/role-manager.iam.amazonaws.com/AWSServiceRoleForIAMRoleManager`;
    const one = await userWithKey(h, "one", allow("iam:PutAccountProperties"));
    await put(off, one.iam);
    assert.deepEqual(await refused(put(on, one.iam)), accessDenied("one", "iam:CreateServiceLinkedRole", arn));
    assert.deepEqual(await properties(), off);
    const both = await userWithKey(h, "both", allow(["iam:PutAccountProperties", "iam:CreateServiceLinkedRole"]));
    await put(on, both.iam);
    assert.deepEqual(await properties(), on);
    const other = { "ForAnyValue:StringEquals": { "iam:AccountPropertyNamespaces": "Other" } };
    const held = await userWithKey(h, "held", allow("iam:PutAccountProperties", "*", other));
    assert.deepEqual(await refused(put(off, held.iam)), accessDenied("held", "iam:PutAccountProperties", "*"));
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { CreateUserCommand, ListGroupsCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { allow, type Clients, harness, refused, testAccount, userWithKey } from "../../test/harness.ts";
import { assume, roleWith } from "../../test/roles.ts";
import { readServiceControl, ServiceControlError } from "./service-control.ts";

const fullAccess = allow("*");

suite("service control policies", async () => {
  const noLists = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Action: "iam:ListUsers", Resource: "*" }],
  };
  const h = await harness({ scp: [fullAccess, noLists] });
  const ann = await userWithKey(h, "ann", allow("*"));
  const listUsers = ({ iam }: Pick<Clients, "iam">) => iam.send(new ListUsersCommand({}));
  const denied = (who: string, reason: string) => ({
    code: "AccessDenied",
    message: `User: ${who} is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${testAccount}:user/ ${reason}`,
    status: 403,
  });
  const explicitly = "with an explicit deny in a service control policy";

  test("deny everybody, root too, and leave the rest", async () => {
    assert.deepEqual(await refused(listUsers(ann)), denied(`arn:aws:iam::${testAccount}:user/ann`, explicitly));
    assert.deepEqual(await refused(listUsers(h)), denied(`arn:aws:iam::${testAccount}:root`, explicitly));
    await h.iam.send(new CreateUserCommand({ UserName: "bob" }));
    assert.deepEqual((await ann.iam.send(new ListGroupsCommand({}))).Groups, []);
  });

  test("bind sessions of roles, but not service-linked ones", async () => {
    const plain = await roleWith(h, "plain", { policy: allow("*") });
    const session = await assume(h, ann.sts, plain);
    assert.deepEqual(
      await refused(listUsers(session)),
      denied(`arn:aws:sts::${testAccount}:assumed-role/plain/session`, explicitly),
    );
    const linked = await roleWith(h, "AWSServiceRoleForSupport", {
      policy: allow("iam:ListUsers"),
      row: { path: "/aws-service-role/support.amazonaws.com/", service_name: "support.amazonaws.com" },
    });
    assert.equal((await listUsers(await assume(h, ann.sts, linked))).IsTruncated, false);
  });

  test("allow nothing by themselves, and nothing that they do not name", async () => {
    const narrow = await harness({ scp: [allow("iam:*"), allow("sts:GetCallerIdentity")] });
    const carl = await userWithKey(narrow, "carl");
    const { message } = await refused(listUsers(carl));
    assert.match(message, /because no identity-based policy allows the iam:ListUsers action$/);
    assert.equal((await listUsers(narrow)).Users?.length, 1);
    const { ListUserPoolsCommand } = await import("@aws-sdk/client-cognito-identity-provider");
    assert.deepEqual(await refused(narrow.cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }))), {
      code: "AccessDeniedException",
      message: `User: arn:aws:iam::${testAccount}:root is not authorized to perform: cognito-idp:ListUserPools on resource: * because no service control policy allows the cognito-idp:ListUserPools action`,
      status: 400,
    });
    const role = await roleWith(narrow, "role");
    const dora = await userWithKey(narrow, "dora", allow("*"));
    assert.equal((await refused(assume(narrow, dora.sts, role))).code, "AccessDenied");
    await dora.sts.send(new GetCallerIdentityCommand({}));
  });

  test("are read as a list of policies, or not at all", () => {
    assert.equal(readServiceControl(JSON.stringify([fullAccess, noLists]))?.[0]?.length, 2);
    for (const [text, message] of [
      ["{}", "a list of policies is wanted"],
      ["[]", "a list of policies is wanted"],
      ["[{}]", /^policy 1: /],
      [JSON.stringify([fullAccess, { Version: "2012-10-17" }]), /^policy 2: /],
      ["nothing", /JSON/],
    ] as const) {
      assert.throws(
        () => readServiceControl(text),
        (error) =>
          error instanceof ServiceControlError &&
          (typeof message === "string" ? error.message === message : message.test(error.message)),
      );
    }
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { authorityOf, entityOf, revocationListOf } from "../../../test/authority.ts";
import { readRolesAnywhere } from "./configuration.ts";

const arn = "arn:aws:rolesanywhere:us-east-1:123456789012:trust-anchor/4579702c-9abb-47c2-88b2-c734e0b29539";
const profileArn = "arn:aws:rolesanywhere:us-east-1:123456789012:profile/4579702c-9abb-47c2-88b2-c734e0b29539";
const id = "00000000-0000-4000-8000-000000000001";
const root = authorityOf("root");
const certificate = root.pem;

const read = (file: unknown) => readRolesAnywhere(JSON.stringify(file));

test("anchors with several certificates and a revocation list; profiles with what they leave out", () => {
  const crl = revocationListOf(root, ["ab"]);
  const { trustAnchors, profiles } = read({
    trustAnchors: [{ arn, certificate: `text before\n${certificate}${authorityOf("next").pem}`, crl }],
    profiles: [
      { arn: profileArn, roleArns: ["arn:aws:iam::123456789012:role/r"] },
      {
        id,
        roleArns: [],
        sessionPolicy: '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}',
        managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
        durationSeconds: 900,
        acceptRoleSessionName: true,
      },
    ],
  });
  assert.deepEqual(
    trustAnchors.map((anchor) => [anchor.arn, anchor.id, anchor.certificates.map(({ subject }) => subject)]),
    [[arn, arn.slice(-36), ["CN=root", "CN=next"]]],
  );
  assert.deepEqual(trustAnchors[0]?.revocation?.revoked, new Set(["AB"]));
  assert.deepEqual(profiles, [
    {
      arn: profileArn,
      id: profileArn.slice(-36),
      roleArns: new Set(["arn:aws:iam::123456789012:role/r"]),
      sessionPolicy: undefined,
      managedPolicyArns: [],
      durationSeconds: 3600,
      acceptRoleSessionName: false,
    },
    {
      arn: undefined,
      id,
      roleArns: new Set(),
      sessionPolicy: '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}',
      managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      durationSeconds: 900,
      acceptRoleSessionName: true,
    },
  ]);
});

test("says where the file is wrong", () => {
  const anchor = (given: object) => ({ trustAnchors: [given], profiles: [] });
  const profile = (given: object) => ({ trustAnchors: [], profiles: [{ id, roleArns: [], ...given }] });
  const authorities =
    "trustAnchors[0].certificate: an X.509 v3 certificate with CA:TRUE, Certificate Sign and SHA-256 or stronger is wanted";
  const cases: [file: unknown, message: string][] = [
    [[], "the file: an object is wanted"],
    [{}, "trustAnchors: a list is wanted"],
    [{ trustAnchors: [], profiles: [], roles: [] }, "the file: there is no 'roles'"],
    [anchor([]), "trustAnchors[0]: an object is wanted"],
    [anchor({ certificate }), "trustAnchors[0]: either arn or id is wanted"],
    [anchor({ arn, id, certificate }), "trustAnchors[0]: either arn or id is wanted"],
    [anchor({ id: "1", certificate }), "trustAnchors[0].id: '1' is no UUID"],
    [anchor({ arn: profileArn, certificate }), `trustAnchors[0].arn: '${profileArn}' is no ARN of a trust-anchor`],
    [anchor({ arn }), "trustAnchors[0].certificate: a text is wanted"],
    [anchor({ arn, certificate: "x" }), "trustAnchors[0].certificate: no certificate in PEM"],
    [anchor({ arn, certificate: entityOf(root).pem }), authorities],
    [anchor({ arn, certificate: certificate + authorityOf("weak", { hash: "sha1" }).pem }), authorities],
    [
      anchor({ arn, certificate: certificate.replace("MI", "M") }),
      "trustAnchors[0].certificate: The base64 is not whole.",
    ],
    [anchor({ arn, certificate, crl: "x" }), "trustAnchors[0].crl: There is no X509 CRL in PEM."],
    [
      anchor({ arn, certificate, crl: revocationListOf(authorityOf("root"), []) }),
      "trustAnchors[0].crl: The X509 CRL is not signed by its authority.",
    ],
    [anchor({ arn, certificate, name: "x" }), "trustAnchors[0]: there is no 'name'"],
    [profile({ roleArns: [1] }), "profiles[0].roleArns[0]: a text is wanted"],
    [profile({ roleArns: undefined }), "profiles[0].roleArns: a list is wanted"],
    [profile({ durationSeconds: 899 }), "profiles[0].durationSeconds: a number from 900 to 43200 is wanted"],
    [profile({ durationSeconds: 43_201 }), "profiles[0].durationSeconds: a number from 900 to 43200 is wanted"],
    [profile({ durationSeconds: "900" }), "profiles[0].durationSeconds: a number from 900 to 43200 is wanted"],
    [profile({ acceptRoleSessionName: 1 }), "profiles[0].acceptRoleSessionName: true or false is wanted"],
    [
      {
        trustAnchors: [
          { id, certificate },
          { id, certificate },
        ],
        profiles: [],
      },
      "trustAnchors: an id comes twice",
    ],
  ];
  for (const [file, message] of cases) assert.throws(() => read(file), { name: "RolesAnywhereError", message });
  assert.throws(() => read(profile({ sessionPolicy: {} })), { message: /^profiles\[0\]\.sessionPolicy: .+/ });
  assert.throws(() => readRolesAnywhere("{"), { name: "RolesAnywhereError", message: /JSON/ });
});

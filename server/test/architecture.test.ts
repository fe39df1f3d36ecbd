/**
 * The rules of ARCHITECTURE.md that a machine can hold this house to. Each is asked about the house, which it must find
 * in order, and about a small sample that breaks it, so that a rule which sees nothing any more fails here.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  checkEnvironment,
  checkSql,
  checkSyntax,
  checkTests,
  checkTimeAndRandomness,
  checkTypes,
} from "./architecture/code.ts";
import { type House, houseOf, thisHouse } from "./architecture/house.ts";
import { checkNames, checkOperations } from "./architecture/names.ts";
import { checkCycles, checkManuals, checkRooms } from "./architecture/rooms.ts";
import { describeViolation, type Violation } from "./architecture/source.ts";
import { checkWords } from "./architecture/words.ts";

interface Rule {
  readonly title: string;
  readonly check: (house: House) => Violation[];
  /** Path to text: a house in which the rule is broken here and there. */
  readonly sample: Readonly<Record<string, string>>;
  /** All that the rule says of the sample. */
  readonly found: readonly string[];
}

const house = thisHouse();

const rules: Rule[] = [
  {
    title: "imports only go down, and each library has its room",
    check: checkRooms,
    sample: {
      "server/src/main.ts": 'import { a } from "./endpoints/routes.ts";\nimport pg from "pg";',
      "server/src/routes.ts": "",
      "server/src/shed/tool.ts": 'import "../runtime/clock.ts";',
      "server/src/endpoints/routes.ts": [
        'import { perform } from "../services/operation.ts";',
        'import type { Tx } from "../store/store.ts";',
        'import { request } from "node:https";',
        'import type { User } from "@aws-sdk/client-iam";',
        'import { IAMClient } from "@aws-sdk/client-iam";',
        'import { type Tag, TagUserCommand } from "@aws-sdk/client-iam";',
        'const load = () => import("../store/store.ts");',
        "const any = (name: string) => import(name);",
        'export { users } from "../store/users.ts";',
        'type Rows = import("../store/tables.ts").Tables;',
      ].join("\n"),
      "server/src/policy/match.ts": [
        'import { PolicyError } from "./policy-error.ts";',
        'import type { Clock } from "../runtime/clock.ts";',
        'import { isIP } from "node:net";',
      ].join("\n"),
      "server/src/services/iam/tags.ts": [
        'import { paging } from "../paging.ts";',
        'import { pools } from "../cognito/pools.ts";',
        'import { harness } from "../../../test/harness.ts";',
      ].join("\n"),
      "server/src/store/store.ts": 'import { Kysely, sql } from "kysely";\nimport { refusal } from "../contract/x.ts";',
      "server/src/store/store.test.ts": 'import { start } from "../main.ts";',
      "client/src/user.ts": [
        'import { IAMClient } from "@aws-sdk/client-iam";',
        'import { readFile } from "node:fs/promises";',
        'import { version } from "../../server/src/version.ts";',
      ].join("\n"),
    },
    found: [
      "server/src/main.ts:2 rooms: pg belongs to store/",
      "server/src/shed/tool.ts:1 rooms: shed is no room of the import table, nor on top of it",
      "server/src/endpoints/routes.ts:2 rooms: endpoints/ must not import store",
      "server/src/endpoints/routes.ts:3 rooms: endpoints/ must not import node:https",
      "server/src/endpoints/routes.ts:5 rooms: endpoints/ may import types of @aws-sdk/client-iam, nothing else",
      "server/src/endpoints/routes.ts:6 rooms: endpoints/ may import types of @aws-sdk/client-iam, nothing else",
      "server/src/endpoints/routes.ts:7 rooms: endpoints/ must not import store",
      "server/src/endpoints/routes.ts:8 rooms: endpoints/ must not import ?",
      "server/src/endpoints/routes.ts:9 rooms: endpoints/ must not import store",
      "server/src/endpoints/routes.ts:10 rooms: endpoints/ must not import store",
      "server/src/policy/match.ts:2 rooms: policy/ must not import runtime",
      "server/src/policy/match.ts:3 rooms: policy/ must not import node:net",
      "server/src/services/iam/tags.ts:2 rooms: services/iam must not import services/cognito",
      "server/src/services/iam/tags.ts:3 rooms: the server must not import server/test/harness.ts",
      "server/src/store/store.ts:2 rooms: store/ must not import contract",
      "client/src/user.ts:2 rooms: the client must not import node:fs/promises",
      "client/src/user.ts:3 rooms: the client must not import server/src/version.ts",
    ],
  },
  {
    title: "no two files need each other to run",
    check: checkCycles,
    sample: {
      "server/src/access/a.ts": 'import { b } from "./b.ts";',
      "server/src/access/b.ts": 'import { c } from "./c.ts";',
      "server/src/access/c.ts": 'import type { A } from "./a.ts";\nimport { b } from "./b.ts";',
      "server/src/access/itself.ts": 'import { a } from "./itself.ts";',
    },
    found: [
      "server/src/access/c.ts:2 cycles: server/src/access/b.ts -> server/src/access/c.ts -> server/src/access/b.ts",
      "server/src/access/itself.ts:1 cycles: server/src/access/itself.ts -> server/src/access/itself.ts",
    ],
  },
  {
    title: "each room opens with its manual",
    check: checkManuals,
    sample: {
      "server/src/policy/match.ts": "export const a = 1;",
      "server/src/policy/late.ts": "export const a = 1;\n/** policy/: not at the beginning. */",
      "server/src/store/tables.ts": `/**\n * store/: what is remembered.\n${" * line\n".repeat(9)} */`,
      "server/src/access/caller.ts": `/**\n * access/: who is calling.\n${" * line\n".repeat(10)} */`,
      "server/src/crypto/a.ts": "/** crypto/: formats. */",
      "server/src/crypto/b.ts": "/** crypto/: primitives. */",
      "server/src/crypto/x509/read.ts": "/** x509/: certificates. */",
    },
    found: [
      "server/src/access/caller.ts:1 manuals: a manual has at most ten lines, not 11",
      "server/src/policy/match.ts:1 manuals: no file of the room opens with a comment that begins with policy/:",
      "server/src/crypto/b.ts:1 manuals: server/src/crypto/a.ts is the manual of crypto/ already",
    ],
  },
  {
    title: "one PascalCase file is one operation, tested beside it and listed",
    check: checkOperations,
    sample: {
      "server/src/services/iam/operations.ts": [
        'import { more } from "./more.ts";',
        "export const iamOperations = {",
        '  GetUser: () => import("./users/GetUser.ts"),',
        '  TagUser: () => import("./users/TagUser.ts"),',
        '  ListUsers: () => import("./users/list.ts"),',
        '  UnknownUser: () => import("./users/UnknownUser.ts"),',
        '  CreateUser: () => import("./users/GetUser.ts"),',
        "  DeleteUser,",
        "  ...more,",
        "} satisfies OperationTable<IamApi>;",
      ].join("\n"),
      "server/src/services/iam/users/GetUser.ts": 'export const GetUser = iam("GetUser", {});',
      "server/src/services/iam/users/GetUser.test.ts": "",
      "server/src/services/iam/users/TagUser.ts": 'export const TagUser = iam("TagUser", {});\nexport type More = 1;',
      "server/src/services/iam/users/TagUser.test.ts": "",
      "server/src/services/iam/users/DeleteUser.ts": "export function DeleteUser() {}",
      "server/src/services/iam/users/UnknownUser.ts": 'export const UnknownUser = iam("UnknownUser", {});',
      "server/src/services/iam/users/UnknownUser.test.ts": "",
      "server/src/services/iam/users/list.ts": 'export const ListUsers = iam("ListUsers", {});',
      "server/src/services/iam/users/UpdateUser.test.ts": "",
      "server/src/services/sts/GetUser.ts": "export const GetUser = 1;",
      "server/src/services/sts/GetUser.test.ts": "",
    },
    found: [
      "server/src/services/iam/operations.ts:5 operations: ListUsers must come from a ListUsers.ts of its own",
      "server/src/services/iam/operations.ts:7 operations: CreateUser must come from a CreateUser.ts of its own",
      "server/src/services/iam/operations.ts:8 operations: the table names operations, one a line, and nothing else",
      "server/src/services/iam/operations.ts:9 operations: the table names operations, one a line, and nothing else",
      "server/src/services/iam/users/TagUser.ts:1 operations: it must export the constant TagUser and nothing else",
      "server/src/services/iam/users/DeleteUser.ts:1 operations: it must export the constant DeleteUser and nothing else",
      "server/src/services/iam/users/DeleteUser.ts:1 operations: DeleteUser.test.ts is not beside it",
      "server/src/services/iam/users/DeleteUser.ts:1 operations: services/iam/operations.ts does not list it",
      "server/src/services/iam/users/UnknownUser.ts:1 operations: UnknownUser is no operation of iam",
      "server/src/services/iam/users/list.ts:1 operations: the operation ListUsers must stand in a ListUsers.ts of its own",
      "server/src/services/iam/users/UpdateUser.test.ts:1 operations: UpdateUser.ts is not beside it",
      "server/src/services/sts/GetUser.ts:1 operations: GetUser is no operation of sts",
      "server/src/services/sts/GetUser.ts:1 operations: services/sts/operations.ts does not list it",
    ],
  },
  {
    title: "names say what a thing is, and case whose word it is",
    check: checkNames,
    sample: {
      "server/src/services/iam/users/TagUser.ts": "export const TagUser = 1;",
      "server/src/services/sts/GetAccessKeyInfo.ts": "export const GetAccessKeyInfo = 1;",
      "server/src/access/VersionedCache.ts": "",
      "server/src/access/snake_case.ts": "",
      "server/src/accessKeys/caller.ts": "",
      "server/src/access/key-manager.ts": "",
      "server/src/access/caller.ts": [
        "export class KeyManager {}",
        "export interface CallerInfo {}",
        "export const string_utils = 1, informed = 2;",
        "export function requestHandler() {}",
        "export class ServiceException {}",
        "const kept = 1;",
        "export { kept as keptData };",
      ].join("\n"),
    },
    found: [
      "server/src/access/VersionedCache.ts:1 names: VersionedCache must be in kebab-case",
      "server/src/access/snake_case.ts:1 names: snake_case must be in kebab-case",
      "server/src/accessKeys/caller.ts:1 names: accessKeys must be in kebab-case",
      "server/src/access/key-manager.ts:1 names: key-manager.ts says nothing by its last word",
      "server/src/access/caller.ts:1 names: KeyManager says nothing by its last word",
      "server/src/access/caller.ts:2 names: CallerInfo says nothing by its last word",
      "server/src/access/caller.ts:3 names: string_utils says nothing by its last word",
      "server/src/access/caller.ts:4 names: requestHandler says nothing by its last word",
      "server/src/access/caller.ts:7 names: keptData says nothing by its last word",
    ],
  },
  {
    title: "time and randomness come from runtime/ alone",
    check: checkTimeAndRandomness,
    sample: {
      "server/src/runtime/clock.ts": "export const now = () => Date.now();",
      "server/src/access/caller.test.ts": "const now = Date.now();",
      "server/src/access/caller.ts": [
        'import { randomBytes, randomUUID as id } from "node:crypto";',
        "const a = [new Date(0), Date.UTC(2026)]; // new Date()",
        "const b = new Date();",
        "const c = new Date;",
        "const d = Date(), later = new globalThis.Date();",
        "const e = globalThis.Date.now; const f = Date.now;",
        "const g = Math.random();",
        "const h = crypto.getRandomValues(new Uint8Array(1));",
        "const i = process.hrtime.bigint();",
        "const j = performance.now();",
        'const k = "Date.now()";',
      ].join("\n"),
    },
    found: [
      "server/src/access/caller.ts:1 time and randomness: randomBytes outside runtime/",
      "server/src/access/caller.ts:1 time and randomness: randomUUID outside runtime/",
      "server/src/access/caller.ts:3 time and randomness: new Date() outside runtime/",
      "server/src/access/caller.ts:4 time and randomness: new Date() outside runtime/",
      "server/src/access/caller.ts:5 time and randomness: Date() outside runtime/",
      "server/src/access/caller.ts:5 time and randomness: new Date() outside runtime/",
      "server/src/access/caller.ts:6 time and randomness: Date.now outside runtime/",
      "server/src/access/caller.ts:6 time and randomness: Date.now outside runtime/",
      "server/src/access/caller.ts:7 time and randomness: Math.random outside runtime/",
      "server/src/access/caller.ts:8 time and randomness: getRandomValues outside runtime/",
      "server/src/access/caller.ts:9 time and randomness: hrtime outside runtime/",
      "server/src/access/caller.ts:10 time and randomness: performance.now outside runtime/",
    ],
  },
  {
    title: "the environment is read on top of the house alone",
    check: checkEnvironment,
    sample: {
      "server/src/cli.ts": "readConfig(process.env);",
      "server/src/main.ts": "const home = process.env.HOME;\nconst { env } = process;\nconst { pid } = process;",
    },
    found: [
      "server/src/main.ts:1 environment: process.env outside cli.ts and config.ts",
      "server/src/main.ts:2 environment: process.env outside cli.ts and config.ts",
      "server/src/main.ts:3 environment: process.env outside cli.ts and config.ts",
    ],
  },
  {
    title: "named exports, and syntax that erases",
    check: checkSyntax,
    sample: {
      "server/src/access/caller.ts": [
        "export default function caller() {}",
        'export * from "./caller-key.ts";',
        'export * as keys from "./caller-key.ts";',
        "const a = 1;",
        "export { a as default };",
        "export enum Kind { User }",
        "namespace Inner { export const b = 1; }",
        "@sealed class Sealed {}",
        'export { a } from "./caller-key.ts";',
      ].join("\n"),
      "tools/print.ts": "export default 1;",
    },
    found: [
      "server/src/access/caller.ts:1 syntax: a default export",
      "server/src/access/caller.ts:2 syntax: export *",
      "server/src/access/caller.ts:3 syntax: export *",
      "server/src/access/caller.ts:5 syntax: a default export",
      "server/src/access/caller.ts:6 syntax: an enum",
      "server/src/access/caller.ts:7 syntax: a namespace",
      "server/src/access/caller.ts:8 syntax: a decorator",
      "tools/print.ts:1 syntax: a default export",
    ],
  },
  {
    title: "types are not talked around",
    check: checkTypes,
    sample: {
      "server/src/access/caller.test.ts": "const a: any = 1;",
      "server/src/access/caller.ts": [
        "const a: any = 1; // any",
        "const b = a as any; // any",
        "const c = a as unknown as string; // any",
        "// @ts-ignore",
        "// @ts-expect-error",
        "// @ts-expect-error: the declaration lacks this member",
        "const d = a as string;",
        "const e = a as string; // checked above",
        'const f = ["x"] as const;',
      ].join("\n"),
    },
    found: [
      "server/src/access/caller.ts:1 types: any",
      "server/src/access/caller.ts:2 types: any",
      "server/src/access/caller.ts:3 types: as unknown as",
      "server/src/access/caller.ts:7 types: as, without its reason on the same line",
      "server/src/access/caller.ts:4 types: the compiler is told to look away",
      "server/src/access/caller.ts:5 types: an expected error, without its reason on the same line",
    ],
  },
  {
    title: "every test is run",
    check: checkTests,
    sample: {
      "server/src/access/caller.test.ts": [
        'test.skip("a", () => {});',
        'describe.only("b", () => {});',
        'it.todo("c");',
        'test("d", { skip: true }, () => {});',
        'test("e", { timeout: 1, only: true }, () => {});',
        'test("f", (t) => t.skip());',
        'test("g", { timeout: 1 }, () => {});',
      ].join("\n"),
    },
    found: [
      "server/src/access/caller.test.ts:1 tests: a test with .skip",
      "server/src/access/caller.test.ts:2 tests: a test with .only",
      "server/src/access/caller.test.ts:3 tests: a test with .todo",
      "server/src/access/caller.test.ts:4 tests: a test with skip",
      "server/src/access/caller.test.ts:5 tests: a test with only",
      "server/src/access/caller.test.ts:6 tests: a test with .skip",
    ],
  },
  {
    title: "SQL is in store/ alone",
    check: checkSql,
    sample: {
      "server/src/store/users.ts": "const a = sql`select 1 from users`;",
      "server/src/access/caller.ts": [
        "const a = sql`now()`;",
        'const b = "select name from users";',
        "const c = `DELETE FROM $" + "{table}`;",
        'const d = "Select a user from the list";',
        'const e = "updates are set apart";',
      ].join("\n"),
    },
    found: [
      "server/src/access/caller.ts:1 sql: sql`…` outside store/",
      "server/src/access/caller.ts:2 sql: an SQL statement outside store/",
      "server/src/access/caller.ts:3 sql: an SQL statement outside store/",
      "server/src/access/caller.ts:4 sql: an SQL statement outside store/",
    ],
  },
  {
    title: "the project speaks of itself alone",
    check: checkWords,
    sample: {
      "README.md": [
        `see /${"work"}/plan.md`,
        `agreed with ${"the"} lead`,
        `https:/${"/"}packages.somewhere.corp/kysely`,
        "https://docs.aws.amazon.com/IAM and http://localhost:4566/ and arn:aws:iam::123456789012:root",
      ].join("\n"),
      "package-lock.json": [
        `"funding": "https:/${"/"}opencollective.com/x",`,
        `"resolved": "https:/${"/"}packages.somewhere.corp/kysely.tgz",`,
      ].join("\n"),
    },
    found: [
      "README.md:1 words: a path of one machine",
      "README.md:2 words: words between those who wrote it",
      "README.md:3 words: packages.somewhere.corp is no host that words.ts knows",
      "package-lock.json:2 words: packages.somewhere.corp is no host that words.ts knows",
    ],
  },
];

// A rule that is asked about nothing finds nothing.
test("the house is read whole", () => {
  const read = (start: string) => house.sources.filter(({ path }) => path.startsWith(start)).length;
  assert.deepEqual(
    ["server/src/", "server/test/", "client/src/", "tools/"].filter((folder) => read(folder) === 0),
    [],
  );
  assert.ok(house.sources.some(({ isTest }) => isTest));
});

for (const { title, check, sample, found } of rules) {
  describe(title, () => {
    test("here", () => {
      const violations = check(house).map(describeViolation);
      assert.ok(violations.length === 0, violations.join("\n"));
    });

    test("and where it is not so, it is seen", () => {
      assert.deepEqual(check(houseOf(new Map(Object.entries(sample)))).map(describeViolation), found);
    });
  });
}

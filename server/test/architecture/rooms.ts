import type { House } from "./house.ts";
import type { Import, Source, Violation } from "./source.ts";

/** What the files of a room may import, besides each other. */
interface Room {
  readonly rooms: readonly string[];
  /** Packages and Node's modules. */
  readonly packages: readonly string[];
  /** Packages of which types alone may be used, because types are gone at run time. */
  readonly types?: readonly string[];
}

const sdk = ["@aws-sdk/client-iam", "@aws-sdk/client-sts", "@aws-sdk/client-cognito-identity-provider"];

/** The import table: imports only go down, and each room says which library it is the home of. */
export const rooms: Readonly<Record<string, Room>> = {
  endpoints: { rooms: ["services", "access", "contract", "runtime"], packages: ["node:http"], types: sdk },
  "mock-idp": { rooms: ["saml", "crypto", "runtime"], packages: ["node:crypto"] },
  services: {
    rooms: ["access", "store", "policy", "saml", "crypto", "contract", "runtime"],
    packages: ["@simplewebauthn/server", "qr", "node:zlib"],
    types: sdk,
  },
  access: {
    rooms: ["store", "policy", "crypto", "contract", "runtime"],
    packages: ["node:zlib"],
    types: ["node:crypto"],
  },
  policy: { rooms: [], packages: [] },
  saml: { rooms: ["crypto"], packages: ["node:crypto", "node:zlib"] },
  crypto: { rooms: [], packages: ["node:crypto", "node:util", "jose"] },
  store: {
    rooms: ["runtime"],
    packages: [
      "kysely",
      "pg",
      "node:sqlite",
      "node:crypto",
      "node:fs",
      "node:module",
      "node:path",
      "node:timers/promises",
      // The copying of SQLite's log.
      "node:worker_threads",
    ],
  },
  // model.ts reads the JSON that stands beside it.
  contract: { rooms: [], packages: ["node:fs"], types: sdk },
  runtime: {
    rooms: [],
    packages: [
      "node:crypto",
      "node:dns",
      // The audit log is a stream to a file.
      "node:fs",
      "node:http",
      "node:https",
      "node:net",
      "node:os",
      "node:worker_threads",
      "node:util",
      "nodemailer",
      "pino",
    ],
  },
};

/** On top of the house: these wire it, and may import anything. */
const top = new Set([
  "main.ts",
  "config.ts",
  "cli.ts",
  "credential-process.ts",
  "control-request.ts",
  "outbox-command.ts",
  "certificates-command.ts",
  "mock-idp-command.ts",
  "index.ts",
  "data-directory.ts",
  "version.ts",
]);

const loadsByName = new Set([
  // A tool for the developer, that loads every other file of its room.
  "store/compile-statements.ts",
  // Functions that the operator has named, by their paths.
  "runtime/local-function.ts",
]);

/** Databases have one home, even for the files on top. */
const databases = ["kysely", "pg", "node:sqlite"];

/** Services stand side by side: what two of them share is one floor up, in services/ itself, or further down. */
const siblings = ["iam", "sts", "cognito", "roles-anywhere"];

export function checkRooms({ sources }: House): Violation[] {
  return sources.flatMap((source) => {
    if (source.isTest) return [];
    return source.imports.flatMap((imported) => {
      const what = source.path.startsWith("server/src/")
        ? refuseInServer(source.path.slice("server/src/".length), imported)
        : source.path.startsWith("client/src/")
          ? refuseInClient(imported)
          : undefined;
      return what === undefined ? [] : [{ path: source.path, line: imported.line, rule: "rooms", what }];
    });
  });
}

function refuseInServer(path: string, imported: Import): string | undefined {
  const name = roomOf(path);
  const room = rooms[name];
  if (room === undefined) {
    return top.has(path) ? refuseAnywhere(imported) : `${name} is no room of the import table, nor on top of it`;
  }
  const { specifier, target } = imported;
  if (target === undefined) {
    const wanted = packageOf(specifier);
    if (room.packages.includes(wanted) || (specifier === "?" && loadsByName.has(path))) return undefined;
    if (!room.types?.includes(wanted)) return `${name}/ must not import ${specifier}`;
    return imported.isTypeOnly ? undefined : `${name}/ may import types of ${specifier}, nothing else`;
  }
  const inside = target.startsWith("server/src/") ? target.slice("server/src/".length) : undefined;
  if (inside === undefined || target.endsWith(".test.ts")) return refuseAnywhere(imported);
  const other = roomOf(inside);
  if (other !== name) return room.rooms.includes(other) ? undefined : `${name}/ must not import ${other}`;
  const sibling = siblingOf(path);
  const otherSibling = siblingOf(inside);
  if (sibling === undefined || otherSibling === undefined || sibling === otherSibling) return undefined;
  return `services/${sibling} must not import services/${otherSibling}`;
}

function refuseInClient({ specifier, target }: Import): string | undefined {
  if (target === undefined) {
    return packageOf(specifier) === "@aws-sdk/client-iam" ? undefined : `the client must not import ${specifier}`;
  }
  return target.startsWith("client/src/") && !target.endsWith(".test.ts")
    ? undefined
    : `the client must not import ${target}`;
}

/** For the files on top, which may import anything that is shipped. */
function refuseAnywhere({ specifier, target, isTypeOnly }: Import): string | undefined {
  if (target !== undefined) {
    const isShipped = target.startsWith("server/src/") && !target.endsWith(".test.ts");
    return isShipped ? undefined : `the server must not import ${target}`;
  }
  if (specifier === "?") return "the server must not import a computed specifier";
  if (databases.includes(packageOf(specifier))) return `${specifier} belongs to store/`;
  return specifier.startsWith("@aws-sdk/") && !isTypeOnly
    ? `the server may import types of ${specifier}, nothing else`
    : undefined;
}

/** `policy` for policy/conditions/arn.ts; the file itself for what stands in no room. */
function roomOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : path;
}

function siblingOf(path: string): string | undefined {
  const [room, folder] = path.split("/");
  return room === "services" ? siblings.find((sibling) => sibling === folder) : undefined;
}

function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : specifier.startsWith("node:") ? undefined : 1).join("/");
}

/**
 * No two files need each other to run. The client's resources lead to each other as IAM's do (the groups of a user, the
 * users of a group), so they are no part of this.
 */
export function checkCycles({ sources }: House): Violation[] {
  const byPath = new Map(
    sources.flatMap((source) => (source.path.startsWith("client/") ? [] : [[source.path, source]])),
  );
  const violations: Violation[] = [];
  const done = new Set<string>();
  const visit = (source: Source, trail: readonly string[]): void => {
    for (const { target, isTypeOnly, line } of source.imports) {
      const next = target === undefined || isTypeOnly ? undefined : byPath.get(target);
      if (next === undefined || done.has(next.path)) continue;
      const start = trail.indexOf(next.path);
      if (start === -1) visit(next, [...trail, next.path]);
      else {
        const what = [...trail.slice(start), next.path].join(" -> ");
        violations.push({ path: source.path, line, rule: "cycles", what });
      }
    }
    done.add(source.path);
  };
  for (const source of sources) if (!done.has(source.path)) visit(source, [source.path]);
  return violations;
}

/** A room opens with its manual: one leading comment, `policy/: …`, of at most ten lines, in one of its files. */
export function checkManuals({ sources }: House): Violation[] {
  return Object.keys(rooms).flatMap((room) => {
    const folder = `server/src/${room}/`;
    const inRoom = sources.filter(({ path, isTest }) => path.startsWith(folder) && !isTest);
    const [first] = inRoom;
    // A room that is still empty, as in a sample, has nothing to say.
    if (first === undefined) return [];
    const manuals = inRoom.flatMap((source) => {
      const lines = /^\/\*\*?([\s\S]*?)\*\//
        .exec(source.text)?.[1]
        ?.split("\n")
        .map((line) => line.replace(/^ *\*? ?/, ""));
      const text = lines?.join("\n").trim() ?? "";
      return text.startsWith(`${room}/: `) ? [{ path: source.path, length: text.split("\n").length }] : [];
    });
    const violation = (path: string, what: string): Violation => ({ path, line: 1, rule: "manuals", what });
    if (manuals.length === 0) {
      return [violation(first.path, `no file of the room opens with a comment that begins with ${room}/:`)];
    }
    return manuals.flatMap(({ path, length }, index) => [
      ...(index === 0 ? [] : [violation(path, `${manuals[0]?.path} is the manual of ${room}/ already`)]),
      ...(length <= 10 ? [] : [violation(path, `a manual has at most ten lines, not ${length}`)]),
    ]);
  });
}

import { StoreError } from "../store-error.ts";
import { initial } from "./0001-initial.ts";
import { roles } from "./0002-roles.ts";
import { instanceProfiles } from "./0003-instance-profiles.ts";
import { credentials } from "./0004-credentials.ts";
import { federation } from "./0005-federation.ts";
import { accessReports } from "./0006-access-reports.ts";
import { delegation } from "./0007-delegation.ts";
import { certificatesById } from "./0008-certificates-by-id.ts";
import { poolUsers } from "./0009-pool-users.ts";
import { messages } from "./0010-messages.ts";
import { poolSessions } from "./0011-pool-sessions.ts";
import { poolResources } from "./0012-pool-resources.ts";
import { signIn } from "./0013-sign-in.ts";
import { poolGroups } from "./0014-pool-groups.ts";
import { poolUserFactors } from "./0015-pool-user-factors.ts";
import { userImportJobs } from "./0016-user-import-jobs.ts";
import { authEvents } from "./0017-auth-events.ts";
import { authorizationCodes } from "./0018-authorization-codes.ts";
import { authSessionsByEnd } from "./0019-auth-sessions-by-end.ts";

/** How a database spells what the migrations speak of. */
export interface ColumnTypes {
  /** Text in the order of its bytes, so that both databases sort alike. */
  readonly text: string;
  /** 64 bits, signed. */
  readonly integer: string;
  readonly bytes: string;
  /** At the end of a table of narrow rows, kept in the order of its primary key. */
  readonly clustered: string;
  /** At the end of any other table. */
  readonly heap: string;
}

export interface Migration {
  readonly number: number;
  readonly name: string;
  statements(types: ColumnTypes): readonly string[];
}

/** Forward only; what has been released is never edited. */
export const migrations: readonly Migration[] = [
  initial,
  roles,
  instanceProfiles,
  credentials,
  federation,
  accessReports,
  delegation,
  certificatesById,
  poolUsers,
  messages,
  poolSessions,
  poolResources,
  signIn,
  poolGroups,
  poolUserFactors,
  userImportJobs,
  authEvents,
  authorizationCodes,
  authSessionsByEnd,
];

/** What a database at schema `current` still needs, in order. */
export function migrationsAfter(current: number): readonly Migration[] {
  const newest = migrations.at(-1)?.number ?? 0;
  if (current > newest) {
    throw new StoreError(
      "newer",
      `The database was written by a newer version of Countersign: its schema is ${current}, this version knows ${newest}.`,
    );
  }
  return migrations.filter((migration) => migration.number > current);
}

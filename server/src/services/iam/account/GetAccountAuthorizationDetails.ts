import { groups } from "../../../store/groups.ts";
import { roles } from "../../../store/roles.ts";
import { users } from "../../../store/users.ts";
import type { Call } from "../../operation.ts";
import { decodeMarker, defaultPageSize, page } from "../../paging.ts";
import { iam } from "../iam.ts";
import { listed } from "../managed-policies/policy-list.ts";
import {
  groupAuthorization,
  policyAuthorization,
  roleAuthorization,
  userAuthorization,
} from "./authorization-details.ts";

/** The parts of the one list, in its order; a marker says which part the page ends in. */
const parts = ["User", "Group", "Role", "LocalManagedPolicy", "AWSManagedPolicy"] as const;
const partNames: readonly string[] = parts;
type Part = (typeof parts)[number];

interface Entry {
  readonly part: Part;
  readonly key: string;
  /** Only what a page shows is looked into. */
  describe(): Promise<object>;
}

export const GetAccountAuthorizationDetails = iam("GetAccountAuthorizationDetails", {
  // Observed in refusals of AWS: this operation is about no resource in particular.
  resource: () => ({ arn: "*" }),

  async handle(input, call) {
    const limit = input.MaxItems ?? defaultPageSize;
    const wanted = new Set<string>(input.Filter === undefined || input.Filter.length === 0 ? parts : input.Filter);
    const [start, after] = readMarker(call, input.Marker);
    const found: Entry[] = [];
    for (const part of parts.slice(start)) {
      if (!wanted.has(part) || found.length > limit) continue;
      const key = part === parts[start] ? after : "";
      found.push(...(await entriesOf(call, part, key, limit + 1 - found.length)));
    }
    const { rows, ...more } = page(found, limit, ({ part, key }) => `${part}/${key}`);
    const described: Record<Part, object[]> = {
      User: [],
      Group: [],
      Role: [],
      LocalManagedPolicy: [],
      AWSManagedPolicy: [],
    };
    for (const entry of rows) described[entry.part].push(await entry.describe());
    return {
      UserDetailList: described.User,
      GroupDetailList: described.Group,
      RoleDetailList: described.Role,
      Policies: [...described.LocalManagedPolicy, ...described.AWSManagedPolicy],
      ...more,
    };
  },
});

function readMarker(call: Call, given: string | undefined): readonly [start: number, after: string] {
  const marker = decodeMarker(call, given);
  if (marker === "") return [0, ""];
  const slash = marker.indexOf("/");
  const start = partNames.indexOf(marker.slice(0, slash));
  return start < 0 ? call.fail("ValidationError", "Invalid Marker.") : [start, marker.slice(slash + 1)];
}

async function entriesOf(call: Call, part: Part, after: string, limit: number): Promise<Entry[]> {
  const { tx, accountId } = call;
  const entries = <Row extends { readonly name_key: string }>(
    rows: readonly Row[],
    describe: (call: Call, row: Row) => Promise<object>,
  ) => rows.map((row): Entry => ({ part, key: row.name_key, describe: () => describe(call, row) }));
  switch (part) {
    case "User":
      return entries(await users.list(tx, accountId, "/", after, limit), userAuthorization);
    case "Group":
      return entries(await groups.list(tx, accountId, "/", after, limit), groupAuthorization);
    case "Role":
      return entries(await roles.list(tx, accountId, "/", after, limit), roleAuthorization);
    case "LocalManagedPolicy":
      return entries(
        await listed(call, { pathPrefix: "/", uses: undefined }, accountId, after, limit),
        policyAuthorization,
      );
    case "AWSManagedPolicy": {
      // Only those in use, as in every such answer of AWS that has been published.
      const uses = ["attachment", "boundary"] as const;
      return entries(await listed(call, { pathPrefix: "/", uses }, "aws", after, limit), policyAuthorization);
    }
  }
}

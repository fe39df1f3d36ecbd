import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import type { WithStoredPairs } from "../../../contract/stored-pairs.ts";
import { attributesOf, type ListedPoolUser } from "../../../store/pool-users.ts";
import type { Call } from "../../operation.ts";
import { decodeNextToken, tokenPage } from "../../paging.ts";
import type { PoolContext } from "../app-clients/app-client.ts";
import { schemaByName } from "../attributes/attribute-rules.ts";
import { cognito } from "../cognito.ts";
import type { Configuration } from "../user-pools/configuration.ts";
import { attributeList, listedUserShape } from "./pool-user.ts";
import {
  findUsers,
  isPositionOf,
  type Position,
  positionOf,
  readFilter,
  start,
  type UserFilter,
} from "./user-filter.ts";
import { requirePool } from "./user-of-pool.ts";

/** What a page holds where nothing is said: as many as it may. */
const mostOfPage = 60;

export const ListUsers = cognito("ListUsers", {
  resource: (input, call) => requirePool(call, input.UserPoolId),

  async handle(input, call, context) {
    const filter = readFilter(call, input.Filter);
    const shape = shapeWith(call, context.configuration, input.AttributesToGet);
    const limit = input.Limit || mostOfPage;
    const position = positionFrom(call, context, filter, input.PaginationToken);
    const found = await findUsers(call.tx, context, filter, position, limit + 1);
    const { rows, NextToken } = tokenPage(found, limit, (user) => JSON.stringify(positionOf(context, filter, user)));
    return { Users: rows.map(shape), ...(NextToken === undefined ? {} : { PaginationToken: NextToken }) };
  },
});

function positionFrom(
  call: Call,
  context: PoolContext,
  filter: UserFilter | undefined,
  token: string | undefined,
): Position {
  const key = decodeNextToken(call, token);
  if (key === "") return start;
  try {
    const position: unknown = JSON.parse(key);
    if (Array.isArray(position)) {
      const [first, second]: unknown[] = position;
      if (typeof first === "string" && typeof second === "string") {
        const position: Position = [first, second];
        if (isPositionOf(context, filter, position)) return position;
      }
    }
  } catch {
    // Refused below, as whatever else is no token of this list.
  }
  return call.fail(
    "InvalidParameterException",
    `Paging marker ${token} is invalid for request ${call.facts.requestId}`,
  );
}

/** Users with all of their attributes, or with those that were asked for. */
function shapeWith(
  call: Call,
  configuration: Configuration,
  names: readonly string[] | undefined,
): (user: ListedPoolUser) => WithStoredPairs<UserType> {
  if (names === undefined || names.length === 0) return listedUserShape;
  const schema = schemaByName(configuration);
  const asked = new Set(names);
  for (const name of asked) {
    // The text as far as scripts of 2019 look for it.
    if (!schema.has(name)) call.fail("InvalidParameterException", "One or more requested attributes do not exist.");
  }
  return (user) => {
    const attributes = attributeList({ ...user, attributes: attributesOf(user.attributes_json) });
    return { ...listedUserShape(user), Attributes: attributes.filter(({ Name = "" }) => asked.has(Name)) };
  };
}

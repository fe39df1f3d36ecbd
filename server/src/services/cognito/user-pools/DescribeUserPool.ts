import { cognito } from "../cognito.ts";
import { describedUserPool, requireUserPool } from "./user-pool.ts";

export const DescribeUserPool = cognito("DescribeUserPool", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  handle: (_input, _call, { pool }) => ({ UserPool: describedUserPool(pool) }),
});

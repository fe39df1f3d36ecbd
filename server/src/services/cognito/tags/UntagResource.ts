import { userPools } from "../../../store/user-pools.ts";
import { cognito } from "../cognito.ts";
import { requireTagged } from "./tags.ts";

export const UntagResource = cognito("UntagResource", {
  resource: (input, call) => requireTagged(call, input.ResourceArn),

  async handle(input, call, { pool }) {
    const gone = new Set(input.TagKeys);
    const kept = Object.entries(pool.tags).filter(([key]) => !gone.has(key));
    await userPools.setTags(call.tx, pool.pool_id, Object.fromEntries(kept));
  },
});

import { userPools } from "../../../store/user-pools.ts";
import { cognito } from "../cognito.ts";
import { mergeTags, requireTagged } from "./tags.ts";

export const TagResource = cognito("TagResource", {
  resource: (input, call) => requireTagged(call, input.ResourceArn),

  async handle(input, call, { pool }) {
    await userPools.setTags(call.tx, pool.pool_id, mergeTags(call, "InvalidParameterException", pool.tags, input.Tags));
  },
});

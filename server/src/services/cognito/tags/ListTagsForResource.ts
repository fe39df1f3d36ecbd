import { cognito } from "../cognito.ts";
import { requireTagged } from "./tags.ts";

export const ListTagsForResource = cognito("ListTagsForResource", {
  resource: (input, call) => requireTagged(call, input.ResourceArn),

  handle: (_input, _call, { pool }) => ({ Tags: { ...pool.tags } }),
});

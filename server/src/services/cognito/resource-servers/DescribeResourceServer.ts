import { cognito } from "../cognito.ts";
import { requireResourceServer, resourceServerShape } from "./resource-server.ts";

export const DescribeResourceServer = cognito("DescribeResourceServer", {
  resource: (input, call) => requireResourceServer(call, input),

  handle: (_input, _call, { server }) => ({ ResourceServer: resourceServerShape(server) }),
});

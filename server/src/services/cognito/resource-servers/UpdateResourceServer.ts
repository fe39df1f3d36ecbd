import { resourceServers } from "../../../store/resource-servers.ts";
import { cognito } from "../cognito.ts";
import { readScopes, requireResourceServer, resourceServerShape } from "./resource-server.ts";

export const UpdateResourceServer = cognito("UpdateResourceServer", {
  resource: (input, call) => requireResourceServer(call, input),

  async handle(input, call, { server }) {
    // What is not given goes back to its default (API reference): scopes that are left out are gone.
    const updated = { ...server, name: input.Name, scopes: readScopes(call, input.Scopes) };
    await resourceServers.update(call.tx, updated);
    return { ResourceServer: resourceServerShape(updated) };
  },
});

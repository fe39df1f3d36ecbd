/** What a client works out before it sends a request, for inputs that name the work: `{"$secret-hash": …}`. */
import { createHmac } from "node:crypto";
import { srpClient } from "../srp-client.ts";

type Given = Readonly<Record<string, string>>;

export const clientWork: Readonly<Record<string, (given: Given, now: number) => string>> = {
  "$secret-hash": ({ name = "", client = "", secret = "" }) =>
    createHmac("sha256", secret)
      .update(name + client)
      .digest("base64"),

  /** One bit of a token's signature is another. */
  $tampered({ token = "" }) {
    const [header, payload, signature = ""] = token.split(".");
    const bytes = Buffer.from(signature, "base64url");
    bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
    return `${header}.${payload}.${bytes.toString("base64url")}`;
  },

  "$srp-a": () => srpClient("", "", "").SRP_A,

  "$srp-signature"({ pool = "", user = "", password = "", salt = "", b = "", block = "", timestamp = "" }) {
    const client = srpClient(pool.slice(pool.indexOf("_") + 1), user, password);
    return client.sign({ SALT: salt, SRP_B: b, SECRET_BLOCK: block }, timestamp);
  },
};

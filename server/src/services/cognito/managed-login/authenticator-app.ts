import { encodeQR } from "qr";
import type { PoolContext } from "../app-clients/app-client.ts";

/** For an authenticator app to take by hand or by camera (Key Uri Format, as Google Authenticator reads it). */
export interface AppSetUp {
  /** Rows of modules, with the quiet zone: true is dark. */
  readonly qrCode: readonly (readonly boolean[])[];
  /** In groups of four. */
  readonly key: string;
}

/** Modules (ISO/IEC 18004, 9.1). */
const quietZone = 4;

export function appSetUp({ pool }: PoolContext, username: string, secret: string): AppSetUp {
  const issuer = encodeURIComponent(pool.name);
  const uri = `otpauth://totp/${issuer}:${encodeURIComponent(username)}?secret=${secret}&issuer=${issuer}`;
  return {
    qrCode: encodeQR(uri, "raw", { ecc: "medium", border: quietZone }),
    key: secret.replace(/(.{4})(?=.)/g, "$1 "),
  };
}

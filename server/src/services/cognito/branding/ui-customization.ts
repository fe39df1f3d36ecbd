import type { UICustomizationType } from "@aws-sdk/client-cognito-identity-provider";
import { poolDomains } from "../../../store/pool-domains.ts";
import type { Tx } from "../../../store/store.ts";
import { type UiCustomizationRow, uiCustomizations } from "../../../store/ui-customizations.ts";
import type { UserPoolRow } from "../../../store/user-pools.ts";
import type { Call } from "../../operation.ts";
import { requireClientOfPool } from "../app-clients/app-client.ts";

/** The look of the clients without their own. */
export const everyClient = "ALL";

export async function requireCustomized(
  call: Call<"ResourceNotFoundException">,
  pool: UserPoolRow,
  clientId = everyClient,
): Promise<string> {
  if (clientId !== everyClient) await requireClientOfPool(call, call.tx, pool.pool_id, clientId);
  return clientId;
}

/** What is shown to a client: its own look, or else the pool's. */
export async function findUiCustomization(
  tx: Tx,
  poolId: string,
  clientId: string,
): Promise<UiCustomizationRow | undefined> {
  return (await uiCustomizations.find(tx, poolId, clientId)) ?? (await uiCustomizations.find(tx, poolId, everyClient));
}

/** The image is at the distribution of the pool's domain, as AWS's are. */
export async function uiCustomizationShape(tx: Tx, row: UiCustomizationRow): Promise<UICustomizationType> {
  const [domain] = await poolDomains.listOfPool(tx, row.pool_id);
  return {
    UserPoolId: row.pool_id,
    ClientId: row.client_id,
    ImageUrl:
      row.image_name === null || domain === undefined
        ? undefined
        : `https://${domain.distribution}/${row.pool_id}/${row.client_id}/${row.image_name}`,
    CSS: row.css ?? undefined,
    CSSVersion: row.css_version ?? undefined,
    LastModifiedDate: new Date(row.modified_at),
    CreationDate: new Date(row.created_at),
  };
}

/** Developer guide: PNG or JPEG, by what the file is. Undefined for anything else. */
export function imageExtension(image: Uint8Array): "png" | "jpg" | undefined {
  const starts = (...bytes: number[]) => bytes.every((byte, at) => image[at] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "png";
  return starts(0xff, 0xd8, 0xff) ? "jpg" : undefined;
}

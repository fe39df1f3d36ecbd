import { poolDomains } from "../../../store/pool-domains.ts";
import { uiCustomizations } from "../../../store/ui-customizations.ts";
import { cognito } from "../cognito.ts";
import { requireUserPool } from "../user-pools/user-pool.ts";
import { refuseWrongCss } from "./css.ts";
import { imageExtension, requireCustomized, uiCustomizationShape } from "./ui-customization.ts";

export const SetUICustomization = cognito("SetUICustomization", {
  resource: (input, call) => requireUserPool(call, input.UserPoolId),

  /** Whole each time: what is not given is gone. */
  async handle(input, call, { pool }) {
    const { tx, now } = call;
    const clientId = await requireCustomized(call, pool, input.ClientId);
    if ((await poolDomains.listOfPool(tx, pool.pool_id)).length === 0) {
      // Measured 2026-09.
      call.fail("InvalidParameterException", "A domain must be associated with this user pool.");
    }
    const css = input.CSS || null;
    const image = input.ImageFile === undefined || input.ImageFile.byteLength === 0 ? null : input.ImageFile;
    if (css !== null) refuseWrongCss(call, css);
    const extension = image === null ? null : imageExtension(image);
    // The text is ours.
    if (extension === undefined) call.fail("InvalidParameterException", "The image must be a PNG or JPEG file.");
    const version = new Date(now).toISOString().slice(0, 19).replaceAll(/\D/g, "");
    const before = await uiCustomizations.find(tx, pool.pool_id, clientId);
    const row = {
      pool_id: pool.pool_id,
      client_id: clientId,
      css,
      css_version: css === null ? null : version,
      image,
      image_name: extension === null ? null : `${version}/assets/images/image.${extension}`,
      created_at: before?.created_at ?? now,
      modified_at: now,
    };
    await uiCustomizations.set(tx, row);
    return { UICustomization: await uiCustomizationShape(tx, row) };
  },
});

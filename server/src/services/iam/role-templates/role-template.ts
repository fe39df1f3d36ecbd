import type { Call } from "../../operation.ts";
import { type RoleTemplate, roleTemplates } from "./catalog.ts";

/** Without a minor version, the template's default one. They were recorded in the partition `aws` alone. */
export function findRoleTemplate(call: Call, arn: string, minorVersion: number | undefined): RoleTemplate | undefined {
  if (call.partition !== "aws") return undefined;
  return roleTemplates.find(
    (template) =>
      template.TemplateArn === arn && template.MinorVersion === (minorVersion ?? template.DefaultMinorVersion),
  );
}

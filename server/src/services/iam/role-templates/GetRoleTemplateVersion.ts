import { iam } from "../iam.ts";
import { encodeDocument } from "../policy-document.ts";
import { findRoleTemplate } from "./role-template.ts";

export const GetRoleTemplateVersion = iam("GetRoleTemplateVersion", {
  resource: (input) => ({ arn: input.TemplateArn }),

  handle(input, call) {
    const template = findRoleTemplate(call, input.TemplateArn, input.MinorVersion);
    if (template === undefined) {
      // Recorded from AWS, 2026-09.
      return call.fail("NoSuchEntityException", `Role Template ${input.TemplateArn} cannot be found.`);
    }
    const { InlinePolicyTemplates, ManagedPolicyArns, ...rest } = template;
    return {
      RoleTemplateVersion: {
        ...rest,
        AssumeRolePolicyDocumentTemplate: encodeDocument(JSON.stringify(template.AssumeRolePolicyDocumentTemplate)),
        ...(InlinePolicyTemplates && {
          InlinePolicyTemplates: InlinePolicyTemplates.map(({ PolicyName, PolicyDocument }) => ({
            PolicyName,
            PolicyDocument: encodeDocument(JSON.stringify(PolicyDocument)),
          })),
        }),
        ...(ManagedPolicyArns && { ManagedPolicyArns: [...ManagedPolicyArns] }),
        ParametersDefinition: [...template.ParametersDefinition],
        CreateTimestamp: new Date(template.CreateTimestamp),
        UpdateTimestamp: new Date(template.UpdateTimestamp),
      },
    };
  },
});

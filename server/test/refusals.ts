import { testAccount } from "./harness.ts";

/** What AWS says in the same words for many operations, as `refused` gives it. */
interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

/** The words for a user at the path `/` of the test account whose policies do not allow it. */
export function accessDenied(userName: string, action: string, resource: string): Refusal {
  const message = `User: arn:aws:iam::${testAccount}:user/${userName} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  return { code: "AccessDenied", message, status: 403 };
}

export function noSuchUser(userName: string): Refusal {
  return { code: "NoSuchEntity", message: `The user with name ${userName} cannot be found.`, status: 404 };
}

export function noSuchGroup(groupName: string): Refusal {
  return { code: "NoSuchEntity", message: `The group with name ${groupName} cannot be found.`, status: 404 };
}

export function noSuchRole(roleName: string): Refusal {
  return { code: "NoSuchEntity", message: `The role with name ${roleName} cannot be found.`, status: 404 };
}

export function noSuchInstanceProfile(name: string): Refusal {
  return { code: "NoSuchEntity", message: `Instance Profile ${name} cannot be found.`, status: 404 };
}

/** Of a service-linked role. */
export function protectedRole(roleName: string): Refusal {
  return {
    code: "UnmodifiableEntity",
    message: `Cannot perform the operation on the protected role '${roleName}' - this role is only modifiable by AWS`,
    status: 400,
  };
}

/** Each constraint as AWS words it, from `Value at` on; of IAM, which does not show the value. */
export function constraints(...failures: readonly [member: string, constraint: string][]): Refusal {
  const count = `${failures.length} validation error${failures.length === 1 ? "" : "s"} detected`;
  const texts = failures.map(([member, text]) => `Value at '${member}' failed to satisfy constraint: ${text}`);
  return { code: "ValidationError", message: `${count}: ${texts.join("; ")}`, status: 400 };
}

export const invalidMarker: Refusal = { code: "ValidationError", message: "Invalid Marker.", status: 400 };

export const invalidUserName: Refusal = {
  code: "ValidationError",
  message:
    "The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-",
  status: 400,
};

/** Of `path`, `newPath` or `pathPrefix`. */
export function invalidPath(member: string): Refusal {
  return {
    code: "ValidationError",
    message: `The specified value for ${member} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.`,
    status: 400,
  };
}

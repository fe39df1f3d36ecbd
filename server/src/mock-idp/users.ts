export type AttributeValue = string | number | boolean | readonly string[];

export interface MockUser {
  /** The NameID and the claim `sub`. */
  readonly username: string;
  /** SAML attributes and claims by their names. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** What cannot be read of a file of users: one line, for a person. */
export class UsersError extends Error {
  override readonly name = "UsersError";
}

export const defaultUsers: readonly MockUser[] = [
  {
    username: "ann",
    attributes: {
      email: "ann@example.com",
      email_verified: true,
      given_name: "Ann",
      family_name: "Archer",
      name: "Ann Archer",
      groups: ["staff", "admins"],
    },
  },
  {
    username: "bob",
    attributes: {
      email: "bob@example.com",
      email_verified: true,
      given_name: "Bob",
      family_name: "Baker",
      name: "Bob Baker",
      groups: ["staff"],
    },
  },
];

const mostUsers = 1_000;
const mostAttributes = 100;

/** `[{"username": "ann", "email": "ann@example.com", "groups": ["staff"]}]`: all but the name are attributes. */
export function readUsers(text: string): readonly MockUser[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsersError("the users are not JSON");
  }
  if (!Array.isArray(value) || value.length === 0 || value.length > mostUsers) {
    throw new UsersError(`the users must be a list of 1 to ${mostUsers}`);
  }
  const users = value.map(readUser);
  if (new Set(users.map(({ username }) => username)).size < users.length) {
    throw new UsersError("two users have one username");
  }
  return users;
}

function readUser(value: unknown): MockUser {
  if (typeof value !== "object" || value === null || !("username" in value) || !isUsername(value.username)) {
    throw new UsersError("each user must be an object with a username of 1 to 128 characters");
  }
  const { username, ...attributes } = value;
  const entries = Object.entries(attributes);
  const isSound = entries.every(([name, content]) => /^[^\p{Cc}]{1,256}$/u.test(name) && isAttribute(content));
  if (!isSound || entries.length > mostAttributes) {
    throw new UsersError(
      `the attributes of ${username} must be at most ${mostAttributes} texts, numbers, booleans or lists of texts`,
    );
  }
  return { username, attributes: attributes as MockUser["attributes"] }; // each was checked
}

function isAttribute(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((each) => typeof each === "string" && isXmlText(each));
  return typeof value === "string" ? isXmlText(value) : typeof value === "number" || typeof value === "boolean";
}

function isUsername(value: unknown): value is string {
  return typeof value === "string" && /^[^\p{Cc}]{1,128}$/u.test(value) && isXmlText(value);
}

/** XML 1.0, 2.2: what an assertion can hold. */
function isXmlText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.isWellFormed() && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text);
}

/** Anybody may sign in: who is not among the users is made up. Undefined for what is no name. */
export function userNamed(users: readonly MockUser[], name: string): MockUser | undefined {
  const known = users.find(({ username }) => username === name);
  if (known !== undefined || !isUsername(name)) return known;
  const email = /^[^\s@]+@[^\s@]+$/.test(name) ? name : `${encodeURIComponent(name)}@example.com`;
  return { username: name, attributes: { email, email_verified: true, name } };
}

/** The texts of an attribute, as SAML has them. */
export function textsOf(value: AttributeValue): readonly string[] {
  return typeof value === "object" ? value : [String(value)];
}

import { ring } from "./load.ts";
import type { Measured } from "./operations.ts";
import { accessTokens, byPassword, following, type Pool, password } from "./pool.ts";
import { isSignedIn, samlResponses } from "./saml-sign-ins.ts";
import { unsigned } from "./signer.ts";
import { srpSignIns } from "./srp.ts";
import { fresh, type Subject, succeed } from "./subject.ts";

/** Of user pools. Users sign nothing; administrators' requests are signed by the same IAM user as all others. */
export function poolOperations(): readonly Measured[] {
  const common = { motoHasIt: false, motoTarget: undefined, ofPool: true, writes: undefined } as const;
  return [
    {
      ...common,
      name: "pool GetUser",
      bareTarget: 0.3,
      async make(subject) {
        const tokens = await accessTokens(subject.server, poolOf(subject));
        return tokens.map((AccessToken) => unsigned(subject.server.port, "GetUser", { AccessToken }));
      },
      isGood: (body) => body.includes('"Username":"user-') && body.includes('"email"'),
    },
    {
      ...common,
      name: "pool ListUsers of 60",
      bareTarget: 0.12,
      make: poolPages,
      isGood: (body) => body.split('"Username":"user-').length === 61,
    },
    {
      ...common,
      name: "pool jwks.json",
      bareTarget: 0.7,
      async make(subject) {
        const path = `/${poolOf(subject).id}/.well-known/jwks.json`;
        return [Buffer.from(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${subject.server.port}\r\n\r\n`)];
      },
      isGood: (body) => body.split('"kid"').length === 3,
    },
    {
      ...common,
      name: "pool AdminCreateUser",
      bareTarget: undefined,
      cost: { work: { exponentiation: 1 }, atMost: 1.2 },
      writes: { many: 4, one: 2, most: 10_000 },
      make: async (subject, count) =>
        fresh(subject, "made", count).map((Username) =>
          subject.caller.json("AdminCreateUser", {
            UserPoolId: poolOf(subject).id,
            Username,
            UserAttributes: [{ Name: "email", Value: `${Username}@example.com` }],
            TemporaryPassword: password,
            MessageAction: "SUPPRESS",
          }),
        ),
      isGood: (body) => body.includes('"FORCE_CHANGE_PASSWORD"'),
    },
    {
      ...common,
      name: "pool sign-in by password",
      bareTarget: undefined,
      cost: { work: { exponentiation: 1, signature: 2 }, atMost: 1.2 },
      make: async (subject) => {
        const pool = poolOf(subject);
        return pool.signers.map((name) => byPassword(subject.server, pool, name));
      },
      isGood: (body) => body.includes('"AccessToken"'),
    },
    {
      ...common,
      name: "pool sign-in by SRP",
      bareTarget: undefined,
      cost: { work: { exponentiation: 3, signature: 2 }, atMost: 1.2 },
      make: async (subject) => {
        const { first } = srpSignIns(subject.server, poolOf(subject));
        return poolOf(subject).signers.map(first);
      },
      load: (subject, requests) => following(ring(requests), srpSignIns(subject.server, poolOf(subject)).second),
      isGood: (body) => body.includes('"AccessToken"'),
    },
    {
      ...common,
      name: "pool sign-in by SAML",
      bareTarget: undefined,
      cost: { work: { verification: 1, signature: 2, write: 1 }, atMost: 1.5 },
      writes: { many: 1.5, one: 1, most: 4_000 },
      make: (subject, count) => samlResponses(subject, poolOf(subject), count),
      isGood: () => false,
      isAnswer: (status, describe) => isSignedIn(status, describe()),
    },
  ];
}

function poolOf({ pool }: Subject): Pool {
  if (pool === undefined) throw new Error("this server has no user pool for the bench");
  return pool;
}

const pagesRead = 8;

/** The first pages of the list: one page that is always the same would always be in every cache. */
async function poolPages(subject: Subject): Promise<Buffer[]> {
  const UserPoolId = poolOf(subject).id;
  const requests: Buffer[] = [];
  for (let PaginationToken: string | undefined = ""; PaginationToken !== undefined && requests.length < pagesRead; ) {
    const more = PaginationToken === "" ? {} : { PaginationToken };
    const request = subject.caller.json("ListUsers", { UserPoolId, Limit: 60, ...more });
    requests.push(request);
    PaginationToken = /"PaginationToken":"([^"]+)"/.exec(await succeed(subject.server, request))?.[1];
  }
  return requests;
}

import { type Answer, ask, once, type Requests, ring } from "./load.ts";
import { poolOperations } from "./pool-operations.ts";
import type { Raw } from "./raw-task.ts";
import type { Signer } from "./signer.ts";
import { all, createUsers, fresh, type Subject, succeed } from "./subject.ts";

/** One operation under measure: the requests for it, and whether an answer is what was asked for. */
export interface Measured {
  readonly name: string;
  /** moto answers it too. */
  readonly motoHasIt: boolean;
  /** At least this share of bare node:http's requests per second at 64 connections; absent for what is only told. */
  readonly bareTarget: number | undefined;
  /** At most this many times bare node:http's CPU per request at 64 connections. */
  readonly bareCpuTarget?: number;
  /** At least this many times moto's. */
  readonly motoTarget: number | undefined;
  /** Its users are those of a user pool. */
  readonly ofPool?: true;
  /** The work that it cannot do without: judged by CPU time over that, at most so many times as much, not beside node:http. */
  readonly cost?: { readonly work: Readonly<Partial<Record<Raw, number>>>; readonly atMost: number };
  /** Of writes: how many are made ahead for a millisecond, more than are answered, at 64 connections and at one. */
  readonly writes: { readonly many: number; readonly one: number; readonly most: number } | undefined;
  /** Signed now. For a write `count` of them, no two alike. */
  make(subject: Subject, count: number): Promise<Buffer[]>;
  /** How what `make` made is sent, where that is not over and over or, of writes, each once. */
  load?(subject: Subject, requests: readonly Buffer[]): Requests;
  /** The whole answer, so that no refusal and no empty list is measured by mistake. */
  isGood(body: string): boolean;
  /** In place of that, and for each answer, where it is not to be 200. */
  readonly isAnswer?: Requests["isAnswer"];
}

export function operations(certificates: readonly string[]): readonly Measured[] {
  const identity = (signer: Signer): Buffer[] =>
    repeated(16, () => signer.query("sts", { Action: "GetCallerIdentity" }));
  const pools = new WeakMap<Subject, string>();
  return [
    {
      name: "GetCallerIdentity",
      motoHasIt: true,
      bareTarget: 0.5,
      motoTarget: 25,
      writes: undefined,
      make: async ({ caller }) => identity(caller),
      isGood: (body) => body.includes(":user/bench-caller</Arn>"),
    },
    {
      name: "GetCallerIdentity as root",
      motoHasIt: false,
      bareTarget: undefined,
      motoTarget: undefined,
      writes: undefined,
      make: async ({ root }) => identity(root),
      isGood: (body) => body.includes(":root</Arn>"),
    },
    {
      name: "GetSigningCertificate",
      motoHasIt: false,
      bareTarget: 0.45,
      motoTarget: undefined,
      writes: undefined,
      async make(subject) {
        let pool = pools.get(subject);
        if (pool === undefined) {
          const created = await succeed(subject.server, subject.root.json("CreateUserPool", { PoolName: "bench" }));
          pool = /"Id":"([^"]+)"/.exec(created)?.[1] ?? "";
          pools.set(subject, pool);
        }
        const UserPoolId = pool;
        return repeated(16, () => subject.caller.json("GetSigningCertificate", { UserPoolId }));
      },
      isGood: (body) => /"Certificate":"[A-Za-z0-9+/=]{600,}"/.test(body.replaceAll("\\n", "")),
    },
    {
      name: "GetUser",
      motoHasIt: true,
      bareTarget: 0.4,
      motoTarget: 25,
      writes: undefined,
      make: async ({ caller, users }) =>
        spread(users, 1000).map((UserName) => caller.query("iam", { Action: "GetUser", UserName })),
      isGood: (body) => body.includes("<UserName>user-"),
    },
    {
      name: "ListSigningCertificates",
      motoHasIt: true,
      bareTarget: 0.25,
      motoTarget: 25,
      writes: undefined,
      make: async ({ caller, certified }) =>
        certified.map((UserName) => caller.query("iam", { Action: "ListSigningCertificates", UserName })),
      isGood: (body) => body.split("BEGIN CERTIFICATE").length === 3,
    },
    {
      name: "CreateUser",
      motoHasIt: true,
      bareTarget: 0.25,
      motoTarget: 15,
      writes: { many: 25, one: 4, most: 12_000 },
      make: async (subject, count) =>
        fresh(subject, "made", count).map((UserName) =>
          subject.caller.query("iam", { Action: "CreateUser", UserName }),
        ),
      isGood: (body) => body.includes("<UserName>made-"),
    },
    {
      name: "UploadSigningCertificate",
      motoHasIt: true,
      bareTarget: 0.12,
      motoTarget: 10,
      writes: { many: 10, one: 2, most: 4000 },
      async make(subject, count) {
        // AWS allows a user two.
        const owners = fresh(subject, "owner", Math.ceil(count / 2));
        await createUsers(subject.server, subject.root, owners);
        const from = subject.certificatesTaken;
        subject.certificatesTaken += count;
        if (subject.certificatesTaken > certificates.length) throw new Error("the bench made too few certificates");
        return repeated(count, (at) =>
          subject.caller.query("iam", {
            Action: "UploadSigningCertificate",
            UserName: owners[at >> 1] ?? "",
            CertificateBody: certificates[from + at] ?? "",
          }),
        );
      },
      isGood: (body) => body.includes("<Status>Active</Status>") && body.includes("<UserName>owner-"),
    },
    {
      name: "ListUsers of 100",
      motoHasIt: false,
      bareTarget: 0.08,
      motoTarget: undefined,
      writes: undefined,
      make: async (subject) => pages(subject, "ListUsers"),
      isGood: (body) => body.split("<UserName>").length === 101,
    },
    {
      name: "ListRoles of 100",
      motoHasIt: false,
      bareTarget: undefined,
      motoTarget: undefined,
      writes: undefined,
      async make(subject) {
        await roleOf(subject);
        return pages(subject, "ListRoles");
      },
      isGood: (body) => body.split("<RoleName>").length === 101,
    },
    {
      name: "GetAccountAuthorizationDetails of 100",
      motoHasIt: false,
      bareTarget: undefined,
      motoTarget: undefined,
      writes: undefined,
      make: async (subject) => pages(subject, "GetAccountAuthorizationDetails"),
      isGood: (body) => body.includes("<UserDetailList><member>"),
    },
    {
      name: "AssumeRole",
      motoHasIt: false,
      bareTarget: undefined,
      bareCpuTarget: 8,
      motoTarget: undefined,
      writes: undefined,
      async make(subject) {
        const RoleArn = await roleOf(subject);
        return repeated(16, (at) =>
          subject.caller.query("sts", { Action: "AssumeRole", RoleArn, RoleSessionName: `bench-${at}` }),
        );
      },
      isGood: (body) => body.includes("<SessionToken>") && body.includes(":assumed-role/role-"),
    },
    {
      name: "SimulatePrincipalPolicy",
      motoHasIt: false,
      bareTarget: undefined,
      motoTarget: undefined,
      writes: undefined,
      async make(subject) {
        const identity = await succeed(subject.server, subject.caller.query("sts", { Action: "GetCallerIdentity" }));
        const PolicySourceArn = /<Arn>([^<]+)</.exec(identity)?.[1] ?? "";
        return repeated(16, () =>
          subject.caller.query("iam", {
            Action: "SimulatePrincipalPolicy",
            PolicySourceArn,
            "ActionNames.member.1": "iam:GetUser",
            "ActionNames.member.2": "iam:DeleteUser",
            "ActionNames.member.3": "s3:GetObject",
          }),
        );
      },
      isGood: (body) => body.includes("<EvalDecision>allowed<") && body.includes("<EvalDecision>implicitDeny<"),
    },
    ...poolOperations(),
  ];
}

const pagesRead = 8;
/** As many as there are users, to this. */
const mostRoles = 10_000;
const rolesOf = new WeakMap<Subject, string>();

/** The first pages of a list, a hundred each: one page that is always the same would always be in every cache. */
async function pages({ server, caller }: Subject, Action: string): Promise<Buffer[]> {
  const requests: Buffer[] = [];
  for (let Marker: string | undefined = ""; Marker !== undefined && requests.length < pagesRead; ) {
    const request = caller.query("iam", { Action, MaxItems: "100", ...(Marker !== "" && { Marker }) });
    requests.push(request);
    Marker = /<Marker>([^<]+)</.exec(await succeed(server, request))?.[1];
  }
  return requests;
}

/** Makes roles when first asked; gives the ARN of one that everyone in the account may assume. */
async function roleOf(subject: Subject): Promise<string> {
  const made = rolesOf.get(subject);
  if (made !== undefined) return made;
  const identity = await succeed(subject.server, subject.caller.query("sts", { Action: "GetCallerIdentity" }));
  const account = /<Account>(\d+)</.exec(identity)?.[1] ?? "";
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" },
  });
  const RoleNames = Array.from(
    { length: Math.min(subject.users.length, mostRoles) },
    (_, at) => `role-${String(at).padStart(6, "0")}`,
  );
  await all(
    subject.server,
    RoleNames.map((RoleName) =>
      subject.root.query("iam", { Action: "CreateRole", RoleName, AssumeRolePolicyDocument }),
    ),
  );
  const arn = `arn:aws:iam::${account}:role/${RoleNames[0]}`;
  rolesOf.set(subject, arn);
  return arn;
}

/** Asks once; the answer is the one it should be, or it throws. */
export async function answerTo(operation: Measured, subject: Subject): Promise<Answer> {
  const requests = await requestsFor(operation, subject, { connections: 1, milliseconds: 1, most: 1 });
  let answer: Answer | undefined;
  for (let request = requests(); request !== undefined; request = requests.follow?.(answer.body)) {
    answer = await ask(subject.server.port, request);
    if (answer.status !== 200) break;
  }
  if (answer === undefined) throw new Error("no request was made");
  const { status, head, body } = answer;
  if (!(operation.isAnswer?.(status, () => `${head}\r\n`) ?? (status === 200 && operation.isGood(body)))) {
    throw new Error(`not the answer it should be: ${answer.status} ${answer.body.slice(0, 500)}`);
  }
  return answer;
}

/** What one round of load sends. */
export async function requestsFor(
  operation: Measured,
  subject: Subject,
  round: { readonly connections: number; readonly milliseconds: number; readonly most?: number },
): Promise<Requests> {
  const { writes } = operation;
  if (writes === undefined) {
    const requests = await operation.make(subject, 0);
    return operation.load?.(subject, requests) ?? ring(requests);
  }
  const perMillisecond = round.connections === 1 ? writes.one : writes.many;
  const most = Math.min(writes.most, round.most ?? writes.most);
  const requests = once(await operation.make(subject, Math.min(most, Math.ceil(round.milliseconds * perMillisecond))));
  const { isAnswer } = operation;
  return isAnswer === undefined ? requests : Object.assign(() => requests(), { isAnswer });
}

function repeated(count: number, make: (index: number) => Buffer): Buffer[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

/** At most `count` of them, evenly over the whole: a page that is always the same is always cached. */
function spread(names: readonly string[], count: number): string[] {
  const step = Math.max(1, Math.floor(names.length / count));
  return names.filter((_, at) => at % step === 0);
}

/**
 * The wire, against the AWS SDK: for every operation of the three services, random inputs made from the contract are
 * sent by a real client and must be read as they were, and random outputs must be read by the client as we wrote them.
 * Then the limits: valid inputs pass, and each limit that is broken is named.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as cognitoSdk from "@aws-sdk/client-cognito-identity-provider";
import * as iamSdk from "@aws-sdk/client-iam";
import * as stsSdk from "@aws-sdk/client-sts";
import { cognito } from "../src/contract/cognito.ts";
import { iam } from "../src/contract/iam.ts";
import type { Model, Shape, StringShape, StructureShape } from "../src/contract/shape.ts";
import { sts } from "../src/contract/sts.ts";
import { parseForm } from "../src/endpoints/aws/form.ts";
import { compileJsonDecoder, compileJsonEncoder } from "../src/endpoints/aws/json.ts";
import { compileQueryDecoder, compileQueryEncoder, encodeQueryError } from "../src/endpoints/aws/query.ts";
import { compileValidator } from "../src/endpoints/aws/validate.ts";

const rounds = 4;
const requestId = "01234567-89ab-4def-8123-456789abcdef";

// ---- the client's side

interface WireRequest {
  readonly headers: Readonly<Record<string, string>>;
  /** One character per byte. */
  readonly body: string;
}

type Answer = (request: WireRequest) => { readonly status?: number; readonly body: string };

interface Side {
  readonly model: Model;
  /** Sends one operation through a real client, whose request goes to `answer` instead of a socket. */
  send(operation: string, input: object, answer: Answer): Promise<Record<string, unknown>>;
}

function side(model: Model, sdk: object, clientName: string): Side {
  let answer: Answer | undefined;
  const Client: new (configuration: object) => { send(command: object): Promise<Record<string, unknown>> } =
    Reflect.get(sdk, clientName);
  const client = new Client({
    region: "us-east-1",
    credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
    maxAttempts: 1,
    requestHandler: {
      async handle({ headers, body }: { headers: Record<string, string>; body: string | Uint8Array | undefined }) {
        const bytes =
          body instanceof Uint8Array
            ? Buffer.from(body.buffer, body.byteOffset, body.byteLength)
            : Buffer.from(body ?? "", "utf8");
        assert.ok(answer);
        const { status, body: answered } = answer({ headers, body: bytes.toString("latin1") });
        return { response: { statusCode: status ?? 200, headers: {}, body: Buffer.from(answered, "utf8") } };
      },
    },
  });
  return {
    model,
    async send(operation, input, answerThis) {
      const Command: new (input: object) => object = Reflect.get(sdk, `${operation}Command`);
      answer = answerThis;
      const { $metadata, ...output } = await client.send(new Command(input));
      return output;
    },
  };
}

const sides = [
  side(iam, iamSdk, "IAMClient"),
  side(sts, stsSdk, "STSClient"),
  side(cognito, cognitoSdk, "CognitoIdentityProviderClient"),
];

// ---- random values of a shape

type Random = (limit: number) => number;

/** mulberry32 */
function seeded(seed: number): Random {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

const texts = [
  "",
  "a",
  "user-1",
  " leading and trailing ",
  "tab\tCR\rLF\nCRLF\r\nend\r\n",
  "\r",
  "<a href=\"x\" b='y'>&amp;&#65;]]></a><!-- -->",
  "café € 漢字 🔑🗝",
  "a.b=c&d+e%20f%",
  '{"Version":"2012-10-17","Statement":[]}',
  '\\"\\u0041\u2028\u0085\u00a0',
  "arn:aws:iam::123456789012:user/division/ann",
  "x".repeat(300),
];

/**
 * What the wire, or the SDK, cannot carry, by direction:
 * - An empty map or structure in a Query request is not sent at all (QueryShapeSerializer writes only what is inside).
 * - Text of nothing but white space with a line feed is read from XML as empty (xml-builder drops it as layout).
 * - A Query answer has whole seconds.
 */
interface Wire {
  readonly model: Model;
  readonly direction: "request" | "answer";
}

function randomOf(wire: Wire, shapeName: string, random: Random, depth: number): unknown {
  const shape = shapeOf(wire.model, shapeName);
  const isQuery = wire.model.protocol === "query";
  const count = (least: number) => least + random(Math.max(1, 4 - depth));
  switch (shape.type) {
    case "string":
      return texts[random(texts.length)];
    case "boolean":
      return random(2) === 1;
    case "integer":
      return random(2) === 1 ? random(1000) : -random(2 ** 31);
    case "long":
      return random(2 ** 31) * 2 ** 20;
    case "float":
    case "double":
      return random(1_000_000) / 64;
    case "timestamp":
      return new Date(1_500_000_000_000 + random(400_000_000) * 1000 + (isQuery ? 0 : random(1000)));
    case "blob":
      return Uint8Array.from({ length: random(20) }, () => random(256));
    case "document":
      return { text: texts[random(texts.length)], list: [random(9), null, true, { deep: [] }], number: random(99) / 8 };
    case "list":
      return Array.from({ length: count(0) }, () => randomOf(wire, shape.member, random, depth + 1));
    case "map": {
      const map: Record<string, unknown> = Object.create(null);
      for (let left = count(isQuery && wire.direction === "request" ? 1 : 0); left > 0; left--) {
        map[`${texts[random(texts.length)]}${random(100)}`] = randomOf(wire, shape.value, random, depth + 1);
      }
      return map;
    }
    case "structure":
      return randomStructure(wire, shape, random, depth);
  }
}

function randomStructure(wire: Wire, shape: StructureShape, random: Random, depth: number): Record<string, unknown> {
  const names = Object.keys(shape.members);
  const always = names[random(Math.max(1, names.length))];
  const structure: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members)) {
    const chosen = shape.union === true ? name === always : name === always || random(5) > depth;
    if (chosen) structure[name] = randomOf(wire, member, random, depth + 1);
  }
  return structure;
}

function shapeOf(model: Model, shapeName: string): Shape {
  const shape = model.shapes[shapeName];
  assert.ok(shape, shapeName);
  return shape;
}

/** Equal for values that mean the same, whatever made them: objects as sorted pairs, without what is undefined. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return { time: value.toISOString() };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("hex") };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => ({ name, member: plain(member) }));
}

function queryDecoder(model: Model, shapeName: string | undefined): (body: string) => unknown {
  const decode = compileQueryDecoder(model, shapeName);
  return (body) => decode(parseForm(body));
}

function jsonDecoder(model: Model, shapeName: string | undefined): (body: string) => unknown {
  const decode = compileJsonDecoder(model, shapeName);
  return (body) => decode(Buffer.from(body, "latin1").toString("utf8"));
}

// ---- the tests

test("the contract has every operation of the SDK, and the SDK every operation of the contract", () => {
  assert.deepEqual(
    sides.map(({ model }) => Object.keys(model.operations).length),
    [180, 11, 140],
  );
  for (const [model, sdk] of [
    [iam, iamSdk],
    [sts, stsSdk],
    [cognito, cognitoSdk],
  ] as const) {
    const commands = Object.keys(sdk).filter((name) => name.endsWith("Command") && name !== "$Command");
    assert.deepEqual(
      commands.map((name) => name.slice(0, -"Command".length)).sort(),
      Object.keys(model.operations).sort(),
    );
  }
});

for (const { model, send } of sides) {
  test(`${model.service}: what the SDK sends is read as it was, and what we answer is read as it is`, async () => {
    for (const [index, [name, operation]] of Object.entries(model.operations).entries()) {
      const random = seeded(index);
      const isQuery = model.protocol === "query";
      const decode = isQuery ? queryDecoder(model, operation.input) : jsonDecoder(model, operation.input);
      const encode: (output: object, requestId: string) => string = isQuery
        ? compileQueryEncoder(model, name)
        : compileJsonEncoder(model, operation.output);
      const made = (direction: Wire["direction"], shapeName: string | undefined) =>
        shapeName === undefined ? {} : (randomOf({ model, direction }, shapeName, random, 0) as object); // a structure
      for (let round = 0; round < rounds; round++) {
        const input = made("request", operation.input);
        const output = made("answer", operation.output);
        let decoded: unknown;
        const received = await send(name, input, ({ headers, body }) => {
          if (!isQuery) assert.equal(headers["x-amz-target"], `${model.targetPrefix}.${name}`);
          else assert.ok(body.startsWith(`Action=${name}&Version=${model.apiVersion}`));
          decoded = decode(body);
          return { body: encode(output, requestId) };
        });
        assert.deepEqual(plain(decoded), plain(input), `${name}: request of round ${round}`);
        assert.deepEqual(plain(received), plain(output), `${name}: answer of round ${round}`);
      }
    }
  });
}

test("a certificate with CRLF line ends, and characters of four bytes, come and go byte for byte", async () => {
  const body = "-----BEGIN CERTIFICATE-----\r\nMIIB+/==\r\n\r\n-----END CERTIFICATE-----\r\n";
  const decode = compileQueryDecoder(iam, "UploadSigningCertificateRequest");
  const encode = compileQueryEncoder(iam, "UploadSigningCertificate");
  const [iamSide] = sides;
  assert.ok(iamSide);
  const received = await iamSide.send(
    "UploadSigningCertificate",
    { UserName: "𝒜nn🔑", CertificateBody: body },
    (request) => {
      const input = decode(parseForm(request.body));
      assert.deepEqual(input, { UserName: "𝒜nn🔑", CertificateBody: body });
      return { body: encode({ Certificate: { ...input, CertificateId: "A", Status: "Active" } }, requestId) };
    },
  );
  assert.deepEqual(received, {
    Certificate: { UserName: "𝒜nn🔑", CertificateBody: body, CertificateId: "A", Status: "Active" },
  });
});

test("an error's class, text and request id reach the client", async () => {
  const [iamSide] = sides;
  assert.ok(iamSide);
  const message = "The user with name <a&b>\r\n'c' cannot be found.";
  const answer = (code: string, text: string) =>
    encodeQueryError({ code, message: text, fault: "client" }, requestId, iam.xmlNamespace);
  await assert.rejects(
    iamSide.send("GetUser", {}, () => ({ status: 404, body: answer("NoSuchEntity", message) })),
    (error) => {
      assert.ok(error instanceof iamSdk.NoSuchEntityException);
      assert.deepEqual([error.name, error.message, error.$fault], ["NoSuchEntityException", message, "client"]);
      return true;
    },
  );
  await assert.rejects(
    iamSide.send("GetUser", {}, () => ({ status: 400, body: answer("ValidationError", "Invalid Marker.") })),
    {
      name: "ValidationError",
      message: "Invalid Marker.",
    },
  );
});

// ---- limits

/** Something for every pattern of the three services. */
const samples = [
  "a",
  "A",
  "1",
  "/",
  "ab",
  "123456",
  "abcdef",
  "/division/team/",
  "/team",
  "user.name+tag=x,y@z-w_",
  "123456789012",
  "o-abcdefghij",
  "o-abcdefghij/r-abcd",
  "p-abcdefgh",
  "v1",
  "arn:aws:iam::123456789012:role/name",
  "arn:aws:s3:::bucket",
  "arn:aws:ses:us-east-1:123456789012:identity/x",
  "https://example.com/path?a=b#c",
  "ann@example.com",
  "us-east-1_abcdefghi",
  "us-east-1_0123-abcd",
  "import-abcdefghij",
  "ssoabcdefghijklmnopqrstuvwxy",
  "tkn0123456789abcdefghijklmno",
  "cognito:english",
  "terms-of-use",
  "01234567-89ab-4def-8123-456789abcdef",
  "your code is {####}",
  "click {##here##} now",
  "-----BEGIN CERTIFICATE-----",
];

function matches(shape: StringShape, text: string): boolean {
  const length = [...text].length;
  if (shape.enum !== undefined && !shape.enum.includes(text)) return false;
  if (length < (shape.min ?? 0) || length > (shape.max ?? Number.POSITIVE_INFINITY)) return false;
  return shape.pattern === undefined || new RegExp(`^(?:${shape.patternSource ?? shape.pattern})$`, "u").test(text);
}

function validString(shape: StringShape): string {
  const least = shape.min ?? 1;
  const candidates =
    shape.enum ?? samples.flatMap((sample) => [sample, sample.padEnd(least, "a"), sample.padEnd(least, "0")]);
  const text = candidates.find((candidate) => matches(shape, candidate));
  assert.notEqual(text, undefined, `no sample for ${JSON.stringify(shape)}`);
  return text ?? "";
}

/** With every member there is. */
function validOf(model: Model, shapeName: string): unknown {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case "string":
      return validString(shape);
    case "integer":
    case "long":
    case "float":
    case "double":
      return shape.min ?? Math.min(shape.max ?? 1, 1);
    case "boolean":
      return true;
    case "timestamp":
      return new Date(1_795_000_000_000);
    case "blob":
      return new Uint8Array(shape.min ?? 1);
    case "document":
      return {};
    case "list":
      return Array.from({ length: Math.max(1, shape.min ?? 0) }, () => validOf(model, shape.member));
    case "map":
      return { [String(validOf(model, shape.key))]: validOf(model, shape.value) };
    case "structure":
      return Object.fromEntries(Object.entries(shape.members).map(([name, member]) => [name, validOf(model, member)]));
  }
}

interface Violation {
  readonly value: unknown;
  /** Steps from the value that the violations were asked of. */
  readonly at: readonly string[];
  readonly text: string;
  readonly pattern?: string;
}

function* violationsOf(model: Model, shapeName: string, valid: unknown): Generator<Violation> {
  const shape = shapeOf(model, shapeName);
  switch (shape.type) {
    case "structure": {
      const structure = valid as Record<string, unknown>; // made by validOf
      for (const [name, member] of Object.entries(shape.members)) {
        const step = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
        const { [name]: present, ...rest } = structure;
        if (shape.required?.includes(name)) yield { value: rest, at: [step], text: "Member must not be null" };
        for (const inner of violationsOf(model, member, present)) {
          yield { ...inner, value: { ...rest, [name]: inner.value }, at: [step, ...inner.at] };
        }
      }
      return;
    }
    case "list": {
      const [element, ...others] = valid as unknown[]; // made by validOf
      yield* lengthViolations(shape, (length) => Array.from({ length }, () => element));
      const member = shapeOf(model, shape.member);
      for (const inner of violationsOf(model, shape.member, element)) {
        const value = [inner.value, ...others];
        if (member.type === "structure") yield { ...inner, value, at: ["1.member", ...inner.at] };
        else yield { value, at: [], text: "Member must satisfy constraint: [" };
      }
      return;
    }
    case "map": {
      const [[key, element] = ["", undefined]] = Object.entries(valid as object); // made by validOf
      if (shape.min) yield { value: {}, at: [], text: `Member must have length greater than or equal to ${shape.min}` };
      for (const inner of violationsOf(model, shape.key, key)) {
        yield { value: { [String(inner.value)]: element }, at: [], text: "Map keys must satisfy constraint: [" };
      }
      for (const inner of violationsOf(model, shape.value, element)) {
        const value = { [key]: inner.value };
        if (inner.at.length > 0) yield { ...inner, value, at: [`${key}.member`, ...inner.at] };
        else yield { value, at: [], text: "Map value must satisfy constraint: [" };
      }
      return;
    }
    case "blob":
      yield* lengthViolations(shape, (length) => new Uint8Array(length));
      return;
    case "integer":
    case "long":
      if (shape.min !== undefined) {
        yield { value: shape.min - 1, at: [], text: `Member must have value greater than or equal to ${shape.min}` };
      }
      if (shape.max !== undefined) {
        yield { value: shape.max + 1, at: [], text: `Member must have value less than or equal to ${shape.max}` };
      }
      return;
    case "string": {
      yield* lengthViolations(shape, (length) => String(valid).padEnd(length, "a").slice(0, length));
      if (shape.enum !== undefined) yield { value: "NoSuch", at: [], text: "Member must satisfy enum value set: [" };
      const { pattern } = shape;
      if (pattern !== undefined && shape.patternSource !== "[\\s\\S]*") {
        // In place of the first character, so that the length stays.
        const value = ["\u0000", "\n", "_"]
          .map((bad) => bad + String(valid).slice(1))
          .find((bad) => !matches(shape, bad));
        assert.notEqual(value, undefined, `${pattern} takes everything`);
        yield { value, at: [], text: `Member must satisfy regular expression pattern: ${pattern}`, pattern };
      }
      return;
    }
    default:
      return;
  }
}

function* lengthViolations(
  { min, max }: { readonly min?: number; readonly max?: number },
  ofLength: (length: number) => unknown,
): Generator<Violation> {
  if (min !== undefined && min > 0) {
    yield { value: ofLength(min - 1), at: [], text: `Member must have length greater than or equal to ${min}` };
  }
  if (max !== undefined) {
    yield { value: ofLength(max + 1), at: [], text: `Member must have length less than or equal to ${max}` };
  }
}

/** Patterns of IAM that it words itself; see validate.ts. */
const iamNames = /^\[\\w\+=,\.@-\]\+$/;
const iamPaths = /^\(\\u002F\)\||^\(\(\/\[A-Za-z0-9/;

test("an input with every member within its limits passes, and every limit of it that is broken is named", () => {
  let broken = 0;
  for (const { model } of sides) {
    for (const [name, { input }] of Object.entries(model.operations)) {
      if (input === undefined) continue;
      const validate = compileValidator(model, input);
      const valid = validOf(model, input) as Record<string, unknown>; // of a structure
      assert.equal(validate(valid), undefined, name);
      for (const { value, at, text, pattern } of violationsOf(model, input, valid)) {
        broken++;
        const path = at.join(".");
        const message = validate(value as Record<string, unknown>); // of a structure
        const own =
          model.service === "iam" && pattern !== undefined && (iamNames.test(pattern) || iamPaths.test(pattern));
        const expected = own
          ? `The specified value for ${path} is invalid. It must `
          : `at '${path}' failed to satisfy constraint: ${text}`;
        assert.ok(message?.includes(expected), `${name}: ${message} should say ${expected}`);
      }
    }
  }
  assert.ok(broken > 3000, `only ${broken} limits were tried`);
});

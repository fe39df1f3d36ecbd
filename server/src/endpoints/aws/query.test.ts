import assert from "node:assert/strict";
import { test } from "node:test";
import { ServiceException } from "../../contract/service-exception.ts";
import type { Model } from "../../contract/shape.ts";
import { parseForm } from "./form.ts";
import { compileQueryDecoder, compileQueryEncoder, encodeQueryError } from "./query.ts";

const requestId = "01234567-89ab-4def-8123-456789abcdef";

const model: Model = {
  service: "iam",
  apiVersion: "2010-05-08",
  protocol: "query",
  xmlNamespace: "https://iam.amazonaws.com/doc/2010-05-08/",
  operations: {
    Grow: { input: "Tree", output: "Tree", resultWrapper: "GrowResult", errors: [], auth: "sigv4" },
    Fell: { input: "Tree", errors: [], auth: "sigv4" },
  },
  shapes: {
    Tree: {
      type: "structure",
      members: {
        Name: "Text",
        Height: "Integer",
        Age: "Long",
        Girth: "Double",
        Evergreen: "Boolean",
        Planted: "Timestamp",
        Bark: "Blob",
        Rings: "Integers",
        Labels: "Labels",
        Notes: "Notes",
        Branches: "Trees",
        Root: "Tree",
      },
    },
    Text: { type: "string" },
    Integer: { type: "integer" },
    Long: { type: "long" },
    Double: { type: "double" },
    Boolean: { type: "boolean" },
    Timestamp: { type: "timestamp" },
    Blob: { type: "blob" },
    Integers: { type: "list", member: "Integer" },
    Labels: { type: "map", key: "Text", value: "Text" },
    Notes: { type: "map", key: "Text", value: "Tree" },
    Trees: { type: "list", member: "Tree" },
  },
  errors: {},
};

const decode = compileQueryDecoder(model, "Tree");
const read = (text: string) => decode(parseForm(text));

function refused(message: string) {
  return (error: unknown) => {
    assert.ok(error instanceof ServiceException);
    assert.deepEqual([error.code, error.message], ["MalformedInput", message]);
    return true;
  };
}

test("a flat form is read by the shape, and what the shape does not know is left", () => {
  const input = read(
    "Action=Grow&Version=2010-05-08&Name=oak&Height=-12&Age=9007199254740991&Girth=1.5e2&Evergreen=false" +
      "&Planted=2026-11-18T11%3A06%3A40Z&Bark=AQID&Sap=maple",
  );
  assert.deepEqual(input, {
    Name: "oak",
    Height: -12,
    Age: 9007199254740991,
    Girth: 150,
    Evergreen: false,
    Planted: new Date("2026-11-18T11:06:40Z"),
    Bark: new Uint8Array([1, 2, 3]),
  });
});

test("a form with lists, maps and structures is read from its tree, through a shape that holds itself", () => {
  const input = read(
    "Name=oak&Rings.member.1=7&Rings.member.2=8&Labels.entry.1.key=a.b&Labels.entry.1.value=c" +
      "&Branches.member.1.Name=left&Branches.member.1.Branches.member.1.Rings.member.1=9" +
      "&Notes.entry.1.key=n&Notes.entry.1.value.Name=deep&Root.Root.Height=3",
  );
  const { Labels, Notes, ...rest } = input;
  assert.deepEqual(rest, {
    Name: "oak",
    Rings: [7, 8],
    Branches: [{ Name: "left", Branches: [{ Rings: [9] }] }],
    Root: { Root: { Height: 3 } },
  });
  assert.deepEqual({ ...(Labels as object) }, { "a.b": "c" });
  assert.deepEqual({ ...(Notes as object) }, { n: { Name: "deep" } });
});

test("an empty list, map or structure is sent as a name without a value, in a flat form and in a nested one", () => {
  const empty = { Rings: [], Labels: Object.create(null), Root: {} };
  assert.deepEqual(read("Rings=&Labels=&Root="), empty);
  assert.deepEqual(read("Rings=&Labels=&Root=&Branches.member.1.Rings="), { ...empty, Branches: [{ Rings: [] }] });
  assert.deepEqual(read("Name="), { Name: "" });
});

test("a list is in the order of its numbers, and small gaps close", () => {
  assert.deepEqual(read("Rings.member.10=10&Rings.member.2=2&Rings.member.11=11"), { Rings: [2, 10, 11] });
  assert.deepEqual(read("Rings.member.11=1&Rings.member.21=2"), { Rings: [1, 2] });
});

test("an operation without input reads nothing", () => {
  assert.deepEqual(compileQueryDecoder(model, undefined)(parseForm("Action=GetAccountSummary&Name.x=1")), {});
});

test("`__proto__` is a name like any other", () => {
  const input = read("Labels.entry.1.key=__proto__&Labels.entry.1.value=x&__proto__.Name=y&Root.__proto__.Height=1");
  assert.deepEqual(Object.entries(input.Labels as object), [["__proto__", "x"]]);
  assert.deepEqual(input.Root, {});
  assert.equal(Reflect.get({}, "Name"), undefined);
});

for (const [text, message] of [
  ["Height=", "missing value for decimal type"],
  ["Height=abc", ""],
  ["Height=1.5", ""],
  ["Height=2147483648", ""],
  ["Height=0x10", ""],
  ["Age=9007199254740993", ""],
  ["Girth=1e", ""],
  ["Girth=", "missing value for decimal type"],
  ["Girth=Infinity", ""],
  ["Evergreen=", "missing value for boolean type"],
  ["Evergreen=TRUE", "boolean must follow xsd1.1 definition"],
  ["Evergreen=yes", "boolean must follow xsd1.1 definition"],
  ["Planted=yesterday", "timestamp must follow ISO8601"],
  ["Planted=2026-13-01T00:00:00Z", "timestamp must follow ISO8601"],
  ["Bark=AQI", ""],
  ["Bark=A%3D%3D%3D", ""],
  ["Bark=AQ*D", ""],
  ["Rings=7", "Value found where not expected"],
  ["Root=x", "Value found where not expected"],
  ["Root=x&Root.Root=y", "Value found where not expected"],
  ["Name.member.1=a", "Start of list found where not expected"],
  ["Rings.1=7", "Start of list found where not expected"],
  ["Rings.member=7", "Start of list found where not expected"],
  ["Rings.member.1=7&Rings.x=1", "Start of list found where not expected"],
  ["Rings.member.x=7", "Start of list found where not expected"],
  ["Rings.member.9999999999=7", "Start of list found where not expected"],
  ["Rings.member.0=7", "0 is not a valid index"],
  ["Rings.member.01=7", "Value found where not expected"],
  ["Rings.member.1=7&Rings.member.12=8", "Excessively sparse input would skip 11 list elements"],
  ["Rings.member.1500=7", "Excessively sparse input would skip 1,499 list elements"],
  ["Rings.member.1=x", ""],
  ["Labels.entry.1.key=a", ""],
  ["Labels.entry.1.value=a", ""],
  ["Labels.entry.1=a", ""],
] as const) {
  test(`refused: ${text}`, () => {
    assert.throws(() => read(text), refused(message));
  });
}

test("booleans are those of XML Schema", () => {
  assert.deepEqual(
    ["true", "1", "false", "0"].map((text) => read(`Evergreen=${text}`).Evergreen),
    [true, true, false, false],
  );
});

test("an answer: every kind of member, in the shape's order, escaped, and nothing the shape does not name", () => {
  const encode = compileQueryEncoder(model, "Grow");
  const output = {
    secret: "stays here",
    Root: { Root: { Name: "" } },
    Labels: { "a&b": "<c>", gone: undefined },
    Rings: [],
    Branches: [{ Height: 1 }, {}],
    Bark: new Uint8Array([255, 254]),
    Planted: new Date(1_795_000_000_999),
    Evergreen: true,
    Age: undefined,
    Girth: 0.5,
    Name: 'a "b"\r\n\u0000',
  };
  assert.equal(
    encode(output, requestId),
    `<GrowResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GrowResult>` +
      "<Name>a &quot;b&quot;&#xD;\n\ufffd</Name><Girth>0.5</Girth><Evergreen>true</Evergreen>" +
      "<Planted>2026-11-18T11:06:40Z</Planted><Bark>//4=</Bark><Rings></Rings>" +
      "<Labels><entry><key>a&amp;b</key><value>&lt;c&gt;</value></entry></Labels>" +
      "<Branches><member><Height>1</Height></member><member></member></Branches>" +
      "<Root><Root><Name></Name></Root></Root>" +
      `</GrowResult><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></GrowResponse>\n`,
  );
});

test("an answer without a result has its metadata alone", () => {
  assert.equal(
    compileQueryEncoder(model, "Fell")({}, requestId),
    `<FellResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ResponseMetadata>` +
      `<RequestId>${requestId}</RequestId></ResponseMetadata></FellResponse>\n`,
  );
});

test("times are written as toISOString writes them, without the fraction", () => {
  const encode = compileQueryEncoder(model, "Grow");
  for (const time of [0, -1, -86_400_000, 951_782_399_999, 1_795_000_000_000, 1_795_046_399_999, 253_402_300_799_000]) {
    const date = new Date(time);
    const expected = `<Planted>${new Date(Math.floor(time / 1000) * 1000).toISOString().replace(".000Z", "Z")}</Planted>`;
    assert.ok(encode({ Planted: date }, requestId).includes(expected), `${expected} for ${time}`);
  }
});

test("an output that does not fit its shape is a fault of ours, not half an answer", () => {
  const encode = compileQueryEncoder(model, "Grow");
  for (const [output, what] of [
    [{ Name: 1 }, "an output has number where its shape is string"],
    [{ Height: "1" }, "an output has string where its shape is integer"],
    [{ Planted: 5 }, "an output has number where its shape is timestamp"],
    [{ Rings: [null] }, "an output has null where its shape is integer"],
    [{ Branches: {} }, "an output has object where its shape is list"],
    [{ Root: "x" }, "an output has string where its shape is structure"],
  ] as const) {
    assert.throws(() => encode(output, requestId), { name: "TypeError", message: what });
  }
  assert.throws(() => encode({ Planted: new Date(Number.NaN) }, requestId), { name: "RangeError" });
});

test("an error is laid out as AWS does, and has no Message where it has no text", () => {
  const error = { code: "NoSuchEntity", message: "The user with name <a> cannot be found.", fault: "client" } as const;
  assert.equal(
    encodeQueryError(error, requestId, "https://iam.amazonaws.com/doc/2010-05-08/"),
    `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
  <Error>
    <Type>Sender</Type>
    <Code>NoSuchEntity</Code>
    <Message>The user with name &lt;a&gt; cannot be found.</Message>
  </Error>
  <RequestId>${requestId}</RequestId>
</ErrorResponse>
`,
  );
  assert.equal(
    encodeQueryError({ code: "ServiceFailure", message: "", fault: "server" }, requestId, "n"),
    `<ErrorResponse xmlns="n">
  <Error>
    <Type>Receiver</Type>
    <Code>ServiceFailure</Code>
  </Error>
  <RequestId>${requestId}</RequestId>
</ErrorResponse>
`,
  );
});

test("names that are not in the model are faults of ours", () => {
  assert.throws(() => compileQueryDecoder(model, "Shrub"), { message: "Shrub is not a shape of iam" });
  assert.throws(() => compileQueryDecoder(model, "Text"), { message: "Text is not a structure" });
  assert.throws(() => compileQueryEncoder(model, "Prune"), { message: "Prune is not an operation of iam" });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { ServiceException } from "../../contract/service-exception.ts";
import type { Model } from "../../contract/shape.ts";
import { StoredPairs } from "../../contract/stored-pairs.ts";
import { compileJsonDecoder, compileJsonEncoder } from "./json.ts";

const model: Model = {
  service: "cognito-idp",
  apiVersion: "2016-04-18",
  protocol: "json",
  targetPrefix: "AWSCognitoIdentityProviderService",
  operations: {},
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
        Plan: "Document",
        Rings: "Integers",
        Labels: "Labels",
        Branches: "Trees",
        Root: "Tree",
        Marks: "Marks",
      },
    },
    Text: { type: "string" },
    Integer: { type: "integer" },
    Long: { type: "long" },
    Double: { type: "double" },
    Boolean: { type: "boolean" },
    Timestamp: { type: "timestamp" },
    Blob: { type: "blob" },
    Document: { type: "document" },
    Integers: { type: "list", member: "Integer" },
    Labels: { type: "map", key: "Text", value: "Text" },
    Trees: { type: "list", member: "Tree" },
    Marks: { type: "list", member: "Mark" },
    Mark: { type: "structure", members: { Name: "Text", Value: "Text" } },
  },
  errors: {},
};

const decode = compileJsonDecoder(model, "Tree");
const encode = compileJsonEncoder(model, "Tree");

function refused(message: string) {
  return (error: unknown) => {
    assert.ok(error instanceof ServiceException);
    assert.deepEqual([error.code, error.message], ["SerializationException", message]);
    return true;
  };
}

test("an input is read by the shape, through a shape that holds itself; the unknown is ignored, null is absent", () => {
  const { Labels, ...rest } = decode(`{
    "Name": "oak \\ud83d\\udd11", "Height": 12, "Age": 9007199254740991, "Girth": 1.25, "Evergreen": true,
    "Planted": 1795000000.123, "Bark": "AQID", "Plan": {"a": [1, null, {"b": "c"}]}, "Rings": [7, null, 8],
    "Labels": {"a": "b", "none": null}, "Branches": [{"Root": {"Rings": []}}], "Root": null, "Sap": {"x": 1}
  }`);
  assert.deepEqual(rest, {
    Name: "oak 🔑",
    Height: 12,
    Age: 9007199254740991,
    Girth: 1.25,
    Evergreen: true,
    Planted: new Date(1_795_000_000_123),
    Bark: new Uint8Array([1, 2, 3]),
    Plan: { a: [1, null, { b: "c" }] },
    Rings: [7, 8],
    Branches: [{ Root: { Rings: [] } }],
  });
  assert.deepEqual({ ...(Labels as object) }, { a: "b" });
});

test("no body and an empty object are the same", () => {
  assert.deepEqual(decode(""), {});
  assert.deepEqual(decode(" {} "), {});
  assert.deepEqual(compileJsonDecoder(model, undefined)('{"Name":"x"}'), {});
});

test("integers lose their fraction, and one that is too large stays at the end of its type", () => {
  assert.deepEqual(decode('{"Height":1.9,"Age":-0.5}'), { Height: 1, Age: 0 });
  assert.deepEqual(decode('{"Height":99999999999,"Age":1e300}'), { Height: 2147483647, Age: 9007199254740991 });
  assert.deepEqual(decode('{"Height":-1e999}'), { Height: -2147483648 });
});

test("AWS's words for booleans are booleans", () => {
  for (const word of ["true", "True", "yes", "y", "t", "1"]) {
    assert.deepEqual(decode(`{"Evergreen":"${word}"}`), { Evergreen: true });
  }
  for (const word of ["false", "no", "N", "f", "0"]) {
    assert.deepEqual(decode(`{"Evergreen":"${word}"}`), { Evergreen: false });
  }
});

test("`__proto__` is a name like any other", () => {
  const input = decode(
    '{"__proto__":{"Name":"x"},"Labels":{"__proto__":"y","constructor":"z"},"Root":{"__proto__":{"Height":1}}}',
  );
  assert.equal(input.Name, undefined);
  assert.deepEqual(Object.entries(input.Labels as object), [
    ["__proto__", "y"],
    ["constructor", "z"],
  ]);
  assert.deepEqual(input.Root, {});
  assert.equal(Reflect.get({}, "Name"), undefined);
});

const list = "Start of list found where not expected";
const object = "Start of structure or map found where not expected.";

for (const [body, message] of [
  ["{", ""],
  ['{"Name":"x",}', ""],
  ["null", ""],
  ['"x"', ""],
  ["7", ""],
  ["\ufeff{}", ""],
  ["[]", list],
  ['{"Name":1}', "NUMBER_VALUE can not be converted to a String"],
  ['{"Name":1.5}', "NUMBER_VALUE can not be converted to a String"],
  ['{"Name":true}', "TRUE_VALUE can not be converted to a String"],
  ['{"Name":false}', "FALSE_VALUE can not be converted to a String"],
  ['{"Name":[]}', list],
  ['{"Name":{}}', object],
  ['{"Height":"1"}', "STRING_VALUE can not be converted to an Integer"],
  ['{"Height":true}', "TRUE_VALUE can not be converted to an Integer"],
  ['{"Height":[1]}', list],
  ['{"Age":"1"}', "STRING_VALUE can not be converted to a Long"],
  ['{"Girth":"1"}', "STRING_VALUE can not be converted to a Double"],
  ['{"Evergreen":"maybe"}', "STRING_VALUE can not be converted to an Boolean"],
  ['{"Evergreen":1}', "NUMBER_VALUE can not be converted to a Boolean"],
  ['{"Planted":"2026-11-18T11:06:40Z"}', "STRING_VALUE can not be converted to a Timestamp"],
  ['{"Planted":1e300}', ""],
  ['{"Bark":7}', "NUMBER_VALUE can not be converted to a Blob"],
  ['{"Bark":"AQI"}', ""],
  ['{"Bark":"AQ==AQ=="}', ""],
  ['{"Bark":"AQI*"}', ""],
  ['{"Rings":"7"}', "Expected list or null"],
  ['{"Rings":7}', "Expected list or null"],
  ['{"Rings":{}}', object],
  ['{"Rings":["7"]}', "STRING_VALUE can not be converted to an Integer"],
  ['{"Labels":"a"}', "Expected map or null"],
  ['{"Labels":[]}', list],
  ['{"Labels":{"a":1}}', "NUMBER_VALUE can not be converted to a String"],
  ['{"Root":"x"}', "Expected null"],
  ['{"Root":7}', "Expected null"],
  ['{"Root":[]}', list],
  ['{"Branches":[{"Root":{"Name":1}}]}', "NUMBER_VALUE can not be converted to a String"],
] as const) {
  test(`refused: ${body}`, () => {
    assert.throws(() => decode(body), refused(message));
  });
}

test("a hostile depth costs nothing where no shape is deep, and is refused where any value may stand", () => {
  const deep = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  assert.deepEqual(decode(`{"Sap":${deep(100_000)}}`), {});
  assert.throws(() => decode(`{"Name":${deep(100_000)}}`), refused(list));
  assert.throws(() => decode(`{"Plan":${deep(100_000)}}`), refused(""));
  assert.throws(() => decode(`{"Plan":${deep(65)}}`), refused(""));
  assert.deepEqual(JSON.stringify(decode(`{"Plan":${deep(64)}}`)), `{"Plan":${deep(64)}}`);
});

test("an output: every kind of member, in the order of names, and nothing the shape does not name", () => {
  const output = {
    secret: "stays here",
    Root: { Root: { Name: "" } },
    Labels: { 'a"b': "c\\", _: "2", Z: "1", gone: undefined, none: null },
    Rings: [1, 2],
    Branches: [{ Height: 1, Age: 2 }, {}],
    Bark: new Uint8Array([255, 254]),
    Plan: { a: [1, null] },
    Planted: new Date(1_795_000_000_120),
    Evergreen: false,
    Height: null,
    Girth: 0.5,
    Name: "a\r\n\u0000\ud800é🔑",
  };
  assert.equal(
    encode(output),
    '{"Bark":"//4=","Branches":[{"Age":2,"Height":1},{}],"Evergreen":false,"Girth":0.5,"Labels":{"Z":"1","_":"2","a\\"b":"c\\\\"},' +
      '"Name":"a\\r\\n\\u0000\\ud800é🔑","Plan":{"a":[1,null]},"Planted":1795000000.12,"Rings":[1,2],' +
      '"Root":{"Root":{"Name":""}}}',
  );
  assert.equal(compileJsonEncoder(model, undefined)({ Name: "x" }), "");
});

test("an output that does not fit its shape is a fault of ours, not half an answer", () => {
  for (const [output, what] of [
    [{ Name: 1 }, "an output has number where its shape is string"],
    [{ Height: Number.NaN }, "an output has number where its shape is integer"],
    [{ Planted: "x" }, "an output has string where its shape is timestamp"],
    [{ Planted: new Date(Number.NaN) }, "an output has an invalid date"],
    [{ Rings: [null] }, "an output has null where its shape is integer"],
    [{ Branches: "x" }, "an output has string where its shape is list"],
  ] as const) {
    assert.throws(() => encode(output), { name: "TypeError", message: what });
  }
});

test("names and values given as they are stored go out as a list of them would", () => {
  const marks: Record<string, string>[] = [
    {},
    { email: "ann@example.com", given_name: "Ann" },
    { "custom:a": "" },
    { a: '":"', 'b":"': ",", c: '{"Name":"x"}', d: "\\", e: '\\"' },
    { a: "\u0000\n\u001f\u2028", b: "\ud83c\udf33", c: "\ud83c", d: "Bäume" },
  ];
  // Every pair of texts of three letters out of those that have a meaning in JSON.
  const letters = ['"', ":", ",", "\\", "}", "é"];
  const texts = letters.flatMap((one) => letters.flatMap((two) => letters.map((three) => one + two + three)));
  for (const text of texts) marks.push({ [text]: texts.at(-marks.length) ?? "", x: text });
  for (const stored of marks) {
    const list = (pairs: object) => Object.entries(pairs).map(([Name, Value]) => ({ Name, Value }));
    assert.equal(
      encode({ Marks: new StoredPairs(JSON.stringify(stored), { sub: 'an "id"', z: "" }) }),
      encode({ Marks: list({ ...stored, sub: 'an "id"', z: "" }) }),
    );
    assert.equal(encode({ Marks: new StoredPairs(JSON.stringify(stored), {}) }), encode({ Marks: list(stored) }));
  }
  for (const name of ["Rings", "Branches", "Labels"]) {
    assert.throws(() => encode({ [name]: new StoredPairs("{}", {}) }), TypeError);
  }
});

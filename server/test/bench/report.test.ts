import assert from "node:assert/strict";
import { test } from "node:test";
import { type Line, markdown, number, type Report, text, verdict } from "./report.ts";

const ratio: Line = { what: "GetUser", bound: "at least", target: 0.4, unit: " × node:http", measured: 0.4 };
const stall: Line = { what: "stall", bound: "at most", target: 15, unit: " ms", measured: 15.1 };

test("a target met exactly is met, and what was not measured is neither met nor missed", () => {
  assert.equal(verdict(ratio), "pass");
  assert.equal(verdict({ ...ratio, measured: 0.39 }), "MISS");
  assert.equal(verdict(stall), "MISS");
  assert.equal(verdict({ ...stall, measured: 15 }), "pass");
  assert.equal(verdict({ ...ratio, measured: undefined }), "not measured");
  assert.equal(verdict({ ...ratio, measured: Number.NaN }), "not measured");
});

test("three digits", () => {
  assert.deepEqual([123456, 123.4, 12.345, 0.012345, 0].map(number), ["123456", "123", "12.3", "0.0123", "0"]);
});

test("both forms of the report show targets, tables and what failed", () => {
  const report: Report = {
    startedAt: "2026-06-15T12:00:00.000Z",
    seconds: 61.2,
    quick: true,
    machine: { cores: 2, cpu: "EPYC", memoryGiB: 24, system: "Linux 6", node: "24.21.0" },
    busyBefore: 0.034,
    lines: [ratio, stall],
    tables: [
      {
        title: "Burst",
        columns: ["server", "ms"],
        rows: [
          ["Countersign", 102.4],
          ["moto", undefined],
        ],
      },
    ],
    failures: ["GetSigningCertificate: 501"],
  };
  assert.equal(
    text(report),
    [
      "Targets",
      "  what     target             measured         verdict  note",
      "  GetUser  ≥ 0.4 × node:http  0.4 × node:http  pass",
      "  stall    ≤ 15 ms            15.1 ms          MISS",
      "",
      "Burst",
      "  server       ms",
      "  Countersign  102",
      "  moto         –",
      "",
      "Failed to run",
      "  GetSigningCertificate: 501",
      "",
    ].join("\n"),
  );
  assert.match(
    markdown(report),
    /\| what {4}\| target +\| measured +\| verdict \| note \|\n(\| -+ ){5}\|\n\| GetUser \| ≥ 0\.4 × node:http \| 0\.4 × node:http \| pass {4}\| {6}\|\n/,
  );
  assert.match(markdown(report), /Made by `npm run bench -- --quick --write` on 2026-06-15, in 61 s/);
  assert.match(markdown(report), /other programs used 3 % of the machine/);
  assert.match(markdown(report), /## Failed to run\n\n- GetSigningCertificate: 501\n/);
});

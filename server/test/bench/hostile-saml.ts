import { createPrivateKey, sign, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Expectations, verifyResponse } from "../../src/saml/response.ts";
import { SamlError } from "../../src/saml/saml-error.ts";
import { type HostileCases, hostileXml } from "../saml-hostile.ts";
import { awsAudience, encode, samlIdentityProvider, signedResponse } from "../saml-responses.ts";
import { median } from "./load.ts";
import type { Line, Table } from "./report.ts";

const rounds = 9;
/** The vectors' own time, which is that of the tests' clock. */
const now = Date.UTC(2026, 5, 15, 12);

/** What responses cost that are refused, beside a good one, in this process: no request, no store. */
export async function measureHostileSaml(): Promise<{ lines: Line[]; table: Table }> {
  const idp = await samlIdentityProvider();
  const attributes = { mail: "ann@example.com", given: "Ann", family: "Example", groups: ["a", "b", "c", "d"] };
  const good = signedResponse(idp, { now, attributes });
  const expected: Expectations = {
    issuers: [idp.entityId],
    certificates: [idp.certificate],
    sha1: false,
    signed: "either",
    privateKeys: [],
    encryption: "allowed",
    isAudience: (audience) => audience === awsAudience,
    isRecipient: (location) => location === awsAudience,
    inResponseTo: undefined,
    fourByteUtf8: false,
    now,
    clockSkew: 0,
  };
  const text = Buffer.alloc(800, "x");
  const signature = sign("sha256", text, idp.pair.privateKey);
  const response = milliseconds(() => verifyResponse(good, expected), 200);
  const verification = milliseconds(() => verify("sha256", text, idp.pair.publicKey, signature), 200);
  const hostile = hostileCosts(expected);
  const [slowest] = hostile;
  return {
    lines: [
      {
        what: `a hostile SAML response refused, the slowest of ${hostile.length} kinds`,
        bound: "at most",
        target: 5,
        unit: " ms of CPU",
        measured: slowest?.cost,
        note: slowest?.name ?? "",
      },
    ],
    table: {
      title: "SAML responses, ms of CPU",
      columns: ["what", "characters", "CPU"],
      rows: [
        ["believed: its assertion is signed", good.length, response],
        ["an RSA verification by itself", undefined, verification],
        ...hostile.slice(0, 8).map(({ name, characters, cost }) => [`refused: ${name}`, characters, cost]),
      ],
    },
  };
}

/** The slowest first. */
function hostileCosts(expected: Expectations): { name: string; characters: number; cost: number }[] {
  const file = new URL("../vectors/saml/hostile.json", import.meta.url);
  const { parties, cases } = JSON.parse(readFileSync(file, "utf8")) as HostileCases; // vectors/saml/generate.ts wrote it
  const trusting = {
    ...expected,
    issuers: ["https://idp.example.com/saml"],
    certificates: [parties.idp.certificate],
    privateKeys: [createPrivateKey(parties.ours.privateKey)],
  };
  const costs = cases
    .filter((hostile) => hostile.expected !== "believed")
    .map((hostile) => {
      const sent = encode(hostileXml(hostile));
      const settings = { ...trusting, ...hostile.settings };
      return { name: hostile.name, characters: sent.length, cost: milliseconds(() => refuse(sent, settings), 10) };
    });
  return costs.sort((one, other) => other.cost - one.cost);
}

function refuse(sent: string, expected: Expectations): void {
  try {
    verifyResponse(sent, expected);
  } catch (error) {
    if (error instanceof SamlError) return;
    throw error;
  }
  throw new Error("the response should be refused");
}

/** Of CPU; the median of several rounds. */
function milliseconds(work: () => unknown, turns: number): number {
  for (let turn = 0; turn < turns; turn++) work();
  const measured: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const from = process.cpuUsage();
    for (let turn = 0; turn < turns; turn++) work();
    const { user, system } = process.cpuUsage(from);
    measured.push((user + system) / 1000 / turns);
  }
  return median(measured);
}

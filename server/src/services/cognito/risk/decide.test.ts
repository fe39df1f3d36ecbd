import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { AuthEventRow } from "../../../store/auth-events.ts";
import { decide, riskLevel } from "./decide.ts";
import { deviceName } from "./origin.ts";

function event(given: Partial<AuthEventRow>): AuthEventRow {
  return {
    user_id: "u",
    number: 1,
    event_id: "e",
    pool_id: "p",
    created_at: 0,
    event_type: "SignIn",
    response: "Pass",
    risk_decision: "NoRisk",
    risk_level: null,
    is_compromised: 0,
    challenges_json: "[]",
    ip: "192.0.2.1",
    device_name: "Firefox 140, Linux",
    device_id: null,
    country: "DE",
    timezone: null,
    feedback_value: null,
    feedback_provider: null,
    feedback_at: null,
    ...given,
  };
}

const home = { ip: "192.0.2.1", deviceName: "Firefox 140, Linux", country: "DE" };

describe("riskLevel", () => {
  const levels: readonly (readonly [
    string,
    Parameters<typeof riskLevel>[0],
    Partial<AuthEventRow>,
    string | undefined,
  ])[] = [
    ["the same place", home, {}, undefined],
    ["another address", { ...home, ip: "192.0.2.2" }, {}, "Low"],
    ["another device", { ...home, deviceName: "Chrome 126, Windows" }, {}, "Low"],
    ["both", { ...home, ip: "192.0.2.2", deviceName: "Chrome 126, Windows" }, {}, "Medium"],
    ["another country", { ...home, country: "FR" }, {}, "High"],
    ["a country that was never told", { ...home, country: "FR" }, { country: null }, undefined],
    ["a country that is not told", { ...home, country: undefined }, {}, undefined],
    ["a device by its id, updated", { ...home, deviceId: "d", deviceName: "x" }, { device_id: "d" }, undefined],
    ["another device of the same kind", { ...home, deviceId: "d" }, { device_id: "e" }, "Low"],
    ["after nothing but a failure, as the first", { ...home, country: "FR" }, { response: "Fail" }, undefined],
    ["after what was called valid", { ...home, country: "FR" }, { response: "Fail", feedback_value: "Valid" }, "High"],
    [
      "after what was called invalid, as the first",
      { ...home, country: "FR" },
      { feedback_value: "Invalid" },
      undefined,
    ],
  ];
  for (const [name, origin, known, level] of levels) {
    test(name, () => assert.equal(riskLevel(origin, [event(known)]), level));
  }
  test("nothing before", () => assert.equal(riskLevel(home, []), undefined));
});

test("decide: what the settings say of the level; nothing for addresses that are skipped", () => {
  const origin = { ...home, country: "FR" };
  const AccountTakeoverRiskConfiguration = { Actions: { HighAction: { Notify: true, EventAction: "BLOCK" } } } as const;
  const blocked = { decision: "AccountTakeover", level: "High", action: "BLOCK", notifies: true };
  assert.deepEqual(decide({ AccountTakeoverRiskConfiguration }, origin, [event({})]), blocked);
  assert.deepEqual(decide({}, origin, [event({})]), { ...blocked, action: undefined, notifies: undefined });
  const RiskExceptionConfiguration = { SkippedIPRangeList: ["192.0.2.0/30"] };
  assert.deepEqual(decide({ AccountTakeoverRiskConfiguration, RiskExceptionConfiguration }, origin, [event({})]), {
    decision: "NoRisk",
  });
});

test("deviceName: a browser and its system, or the first word", () => {
  const names: readonly (readonly [string | undefined, string | undefined])[] = [
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
      "Chrome 126, Windows",
    ],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.61",
      "Edge 126, Windows",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
      "Safari 17, iOS",
    ],
    ["aws-sdk-js/3.1169.0 ua/2.1 os/linux", "aws-sdk-js/3.1169.0"],
    ["", undefined],
    [undefined, undefined],
  ];
  for (const [agent, name] of names) assert.equal(deviceName(agent), name);
});

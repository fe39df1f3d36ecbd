import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as cognitoClient from "@aws-sdk/client-cognito-identity-provider";
import * as iamClient from "@aws-sdk/client-iam";
import * as stsClient from "@aws-sdk/client-sts";
import { createKeyPairs } from "../../src/runtime/key-pairs.ts";
import { lastCode } from "../codes.ts";
import { type Clients, type Credentials, type Harness, refused, startHarness } from "../harness.ts";
import { keyPair } from "../key-pairs.ts";
import { storeShippedPolicies } from "../policies.ts";
import { ask, holdHeaders } from "./json-wire.ts";
import {
  isObject,
  type RecordedCase,
  Replay,
  readCases,
  readUnreplayed,
  recordedServices,
  type Step,
} from "./recording.ts";

const commands: Readonly<Record<string, object>> = { iam: iamClient, sts: stsClient, cognito: cognitoClient };

/** Made once, and handed out again and again: a house has no way to know. */
const pairs = [keyPair(), keyPair(), keyPair(), keyPair()];

for (const service of recordedServices()) {
  for (const { file, cases } of readCases(service)) {
    suite(`recorded: ${service}/${file}`, () => {
      for (const recorded of cases) test(recorded.name, () => replay(service, recorded));
    });
  }
}

suite("recorded: the cases themselves", () => {
  const cases = recordedServices().flatMap((service) => readCases(service).flatMap((read) => read.cases));
  const replayed = cases.flatMap(({ source, steps }) =>
    steps.flatMap(({ recorded }) => (recorded === undefined ? [] : [`${source} | ${recorded}`])),
  );

  test("each tells its source, and has a step that AWS answered", () => {
    for (const { name, source, steps } of cases) {
      assert.ok(source.length > 10, name);
      assert.ok(steps.some(expects), name);
      for (const step of steps) {
        assert.equal(step.recorded !== undefined, expects(step), `${name}: ${step.operation}`);
        assert.ok(step.answer === undefined || step.error === undefined, `${name}: ${step.operation}`);
      }
    }
  });

  test("none is told twice, and none that is told is said to be left out", () => {
    assert.deepEqual(
      replayed.filter((line, index) => replayed.indexOf(line) !== index),
      [],
    );
    for (const { source, recorded, reason } of readUnreplayed()) {
      assert.ok(reason.length > 20, recorded);
      assert.ok(!replayed.includes(`${source} | ${recorded}`), recorded);
    }
  });
});

function expects({ answer, error }: Step): boolean {
  return answer !== undefined || error !== undefined;
}

async function replay(service: string, { values = {}, awsPolicies, steps }: RecordedCase): Promise<void> {
  let made = 0;
  const generate = async () => pairs[made++ % pairs.length] ?? keyPair();
  const keyPairs = createKeyPairs({ ready: 0, burst: 0, generate });
  // As recordings have it: tokens name it.
  const h = await startHarness({ keyPairs, issuerUrl: "https://cognito-idp.us-east-1.amazonaws.com" });
  try {
    if (awsPolicies) await storeShippedPolicies(h);
    // Recordings mask the account's number with ones.
    const told = {
      partition: "aws",
      account: h.accountId,
      region: "us-east-1",
      "root-access-key-id": h.root.accessKeyId,
      ...values,
    };
    const replayed = new Replay(told, () => h.clock.now());
    const signers = new Map<string, Credentials>();
    for (const step of steps) await take(h, service, step, replayed, signers);
  } finally {
    await h.stop();
  }
}

async function take(
  h: Harness,
  service: string,
  step: Step,
  replayed: Replay,
  signers: Map<string, Credentials>,
): Promise<void> {
  const { operation, input = {}, as, signer, keep = {}, answer, later = {}, error, afterSeconds = 0.25 } = step;
  const credentials = as === undefined ? h.root : signers.get(as);
  assert.ok(credentials, `no step has a signer ${as}`);
  if ((step.service ?? service) === "cognito") {
    h.clock.set(h.clock.now() + afterSeconds * 1000);
    return takeOnWire(h, step, replayed, credentials);
  }
  const sent = send(h.as(credentials), step.service ?? service, operation, replayed.input(input));
  if (error !== undefined) {
    // The SDK's own word, where the answer carries no message.
    replayed.compare(await refused(sent), { ...error, message: error.message ?? "Unknown" });
    return;
  }
  const answered = await sent;
  if (isObject(answer)) replayed.compare(answered, { ...answer, ...later });
  replayed.keep(keep, answered);
  if (signer !== undefined) signers.set(signer, credentialsIn(answered));
  // Reports are made behind requests.
  await h.environment.tasks.settled();
}

/** Cognito's answers were recorded as they came, so ours are held against them byte by byte, and its inputs are few. */
async function takeOnWire(h: Harness, step: Step, replayed: Replay, credentials: Credentials): Promise<void> {
  const { input = {}, keep = {}, sent = {}, transport, answer, error } = step;
  const operation = String(replayed.input(step.operation));
  const filled = replayed.input(input);
  assert.ok(isObject(filled));
  const response = await ask(h, operation, filled, credentials, transport);
  if (!operation.startsWith("GET ")) holdHeaders(response);
  if (error !== undefined) {
    const { code: __type, message, status } = error;
    assert.equal(response.status, status, response.body);
    const name = __type === "AccessDeniedException" ? "Message" : "message";
    replayed.compareText(response.body, message === null ? { __type } : { __type, [name]: message });
    return;
  }
  assert.equal(response.status, step.fails ? 400 : 200, response.body);
  if (answer !== undefined) replayed.compareText(response.body, answer);
  if (response.body !== "") replayed.keep(keep, JSON.parse(response.body));
  await h.environment.tasks.settled();
  for (const [name, address] of Object.entries(sent)) replayed.learn(name, await lastCode(h, address));
}

/** The command by its name: what the clients' types cannot follow, the answers are held against. */
function send(clients: Clients, service: string, operation: string, input: unknown): Promise<unknown> {
  const Command = Reflect.get(commands[service] ?? {}, `${operation}Command`);
  const client: unknown = Reflect.get(clients, service);
  assert.ok(typeof Command === "function" && isObject(client) && typeof client.send === "function", operation);
  return client.send(new Command(input));
}

function credentialsIn(answer: unknown): Credentials {
  assert.ok(isObject(answer));
  const found = answer.AccessKey ?? answer.Credentials;
  assert.ok(isObject(found));
  const { AccessKeyId, SecretAccessKey, SessionToken } = found;
  return {
    accessKeyId: String(AccessKeyId),
    secretAccessKey: String(SecretAccessKey),
    ...(SessionToken === undefined ? {} : { sessionToken: String(SessionToken) }),
  };
}

import assert from "node:assert/strict";
import { createSign } from "node:crypto";
import { suite, test } from "node:test";
import { startOfTest } from "../../test/harness.ts";
import { encode, encryptedAssertion, samlIdentityProvider, sign } from "../../test/saml-responses.ts";
import {
  type LogoutExpectations,
  type LogoutRequest,
  type LogoutResponse,
  logoutRequest,
  logoutResponse,
  openMessage,
  readLogoutRequest,
  readLogoutResponse,
  type SentMessage,
} from "./logout.ts";
import { type MessageParameter, redirectUrl } from "./redirect-binding.ts";
import { SamlError } from "./saml-error.ts";

const minute = 60_000;
const idp = await samlIdentityProvider();
const other = await samlIdentityProvider("https://other.example.com");
const ours = await samlIdentityProvider("https://sp.example.com");
const destination = "https://auth.example.com/saml2/logout";
const from = { id: "_message", issueInstant: startOfTest, destination, issuer: idp.entityId };
const request: LogoutRequest = { ...from, nameId: "ann & bob", nameIdFormat: "urn:x", sessionIndex: "_session<1>" };
const response: LogoutResponse = { ...from, inResponseTo: "_request", isSuccess: true };

const expected: LogoutExpectations = {
  issuers: [idp.entityId],
  certificates: [idp.certificate],
  sha1: false,
  isDestination: (location) => location === destination,
  now: startOfTest,
  clockSkew: minute,
};

async function redirected(message: string, parameter: MessageParameter, by = idp): Promise<SentMessage> {
  const url = await redirectUrl({
    location: destination,
    parameter,
    message,
    relayState: "state",
    sign: (bytes) => createSign("RSA-SHA256").update(bytes).sign(by.pair.privateKey),
  });
  return { binding: "redirect", query: new URL(url).search };
}

function posted(message: string, by = idp): SentMessage {
  return { binding: "post", message: encode(sign(message, "_message", by)) };
}

async function bothWays(message: string, parameter: MessageParameter, by = idp): Promise<readonly SentMessage[]> {
  return [await redirected(message, parameter, by), posted(message, by)];
}

function code(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof SamlError) return error.code;
    throw error;
  }
  return "believed";
}

const readRequest = (sent: SentMessage, changes: Partial<LogoutExpectations> = {}) =>
  readLogoutRequest(openMessage(sent), { ...expected, ...changes, privateKeys: [ours.pair.privateKey] });
const readResponse = (sent: SentMessage, inResponseTo = "_request") =>
  readLogoutResponse(openMessage(sent), { ...expected, inResponseTo });

suite("single logout", () => {
  test("a request says who is to be signed out, by either binding", async () => {
    for (const sent of await bothWays(
      logoutRequest({ ...request, notOnOrAfter: startOfTest + minute }),
      "SAMLRequest",
    )) {
      const received = openMessage(sent);
      assert.equal(received.kind, "LogoutRequest");
      assert.equal(received.claimedIssuer, idp.entityId);
      assert.equal(received.relayState, sent.binding === "redirect" ? "state" : undefined);
      assert.deepEqual(readRequest(sent), {
        id: "_message",
        issuer: idp.entityId,
        subject: { nameId: "ann & bob", format: "urn:x" },
        sessionIndexes: ["_session<1>"],
      });
    }
    const all = logoutRequest({ ...from, nameId: "ann" });
    assert.deepEqual(readRequest(posted(all)).sessionIndexes, []);
    assert.equal(readRequest(posted(all)).subject.format, undefined);
  });

  test("a request may name its subject encrypted", async () => {
    const name = '<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">ann</saml:NameID>';
    const encrypted = async (inside: string, to = ours) =>
      logoutRequest(request).replace(
        /<saml:NameID.*<\/saml:NameID>/,
        (await encryptedAssertion(inside, to.certificate)).replaceAll("EncryptedAssertion", "EncryptedID"),
      );
    assert.equal(readRequest(posted(await encrypted(name))).subject.nameId, "ann");
    const forOther = await encrypted(name, other);
    assert.equal(
      code(() => readRequest(posted(forOther))),
      "malformed",
    );
    const noName = await encrypted("<a/>");
    assert.equal(
      code(() => readRequest(posted(noName))),
      "malformed",
    );
  });

  test("a response says how it went, by either binding", async () => {
    for (const isSuccess of [true, false]) {
      for (const sent of await bothWays(logoutResponse({ ...response, isSuccess }), "SAMLResponse")) {
        assert.equal(openMessage(sent).kind, "LogoutResponse");
        assert.deepEqual(readResponse(sent), { inResponseTo: "_request", isSuccess });
        assert.equal(
          code(() => readResponse(sent, "_another")),
          "request",
        );
      }
    }
  });

  for (const [what, change, refusal] of [
    ["another issuer", { issuer: other.entityId }, "issuer"],
    ["another destination", { destination: "https://auth.example.com/other" }, "recipient"],
    ["an instant in the future", { issueInstant: startOfTest + minute + 1 }, "early"],
    ["an instant within the clocks' difference", { issueInstant: startOfTest + minute }, "believed"],
    ["an instant that is past", { issueInstant: startOfTest - 6 * minute }, "expired"],
    ["an instant that is almost past", { issueInstant: startOfTest - 6 * minute + 1 }, "believed"],
  ] as const) {
    test(`a message with ${what}: ${refusal}`, async () => {
      for (const sent of await bothWays(logoutRequest({ ...request, ...change }), "SAMLRequest")) {
        assert.equal(
          code(() => readRequest(sent)),
          refusal,
        );
      }
      for (const sent of await bothWays(logoutResponse({ ...response, ...change }), "SAMLResponse")) {
        assert.equal(
          code(() => readResponse(sent)),
          refusal,
        );
      }
    });
  }

  test("a request past its end is refused", async () => {
    const until = (notOnOrAfter: number) => posted(logoutRequest({ ...request, notOnOrAfter }));
    assert.equal(
      code(() => readRequest(until(startOfTest - minute))),
      "expired",
    );
    assert.equal(
      code(() => readRequest(until(startOfTest - minute + 1))),
      "believed",
    );
  });

  test("is refused unsigned, changed, or signed by nobody trusted", async () => {
    const xml = logoutRequest(request);
    for (const sent of await bothWays(xml, "SAMLRequest", other))
      assert.equal(
        code(() => readRequest(sent)),
        "signature",
      );
    assert.equal(
      code(() => readRequest({ binding: "post", message: encode(xml) })),
      "unsigned",
    );
    const bare = new URL(await redirectUrl({ location: destination, parameter: "SAMLRequest", message: xml })).search;
    assert.equal(
      code(() => readRequest({ binding: "redirect", query: bare })),
      "unsigned",
    );
    const changed = encode(sign(xml, "_message", idp).replace("ann &amp; bob", "root"));
    assert.equal(
      code(() => readRequest({ binding: "post", message: changed })),
      "signature",
    );
    // A signature of the XML is none of the URL.
    const inside = sign(xml, "_message", idp);
    const inUrl = await redirectUrl({ location: destination, parameter: "SAMLRequest", message: inside });
    assert.equal(
      code(() => readRequest({ binding: "redirect", query: new URL(inUrl).search })),
      "unsigned",
    );
  });

  test("is refused where a signed message is wrapped in a forged one", () => {
    const signed = sign(logoutRequest(request), "_message", idp);
    const signature = /<ds:Signature .*<\/ds:Signature>/.exec(signed)?.[0] ?? "";
    const forged = logoutRequest({ ...request, id: "_forged", nameId: "root" });
    const wrapped = forged.replace(
      "</saml:Issuer>",
      `</saml:Issuer>${signature}<samlp:Extensions>${signed.replace(signature, "")}</samlp:Extensions>`,
    );
    assert.equal(
      code(() => readRequest({ binding: "post", message: encode(wrapped) })),
      "malformed",
    );
    const same = wrapped.replace("_forged", "_message");
    assert.equal(
      code(() => readRequest({ binding: "post", message: encode(same) })),
      "malformed",
    );
  });

  test("is refused as another message than it is", async () => {
    const asRequest = await redirected(logoutResponse(response), "SAMLRequest");
    assert.equal(
      code(() => openMessage(asRequest)),
      "malformed",
    );
    const asResponse = await redirected(logoutRequest(request), "SAMLResponse");
    assert.equal(
      code(() => openMessage(asResponse)),
      "malformed",
    );
    assert.equal(
      code(() => readResponse(posted(logoutRequest(request)))),
      "malformed",
    );
    assert.equal(
      code(() => readRequest(posted(logoutResponse(response)))),
      "malformed",
    );
    for (const message of ["", encode("<a/>"), encode("<!DOCTYPE a><a/>"), "A".repeat(100_004)]) {
      assert.equal(
        code(() => openMessage({ binding: "post", message })),
        "malformed",
      );
    }
  });
});

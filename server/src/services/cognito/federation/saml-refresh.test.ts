import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, suite, test } from "node:test";
import { UpdateIdentityProviderCommand } from "@aws-sdk/client-cognito-identity-provider";
import { harness, startOfTest } from "../../../../test/harness.ts";
import { answering, begin, locationOf, metadataWithLogout, samlPool, send } from "../../../../test/saml-federation.ts";
import { type SamlIdentityProvider, samlIdentityProvider, signedResponse } from "../../../../test/saml-responses.ts";

const minute = 60_000;
const hour = 60 * minute;

suite("metadata by URL", async () => {
  const h = await harness();
  const old = await samlIdentityProvider();
  const next = { ...(await samlIdentityProvider()), entityId: old.entityId };
  let answer = { status: 200, body: metadataWithLogout(old) };
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const pool = await samlPool(h, { idp: old });
  await h.cognito.send(
    new UpdateIdentityProviderCommand({
      UserPoolId: pool.poolId,
      ProviderName: "Work",
      ProviderDetails: { MetadataURL: `http://127.0.0.1:${port}/metadata` },
    }),
  );
  let ids = 0;
  const isBelieved = async (signer: SamlIdentityProvider) => {
    const { requestId, relayState } = await begin(pool);
    await h.environment.tasks.settled();
    const SAMLResponse = signedResponse(signer, answering(pool, requestId, { id: `_${ids++}` }));
    const posted = await send(pool, "/saml2/idpresponse", { form: { SAMLResponse, RelayState: relayState } });
    await h.environment.tasks.settled();
    return locationOf(posted).pathname.endsWith("/continue");
  };

  test("is read again after six hours, and not before", async () => {
    assert.equal(asked, 1);
    answer = { status: 200, body: metadataWithLogout(next) };
    h.clock.set(startOfTest + 6 * hour - 1);
    assert.ok(await isBelieved(old));
    assert.ok(!(await isBelieved(next)));
    assert.equal(asked, 1);
    h.clock.set(startOfTest + 6 * hour);
    assert.ok(await isBelieved(next));
    assert.ok(!(await isBelieved(old)));
    assert.equal(asked, 2);
  });

  test("that cannot be read changes nothing, and is tried again ten minutes later", async () => {
    for (const [passed, wrong] of [
      [12 * hour, { status: 503, body: "" }],
      [12 * hour + 10 * minute, { status: 200, body: "<no/>" }],
    ] as const) {
      h.clock.set(startOfTest + passed);
      answer = wrong;
      const before = asked;
      assert.ok(await isBelieved(next));
      assert.ok(await isBelieved(next));
      assert.equal(asked, before + 1);
    }
    h.clock.set(startOfTest + 12 * hour + 20 * minute);
    answer = { status: 200, body: metadataWithLogout(old) };
    assert.ok(await isBelieved(old));
    h.clock.set(startOfTest);
  });
});

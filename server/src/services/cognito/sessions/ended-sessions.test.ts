import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { harness, startOfTest } from "../../../../test/harness.ts";
import { signIn, somebody } from "../../../../test/pool-sessions.ts";
import { poolSessions } from "../../../store/pool-sessions.ts";
import { deleteEndedSessions } from "./ended-sessions.ts";

const hour = 3_600_000;

suite("deleteEndedSessions", async () => {
  const h = await harness();

  test("deletes sessions that ended more than a day ago, however many, and no other", async () => {
    const it = await somebody(h, {
      client: { RefreshTokenValidity: 1, TokenValidityUnits: { RefreshToken: "hours" } },
    });
    const { store } = h.environment;
    const [session] = await store.read((tx) => poolSessions.listOfUser(tx, it.sub, 0, startOfTest, 1));
    assert.ok(session !== undefined);
    await store.write(async (tx) => {
      for (let at = 0; at < 1200; at++) await poolSessions.insert(tx, { ...session, event_id: `ended ${at}` });
    });
    const remove = (after: number) => {
      h.clock.set(startOfTest + after);
      return deleteEndedSessions(h.environment);
    };
    h.clock.set(startOfTest + 1);
    await signIn(h, it.ClientId, it.sub);
    assert.equal(await remove(25 * hour), 0);
    assert.equal(await remove(25 * hour + 1), 1201);
    assert.equal(await remove(25 * hour + 2), 1);
    assert.equal(await remove(25 * hour + 2), 0);
  });
});

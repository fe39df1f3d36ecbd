import type { Clock } from "../runtime/clock.ts";
import type { Random } from "../runtime/random.ts";
import { BoundedMap } from "./bounded-map.ts";
import { cookieOf, type MockRequest } from "./http.ts";
import type { MockUser } from "./users.ts";

/** A sign-in of a service provider with what single logout names it by. */
export interface Participant {
  readonly entityId: string;
  readonly nameId: string;
  readonly nameIdFormat: string;
  readonly sessionIndex: string;
}

/** Somebody who is signed in here, in one browser. */
export interface MockSession {
  readonly id: string;
  readonly user: MockUser;
  /** Milliseconds since the epoch. */
  readonly authenticatedAt: number;
  participants: readonly Participant[];
}

const cookieName = "mock-idp-session";
const mostSessions = 1_000;
const lifetime = 12 * 3_600_000;
/** Whoever signs in to more at once is signed out of the newest alone. */
const mostParticipants = 20;

export class MockSessions {
  readonly #sessions = new BoundedMap<MockSession>(mostSessions, lifetime);
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #attributes: string;

  constructor({ clock, random, secure }: { readonly clock: Clock; readonly random: Random; readonly secure: boolean }) {
    this.#clock = clock;
    this.#random = random;
    this.#attributes = `HttpOnly; SameSite=Lax; Path=/${secure ? "; Secure" : ""}`;
  }

  find(request: MockRequest): MockSession | undefined {
    return this.#sessions.get(cookieOf(request, cookieName) ?? "", this.#clock.now());
  }

  /** Signs in: a new session, or that of the same user in this browser. */
  begin(request: MockRequest, user: MockUser): { readonly session: MockSession; readonly headers: readonly string[] } {
    const now = this.#clock.now();
    const before = this.find(request);
    const isSame = before?.user.username === user.username;
    if (before !== undefined) this.end(before);
    // A new id each time: whoever planted the old one in this browser has nothing of it.
    const id = randomId(this.#random);
    const session = { id, user, authenticatedAt: now, participants: isSame ? before.participants : [] };
    this.#sessions.set(id, session, now);
    return { session, headers: ["set-cookie", `${cookieName}=${id}; ${this.#attributes}`] };
  }

  join(session: MockSession, participant: Participant): void {
    session.participants = [...session.participants, participant].slice(-mostParticipants);
  }

  end(session: MockSession): void {
    this.#sessions.delete(session.id);
  }

  /** The sessions that a service provider's logout request means: without indexes, all of this name. */
  findBy(entityId: string, nameId: string, sessionIndexes: readonly string[]): MockSession[] {
    return this.#sessions.entries(this.#clock.now()).flatMap(([, session]) => {
      const isMeant = session.participants.some(
        (each) =>
          each.entityId === entityId &&
          each.nameId === nameId &&
          (sessionIndexes.length === 0 || sessionIndexes.includes(each.sessionIndex)),
      );
      return isMeant ? [session] : [];
    });
  }
}

/** 128 bits, in letters that are an xs:ID behind `_`. */
export function randomId(random: Random): string {
  return Buffer.from(random.bytes(16)).toString("hex");
}

/** What sign-ins are made of, as far as nobody can spare it. */
export const raws = ["exponentiation", "signature", "verification", "write"] as const;

export type Raw = (typeof raws)[number];

/** What raw-cost.ts is told. */
export interface RawTask {
  readonly what: Raw;
  readonly milliseconds: number;
}
